"""What one process knows while others add to the same journal, and take away from it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from foedus import placed, stacks
from foedus.columns import Packed
from foedus.documents.document import Document
from foedus.documents.formats import document_from
from foedus.errors import JournalError
from foedus.gathering.shipped_data import load_reference, reader_version
from foedus.journal.holdings import PAGE
from foedus.journal.record import Journal
from foedus.journal_stacks import JournalStacks
from foedus.knowledge import Knowledge
from foedus.placed import Cataloguing, Placed
from foedus.stacks import read_any
from foedus.terms.dates import DateRange

VOLTA = ("Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra.", date(2021, 5, 4))
VOTE = ("The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021.", date(2021, 6, 10))
HIMALAYA = ("Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020 in Thimphu.", date(2020, 3, 6))
LAKE = ("Kenya and Uganda signed their Lake Fishing Convention on 3 May 2021 in Kampala.", date(2021, 5, 5))
ROADS = ("Chile and Peru signed their Coastal Roads Agreement on 8 July 2021 in Lima.", date(2021, 7, 9))
RAILS = ("Spain and France signed their Mountain Railways Treaty on 2 June 2020 in Paris.", date(2020, 6, 3))


def document(said: tuple[str, date]) -> tuple[Document, bytes]:
    words, day = said
    data = words.encode()
    return document_from(f"{day}.txt", data, load_reference().lexicons["en"], published=DateRange.of(day)), data


def known(journal: Journal) -> Knowledge:
    return Knowledge.of(journal, load_reference())


def treaties(journal: Journal) -> list[str]:
    return [treaty.id for treaty in known(journal).treaties]


@pytest.fixture
def journal(place: str) -> Iterator[Journal]:
    with Journal.open(place, clock=lambda: datetime(2022, 1, 1, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def other(place: str, journal: Journal) -> Iterator[Journal]:
    with Journal.open(place, patience=2.0) as opened:
        yield opened


def test_whoever_listens_to_what_documents_tell_keeps_nobody_from_redacting(
    journal: Journal, other: Journal, place: str
) -> None:
    journal.append([document((f"{VOLTA[0]} It was report number {n}.", VOLTA[1])) for n in range(PAGE + 1)])
    telling = journal.named("some version")
    first, *_ = next(telling)
    gone = max(other.documents(), key=lambda one: one.id)
    other.redact(gone.id, why="asked for", author="an editor")
    assert gone.id not in [first, *(id_ for id_, *_ in telling)]
    if "://" not in place:
        assert gone.text.encode() not in Path(f"{place}-wal").read_bytes()


def test_a_redaction_that_leaves_its_text_in_the_log_says_so(journal: Journal, tmp_path: Path) -> None:
    place = tmp_path / "foedus.db"
    if not place.exists():
        pytest.skip("a server's own log is in its administrator's hands")
    journal.append([document(VOLTA)])
    with closing(sqlite3.connect(place, isolation_level=None)) as reader, Journal.open(place, patience=0.1) as hasty:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        with pytest.raises(JournalError, match=r"is redacted, but somebody reads the journal"):
            hasty.redact(document(VOLTA)[0].id, why="asked for", author="an editor")
    assert [one.document for one in journal.redactions()] == [document(VOLTA)[0].id]


def test_a_document_that_nobody_has_read_yet_tells_nothing_for_now(journal: Journal, other: Journal) -> None:
    journal.append([document(VOLTA), document(HIMALAYA)])
    held = known(journal)
    other.redact(document(HIMALAYA)[0].id, why="asked for", author="an editor")
    other.append([document(LAKE)])
    assert [act.kind for act in held.around("gha-tgo-2021", date(2021, 6, 1)).acts] == ["sign"]
    assert treaties(other) == ["gha-tgo-2021", "ken-uga-2021"]


def test_a_reading_of_what_was_corrected_since_is_no_reading(journal: Journal) -> None:
    journal.append([document(VOLTA)])
    one, data = document(VOLTA)
    reader = reader_version()
    journal.store_statements(reader, [(one, read_any(one, load_reference()))])
    ((_, digest, _, _),) = journal.named("some version")
    assert [id_ for id_, _ in journal.read_as(reader, {one.id: digest})] == [one.id]
    journal.append([(msgspec.structs.replace(one, url="https://example.org/1"), data)])
    ((_, corrected, _, _),) = journal.named("some version")
    assert corrected != digest and journal.read_as(reader, {one.id: corrected}) == []


@pytest.mark.parametrize("is_redacted", [False, True])
def test_an_earlier_day_is_told_of_one_state_of_the_journal(
    journal: Journal, other: Journal, is_redacted: bool
) -> None:
    journal.append([document(said) for said in (VOLTA, VOTE, RAILS, HIMALAYA)])
    held, day = known(journal), date(2020, 12, 31)
    assert held.picture("gha-tgo-2021", None, day) is None
    for said in (LAKE, ROADS):
        other.append([document(said)])
        assert known(other).treaties
    if is_redacted:
        other.redact(document(HIMALAYA)[0].id, why="asked for", author="an editor")
    assert [act.kind for act in held.around("esp-fra-2020", day).acts] == ["sign"]
    assert [act.kind for act in known(other).around("esp-fra-2020", day).acts] == ["sign"]


def test_rulings_are_looked_through_once_for_all_shelves_of_a_day(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append([document(said) for said in (VOLTA, HIMALAYA, LAKE, ROADS, RAILS)])
    held = known(journal)
    asked: list[int] = []
    real = stacks.ruled
    monkeypatch.setattr(stacks, "ruled", lambda *given: asked.append(1) or real(*given))
    held._stacks.__dict__.pop("_rulings_about", None)
    assert len(list(held.registers(date(2021, 12, 31)))) == 5
    assert len(asked) == 1


@pytest.mark.parametrize("foreign", [(placed.LAYOUT + 1, sys.byteorder), (placed.LAYOUT, "middle")])
def test_a_catalogue_that_is_laid_out_otherwise_is_made_anew(journal: Journal, foreign: tuple[int, str]) -> None:
    journal.append([document(VOLTA)])
    state = JournalStacks(journal, load_reference())._state()
    otherwise = msgspec.structs.replace(known(journal).placed, layout=foreign, numbers={})
    for value in (msgspec.msgpack.encode(otherwise), b"\x91\x80"):
        journal.keep_catalogue([(state, value)], lambda _: ())
        assert treaties(journal) == ["gha-tgo-2021"]
        assert journal.noted([state])[state] != value, "it was replaced"


def test_a_document_keeps_its_day_on_every_shelf() -> None:
    days = ((None, date(2021, 5, 4)), (date(2021, 5, 6), None))
    filling = Cataloguing(Packed.of([b"d_1", b"d_2"]))
    for number, published in enumerate(days):
        filling.add([0, 1], Placed(documents=("d_1", "d_2"), published=published, mark=str(number), treaties=()))
    catalogue = filling.catalogue()
    assert tuple(shelf.published for shelf in catalogue) == days
    assert [date.fromordinal(catalogue.day_of(id_)) for id_ in (b"d_1", b"d_2")] == [date(2021, 5, 6), date(2021, 5, 4)]
