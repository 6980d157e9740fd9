"""What is otherwise on PostgreSQL: many writers at once, long texts, and what is left on the server's disk."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from postgres_server import Server
from sqlalchemy import create_engine, text
from test_journal import SECRET, VOTE, arrival, everything_in, take_in_secret

from foedus.errors import JournalError
from foedus.journal.record import Journal

WRITERS, BATCHES, SHARED = 4, 12, 3
WRITE = """
import sys
from foedus.documents.document import Document, document_id
from foedus.journal.record import Journal

def arrival(said):
    return Document(id=document_id(said.encode()), name=sys.argv[2], text=said), said.encode()

with Journal.open(sys.argv[1]) as journal:
    for batch in range(int(sys.argv[3])):
        own = [arrival(f"report {batch} of writer {sys.argv[2]}, part {part}") for part in range(5)]
        shared = [arrival(f"wire report {batch}, part {part}") for part in range(int(sys.argv[4]))]
        journal.append([*own, *(shared if int(sys.argv[2]) % 2 else reversed(shared))])
        journal.append_ruling("reject", f"s_{sys.argv[2]}_{batch}", author=sys.argv[2])
"""


def test_many_processes_write_at_once(database: str) -> None:
    """Each writes documents of its own, and all write the same ones besides; the tables too are made by whoever is first."""
    arguments = [str(BATCHES), str(SHARED)]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, database, str(number), *arguments], stderr=subprocess.PIPE)
        for number in range(WRITERS)
    ]
    assert [(writer.wait(120), writer.stderr.read() if writer.stderr else b"") for writer in writers] == [
        (0, b"")
    ] * WRITERS
    with Journal.open(database) as journal:
        assert len(journal) == BATCHES * (5 * WRITERS + SHARED)
        assert {d.name for d in journal.documents() if d.text.startswith("wire")} == {"0"}
        assert len(list(journal.search("wire", limit=999))) == BATCHES * SHARED
        assert len(journal.rulings()) == WRITERS * BATCHES


def test_a_journal_is_seen_to_have_changed_though_a_lower_number_comes_later(database: str) -> None:
    """A writer that took its number first may be done last: what was looked at in between is not the whole."""
    with Journal.open(database) as journal:
        engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as slow:
            slow.execute(text("SELECT nextval(pg_get_serial_sequence('versions', 'number'))")).scalar()
            journal.append([arrival(VOTE)])
            between = journal.generation()
            row = "SELECT 1, document, 'other', value, name, class, language, recorded_at FROM versions"
            columns = "number, document, digest, value, name, class, language, recorded_at"
            with engine.begin() as first:
                assert first.execute(text("SELECT min(number) FROM versions")).scalar() == 2
                first.execute(text(f"INSERT INTO versions ({columns}) {row}"))
        assert journal.generation() != between
        engine.dispose()


def test_caches_are_kept_by_many_at_once_without_standing_in_each_others_way(database: str) -> None:
    with Journal.open(database) as journal:
        documents = [arrival(f"report {number}").document for number in range(40)]
        journal.append(arrival(f"report {number}") for number in range(40))
        failed: list[BaseException] = []

        def keep(order: int) -> None:
            try:
                for _ in range(5):
                    journal.store_statements("reader", [(d, ()) for d in documents[::order]])
                    journal.forget_readings("reader")
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=keep, args=[order]) for order in (1, -1, 1, -1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []


def test_a_long_text_is_found_by_its_last_words_and_across_the_seams(database: str) -> None:
    numbered = " ".join(f"word{number}" for number in range(60_000))
    endless = "x" * 3_000_000
    said = f"{numbered} {endless} the Zanzibar protocol"
    with Journal.open(database) as journal:
        journal.append([arrival(said), arrival(VOTE)])
        for asked in (
            '"zanzibar protocol"',
            '"word9999 word10000 word10001"',
            "word1 word59999",
            '"word19998 word19999"',
        ):
            assert [hit.id for hit in journal.search(asked)] == [arrival(said).document.id], asked
        assert list(journal.search('"word1 word59999"')) == []


def test_a_redacted_text_is_nowhere_in_the_tables(database: str, postgres: Server) -> None:
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with Journal.open(database) as journal, engine.connect() as connection:
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
        files = postgres.folder / "data" / "base" / str(number)
        take_in_secret(journal)
        connection.execute(text("CHECKPOINT"))
        assert on_disk(files, b"quillfeather")
        journal.redact(SECRET.document.id, why="an order of the court", author="ben")
        connection.execute(text("CHECKPOINT"))
        assert not on_disk(files, b"quillfeather")
        assert len(list(journal.search("treaty"))) == 1
    engine.dispose()


def on_disk(folder: Path, words: bytes) -> bool:
    return any(words in file.read_bytes().lower() for file in folder.iterdir() if file.is_file())


def test_a_journal_goes_to_a_server_and_back(database: str, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        take_in_secret(journal)
        journal.append_ruling("reject", "s_1", author="ada")
        journal.backup(database)
        with pytest.raises(JournalError, match="holds a journal already"):
            journal.backup(database)
        with Journal.open(database) as team:
            assert everything_in(team) == everything_in(journal)
            assert team.append([arrival("Another report.")]).new
            team.append_ruling("reject", "s_2", author="ben")
            team.backup(tmp_path / "back.db")
            with Journal.open(tmp_path / "back.db") as back:
                assert everything_in(back) == everything_in(team)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="no PostgreSQL server answers there"):
        Journal.open(f"postgresql://ada:secret@/foedus?host={tmp_path}")
