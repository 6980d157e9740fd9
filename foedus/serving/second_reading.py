"""`foedus read --reader llm|both`: what a model reads, and where it and the rules differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import click

from foedus.documents.document import Document
from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.gathering.model_reader import ModelReading, endpoint_from, read_by_model
from foedus.pipeline import load_reference
from foedus.serving.commands import print_json, refuse
from foedus.serving.statement_json import statement_shape
from foedus.serving.statement_text import print_statements, statement_line
from foedus.serving.wording import printable
from foedus.statements.agreement import Agreement, agreement_of
from foedus.statements.reading import read
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange


def read_twice(
    inputs: Sequence[str], published: DateRange | None, stdin: BinaryIO | None, reader: str, is_json: bool
) -> tuple[int, list[InputError]]:
    """Reads inputs by the model, or by both readers, and prints; how many were read, and what was refused.

    raises   ModelError if the environment names no endpoint
    """
    endpoint, reference = endpoint_from(), load_reference()
    done, refused = 0, list[InputError]()
    for arrival in gather(inputs, published=published, stdin=stdin):
        if isinstance(arrival, InputError):
            refused.append(refuse(arrival))
            continue
        done += 1
        document = arrival.document
        reading = read_by_model(document, endpoint)
        by_rules = read(document, reference) if reader == "both" else ()
        _tell(document, reading)
        if is_json:
            print_json(*(statement_shape(s, document) for s in (*by_rules, *reading.statements)))
        elif reader == "both":
            _print_agreement(document, agreement_of(by_rules, reading.statements))
        else:
            print_statements(document, reading.statements)
    return done, refused


def _tell(document: Document, reading: ModelReading) -> None:
    """On standard error: why an answer could not be used, and how many statements were dropped."""
    if reading.failure:
        click.echo(printable(f"foedus: {document.name}: the model gave nothing: {reading.failure}"), err=True)
    if reading.dropped:
        says = f"{reading.dropped} of the model's statements were dropped: their quotes do not stand in the text"
        click.echo(printable(f"foedus: {document.name}: {says}"), err=True)


def _print_agreement(document: Document, agreement: Agreement) -> None:
    click.echo(printable(f"\n{document.name}: {len(agreement.both)} statements of both readers"))
    _print_part("only the rules", agreement.first_only)
    _print_part("only the model", agreement.second_only)
    for one, other in agreement.differences:
        click.echo(printable(f"  they differ: rules  {statement_line(one)}"))
        click.echo(printable(f"               model  {statement_line(other)}"))


def _print_part(whose: str, statements: Sequence[Statement]) -> None:
    for statement in statements:
        click.echo(printable(f"  {whose}: {statement_line(statement)}"))
