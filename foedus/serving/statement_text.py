"""Statements for people: what a document says, line by line, with the rules behind it where asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from foedus.documents.document import Document
from foedus.documents.time_resolution import symbolic
from foedus.register.identity import is_unnamed
from foedus.serving.proof_view import quoted_words
from foedus.serving.wording import printable, vote_words
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement
from foedus.terms.evidence import Factuality, Quote

if TYPE_CHECKING:
    from foedus.pipeline import Added

WIDTH = 110


def print_statements(document: Document, statements: Sequence[Statement], why: bool = False) -> None:
    """A document's heading and its statements in the order of the text."""
    stated = document.stated
    when = f"published {stated.on.edtf} ({stated.basis})" if stated else "no publication date of its own"
    click.echo(printable(f"\n{document.name}  {document.publisher or ''}  {when}"))
    for note in document.notes:
        click.echo(printable(f"  note: {note}"))
    if not statements:
        click.echo("  no statement about a treaty")
    for statement in sorted(statements, key=lambda s: (s.quote.start, s.id)):
        _say(statement, why)


def print_unread(quotes: Sequence[Quote], listed: bool = False) -> None:
    """How many sentences about a treaty gave no statement, and where asked which, so that silence is seen."""
    one = len(quotes) == 1
    click.echo(f"  {len(quotes)} {'sentence speaks' if one else 'sentences speak'} of a treaty and gave no statement")
    for quote in quotes if listed else ():
        click.echo(printable(f"      {quote.place}: {' '.join(quote.exact.split())}"))


def print_added(added: Added) -> None:
    """One line a new document."""
    for document, statements in added.new:
        kinds = [s.kind for s in statements]
        counts = ", ".join(f"{kinds.count(k)} {k}s" for k in ("act", "provision", "claim") if k in kinds)
        if counts and all(s.treaty is None or is_unnamed(s.treaty) for s in statements):
            counts += ", of a treaty that it names nowhere: kept, but joined with no other report"
        click.echo(printable(f"new    {document.name}: {counts or 'no statement about a treaty'}"))
    for document in added.known:
        more = ", and more is said of it now" if document.id in added.changed else ""
        click.echo(printable(f"known  {document.name}{more}"))


def statement_line(statement: Statement) -> str:
    """One statement on one line: what, by whom, when, how sure."""
    content = statement.content
    sure = "" if statement.factuality is Factuality.HAPPENED else f" [{statement.factuality}]"
    if isinstance(content, ActMention):
        return _act_line(content) + sure
    if isinstance(content, ProvisionMention):
        article = f" Article {content.article}" if content.article else ""
        absent = "no " if content.absent else ""
        return f"provision {absent}{content.kind}{article}: {content.value}"
    return _claim_line(content)


def _act_line(act: ActMention) -> str:
    states = "+".join(act.states) or "nobody named"
    actor = f" by {act.actor.name}" if act.actor else ""
    is_own = act.timex is not None and not act.is_report_time
    day = act.date.edtf if act.date else (symbolic(act.timex) if act.timex and is_own else None)
    words = f' ("{act.timex.words}")' if act.timex else ""
    vote = f", {vote_words(act.vote)}" if act.vote else ""
    return f"{act.kind} {states}{actor}, {day or 'undated'}{words}{vote}"


def _claim_line(claim: Claim) -> str:
    role = f", {claim.speaker.role}" if claim.speaker.role else ""
    about = f" ({claim.about})" if claim.about else ""
    return f"claim {claim.stance}{about} {claim.speaker.name}{role}: {' '.join(claim.says.split())}"


def _say(statement: Statement, why: bool) -> None:
    line = statement_line(statement)
    chain = " < ".join(s.name for s in statement.sources)
    click.echo(
        printable(f"  {line[:WIDTH]}{'…' if len(line) > WIDTH else ''}{f'  [through {chain}]' if chain else ''}")
    )
    if why:
        click.echo(printable(f"      rules: {', '.join(statement.rules)}"))
        for quote in (statement.quote, *statement.evidence):
            click.echo(printable(f"      {quote.place}: {quoted_words(quote)[:WIDTH]}"))
