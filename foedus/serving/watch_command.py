"""`foedus watch`: looks at feeds, appends what is new, and reports what changed; nothing else is printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.errors import InputError, JournalError
from foedus.serving.commands import journal_at, reference, refuse
from foedus.serving.options import as_json, asks_journal

if TYPE_CHECKING:
    from foedus.changes import News
    from foedus.gathering.feeds import Poller
    from foedus.journal.record import Journal
    from foedus.knowledge import Knowledge

BATCH = 20
"""Pages that are stored in one transaction: so many are fetched again, at most, after the watch was ended in their midst."""
FORMATS = ("text", "json", "atom")
Tell = Callable[[tuple["News", ...]], None]


@click.command("watch")
@click.argument("feeds", metavar="FEEDS.toml", type=click.Path(dir_okay=False))
@click.option("--once", is_flag=True, help="Look at every feed that is due once, and end.")
@click.option(
    "--since", metavar="DAY|DOCUMENT", help="First report what changed since a day, or since a report came in."
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file for the changes; an Atom file is kept whole, others grow.",
)
@click.option("--webhook", metavar="URL", help="Where changes are sent as JSON, by POST; also in FEEDS.toml.")
@click.option("--quiet", is_flag=True, help="No progress bar, and nothing said of feeds that cannot be read.")
@asks_journal
@as_json
def watch_command(
    feeds: str,
    once: bool,
    since: str | None,
    format_: str,
    output: Path | None,
    webhook: str | None,
    quiet: bool,
    journal_name: str,
    is_json: bool,
) -> None:
    """Look at feeds, append what is new, and report changes of status and new contradictions.

    Where the last look ended is kept in a file beside FEEDS.toml, so that watching can be broken off at any time.
    """
    from foedus.gathering.configuration import configuration
    from foedus.gathering.feeds import Memory, Poller, feeds_in
    from foedus.knowledge import Knowledge
    from foedus.serving.progress import Bar
    from foedus.serving.telling import teller

    if "://" in feeds:
        raise InputError(
            f'{feeds}: is an address, not a list of feeds; write [[feed]] and under it url = "{feeds}" in a file'
        )
    listed = feeds_in(Path(feeds))
    memory = Memory(Path(feeds).with_suffix(".state.json"))
    allowed = (*configuration().fetch.allowed, *listed.allowed)
    tell = teller("json" if is_json else format_, output, webhook or listed.webhook, allowed)
    with journal_at(journal_name, create=True) as journal:
        poller = Poller(listed, memory, reference().lexicons["en"], lambda: datetime.now(UTC), time.sleep)
        with Bar(quiet) as bar:
            before = Knowledge.of(journal, reference(), _recorded(journal, since) or memory.untold, bar.watch)
        if since or memory.untold:
            before = _told(before, journal, tell, quiet)
        while True:
            memory.looks_from(datetime.now(UTC))
            if _looked(poller, journal, quiet, memory.keep):
                before = _told(before, journal, tell, quiet)
            memory.has_told()
            if once:
                return
            poller.wait()


def _told(before: Knowledge, journal: Journal, tell: Tell, quiet: bool) -> Knowledge:
    """Reports what is otherwise than before; what is known now."""
    from foedus.changes import news_between
    from foedus.knowledge import Knowledge
    from foedus.serving.progress import Bar

    with Bar(quiet) as bar:
        after = Knowledge.of(journal, reference(), watch=bar.watch)
    if news := news_between(before, after):
        tell(news)
    return after


def _looked(poller: Poller, journal: Journal, quiet: bool, keep: Callable[[], None]) -> bool:
    """Whether any feed that was due had something new; what was stored is remembered batch by batch."""
    from foedus.pipeline import add
    from foedus.serving.progress import Bar

    is_new, due = False, poller.due()
    with Bar(quiet) as bar:
        for number, feed in enumerate(due):
            bar.watch("looking at feeds", number, len(due))
            for added in add(journal, poller.look(feed), reference(), BATCH):
                is_new = is_new or bool(added.new or added.changed)
                if added.new or added.known:
                    keep()
                for error in added.refused if not quiet else ():
                    refuse(error)
            keep()
    return is_new


def _recorded(journal: Journal, since: str | None) -> date | None:
    """The day, or the moment, on which the journal stood as it is compared with.

    raises   InputError if `since` is neither a day nor a document of the journal
    """
    if since is None:
        return None
    try:
        return date.fromisoformat(since)
    except ValueError:
        try:
            return journal.recorded_at(since)
        except JournalError as error:
            raise InputError(
                f'"{since}" is neither a day (2024-10-25) nor the id of a report in this journal'
            ) from error


COMMANDS = (watch_command,)
