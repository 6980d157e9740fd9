"""Speed, memory and growth of `foedus scan`, on made archives of news pages of about 60 kB (`news_archive.py`).

Pages a second are of the processor time of one worker, the Parquet file and the marker included. Two workers are held
against one by the clock, in turns, the best of several rounds: on a machine that does other work that ratio says little;
the one of their processor time says what they cost each other. `--json` prints what `docs/scale.py` takes.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from news_archive import pages, write_archive

from foedus import load_reference
from foedus.gathering.crew import Crew
from foedus.gathering.scanning import found_in, plan, scan
from foedus.gathering.shard_results import ShardDone
from foedus.journal.record import Journal
from foedus.pipeline import keep_read
from foedus.statements.relevance import is_relevant

ALL, FEW = 1, 100
"""One page in so many tells of a treaty."""


class Measured(msgspec.Struct, kw_only=True):
    """What a run measures.

    page_bytes, packed_bytes  of a page, and of what an archive takes for it
    seconds_few, seconds_all  of the processor a page, where one in a hundred is relevant and where all are
    kept_bytes                of the Parquet file a relevant page
    journal_seconds           of the processor to put a document into a journal; journal_bytes on the disk
    """

    python: str
    cores: int
    page_bytes: float
    packed_bytes: float
    seconds_few: float
    seconds_all: float
    kept_bytes: float
    journal_seconds: float
    journal_bytes: float


def main() -> int:
    options = _options()
    if options.child:
        return _child(*options.child)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = _measure(folder, options)
        if options.json:
            print(msgspec.json.format(msgspec.json.encode(measured)).decode())
            return 0
        _print(measured)
        _print_filter()
        _print_memory(folder, options.pages)
        _print_workers(folder, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--pages", type=int, default=2000, help="pages of the smaller archive, one in a hundred relevant"
    )
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--json", action="store_true", help="print only what docs/scale.py takes")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(folder: Path, options: argparse.Namespace) -> Measured:
    few, every = options.pages, max(200, options.pages // 5)
    size = write_archive(folder / "few.warc.gz", few, FEW)
    write_archive(folder / "all.warc.gz", every, ALL)
    with Crew(1) as crew:
        read_whole(folder / "all.warc.gz", folder / "warm", crew)  # compiles the patterns
        seconds_few = min(read_whole(folder / "few.warc.gz", folder / f"few{n}", crew) for n in range(options.rounds))
        seconds_all = min(read_whole(folder / "all.warc.gz", folder / f"all{n}", crew) for n in range(options.rounds))
    kept = sum(file.stat().st_size for file in (folder / "all0").glob("*.parquet"))
    journal_seconds = _into_journal(folder, every)
    stored = sum(file.stat().st_size for file in folder.glob("kept.db*"))
    return Measured(
        python=platform.python_version(),
        cores=os.cpu_count() or 1,
        page_bytes=size / few,
        packed_bytes=(folder / "few.warc.gz").stat().st_size / few,
        seconds_few=seconds_few / few,
        seconds_all=seconds_all / every,
        kept_bytes=kept / every,
        journal_seconds=journal_seconds / every,
        journal_bytes=stored / every,
    )


def read_whole(file: Path, folder: Path, crew: Crew) -> float:
    """Reads an archive; the processor time of it."""
    planned = plan([str(file)], folder)
    return sum(
        result.seconds for _, result in crew.run(planned.shards, planned.folder) if isinstance(result, ShardDone)
    )


def _into_journal(folder: Path, count: int) -> float:
    planned = plan([str(folder / "all.warc.gz")], folder / "all0")
    with Crew(1) as crew:
        scanned = scan(planned, crew)
    began = time.process_time()
    with Journal.open(folder / "kept.db") as journal:
        for found in found_in(planned, scanned):
            keep_read(journal, [(kept.document, kept.original, kept.statements) for kept in found])
        assert len(journal) == count
    return time.process_time() - began


def _print(measured: Measured) -> None:
    print(f"pages of {measured.page_bytes / 1000:.1f} kB, {measured.packed_bytes / 1000:.1f} kB in the archive")
    for says, seconds, goal in (
        ("one in a hundred", measured.seconds_few, 300),
        ("every page", measured.seconds_all, 30),
    ):
        print(
            f"{says} relevant: {1 / seconds:.0f} pages/s on one core, {1 / seconds / goal:.1f} times the goal of {goal}"
        )
    print(f"into a journal: {1 / measured.journal_seconds:.0f} documents/s on one core")


def _print_filter() -> None:
    from resiliparse.extract.html2text import extract_plain_text

    lexicon = load_reference().lexicon("en")
    texts = [extract_plain_text(page.decode(), links=False, alt_texts=False) for _, page in pages(500, FEW)]
    is_relevant(texts[0], lexicon)
    began = time.process_time()
    passed = sum(is_relevant(text, lexicon) for text in texts)
    spent = time.process_time() - began
    rate = sum(len(text.encode()) for text in texts) / spent / 1e6
    print(f"relevance filter: {rate:.0f} MB/s, {rate / 50:.1f} times the goal of 50; {passed} of {len(texts)} pass")


def _print_memory(folder: Path, count: int) -> None:
    """Peak memory of a process that reads an archive, and of one that reads four times as many pages."""
    write_archive(folder / "long.warc.gz", 4 * count, FEW)
    peaks = []
    for name in ("few", "long"):
        command = [sys.executable, __file__, "--child", str(folder / f"{name}.warc.gz"), str(folder / f"{name}-memory")]
        peaks.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    print(
        f"memory: {peaks[0]:.0f} MB for {count} pages, {peaks[1]:.0f} MB for {4 * count}: {peaks[1] / peaks[0]:.2f} times"
    )


def _child(file: str, folder: str) -> int:
    import resource

    with Crew(1) as crew:
        read_whole(Path(file), Path(folder), crew)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    return 0


def _print_workers(folder: Path, options: argparse.Namespace) -> None:
    """One worker against two on the same archive, without the start of the processes."""
    clock, spent = {1: 1e9, 2: 1e9}, {1: 1e9, 2: 1e9}
    for turn in range(options.rounds):
        for workers in (1, 2):
            seconds, processor = _clocked(folder, workers, turn)
            clock[workers], spent[workers] = min(clock[workers], seconds), min(spent[workers], processor)
    print(
        f"two workers: {clock[1] / clock[2]:.2f} times as fast as one by the clock (goal 1.8; load {os.getloadavg()[0]:.1f}); "
        f"{2 * spent[1] / spent[2]:.2f} times by processor time"
    )


def _clocked(folder: Path, workers: int, turn: int) -> tuple[float, float]:
    """Seconds of the clock and of the processor to read the long archive."""
    warm = plan([str(folder / "all.warc.gz")], folder / f"warm{workers}-{turn}")
    whole = plan([str(folder / "long.warc.gz")], folder / f"whole{workers}-{turn}")
    with Crew(workers) as crew:
        for _ in crew.run(warm.shards[:workers], warm.folder):
            pass
        began = time.monotonic()
        results = [result for _, result in crew.run(whole.shards, whole.folder) if isinstance(result, ShardDone)]
        return time.monotonic() - began, sum(result.seconds for result in results)


if __name__ == "__main__":
    sys.exit(main())
