"""Commands for treaty data: import the field's tables, check what is held, export what follows from it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.errors import FoedusError, InputError, NoSuchInput
from foedus.serving.commands import chosen, finish, journal_at, knowledge_of, print_json, reference, refuse
from foedus.serving.options import Day, any_treaty, as_json, asks_days, asks_journal, strict

if TYPE_CHECKING:
    from foedus.exchange.participation import Imported
    from foedus.reference.packs import Reference
    from foedus.register.entries import Register
    from foedus.status.standings import Standing
    from foedus.terms.proof import Issue

IMPORTS = ("participation",)
EXPORTS = ("acts", "ical", "standings")
INDEX = "participation_index.csv"


@click.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(IMPORTS))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--as-of", type=Day(), help="The day as of which the tables stand, and from which they are known.")
@click.option("--title", help="What the treaty is called, for one table.")
@click.option("--quiet", is_flag=True, help="No progress bar, and nothing printed but the summary and errors.")
@asks_journal
@as_json
@strict
def import_command(
    format_: str,
    files: tuple[Path, ...],
    as_of: date | None,
    title: str | None,
    quiet: bool,
    journal_name: str,
    is_json: bool,
    strict: bool,
) -> None:
    """Append the field's tables to the journal: status tables of depositaries (UN as CSV or XML, WIPO)."""
    from foedus.pipeline import catalogue, keep_read
    from foedus.serving.progress import Bar
    from foedus.serving.summaries import ImportedSummary

    if title and len(files) > 1:
        raise FoedusError("--title names one treaty; give it with one file")
    refused: list[InputError] = []
    tables = []
    with Bar(quiet) as bar:
        for table, content in _tables(files, as_of, title, refused):
            tables.append((table, content))
            bar.watch("reading", len(tables), len(files))
    with journal_at(journal_name, create=True) as journal, Bar(quiet) as bar:
        added = keep_read(journal, [(t.document, content, t.statements) for t, content in tables])
        catalogue(journal, reference(), bar.watch)
    notes = [note for table, _ in tables for note in table.notes]
    if is_json:
        said = sum(len(table.statements) for table, _ in tables)
        left_out = tuple(note.says for note in notes)
        known, new = len(tables) - len(added), len(added)
        print_json(ImportedSummary(new=new, known=known, statements=said, left_out=left_out, refused=len(refused)))
    else:
        for table, _ in () if quiet else tables:
            again = "" if table.document.id in added else ", known already"
            click.echo(f"{table.document.name}: {len(table.statements)} dated acts{again}")
        for note in () if quiet else notes:
            click.echo(f"  left out: {note.says}")
        click.echo(f"{len(added)} new, {len(tables) - len(added)} known already, {len(refused)} refused")
    finish(len(tables), refused, strict)
    if refused and not tables:
        sys.exit(2)


def _tables(
    files: Iterable[Path], as_of: date | None, title: str | None, refused: list[InputError]
) -> Iterator[tuple[Imported, bytes]]:
    from foedus.exchange.participation import import_table

    held: dict[str, str] = {}
    for file in files:
        try:
            content = file.read_bytes()
            table = import_table(content, file.name, reference(), title or _listed(file), as_of)
            first = held.setdefault(table.document.id, file.name)
            if first != file.name and table.statements:
                raise InputError(
                    f"{file}: has the very bytes of {first}, and one document is of one treaty; import the XML of the treaty, "
                    "which names it"
                )
            yield table, content
        except OSError as error:
            refused.append(refuse(NoSuchInput(f"{file}: cannot be read ({error.strerror}); name a CSV or XML file")))
        except InputError as error:
            refused.append(refuse(error))


def _listed(file: Path) -> str | None:
    """What an index beside the tables, or one folder up, calls the treaty of a table."""
    for folder in (file.parent, file.parent.parent):
        index = folder / INDEX
        if index.is_file():
            with index.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    if f"{row['chapter_no']}-{row['treaty_no']}".replace(".", "-") == file.stem:
                        return row["treaty_name"].partition(". ")[0]
    return None


@click.command("check")
@any_treaty
@asks_journal
@asks_days
@as_json
@strict
def check_command(
    treaty: tuple[str, ...],
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    is_json: bool,
    strict: bool,
) -> None:
    """Find what cannot all be true in the data on a treaty, or on all of them."""
    from foedus.plugins import plugins
    from foedus.status.checks import check

    knowledge = knowledge_of(journal_name, recorded)
    more = [found for _, found in plugins("foedus.checks")]
    count = checked = 0
    for id_, around in chosen(knowledge, " ".join(treaty) or None, known):
        issues = check(id_, around, knowledge.reference, more)
        count, checked = count + len(issues), checked + 1
        _print_issues(id_, issues, is_json)
    if not is_json:
        click.echo(f"{count} findings in {checked} treaties")
    if count and strict:
        sys.exit(1)


def _print_issues(treaty: str, issues: Iterable[Issue], is_json: bool) -> None:
    from foedus.serving.summaries import FoundIssue
    from foedus.serving.wording import printable

    for issue in issues:
        one = FoundIssue.of(treaty, issue)
        print_json(one) if is_json else click.echo(printable(str(one)))


@click.command("export")
@click.argument("format_", metavar="FORMAT", type=click.Choice(EXPORTS))
@any_treaty
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: standard output]",
)
@asks_journal
@asks_days
def export_command(
    format_: str,
    treaty: tuple[str, ...],
    output: Path | None,
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
) -> None:
    """Write acts or standings as CSV, or what falls due as iCalendar (ical)."""
    from datetime import UTC, datetime

    from foedus.exchange.datasets import acts_csv, calendar_of, standings_csv
    from foedus.status.deadlines import deadlines_of

    knowledge = knowledge_of(journal_name, recorded)
    day = on or knowledge.today
    about = chosen(knowledge, " ".join(treaty) or None, known)
    if format_ == "acts":
        text = acts_csv(act for id_, around in about for act in around.acts if act.treaty == id_)
    elif format_ == "ical":
        due = (deadlines_of(id_, day, around, knowledge.reference) for id_, around in about)
        text = calendar_of(chain.from_iterable(due), datetime.now(UTC))
    else:
        text = standings_csv(_standings(about, day, knowledge.reference))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror}); give a path in a folder you may write to"
        ) from error
    click.echo(f"wrote {output}")


def _standings(about: Iterable[tuple[str, Register]], on: date, reference: Reference) -> Iterator[Standing]:
    from foedus.status.standings import concerned, standing_of

    for id_, register in about:
        for state in concerned(id_, register, reference):
            yield standing_of(state, id_, on, register, reference)


@click.command("original")
@click.argument("document")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: standard output]",
)
@asks_journal
def original_command(document: str, output: Path | None, journal_name: str) -> None:
    """The bytes of a document as they came: the file, or the page as it was when it was read."""
    with journal_at(journal_name) as journal:
        content = journal.original(document)
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror}); give a path in a folder you may write to"
        ) from error
    click.echo(f"wrote {output}")


COMMANDS = (import_command, check_command, export_command, original_command)
