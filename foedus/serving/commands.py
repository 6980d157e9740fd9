"""What commands do alike: open the journal, find the treaty, remember the question, print JSON, end with the right code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from foedus.errors import InputError, NoSuchInput
from foedus.serving.options import QUIET

if TYPE_CHECKING:
    import msgspec

    from foedus.journal.record import Journal
    from foedus.pipeline import Knowledge, Picture
    from foedus.reference.packs import Reference
    from foedus.register.entries import Register
    from foedus.serving.progress import Bar
    from foedus.terms.proof import Proof
    from foedus.terms.treaties import Treaty

BAR = "foedus.bar"
"""Under this name a command's context has the bar of its journal."""


def reference() -> Reference:
    from foedus.pipeline import load_reference

    return load_reference()


def journal_at(name: str, create: bool = False) -> Journal:
    from foedus.journal.record import Journal

    return Journal.open(name, create=create)


def knowledge_of(name: str, recorded: date | None) -> Knowledge:
    from foedus.as_recorded import as_recorded
    from foedus.serving.progress import Bar

    journal = journal_at(name)
    click.get_current_context().call_on_close(journal.close)
    context = click.get_current_context()
    context.meta[BAR] = bar = context.with_resource(Bar(context.meta.get(QUIET, False)))
    return as_recorded(journal, reference(), recorded, bar.watch)


def every_treaty(knowledge: Knowledge, known: date | None) -> Iterator[tuple[Treaty, Register]]:
    """All treaties that are known of, by id, each with the register around it, while a bar says how far they are."""
    bar: Bar = click.get_current_context().meta[BAR]
    return bar.passing("treaties", knowledge.registers(known), lambda _: 1, len(knowledge.treaties))


def chosen(knowledge: Knowledge, treaty: str | None, known: date | None) -> Iterator[tuple[str, Register]]:
    """One treaty, or all that are known of: the id of each, and the register around it."""
    if treaty is None:
        yield from ((one.id, around) for one, around in every_treaty(knowledge, known))
    else:
        found = knowledge.treaty(treaty)
        around = knowledge.around(found.id, known)
        here = knowledge.then(found, around)
        if here is not None:
            yield here.id, around


def picture_of(knowledge: Knowledge, words: Sequence[str], on: date | None, known: date | None) -> Picture | None:
    """Everything about one treaty; says so, in one line, where no report was known by then."""
    picture = knowledge.picture(" ".join(words), on, known)
    if picture is None:
        click.echo(knowledge.not_yet(knowledge.treaty(" ".join(words)), known))
    return picture


def remember_question(journal: str, **asked: Any) -> None:
    from foedus.serving.asked import Question, remember

    remember(Question(journal=_full_name(journal), **asked))


def asked_before(id_: str, journal: str, knowledge: Knowledge) -> Proof | None:
    """The proof of a standing or answer that an earlier question gave."""
    from foedus.serving.asked import asked

    questions = reversed(asked(_full_name(journal)))
    found = (knowledge.explain(id_, q.on, q.known, q.scenario) for q in questions)
    return next((proof for proof in found if proof is not None), None)


def _full_name(journal: str) -> str:
    return journal if "://" in journal else str(Path(journal).resolve())


def dossier_for(picture: Picture, knowledge: Knowledge) -> Any:
    from foedus.serving.dossier import dossier_of

    return dossier_of(
        picture.treaty.id,
        picture.on,
        picture.known,
        picture.register,
        picture.standings,
        picture.ladders,
        picture.force,
        picture.statements,
        picture.documents,
        knowledge.reference,
    )


def given(published: date | None) -> Any:
    from foedus.terms.dates import DateRange

    return DateRange.of(published) if published else None


def standard_input(inputs: Iterable[str]) -> BinaryIO | None:
    return sys.stdin.buffer if "-" in inputs else None


def refuse(error: InputError) -> InputError:
    click.echo(f"foedus: {error}", err=True)
    return error


def print_json(*values: msgspec.Struct | dict[str, Any]) -> None:
    """Each on a line of its own, with the version of its schema."""
    from msgspec import json, to_builtins

    for value in values:
        click.echo(json.encode({"schema_version": 1, **to_builtins(value)}).decode())


def finish(done: int, refused: Sequence[InputError], strict: bool) -> None:
    """Exit 2 if nothing that was named is there, 1 with --strict if something could not be read."""
    if not done and refused and all(isinstance(error, NoSuchInput) for error in refused):
        sys.exit(2)
    if refused and strict:
        sys.exit(1)
