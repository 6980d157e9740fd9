"""Documents that share a treaty are reconciled together, and what is kept of them is right or absent."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from postgres_server import engine_on
from sqlalchemy import inspect, text

from foedus import journal_stacks, stacks
from foedus.documents.document import Document
from foedus.documents.formats import document_from
from foedus.earlier import HEARD
from foedus.gathering.shipped_data import load_reference, reader_version
from foedus.journal.record import Journal
from foedus.journal.shelving import KEPT_CATALOGUES, KEPT_DAYS
from foedus.knowledge import Knowledge
from foedus.pipeline import keep_read
from foedus.register.identity import TreatyKey
from foedus.register.shelves import MOST, Grouping, shelves_of
from foedus.register.told import Telling, Told
from foedus.stacks import read_any
from foedus.terms.dates import DateRange

VOLTA = "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra."
VOTE = "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021 by 61 votes to 12."
HIMALAYA = "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020 in Thimphu."
JOINED = (
    "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021. "
    "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020."
)
LAKE = "Kenya, Tanzania and Uganda signed their Lake Fishing Convention on 3 May 2021 in Kampala."
ROADS = "Kenya, Tanzania and Uganda signed their Northern Roads Agreement on 8 July 2021 in Arusha."
DAYS = {
    VOLTA: date(2021, 5, 4),
    VOTE: date(2021, 6, 10),
    HIMALAYA: date(2020, 3, 6),
    JOINED: date(2022, 2, 8),
    LAKE: date(2021, 5, 5),
    ROADS: date(2021, 7, 9),
}


def document(said: str) -> tuple[Document, bytes]:
    data = said.encode()
    english = load_reference().lexicons["en"]
    return document_from(f"{DAYS[said]}.txt", data, english, published=DateRange.of(DAYS[said])), data


class Clock:
    """A clock that goes on by a day whenever it is asked to."""

    now = datetime(2022, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tomorrow(self) -> None:
        self.now += timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(place: str, clock: Clock) -> Iterator[Journal]:
    with Journal.open(place, clock=clock) as opened:
        yield opened


def known(journal: Journal, recorded: date | None = None) -> Knowledge:
    return Knowledge.of(journal, load_reference(), recorded)


def key(parties: str, words: str) -> TreatyKey:
    return TreatyKey("", tuple(parties.split()), tuple(sorted(words.split())), ())


def shelved(named: dict[str, list[TreatyKey]], most: int = MOST) -> list[tuple[str, ...]]:
    """The documents of each shelf."""
    told = Told.of(Telling(id_, "", tuple(map(msgspec.msgpack.encode, keys))) for id_, keys in named.items())
    return [tuple(map(told.document, held.documents)) for held in shelves_of(told, Grouping.of(told), most)]


def test_documents_that_share_a_treaty_stand_together() -> None:
    water, transit = key("GHA TGO", "volta water"), key("BTN NPL", "himalaya transit")
    named = {"d_1": [water], "d_2": [water, transit], "d_3": [transit], "d_4": []}
    assert shelved(named) == [("d_1", "d_2", "d_3")]


def test_where_too_many_hang_together_each_treaty_has_a_shelf_of_its_own() -> None:
    water, transit = key("GHA TGO", "volta water"), key("BTN NPL", "himalaya transit")
    named = {"d_1": [water], "d_2": [water, transit], "d_3": [transit]}
    assert sorted(shelved(named, most=2)) == [("d_1", "d_2"), ("d_2", "d_3")]


def test_a_name_that_many_treaties_bear_means_the_one_that_its_document_speaks_of() -> None:
    one, other, bare = key("GHA TGO", "services"), key("BTN NPL", "services"), key("", "services")
    assert shelved({"d_1": [one], "d_2": [other, bare], "d_3": [bare]}) == [("d_2",), ("d_1",)]


def test_a_journal_says_what_its_documents_say_without_one(journal: Journal) -> None:
    pairs = [document(said) for said in (VOLTA, VOTE, HIMALAYA)]
    journal.append(pairs)
    documents = [one for one, _ in pairs]
    statements = [s for d in documents for s in read_any(d, load_reference())]
    held, alone = known(journal), Knowledge.over(documents, statements, load_reference())
    assert [t.id for t in held.treaties] == [t.id for t in alone.treaties] == ["btn-npl-2020", "gha-tgo-2021"]
    assert held.register() == alone.register()
    assert held.register(date(2021, 5, 20)) == alone.register(date(2021, 5, 20))


def test_one_batch_or_many_make_the_same_catalogue(journal: Journal, tmp_path: Path) -> None:
    for said in (HIMALAYA, VOTE, VOLTA):
        journal.append([document(said)])
        assert known(journal).treaties
    with Journal.open(tmp_path / "other.db") as other:
        other.append([document(said) for said in (VOLTA, VOTE, HIMALAYA)])
        assert known(journal).placed == known(other).placed
        assert known(journal).register() == known(other).register()


def test_only_the_shelf_that_something_new_bears_on_is_made_again(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, ...]] = []
    real = stacks.reconcile_shelf
    monkeypatch.setattr(
        stacks, "reconcile_shelf", lambda shelf, *rest: made.append(shelf.documents) or real(shelf, *rest)
    )
    journal.append([document(VOLTA), document(HIMALAYA)])
    assert len(known(journal).treaties) == 2
    assert len(made) == 2
    journal.append([document(VOTE)])
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign", "chamber-approve"]
    assert made[2:] == [tuple(sorted(document(said)[0].id for said in (VOLTA, VOTE)))]
    known(journal).register()
    assert len(made) == 3


def test_a_ruling_changes_the_register_that_it_is_about_and_can_be_undone(journal: Journal) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    before = known(journal).around("gha-tgo-2021").acts
    vote = next(act for act in before if act.kind == "chamber-approve")
    ruling = journal.append_ruling("reject", *vote.supported_by, author="an editor")
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign"]
    journal.append_ruling("undo", ruling.id, author="an editor")
    assert known(journal).around("gha-tgo-2021").acts == before


def test_the_journal_as_it_stood_on_an_earlier_day(journal: Journal, clock: Clock) -> None:
    journal.append([document(VOLTA)])
    first = clock.now.date()
    clock.tomorrow()
    journal.append([document(VOTE)])
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign", "chamber-approve"]
    assert [act.kind for act in known(journal, first).around("gha-tgo-2021").acts] == ["sign"]
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign", "chamber-approve"]


def test_every_entry_is_found_by_its_id(journal: Journal) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    held = known(journal)
    for act in held.register().acts:
        assert held.explain(act.id) == act.proof
    one = held.documents[0]
    publication = held.publication(one.id)
    assert publication is not None and publication.published is not None
    assert held.explain(one.id) == publication.published.proof
    assert held.explain("a_0000000000000000") is None


def test_a_redaction_leaves_nothing_of_the_text_in_what_was_computed(journal: Journal, place: str) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    known(journal).register(date(2021, 5, 20))
    journal.redact(document(VOTE)[0].id, why="asked for", author="an editor")
    engine = engine_on(place)
    with engine.connect() as connection:
        for table in ("registers", "catalogues", "addresses"):
            assert table in inspect(engine).get_table_names()
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
    engine.dispose()
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign"]


def test_registers_of_shelves_that_are_no_more_are_forgotten(journal: Journal, clock: Clock, place: str) -> None:
    for said in (VOLTA, VOTE):
        journal.append([document(said)])
        assert known(journal).treaties
    for number in range(KEPT_CATALOGUES):
        clock.tomorrow()
        journal.append_ruling("reject", f"s_{number}", author="an editor")
        assert known(journal).treaties
    engine = engine_on(place)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM registers")).scalar() == 1
    engine.dispose()


def test_who_still_reads_an_earlier_catalogue_finds_its_registers(journal: Journal) -> None:
    journal.append([document(VOLTA), document(VOTE)])
    reader = known(journal)
    journal.append([document(JOINED)])
    assert len(known(journal).treaties) == 2
    assert len(reader.around("gha-tgo-2021").documents) == 2
    assert len(known(journal).around("gha-tgo-2021").documents) == 3


def test_a_report_that_comes_in_while_others_are_read_is_not_lost(journal: Journal) -> None:
    journal.append([document(VOLTA)])

    def while_reading(doing: str, _done: int, _of: int) -> None:
        if doing == "reading":
            journal.append([document(VOTE)])

    Knowledge.of(journal, load_reference(), watch=while_reading)
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign", "chamber-approve"]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_journal_that_cannot_be_written_is_read_all_the_same(journal: Journal, place: str) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    expected = known(journal).register()
    journal.append_ruling("reject", "s_0000000000000000", author="an editor")
    journal.forget_readings("none")
    engine = engine_on(place)
    with engine.connect() as connection, Journal.open(place, patience=0.05) as reader:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        assert known(reader).register() == expected
        assert known(reader).register(date(2021, 5, 20)).acts
    engine.dispose()


def of_three(journal: Journal, *reports: str) -> None:
    """Adds reports as read by a reader that saw who the parties are."""
    pairs = [document(said) for said in reports]
    journal.append(pairs)
    for one, _ in pairs:
        said = read_any(one, load_reference())
        named = [replace(s, treaty=replace(s.treaty, parties=("KEN", "TZA", "UGA"))) for s in said if s.treaty]
        journal.store_statements(reader_version(), [(one, named)])


def test_ids_that_two_shelves_would_have_are_told_apart(journal: Journal, tmp_path: Path) -> None:
    for said in (LAKE, ROADS):
        of_three(journal, said)
        assert known(journal).treaties
    told = [(t.id, {act.treaty for act in here.of(t.id).acts}) for t, here in known(journal).registers()]
    assert told == [(id_, {id_}) for id_ in ("ken-tza-uga-2021", "ken-tza-uga-2021-2")]
    with Journal.open(tmp_path / "other.db") as other:
        of_three(other, LAKE, ROADS)
        assert known(other).placed == known(journal).placed
        assert known(other).register() == known(journal).register()


@pytest.mark.parametrize("gone", [LAKE, ROADS])
def test_an_id_is_free_again_once_nothing_else_has_it(journal: Journal, gone: str) -> None:
    of_three(journal, LAKE, ROADS)
    assert len(known(journal).treaties) == 2
    journal.redact(document(gone)[0].id, why="asked for", author="an editor")
    assert [t.id for t in known(journal).treaties] == ["ken-tza-uga-2021"]
    assert {act.treaty for act in known(journal).register().acts} == {"ken-tza-uga-2021"}


def test_a_ruling_that_parts_two_shelves_leaves_no_stale_id(journal: Journal) -> None:
    of_three(journal, LAKE, ROADS)
    first, second = (known(journal).around(t.id).of(t.id).acts[0] for t in known(journal).treaties)
    ruling = journal.append_ruling("set", *first.supported_by, "date", "2019-05-03", author="an editor")
    assert sorted(t.id for t in known(journal).treaties) == ["ken-tza-uga-2019", "ken-tza-uga-2021"]
    assert known(journal).entry(second.id) is None
    journal.append_ruling("undo", ruling.id, author="an editor")
    assert known(journal).entry(first.id) == first
    assert known(journal).entry(second.id) == second


def test_a_treaty_is_called_the_same_around_others_where_many_hang_together(journal: Journal) -> None:
    """Over 200 reports that hang together stand by treaty; what is told of one beside another has the ids that it has at home."""
    many = [f"{VOTE} It was vote number {number} of that week in Lome." for number in range(MOST)]
    days = [DateRange.of(date(2021, 6, 10) + timedelta(days=n)) for n in range(len(many))]
    english = load_reference().lexicons["en"]
    told = [
        (document_from(f"{n}.txt", m.encode(), english, published=d), m.encode())
        for n, (m, d) in enumerate(zip(many, days, strict=True))
    ]
    journal.append([*told, document(VOLTA), document(HIMALAYA), document(JOINED)])
    held = known(journal)
    assert [len(shelf.treaties) for shelf in held.placed] == [1, 1]
    register = held.register()
    assert len({t.id for t in register.treaties}) == 2
    assert len({act.id for act in register.acts}) == len(register.acts)
    own = {act.id for act in held.around("gha-tgo-2021").of("gha-tgo-2021").acts}
    beside = {act.id for act in held.around("btn-npl-2020").of("gha-tgo-2021").acts}
    assert beside and beside < own
    for act in register.acts:
        assert held.entry(act.id) == act


def test_readers_and_a_writer_at_once(journal: Journal, tmp_path: Path, place: str) -> None:
    journal.append([document(HIMALAYA)])
    expected = {("btn-npl-2020",), ("btn-npl-2020", "gha-tgo-2021")}
    seen: list[tuple[str, ...]] = []
    faults: list[Exception] = []

    def reading() -> None:
        try:
            with Journal.open(place) as mine:
                for _ in range(6):
                    held = known(mine)
                    seen.append(tuple(t.id for t in held.treaties))
                    assert {act.treaty for act in held.register().acts} == set(seen[-1])
        except Exception as error:
            faults.append(error)

    readers = [threading.Thread(target=reading) for _ in range(2)]
    for reader in readers:
        reader.start()
    for said in (VOLTA, VOTE, JOINED):
        journal.append([document(said)])
        assert known(journal).treaties
    for reader in readers:
        reader.join()
    assert not faults
    assert set(seen) <= expected
    with Journal.open(tmp_path / "other.db") as other:
        other.append([document(said) for said in (HIMALAYA, VOLTA, VOTE, JOINED)])
        assert known(journal).register() == known(other).register()


def test_a_corrected_day_of_publication_counts_at_once(journal: Journal) -> None:
    journal.append([document(VOLTA), document(VOTE)])
    asked = date(2021, 6, 20)
    assert len(known(journal).around("gha-tgo-2021", asked).acts) == 2
    data = VOTE.encode()
    english = load_reference().lexicons["en"]
    later = document_from(f"{DAYS[VOTE]}.txt", data, english, published=DateRange.of(date(2021, 7, 1)))
    journal.append([(later, data)])
    held = known(journal)
    assert [act.kind for act in held.around("gha-tgo-2021", asked).acts] == ["sign"]
    assert held.around("gha-tgo-2021", asked).silent == (later.id,)
    assert held.publication(later.id, asked) is None
    journal.append([document(VOTE)])
    assert len(known(journal).around("gha-tgo-2021", asked).acts) == 2


def test_what_an_editor_enters_counts_from_the_day_of_its_report(journal: Journal) -> None:
    journal.append([document(VOLTA), document(VOTE)])
    entered = next(iter(known(journal).statements_of(document(VOTE)[0].id)))
    journal.append_ruling("reject", entered.id, author="an editor")
    assert len(known(journal).around("gha-tgo-2021").acts) == 1
    by_hand = replace(entered, id="s_00000000000000ff")
    journal.append_statement(by_hand, author="an editor")
    held = known(journal)
    assert [act.supported_by for act in held.around("gha-tgo-2021").acts if act.kind == "chamber-approve"] == [
        (by_hand.id,)
    ]
    assert [act.kind for act in held.around("gha-tgo-2021", date(2021, 5, 20)).acts] == ["sign"]


def test_another_reader_reads_everything_anew(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    before = known(journal).register()
    monkeypatch.setattr(journal_stacks, "reader_version", lambda: "another")
    read: list[str] = []
    real = journal_stacks.read_any
    monkeypatch.setattr(journal_stacks, "read_any", lambda one, reference: read.append(one.id) or real(one, reference))
    assert known(journal).register() == before
    assert len(read) == 3


def test_a_catalogue_of_another_version_is_as_good_as_none(journal: Journal) -> None:
    journal.append([document(VOLTA)])
    journal.keep_catalogue([("another", b"\x91\x80")], lambda _: ())
    assert [t.id for t in known(journal).treaties] == ["gha-tgo-2021"]


def test_an_earlier_day_is_answered_without_looking_through_the_journal(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append([document(VOLTA), document(VOTE), document(HIMALAYA)])
    known(journal)
    monkeypatch.setattr(Journal, "named", lambda *_, **__: pytest.fail("looks through the journal"))
    monkeypatch.setattr(Journal, "missing", lambda *_, **__: pytest.fail("looks through the journal"))
    assert [act.kind for act in known(journal).around("gha-tgo-2021", date(2021, 5, 10)).acts] == ["sign"]
    assert known(journal).picture("gha-tgo-2021", None, date(2021, 5, 3)) is None


def test_notes_of_another_version_are_as_good_as_none(journal: Journal, place: str) -> None:
    journal.append([document(VOLTA), document(VOTE)])
    asked = known(journal)
    before = asked.around("gha-tgo-2021", date(2021, 5, 10))
    engine = engine_on(place)
    with engine.begin() as connection:
        notes = text("UPDATE catalogues SET value = :value WHERE made_at < '1'")
        assert connection.execute(notes, {"value": zlib.compress(b"\x91\x80")}).rowcount > 2
    engine.dispose()
    assert before.acts and known(journal).around("gha-tgo-2021", date(2021, 5, 10)) == before


def test_of_too_many_days_the_notes_are_forgotten(journal: Journal, place: str) -> None:
    journal.append([document(VOLTA)])
    asked = known(journal)
    for day in range(KEPT_DAYS + 1):
        asked.around("gha-tgo-2021", date(2021, 6, 1) + timedelta(days=day))
    engine = engine_on(place)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT made_at FROM catalogues ORDER BY made_at")).scalars().all()
    engine.dispose()
    assert [made_at[:1] for made_at in sorted(set(kept))] == ["", "0", "2"]


def test_what_was_made_of_a_text_before_its_redaction_is_not_kept_after_it(journal: Journal, place: str) -> None:
    journal.append([document(VOLTA), document(VOTE)])
    reader = known(journal)
    gone, _ = document(VOTE)
    said = read_any(gone, load_reference())
    made = {("a digest", None): (reader.around("gha-tgo-2021"), ("gha-tgo-2021",))}
    journal.redact(gone.id, why="asked for", author="an editor")
    assert not journal.keep_registers(made, redacted=0)
    keep_read(journal, [(gone, VOTE.encode(), said)])
    engine = engine_on(place)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM registers")).scalar() == 0
        kept = connection.execute(text("SELECT count(*) FROM readings WHERE document = :id"), {"id": gone.id})
        assert kept.scalar() == 0
    engine.dispose()
    assert [act.kind for act in known(journal).around("gha-tgo-2021").acts] == ["sign"]


def test_what_another_version_has_noted_of_all_days_is_replaced(journal: Journal) -> None:
    journal.append([document(said) for said in (VOLTA, VOTE)])
    known(journal)
    noting = journal_stacks.JournalStacks(journal, load_reference())
    noting.note_lasting([(f"{HEARD}{column}", b"\xc1") for column in ("users", "names")])
    before = date(2021, 5, 20)
    assert len(known(journal).around("gha-tgo-2021", before).documents) == 1
    assert b"\xc1" not in noting.noted_parts([f"{HEARD}{column}" for column in ("users", "names")]).values()


def test_notes_that_are_gone_are_made_again(journal: Journal, place: str) -> None:
    journal.append([document(said) for said in (VOLTA, VOTE)])
    asked, before = known(journal), date(2021, 5, 20)
    engine = engine_on(place)
    with engine.begin() as connection:
        assert connection.execute(text("DELETE FROM catalogues WHERE made_at < '1'")).rowcount
    engine.dispose()
    assert len(asked.around("gha-tgo-2021", before).documents) == 1
    assert len(known(journal).around("gha-tgo-2021", before).documents) == 1
