"""The command that reads final clauses: what an article says of entry into force, of leaving, and of its duration, as data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from foedus.errors import NoSuchInput
from foedus.serving.commands import print_json, reference
from foedus.serving.options import as_json, strict

if TYPE_CHECKING:
    from foedus.reference.clause_reader import Declined
    from foedus.reference.clauses import ForceClause, WithdrawalClause


class ReadClause(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a text says.

    matter    "force", "withdrawal" or "duration"
    of        of entry into force: what the sentence is about; "clause" is what all the sentences give together
    clause    the clause as one word (docs/clauses.md), or None where it was declined
    declined  why
    words     those it was read from, or that were not understood
    """

    matter: str
    of: str = "clause"
    clause: str | None = None
    declined: str | None = None
    words: str = ""


@click.command("clause")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@as_json
@strict
def clause_command(file: Path, is_json: bool, strict: bool) -> None:
    """Read the text of a treaty's final clauses (English) as data, and say what was not understood.

    FILE is the text of one or more articles; - is standard input.
    """
    from foedus.serving.wording import printable

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchInput(f"{file}: cannot be read as text ({error}); name a text file in UTF-8, or -") from error
    found = tuple(readings_of(text))
    for one in found:
        print_json(one) if is_json else click.echo(printable(_line(one)))
    if not found and not is_json:
        click.echo("no sentence speaks of entry into force, of leaving, or of a duration")
    if strict and (not found or any(one.clause is None for one in found)):
        sys.exit(1)


def readings_of(text: str) -> Iterator[ReadClause]:
    """Everything that a text says: first what its sentences give together, then each sentence on entry into force."""
    from foedus.reference.clause_reader import Declined
    from foedus.reference.clause_texts import read_clause, read_clauses, state_resolver
    from foedus.reference.clause_words import ClauseTextWords
    from foedus.reference.durations import term_written
    from foedus.reference.withdrawal_texts import WithdrawalTextWords, read_term, read_withdrawal

    known = reference()
    lexicon = known.lexicon("en")
    words = lexicon.section("force_clauses", ClauseTextWords)
    leaving = lexicon.section("withdrawal_clauses", WithdrawalTextWords)
    resolve = state_resolver(known.directory)
    sentences = read_clauses(text, words, resolve)
    if any(one.of == "treaty" for one in sentences):
        yield _told("force", read_clause(text, words, resolve))
    for sentence in sentences:
        yield _told("force", sentence.clause, sentence.of)
    withdrawal = read_withdrawal(text, leaving, words)
    if not isinstance(withdrawal.clause, Declined) or withdrawal.clause.reason.startswith(("the effect", "two")):
        yield _told("withdrawal", withdrawal.clause)
    for unread in withdrawal.unread:
        yield ReadClause(matter="withdrawal", of="exception", declined="an exception is left to people", words=unread)
    term = read_term(text, leaving, words)
    if not isinstance(term, Declined):
        yield ReadClause(matter="duration", clause=term_written(term))


def _told(matter: str, clause: ForceClause | WithdrawalClause | Declined, of: str = "clause") -> ReadClause:
    from foedus.reference.clause_reader import Declined
    from foedus.reference.clauses import written

    if isinstance(clause, Declined):
        return ReadClause(matter=matter, of=of, declined=clause.reason, words=clause.words)
    return ReadClause(matter=matter, of=of, clause=written(clause), words=clause.words)


def _line(one: ReadClause) -> str:
    """One reading for people: what it is, and the words."""
    what = one.matter if one.of == "clause" else f"  {one.of}"
    said = one.clause if one.clause is not None else f"not understood: {one.declined}"
    words = " ".join(one.words.split())
    return f"{what:<18} {said}" + (f"\n{'':<18} | {words}" if one.of != "clause" or one.clause is None else "")


COMMANDS = (clause_command,)
