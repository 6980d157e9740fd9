"""The journal keeps what was said, once, with the time at which it was recorded."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from foedus.documents.document import Basis, DateCandidate, Document, document_id
from foedus.errors import JournalError
from foedus.journal import copying, opening, tables
from foedus.journal.arrivals import Arrival
from foedus.journal.finding import excerpt
from foedus.journal.holdings import Appended
from foedus.journal.record import Journal
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement, TreatyMention, statement_id
from foedus.terms.acts import Kind, Vote
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Source, Stance

READER = "rules-1"
VOTE = "The State Duma ratified the treaty on the 24th, 397 to 0."
PLEDGE = "A deputy minister said that the pact threatens nobody."


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2024, 10, 24, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def next_day(self) -> date:
        """Goes on to the next day; the day that ended."""
        ended = self.now.date()
        self.now += timedelta(days=1)
        return ended


def arrival(text: str, name: str = "a.txt", given: DateRange | None = None, url: str | None = None) -> Arrival:
    candidates = (DateCandidate(on=given, basis=Basis.GIVEN),) if given else ()
    raw = text.encode()
    return Arrival(Document(id=document_id(raw), name=name, text=text, published=candidates, url=url), raw)


def act(document: Document, words: str, kind: Kind = Kind.CHAMBER_APPROVE) -> Statement:
    at = document.text.index(words)
    return Statement(
        id=statement_id(document.id, at, at + len(words), "act"),
        document=document.id,
        treaty=TreatyMention(mention="Partnership Treaty", parties=("PRK", "RUS")),
        content=ActMention(
            kind=kind, states=("RUS",), vote=Vote(for_=397, against=0), date=DateRange.day(2024, 10, 24)
        ),
        sources=(Source(name="TASS"),),
        quote=document.quote(at, at + len(words)),
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(place: str, clock: Clock) -> Iterator[Journal]:
    with Journal.open(place, clock=clock) as opened:
        yield opened


def test_what_is_appended_comes_back_the_same(journal: Journal) -> None:
    vote, pledge = arrival(VOTE, "004.txt", DateRange.day(2024, 10, 24), "https://example.org/4"), arrival(PLEDGE)
    assert journal.append([vote, pledge]) == Appended(new=(vote.document.id, pledge.document.id))
    assert list(journal.documents()) == sorted([vote.document, pledge.document], key=lambda document: document.id)
    assert journal.document(vote.document.id) == vote.document
    assert journal.original(vote.document.id) == vote.original
    assert [d.name for d in journal.documents([vote.document.id])] == ["004.txt"]
    assert len(journal) == 2


def test_the_same_bytes_are_one_document(journal: Journal) -> None:
    first, again = arrival(VOTE), arrival(VOTE)
    assert journal.append([first, again]) == Appended(new=(first.document.id,))
    assert journal.append([again]) == Appended(known=(first.document.id,))
    assert len(journal) == 1


def test_a_day_given_later_is_kept_and_corrects_the_one_before(journal: Journal, clock: Clock) -> None:
    id_ = arrival(VOTE).document.id
    journal.append([arrival(VOTE)])
    before = clock.next_day()
    assert journal.append([arrival(VOTE, given=DateRange.day(2024, 10, 23))]).changed == (id_,)
    assert journal.append([arrival(VOTE, given=DateRange.day(2024, 10, 24))]).changed == (id_,)
    assert journal.append([arrival(VOTE)]).known == (id_,)
    assert [c.on.edtf for c in journal.document(id_).published] == ["2024-10-24"]
    assert journal.document(id_, recorded_by=before).published == ()


def test_a_batch_is_taken_in_whole_or_not_at_all(journal: Journal) -> None:
    wrong = Arrival(arrival(PLEDGE).document, b"other bytes")
    with pytest.raises(JournalError, match="is not that of its bytes"):
        journal.append([arrival(VOTE), wrong])
    assert len(journal) == 0


def test_the_journal_is_shown_as_it_stood_on_a_day(journal: Journal, clock: Clock) -> None:
    day_before = clock.now.date() - timedelta(days=1)
    journal.append([arrival(VOTE)])
    first = clock.next_day()
    journal.append([arrival(PLEDGE)])
    assert [len(list(journal.documents(recorded_by=day))) for day in (day_before, first, clock.now.date())] == [0, 1, 2]
    with pytest.raises(JournalError, match="there is no document"):
        journal.document(arrival(PLEDGE).document.id, recorded_by=first)


def test_a_reading_is_kept_for_the_version_of_the_reader_that_made_it(journal: Journal) -> None:
    vote, pledge = arrival(VOTE).document, arrival(PLEDGE).document
    journal.append([arrival(VOTE), arrival(PLEDGE)])
    assert journal.missing(READER) == tuple(sorted([vote.id, pledge.id]))
    statements = (act(vote, "ratified"),)
    journal.store_statements(READER, [(vote, statements), (pledge, ())])
    journal.store_statements(READER, [(vote, statements)])
    assert journal.missing(READER) == ()
    assert tuple(journal.statements(READER)) == statements
    assert tuple(journal.statements(READER, documents=[pledge.id])) == ()
    assert len(journal.missing("rules-2")) == 2
    assert tuple(journal.statements("rules-2")) == ()
    journal.forget_readings(READER)
    assert len(journal.missing(READER)) == 2


def test_every_kind_of_statement_comes_back_the_same(journal: Journal) -> None:
    document = arrival(VOTE).document
    journal.append([arrival(VOTE)])
    quote = document.quote(0, 5)
    claim = Claim(speaker=Agent(name="Andrey Rudenko"), stance=Stance.DENY, says=quote.exact)
    contents = (act(document, "ratified").content, ProvisionMention(kind="articles", value="23"), claim)
    read = tuple(
        Statement(id=f"s_{number}", document=document.id, content=content, quote=quote)
        for number, content in enumerate(contents)
    )
    journal.store_statements(READER, [(document, read)])
    assert tuple(journal.statements(READER)) == read


def test_a_corrected_day_makes_a_reading_stale_but_not_as_of_before(journal: Journal, clock: Clock) -> None:
    old = arrival(VOTE)
    journal.append([old])
    journal.store_statements(READER, [(old.document, (act(old.document, "ratified"),))])
    before = clock.next_day()
    journal.append([arrival(VOTE, given=DateRange.day(2024, 10, 24))])
    assert journal.missing(READER) == (old.document.id,)
    assert journal.missing(READER, recorded_by=before) == ()
    assert len(list(journal.statements(READER, recorded_by=before))) == 1
    assert list(journal.statements(READER)) == []


def test_a_statement_entered_by_hand_stands_beside_those_read(journal: Journal, clock: Clock) -> None:
    document = arrival(VOTE).document
    journal.append([arrival(VOTE)])
    day_before = clock.next_day()
    entry = journal.append_statement(act(document, "ratified"), author="ada", published=DateRange.parse("2024-10"))
    assert (entry.author, entry.published, entry.recorded[:10]) == ("ada", DateRange.month(2024, 10), "2024-10-25")
    journal.append_statement(act(document, "ratified"), author="ada", published=DateRange.parse("2024-10"))
    assert list(journal.entries()) == [entry]
    assert list(journal.statements(READER)) == [entry.statement]
    assert list(journal.statements(READER, recorded_by=day_before)) == []


def test_an_entry_is_corrected_by_another_with_its_id(journal: Journal, clock: Clock) -> None:
    document = arrival(VOTE).document
    journal.append([arrival(VOTE)])
    journal.append_statement(act(document, "ratified"), author="ada")
    first = clock.next_day()
    corrected = journal.append_statement(act(document, "ratified", Kind.CHAMBER_REJECT), author="ben")
    assert list(journal.entries()) == [corrected]
    assert [entry.author for entry in journal.entries(recorded_by=first)] == ["ada"]


def test_rulings_are_kept_in_order_and_can_be_undone(journal: Journal, clock: Clock) -> None:
    same = journal.append_ruling("same", "a_1", "a_2", author="ada", note="one vote", source="https://example.org")
    reject = journal.append_ruling("reject", "a_3", author="ben")
    assert journal.rulings() == (same, reject)
    first = clock.next_day()
    undo = journal.append_ruling("undo", same.id, author="ada")
    assert journal.rulings() == (reject,)
    assert journal.rulings(recorded_by=first) == (same, reject)
    journal.append_ruling("undo", undo.id, author="ada")
    assert journal.rulings() == (same, reject)
    assert len(journal.all_rulings()) == 4


@pytest.mark.parametrize(
    ("verb", "args", "said"),
    [
        ("merge", ("a_1",), '"merge" is no ruling; there are: same ID ID'),
        ("set", ("a_1", "on"), "written: foedus rule set ID FIELD VALUE"),
        ("undo", ("r_9",), "r_9 is no ruling of this journal"),
    ],
)
def test_a_ruling_that_cannot_be_is_refused(journal: Journal, verb: str, args: tuple[str, ...], said: str) -> None:
    with pytest.raises(JournalError, match=said):
        journal.append_ruling(verb, *args, author="ada")
    assert journal.all_rulings() == ()


def test_nobody_rules_states_or_redacts_without_a_name(journal: Journal) -> None:
    with pytest.raises(JournalError, match="author"):
        journal.append_ruling("reject", "a_1", author=" ")
    with pytest.raises(JournalError, match="author"):
        journal.append_statement(act(arrival(VOTE).document, "ratified"), author="")
    with pytest.raises(JournalError, match="author"):
        journal.redact("d_1", why="a court order", author="")


SEARCHES = {
    # asked                texts found
    "treaty":             [VOTE],
    "RATIFIED duma":      [VOTE],
    '"state duma"':       [VOTE],
    '"duma state"':       [],
    "ratif*":             [VOTE],
    "ratif":              [],
    "threat* nobody":     [PLEDGE],
    "the":                [VOTE, PLEDGE],
    "uberprufung":        ["Die Überprüfung des Abkommens"],
    "ÜBERPRÜFUNG":        ["Die Überprüfung des Abkommens"],
    "조약":                ["국가두마가 조약을 비준했다"],
    "비준했":               ["국가두마가 조약을 비준했다"],
    "약":                  ["국가두마가 조약을 비준했다"],
    "두마비준":              [],
    "条約":                ["下院は条約を批准した"],
    "batch.html":         [],
    'AND OR "NEAR(" *':   [],
}  # fmt: skip


@pytest.mark.parametrize("asked", SEARCHES)
def test_search_finds_by_words_in_any_script(journal: Journal, asked: str) -> None:
    texts = [VOTE, PLEDGE, "Die Überprüfung des Abkommens", "국가두마가 조약을 비준했다", "下院は条約を批准した"]
    journal.append(arrival(text, f"{number}.txt") for number, text in enumerate(texts))
    found = {journal.document(hit.id).text for hit in journal.search(asked)}
    assert found == set(SEARCHES[asked])


def test_search_shows_the_place_and_the_statements_that_quote_it(journal: Journal) -> None:
    document = arrival(f"{'Weather. ' * 60}\n{VOTE} {'Sports. ' * 60}").document
    journal.append([Arrival(document, document.text.encode())])
    statement = act(document, "The State Duma ratified")
    journal.store_statements(READER, [(document, (statement, act(document, "397 to 0")))])
    (found,) = journal.search('"State Duma"')
    assert found.excerpt.exact.startswith("The State Duma ratified")
    assert document.text[found.excerpt.start : found.excerpt.end] == found.excerpt.exact
    assert len(found.excerpt.exact) < 200
    assert found.statements == (statement.id,)


def test_search_finds_entries_by_hand(journal: Journal) -> None:
    journal.append([arrival(VOTE)])
    journal.append_statement(act(arrival(VOTE).document, "ratified"), author="ada")
    assert "entered by hand" in [hit.name for hit in journal.search("partnership ratified")]


def test_a_statement_about_a_document_that_is_not_here_is_refused(journal: Journal) -> None:
    with pytest.raises(JournalError, match="there is no document d_"):
        journal.append_statement(act(arrival(VOTE).document, "ratified"), author="ada")
    assert list(journal.entries()) == []


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    document = arrival(f"{'word ' * 30}Duma{' word' * 30}").document
    assert set(excerpt(document, "duma").exact.split()) == {"word", "Duma"}


def test_what_is_found_is_told_part_by_part_and_counted(journal: Journal) -> None:
    journal.append(arrival(f"The chamber met {'again ' * number}on the pact.", f"{number}.txt") for number in range(7))
    whole = [hit.id for hit in journal.search("chamber pact", limit=99)]
    assert len(set(whole)) == journal.many_found("chamber pact") == 7
    parts = [[hit.id for hit in journal.search("chamber pact", limit=3, offset=offset)] for offset in (0, 3, 6, 9)]
    assert parts == [whole[:3], whole[3:6], whole[6:], []]
    assert journal.many_found('"chamber again"') == 0 and journal.many_found("cham*") == 7


def test_searching_for_nothing_says_what_to_search_for(journal: Journal) -> None:
    with pytest.raises(JournalError, match="holds no word to search for"):
        list(journal.search("!?"))
    with pytest.raises(JournalError, match="holds no word to search for"):
        journal.many_found("!?")


SECRET = arrival("The Zanzibar protocol was initialled by Quillfeather.", "zanzibar.txt")


def take_in_secret(journal: Journal) -> Statement:
    """Puts the secret wherever words of a document can stand; the statement entered by hand that quotes it."""
    entered = act(SECRET.document, "Zanzibar protocol was initialled")
    journal.append([SECRET, arrival(VOTE)])
    journal.store_statements(READER, [(SECRET.document, (entered,))])
    journal.append_statement(entered, author="ada")
    assert len(list(journal.search("quillfeather"))) == 1
    return entered


def test_a_redacted_text_is_gone_and_the_tombstone_stays(journal: Journal) -> None:
    secret, entered = SECRET, take_in_secret(journal)
    tombstone = journal.redact(secret.document.id, why="an order of the court", author="ben")
    assert journal.redactions() == (tombstone,)
    assert [(d.who, d.deed, d.about) for d in journal.deeds()] == [("ben", "redact", secret.document.id)]
    with pytest.raises(JournalError, match="was redacted on 2024-10-24 by ben: an order of the court"):
        journal.document(secret.document.id)
    with pytest.raises(JournalError, match="was redacted"):
        journal.original(secret.document.id)
    assert [document.text for document in journal.documents()] == [VOTE]
    assert list(journal.statements(READER)) == []
    assert list(journal.search("zanzibar")) == []
    assert [(entry.author, entry.statement) for entry in journal.entries()] == [("ada", None)]
    assert len(list(journal.search("treaty"))) == 1
    assert journal.append([secret]) == Appended(redacted=(secret.document.id,))
    with pytest.raises(JournalError, match="was redacted"):
        journal.redact(secret.document.id, why="again", author="ben")
    with pytest.raises(JournalError, match="was redacted"):
        journal.append_statement(entered, author="ada")


def test_a_redacted_text_is_nowhere_in_the_file(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        take_in_secret(journal)
        kept = blobs(tmp_path / "foedus.db", SECRET.document.id)
        assert len(kept) == 4
        journal.redact(SECRET.document.id, why="an order of the court", author="ben")
    for file in tmp_path.iterdir():
        raw = file.read_bytes().lower()
        assert b"zanzibar" not in raw
        assert b"quillfeather" not in raw
    raw = (tmp_path / "foedus.db").read_bytes()
    assert not [blob for blob in kept if blob[4:40] in raw]


def blobs(path: Path, document: str) -> list[bytes]:
    """The compressed values of a document, as they stand in the file."""
    columns = {"documents": ("original", "id"), "versions": ("value", "document")}
    columns |= dict.fromkeys(("readings", "entries"), ("value", "document"))
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f"SELECT {value} FROM {table} WHERE {key} = ?", [document]).fetchone()[0]
            for table, (value, key) in columns.items()
        ]


def test_a_backup_is_a_journal_of_its_own(journal: Journal, tmp_path: Path) -> None:
    journal.append([arrival(VOTE)])
    journal.backup(tmp_path / "copy.db")
    journal.append([arrival(PLEDGE)])
    with Journal.open(tmp_path / "copy.db") as copy:
        assert [document.text for document in copy.documents()] == [VOTE]
        assert copy.append([arrival(PLEDGE)]).new
    with pytest.raises(JournalError, match="is there already"):
        journal.backup(tmp_path / "copy.db")
    with pytest.raises(JournalError, match="could not be written"):
        journal.backup(tmp_path / "nowhere" / "copy.db")
    assert {path.name for path in tmp_path.iterdir()} - {"foedus.db", "foedus.db-wal", "foedus.db-shm"} == {"copy.db"}


def test_a_backup_is_whole_while_others_write(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents come in pairs; a copy that was not of one moment would have half a pair. A file is copied in many steps."""
    monkeypatch.setattr(copying, "STEP", 5)
    go_on = True

    def write() -> None:
        number = 0
        while go_on:
            journal.append([arrival(f"first {number}"), arrival(f"second {number}")])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            time.sleep(0.05)
            journal.backup(tmp_path / f"{number}.db")
    finally:
        go_on = False
        writer.join()
    held = []
    for number in range(5):
        with Journal.open(tmp_path / f"{number}.db") as copy:
            held.append(len(copy))
            assert held[-1] % 2 == 0
            assert len(list(copy.search("first", limit=999))) == held[-1] // 2
    assert held == sorted(held)
    assert len(set(held)) > 1


def test_a_backup_holds_all_that_was_recorded(journal: Journal, tmp_path: Path) -> None:
    document = arrival(VOTE, given=DateRange.day(2024, 10, 24)).document
    journal.append([arrival(VOTE), arrival(VOTE, given=DateRange.day(2024, 10, 24)), arrival(PLEDGE)])
    journal.store_statements(READER, [(document, (act(document, "ratified"),))])
    journal.append_statement(act(document, "397 to 0"), author="ada", published=DateRange.parse("2024-10"))
    journal.append_ruling("reject", "s_1", author="ada")
    journal.redact(arrival(PLEDGE).document.id, why="asked for", author="ben")
    journal.backup(tmp_path / "copy.db")
    with Journal.open(tmp_path / "copy.db") as copy:
        assert everything_in(copy) == everything_in(journal)


def test_a_backup_tells_how_far_it_is_and_what_it_holds(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "STEP", 5)
    journal.append([arrival(VOTE), arrival(PLEDGE)])
    journal.redact(arrival(PLEDGE).document.id, why="asked for", author="ben")
    told: list[tuple[str, int, int | None]] = []
    assert journal.backup(tmp_path / "copy.db", lambda *so_far: told.append(so_far)) == 1
    assert any(done == of for _, done, of in told)
    assert all(of is None or 0 <= done <= of for _, done, of in told) and len(told) > 1
    assert journal.backup(tmp_path / "again.db") == 1


def everything_in(journal: Journal) -> tuple[object, ...]:
    documents = list(journal.documents())
    return (
        documents,
        [journal.original(document.id) for document in documents],
        list(journal.statements(READER)),
        list(journal.entries()),
        journal.all_rulings(),
        journal.redactions(),
        {hit.id for hit in journal.search("ratified")},
    )


def test_a_reader_is_not_disturbed_by_a_writer(journal: Journal) -> None:
    journal.append(arrival(f"report {number}", f"{number}.txt") for number in range(1200))
    reading = journal.documents()
    next(reading)
    journal.append([arrival(VOTE)])
    assert len(list(reading)) == 1199
    assert len(journal) == 1201


def test_threads_share_a_journal(journal: Journal) -> None:
    batches = [[arrival(f"{thread} {number}") for number in range(20)] for thread in range(4)]
    threads = [threading.Thread(target=journal.append, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal) == 80


# What cannot be opened


def unopened(path: Path, *, create: bool = True) -> str:
    with pytest.raises(JournalError) as refusal:
        Journal.open(path, create=create, patience=0.1)
    said = str(refusal.value)
    assert said.startswith(str(path))
    assert "\n" not in said
    return said


def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(VOTE * 100)
    assert "no Foedus journal" in unopened(path)
    assert path.read_text() == VOTE * 100


def test_a_database_of_somebody_else_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    assert "no Foedus journal" in unopened(path)
    assert path.read_bytes() == before


def test_a_folder_or_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "is a folder" in unopened(tmp_path)
    assert "there is no folder" in unopened(tmp_path / "gone" / "foedus.db")
    assert "`foedus add INPUT` makes one" in unopened(tmp_path / "foedus.db", create=False)
    assert not (tmp_path / "foedus.db").exists()


@pytest.mark.skipif(os.name != "posix" or not Path("/proc/self").exists(), reason="needs a folder nobody can write")
def test_a_folder_that_cannot_be_written_is_named() -> None:
    assert "must exist and be writable" in unopened(Path("/proc/self/foedus.db"))


def test_a_journal_of_a_newer_foedus_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "was written by a newer Foedus (schema 9999" in unopened(path)


def test_a_journal_that_another_process_writes_is_waited_for_then_named(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    Journal.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Journal.open(path, patience=0.1) as journal:
        other.execute("BEGIN IMMEDIATE")
        assert list(journal.documents()) == []
        with pytest.raises(JournalError, match="another process has been writing"):
            journal.append([arrival(VOTE)])
        other.execute("ROLLBACK")
        assert journal.append([arrival(VOTE)]).new


def test_a_damaged_journal_says_so(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    with Journal.open(path) as journal:
        journal.append(arrival(f"{VOTE} {number}") for number in range(300))
    raw = bytearray(path.read_bytes())
    raw[4096 : len(raw) - 4096] = b"\x55" * (len(raw) - 8192)
    path.write_bytes(raw)
    with pytest.raises(JournalError, match=r"damaged; restore"), Journal.open(path) as journal:
        list(journal.documents())


@pytest.mark.parametrize("address", ["mysql://host/foedus", "postgresql+nodriver://host/foedus", "sqlite3://x"])
def test_an_address_that_is_no_journal_is_refused(address: str) -> None:
    with pytest.raises(JournalError, match="journal"):
        Journal.open(address)


def test_a_password_is_never_shown() -> None:
    address = "postgresql+psycopg://ada:secret@host/foedus"
    assert opening.shown(address) == "postgresql+psycopg://ada:***@host/foedus"
    with pytest.raises(JournalError) as refusal:
        Journal.open(address.replace("postgresql+psycopg", "mysql"))
    assert "secret" not in str(refusal.value)


# The tables


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    path.touch()
    with Journal.open(path) as journal:
        assert journal.append([arrival(VOTE)]).new


def test_the_migrations_lead_to_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    Journal.open(path).close()
    assert opening.migrations().get_current_head() == tables.SCHEMA
    found = inspect(create_engine(f"sqlite:///{path}"))
    for name, table in tables.metadata.tables.items():
        columns = {column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(name)}
        assert columns == {column.name: (column.type.compile(), column.nullable) for column in table.columns}, name
        assert {index["name"] for index in found.get_indexes(name)} == {index.name for index in table.indexes}, name
        assert found.get_pk_constraint(name)["constrained_columns"] == [column.name for column in table.primary_key], (
            name
        )
    assert {"documents", "versions", "rulings"} <= set(tables.metadata.tables)


def test_opening_an_existing_journal_is_quick(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        journal.append([arrival(VOTE), arrival(PLEDGE)])
    started = time.perf_counter()
    with Journal.open(tmp_path / "foedus.db") as journal:
        assert len(list(journal.documents())) == 2
    assert time.perf_counter() - started < 0.25


def test_importing_foedus_does_not_import_the_database() -> None:
    program = "import sys, foedus, foedus.journal; print('sqlalchemy' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"


def test_a_copied_file_opens(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        journal.append([arrival(VOTE)])
    shutil.copy(tmp_path / "foedus.db", tmp_path / "moved.db")
    with Journal.open(tmp_path / "moved.db", create=False) as journal:
        assert len(journal) == 1
