"""Scans: what is done stays done, what ends a worker is survived, and the same comes out however the work is divided."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives_by_hand import OTHER, REPORTS, lines, news, packed, page, record
from click.testing import CliRunner
from msgspec import json

from foedus import document_from, load_reference, read
from foedus.errors import FoedusError, InputError
from foedus.gathering import archives, crew
from foedus.gathering.clusters import Cluster
from foedus.gathering.crew import Crew
from foedus.gathering.scanning import Plan, Scanned, found_in, plan, scan
from foedus.journal.record import Journal
from foedus.serving.cli import main


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALLEST_SHARD", 2000)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(packed(news(40, one_in=4)))
    return file


def statements(planned: Plan, scanned: Scanned) -> list[str]:
    return sorted(s.id for found in found_in(planned, scanned) for kept in found for s in kept.statements)


@pytest.fixture(scope="module")
def readers() -> Iterator[Crew]:
    """Two processes for the scans of several tests: they stay, as those of any crew do, and to start them costs most."""
    with Crew(2) as kept:
        yield kept


def run(file: Path, folder: Path, readers: Crew) -> tuple[Plan, Scanned]:
    planned = plan([str(file)], folder)
    return planned, scan(planned, readers)


def run_alone(file: Path, folder: Path, workers: int = 1) -> tuple[Plan, Scanned]:
    """The same with processes of its own, which begin and end with it."""
    with Crew(workers) as readers:
        return run(file, folder, readers)


def test_a_scan_reads_what_reading_the_pages_reads(archive: Path, tmp_path: Path, readers: Crew) -> None:
    planned, scanned = run(archive, tmp_path / "out", readers)
    assert len(planned.shards) > 3
    assert scanned.total(lambda result: result.pages) == 40
    assert scanned.total(lambda result: result.read) == 10
    reference = load_reference()
    expected = []
    for number in range(0, 40, 4):
        data = page(REPORTS[number // 4 % len(REPORTS)], number)
        document = document_from("x", data, reference.lexicon("en"), url=f"https://news.example/{number}")
        expected += [statement.id for statement in read(document, reference)]
    assert statements(planned, scanned) == sorted(expected) != []


def test_a_scan_that_is_done_reads_nothing_again(archive: Path, tmp_path: Path, readers: Crew) -> None:
    planned, first = run(archive, tmp_path / "out", readers)
    files = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir()}
    assert len(files) == 2 * len(planned.shards)
    _, second = run(archive, tmp_path / "out", readers)
    assert second.done_before == len(planned.shards)
    assert second.done == first.done
    assert files == {file: file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir()}


def test_what_is_missing_or_damaged_is_read_again(archive: Path, tmp_path: Path, readers: Crew) -> None:
    planned, first = run(archive, tmp_path / "out", readers)
    (tmp_path / "out" / f"{planned.shards[0].name}.parquet").unlink()
    (tmp_path / "out" / f"{planned.shards[1].name}.done.json").write_bytes(b'{"shard"')
    again, second = run(archive, tmp_path / "out", readers)
    assert second.done_before == len(planned.shards) - 2
    assert statements(again, second) == statements(planned, first)


def test_a_record_inside_a_page_is_never_taken_for_one(tmp_path: Path, readers: Crew) -> None:
    forged = record("https://depositary.example/", page("Spain ratified the treaty on shared rivers.", 9))
    filling = f"<p>{OTHER}</p>".encode() * 60
    carrier = record("https://hostile.example/", b"<html>" + filling + b"\r\n\r\n" + forged + filling + b"</html>")
    file = tmp_path / "a.warc"
    file.write_bytes(b"".join([*news(3), carrier, *news(5, first=4)]))
    planned, scanned = run(file, tmp_path / "out", readers)
    at = file.read_bytes().index(b"WARC/1.0", file.read_bytes().index(b"https://hostile.example/"))
    assert any(s.start <= at < s.end and s.start > file.read_bytes().index(b"hostile") for s in planned.shards)
    urls = {kept.document.url for found in found_in(planned, scanned) for kept in found}
    assert "https://depositary.example/" not in urls
    assert scanned.total(lambda result: result.pages) == 9
    _, again = run(file, tmp_path / "out", readers)
    assert again.done_before == len(planned.shards) and again.done == scanned.done


POISON = """
import os, signal, time
from foedus.gathering import shard_reading
whole = shard_reading.document_from
def document_from(name, data, *rest, **more):
    if b"deadly" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"endless" in data:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(600)
    return whole(name, data, *rest, **more)
shard_reading.document_from = document_from
"""


@pytest.fixture
def poison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers end on a page that says "deadly", and hang on one that says "endless"."""
    (tmp_path / "poison").mkdir()
    (tmp_path / "poison" / "sitecustomize.py").write_text(POISON)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "poison"), prepend=os.pathsep)


@pytest.mark.usefixtures("poison")
def test_a_page_that_ends_its_reader_twice_is_left_out(tmp_path: Path) -> None:
    deadly = record("https://hostile.example/", page("The deadly treaty was ratified by Spain.", 99))
    file = tmp_path / "a.warc.gz"
    file.write_bytes(packed([*news(4), deadly, *news(4, first=5)]))
    _, scanned = run_alone(file, tmp_path / "out")
    assert scanned.total(lambda result: result.pages) == 8
    (line,) = scanned.failures
    assert line.startswith(f"{file}, record at byte ") and line.endswith("it is left out")
    assert not scanned.set_aside


@pytest.mark.usefixtures("poison")
def test_a_shard_that_ends_three_readers_is_set_aside_and_tried_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = [record(f"https://x.example/{n}", page("The deadly treaty was ratified.", n)) for n in range(2)]
    file = tmp_path / "a.warc.gz"
    file.write_bytes(packed([*deadly, *news(40)]))
    planned, scanned = run_alone(file, tmp_path / "out", workers=2)
    assert list(scanned.set_aside) == [planned.shards[0].name]
    assert len(scanned.done) == len(planned.shards) - 1 > 1
    (line,) = scanned.failures
    assert "since 3 processes ended while they read it (the last: signal 9)" in line
    (tmp_path / "poison" / "sitecustomize.py").unlink()
    _, again = run_alone(file, tmp_path / "out", workers=2)
    assert again.done_before == len(planned.shards) - 1 and not again.set_aside
    assert again.total(lambda result: result.pages) == 42


@pytest.mark.usefixtures("poison")
def test_a_reader_that_hangs_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "SILENCE", 8.0)
    endless = record("https://hostile.example/", page("The endless treaty was ratified by Spain.", 99))
    file = tmp_path / "a.warc.gz"
    file.write_bytes(packed([*news(3), endless]))
    _, scanned = run_alone(file, tmp_path / "out")
    assert scanned.total(lambda result: result.pages) == 3 and len(scanned.failures) == 1


def test_a_reader_that_never_begins_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "slow"), prepend=os.pathsep)
    monkeypatch.setattr(crew, "START", 0.5)
    file = tmp_path / "a.warc.gz"
    file.write_bytes(packed(news(3)))
    _, scanned = run_alone(file, tmp_path / "out")
    (line,) = scanned.failures
    assert "since 3 processes ended while they read it (the last: it told nothing for 0.5 s)" in line


def test_a_worker_that_is_killed_is_replaced(archive: Path, tmp_path: Path) -> None:
    planned = plan([str(archive)], tmp_path / "out")
    killed = set[int]()
    with Crew(2) as readers:

        def kill() -> None:
            while len(killed) < 2:
                for worker in [w for w in readers._workers if w.task and w._process.pid not in killed][:1]:
                    killed.add(worker._process.pid)
                    os.kill(worker._process.pid, signal.SIGKILL)
                time.sleep(0.3)

        killer = threading.Thread(target=kill)
        killer.start()
        scanned = scan(planned, readers)
        killer.join()
    assert scanned.total(lambda result: result.pages) == 40 and not scanned.failures


def test_an_archive_that_is_gone_is_one_line(archive: Path, tmp_path: Path) -> None:
    planned = plan([str(archive)], tmp_path / "out")
    archive.unlink()
    with Crew(1) as readers, pytest.raises(InputError, match="No such file"):
        scan(planned, readers)


@pytest.fixture(scope="module")
def dask() -> Iterator[str]:
    """The address of a cluster of two worker processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_what_one_machine_gives(archive: Path, tmp_path: Path, readers: Crew, dask: str) -> None:
    here, one = run(archive, tmp_path / "here", readers)
    there = plan([str(archive)], tmp_path / "there")
    with Cluster(dask) as workers:
        other = scan(there, workers)
    assert statements(there, other) == statements(here, one) != []
    assert other.total(lambda result: result.pages) == 40


def test_a_scheduler_that_is_lost_in_the_midst_is_one_line(archive: Path, tmp_path: Path, dask: str) -> None:
    shard = plan([str(archive)], tmp_path / "there").shards[0]
    with Cluster(dask) as readers:
        task = readers._client.submit(time.sleep, 1, pure=False)
        readers._client.cancel([task])  # what becomes of every task once the scheduler is gone
        with pytest.raises(FoedusError, match=rf"{dask}: the connection .* was lost.*the same command goes on"):
            readers._outcome(task, shard)


def test_a_cluster_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.gathering import clusters

    monkeypatch.setattr(clusters, "PATIENCE", "1s")
    with pytest.raises(FoedusError, match="no Dask scheduler answers there"):
        Cluster("tcp://127.0.0.1:9")


def command(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["scan", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_fills_a_journal_once(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_bytes(lines(6))
    journal = tmp_path / "found.db"
    named = (archive, tmp_path / "more.jsonl", "-o", tmp_path / "out", "--into", journal, "--workers", "1", "--json")
    code, first, _ = command(*named)
    summary = json.decode(first)
    assert (code, summary["pages"], summary["new"], summary["known"]) == (0, 46, summary["new"], 0)
    assert summary["new"] >= 14
    with Journal.open(journal) as kept:
        documents = list(kept.documents())
        assert len(documents) == summary["new"]
        assert kept.newest_catalogue() is not None, "whoever asks need not wait for the registers"
        for document in documents:
            original = kept.original(document.id).decode()
            if document.offsets:
                assert original[document.original_position(document.text.index("News"))] == "N"
    code, second, _ = command(*named)
    again = json.decode(second)
    assert (code, again["new"], again["known"]) == (0, 0, summary["new"])
    assert again["done_before"] == again["shards"]
    with Journal.open(journal) as kept:
        assert list(kept.documents()) == documents


def test_the_command_says_what_it_did_and_what_it_could_not(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-30])
    named = (archive, tmp_path / "gone.warc", "-o", tmp_path / "out", "--no-journal", "--workers", "1")
    code, out, err = command(*named)
    assert code == 0 and "1 archive, 8 shards: 39 pages" in out
    assert "1 record cannot be read, 0 shards set aside" in out
    assert len(err.splitlines()) == 2 and "gone.warc: there is no such file" in err and "cut off" in err
    assert command(*named, "--strict")[0] == 1
    assert command(*named, "--quiet")[1] == ""
    nothing = (tmp_path / "gone.warc", "-o", tmp_path / "none", "--journal", tmp_path / "none.db")
    assert command(*nothing)[0] == 2
    assert not (tmp_path / "none").exists() and not (tmp_path / "none.db").exists(), "nothing is made for nothing"
    assert not (Path.cwd() / "foedus.db").exists()


def test_without_pyarrow_the_command_says_what_to_install(archive: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from foedus.serving.cli import main; main()"
    words = ["scan", str(archive), "-o", str(tmp_path / "out"), "--no-journal"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.returncode == 2 and 'pip install "foedus[arrow]"' in done.stderr and done.stderr.count("\n") == 1
