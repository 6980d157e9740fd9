"""Commands about the journal as a whole: search it, copy it, take a text out of it."""

from __future__ import annotations

import getpass

import click

from foedus.errors import FoedusError
from foedus.serving.commands import journal_at, print_json
from foedus.serving.options import as_json, asks_journal

quiet_option = click.option("--quiet", is_flag=True, help="No progress bar, and nothing printed but errors.")


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many are shown, at most.")
@asks_journal
@as_json
def search_command(words: tuple[str, ...], limit: int, journal_name: str, is_json: bool) -> None:
    """Full-text search over documents and quotes."""
    asked, shown = " ".join(words), 0
    with journal_at(journal_name) as journal:
        for found in journal.search(asked, limit=limit):
            print_json(found) if is_json else click.echo(str(found))
            shown += 1
        many = journal.many_found(asked) if shown == limit else shown
    if not shown:
        click.echo('nothing here holds all of these words; a word may end in a star: "ratif*"', err=True)
    elif many > shown:
        click.echo(f"the best {shown} of {many}; for more give --limit", err=True)


@click.command("backup")
@click.argument("file", metavar="FILE")
@quiet_option
@asks_journal
@as_json
def backup_command(file: str, quiet: bool, journal_name: str, is_json: bool) -> None:
    """A consistent copy of the journal: a new file, or the address of an empty database."""
    from foedus.journal.opening import shown
    from foedus.serving.progress import Bar
    from foedus.serving.summaries import BackupSummary

    with journal_at(journal_name) as journal, Bar(quiet) as bar:
        copied = journal.backup(file, bar.watch)
    if is_json:
        print_json(BackupSummary(file=shown(file), documents=copied))
    elif not quiet:
        click.echo(f"wrote {shown(file)}: {copied} documents")


@click.command("redact")
@click.argument("document")
@click.option("--why", required=True, help="The law or agreement that demands it.")
@click.option(
    "--author", envvar="FOEDUS_AUTHOR", default="", help="Who redacts.  [env: FOEDUS_AUTHOR; default: your login name]"
)
@quiet_option
@asks_journal
@as_json
def redact_command(document: str, why: str, author: str, quiet: bool, journal_name: str, is_json: bool) -> None:
    """Remove a document's text, leaving an audited tombstone."""
    from foedus.serving.progress import Bar

    with (
        journal_at(journal_name) as journal,
        Bar(quiet) as bar,
        bar.doing("taking the text out of the index and the log"),
    ):
        tombstone = journal.redact(document, why=why, author=author.strip() or _login_name())
    if is_json:
        print_json(tombstone)
    elif not quiet:
        click.echo(f"redacted {document}, by {tombstone.author}")


def _login_name() -> str:
    """The name under which whoever runs this is signed in to the machine.

    raises   FoedusError if it has none
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise FoedusError(
            "this machine tells no login name; say who redacts with --author NAME, or set FOEDUS_AUTHOR"
        ) from error


COMMANDS = (search_command, backup_command, redact_command)
