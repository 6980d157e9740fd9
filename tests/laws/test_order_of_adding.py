"""The same documents, in any order and any batches, leave the same journal."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from postgres_server import Server

from foedus.documents.document import Basis, DateCandidate, Document, document_id
from foedus.journal.arrivals import Arrival
from foedus.journal.holdings import merged
from foedus.journal.record import Journal
from foedus.terms.dates import DateRange

Place = Callable[[], AbstractContextManager[str | Path]]

WORDS = st.lists(st.sampled_from(["treaty", "Duma", "ratified", "조약을", "비준", "Überprüfung"]), max_size=4)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3)).map(DateRange.of)
METADATA = (DateCandidate(on=DateRange.month(2024, 1), basis=Basis.METADATA),)


def arrival(words: Sequence[str], name: str, url: str | None) -> Arrival:
    raw = " ".join(words).encode()
    candidates = METADATA if name.endswith(".html") else ()
    return Arrival(Document(id=document_id(raw), name=name, text=raw.decode(), url=url, published=candidates), raw)


ARRIVALS = st.builds(
    arrival,
    WORDS,
    st.sampled_from(["a.txt", "b.txt", "c.html"]),
    st.sampled_from([None, "https://example.org/1", "https://example.org/2"]),
)


@contextmanager
def in_a_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "foedus.db"


def content(place: Place, batches: Sequence[Sequence[Arrival]]) -> tuple[list[Document], list[bytes], set[str]]:
    """Everything that a new journal says after the batches."""
    with place() as where, Journal.open(where, clock=lambda: datetime(2024, 1, 1, tzinfo=UTC)) as journal:
        for batch in batches:
            journal.append(batch)
        documents = list(journal.documents())
        found = {hit.id for hit in journal.search("treaty")} | {hit.id for hit in journal.search('"조약을"')}
        return documents, [journal.original(document.id) for document in documents], found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def any_place(request: pytest.FixtureRequest) -> Place:
    if request.param == "sqlite":
        return in_a_file
    server: Server = request.getfixturevalue("postgres")

    @contextmanager
    def on_the_server() -> Iterator[str]:
        address = server.database()
        yield address
        server.drop(address)

    return on_the_server


@settings(max_examples=15)
@given(st.data(), st.lists(ARRIVALS, max_size=8))
def test_order_and_batches_change_nothing(any_place: Place, data: st.DataObject, arrivals: list[Arrival]) -> None:
    shuffled = data.draw(st.permutations(arrivals))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(arrivals)), max_size=3)))
    batches = [shuffled[first:last] for first, last in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    assert content(any_place, batches) == content(any_place, [arrivals])


SAID = st.builds(
    Document,
    id=st.just("d_1"),
    name=st.sampled_from(["a", "b", "c"]),
    text=st.just("text"),
    url=st.sampled_from([None, "u", "v"]),
)


@given(st.lists(SAID, min_size=1, max_size=5), st.randoms())
def test_what_inputs_say_together_does_not_depend_on_their_order(said: list[Document], chance: object) -> None:
    other = said.copy()
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert together(said) == together(other)
    assert merged(together(said), said[0]) == together(said)


def together(said: Sequence[Document]) -> Document:
    whole = said[0]
    for document in said[1:]:
        whole = merged(whole, document)
    return whole


@given(DAYS, DAYS)
@example(DateRange.day(2024, 1, 1), DateRange.day(2024, 1, 2))
def test_of_days_given_by_a_user_the_last_counts(first: DateRange | None, last: DateRange | None) -> None:
    def given_on(day: DateRange | None) -> Document:
        candidates = (DateCandidate(on=day, basis=Basis.GIVEN),) if day else ()
        return Document(id="d_1", name="a", text="", published=(*candidates, *METADATA))

    whole = merged(given_on(first), given_on(last))
    wanted = last or first
    assert [candidate.on for candidate in whole.published] == [*([wanted] if wanted else []), METADATA[0].on]
