"""Laws of the whole flow: order changes nothing, every quote is verbatim, what is known on K needs nothing published after K."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.formats import document_from
from foedus.pipeline import load_reference
from foedus.register.reconciliation import reconcile
from foedus.statements.reading import read
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DAYS = ["2024-06-19", "2024-10-14", "2024-10-24", "2024-11-07", "2024-11-10", "2024-11-12", "2024-12-05", "2024-12-20"]


def _dated(file: Path, day: str) -> Document:
    """An example with its publication day stated: then what is known on K is decided by K alone."""
    document = document_from(file.name, file.read_bytes(), load_reference().lexicon("en"))
    given_ = DateCandidate(on=DateRange.parse(day), basis=Basis.GIVEN)
    return msgspec.structs.replace(document, published=(given_,))


@pytest.fixture(scope="module")
def told() -> list[tuple[Document, tuple[Statement, ...]]]:
    reference = load_reference()
    documents = [_dated(f, day) for f, day in zip(sorted(EXAMPLES.glob("0*")), DAYS, strict=True)]
    return [(d, read(d, reference)) for d in documents]


Told = list[tuple[Document, tuple[Statement, ...]]]


@settings(max_examples=12)
@given(some.permutations(range(8)))
def test_the_order_of_documents_changes_nothing(told: Told, order: list[int]) -> None:
    reference = load_reference()
    shuffled = [told[i] for i in order]
    expected = reconcile([s for _, said in told for s in said], [d for d, _ in told], reference)
    found = reconcile([s for _, said in shuffled for s in reversed(said)], [d for d, _ in shuffled], reference)
    assert found == expected


@settings(max_examples=12)
@given(some.sampled_from(DAYS), some.sets(some.integers(0, 7)))
def test_what_is_known_on_a_day_needs_nothing_published_later(told: Told, day: str, dropped: set[int]) -> None:
    reference, known = load_reference(), date.fromisoformat(day)
    later = {i for i in dropped if DAYS[i] > day}
    kept = [pair for i, pair in enumerate(told) if i not in later]
    whole = reconcile([s for _, said in told for s in said], [d for d, _ in told], reference, known=known)
    without = reconcile([s for _, said in kept for s in said], [d for d, _ in kept], reference, known=known)
    assert msgspec.structs.replace(whole, silent=()) == msgspec.structs.replace(without, silent=())


def test_every_quote_is_verbatim(told: Told) -> None:
    for document, said in told:
        assert said, document.name
        for statement in said:
            for quote in (statement.quote, *statement.evidence):
                assert document.text[quote.start : quote.end] == quote.exact


def test_reading_twice_gives_the_same_statements(told: Told) -> None:
    reference = load_reference()
    for document, said in told:
        assert read(document, reference) == said
        assert len({s.id for s in said}) == len(said)
