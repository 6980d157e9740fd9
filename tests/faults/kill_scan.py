"""Kills scans at random moments (a worker, the process that gives out the work, or everything), and looks at what is left.

What must hold: a scan whose worker is killed ends as any other; after every other kill no process goes on; whatever a scan said
was done is done, with a result that can be read; and the same command again gives exactly what an undisturbed scan
gives, in the folder and in the journal.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archives_by_hand import news, packed

from foedus.gathering import archives
from foedus.gathering.crew import Crew
from foedus.gathering.scanning import found_in, plan, scan
from foedus.gathering.shard_results import arrow
from foedus.journal.record import Journal
from foedus.pipeline import keep_read

PAGES = 120
SHARD = 3000
VICTIMS = ("a worker", "the client", "everything")
PATIENCE = 60.0


def scan_everything(folder: Path) -> None:
    """What the killed process does; says `ready`, the name of each shard once it is done, and at last `kept`."""
    archives.SMALLEST_SHARD = SHARD
    planned = plan([str(folder.parent / "crawl.warc.gz")], folder / "out")
    print("ready", flush=True)
    with Crew(2) as crew:
        scanned = scan(planned, crew, told=lambda shard, _: print(shard.name, flush=True))
    with Journal.open(folder / "foedus.db") as journal:
        for found in found_in(planned, scanned):
            keep_read(journal, [(kept.document, kept.original, kept.statements) for kept in found])
    print("kept", flush=True)


def run(moments: int, seed: int, folder: Path, longest: float = 3.0) -> list[str]:
    """Kills at so many moments, in a new folder after every second; all faults found, in words."""
    (folder / "crawl.warc.gz").write_bytes(packed(news(PAGES, one_in=2)))
    _, _ = started(folder / "whole").communicate()
    wanted, chance, faults = held(folder / "whole"), random.Random(seed), list[str]()
    for moment in range(moments):
        here = folder / f"{moment // 2}"
        victim, seconds = chance.choice(VICTIMS), chance.uniform(0.0, longest)
        found = killed(here, victim, seconds)
        if moment % 2 or moment == moments - 1:
            said, _ = started(here).communicate()
            if "kept" not in said or held(here) != wanted:
                found.append("scanning again does not complete what was begun")
            shutil.rmtree(here)
        faults += [f"{victim} killed after {seconds:.3f} s (moment {moment}): {fault}" for fault in found]
        print(f"\r{moment + 1} of {moments} scans", end="", file=sys.stderr)
    print(file=sys.stderr)
    return faults


def started(folder: Path) -> subprocess.Popen[str]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, __file__, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def killed(folder: Path, victim: str, seconds: float) -> list[str]:
    """Starts a scan and kills; what is wrong afterwards."""
    scanning = started(folder)
    assert scanning.stdout is not None
    assert scanning.stdout.readline() == "ready\n"
    time.sleep(seconds)
    workers = children(scanning.pid)
    if victim == "a worker":
        for worker in workers[:1]:
            end(worker)
        said, _ = scanning.communicate(timeout=PATIENCE)
        return [] if scanning.returncode == 0 and "kept" in said else ["the scan did not get over it"]
    for process in [scanning.pid, *workers] if victim == "everything" else [scanning.pid]:
        end(process)
    said, _ = scanning.communicate()
    faults = [f"{name} was done and is not" for name in said.split() if name != "kept" and not is_done(folder, name)]
    faults += [f"{name} has a marker and no result" for name in marked(folder) if not is_done(folder, name)]
    until = time.monotonic() + PATIENCE
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    return faults + [f"worker {worker} goes on" for worker in workers if is_running(worker)]


def marked(folder: Path) -> list[str]:
    return [file.name.removesuffix(".done.json") for file in (folder / "out").glob("*.done.json")]


def is_done(folder: Path, shard: str) -> bool:
    """Whether the shard has a marker, and a file of results that can be read to its end."""
    try:
        arrow().parquet.read_table(folder / "out" / f"{shard}.parquet")
    except (OSError, arrow().ArrowInvalid):
        return False
    return shard in marked(folder)


def held(folder: Path) -> dict[str, list[object]]:
    """What the journal and the scan's folder hold."""
    tables = [arrow().parquet.read_table(file) for file in sorted((folder / "out").glob("*.parquet"))]
    with Journal.open(folder / "foedus.db") as journal:
        documents = list(journal.documents())
    return {"rows": [row for table in tables for row in table.to_pylist()], "documents": [*documents]}


def children(parent: int) -> list[int]:
    """The processes that a process started, from the system's table of them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return sorted(found)


def end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


if __name__ == "__main__":
    scan_everything(Path(sys.argv[1]))
