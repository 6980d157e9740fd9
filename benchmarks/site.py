"""The site over a large journal: dossiers, searches and the front page, asked from a second process on loopback.

Limits (processor: one core): dossier p95 60 ms, search p95 120 ms, 200 requests a second for the dossier, 400 MB of memory.
An earlier day that nobody has asked about yet: a second at the first treaty, then as any other.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from journal import filled

from foedus import load_reference
from foedus.journal.record import Journal
from foedus.knowledge import Knowledge

WORDS = (
    "parliament",
    "signed",
    "ratification",
    "extradition treaty",
    "exchanged",
    "fisheries",
    "instruments",
    "weaving",
)
PATIENCE = 3_600
"""Seconds that the first edition may take."""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = options.journal or Path(folder, "site.db")
        if options.journal is None:
            filled(path, options.documents, options.workers)
        with Journal.open(path, create=False) as journal:
            treaties = [treaty.id for treaty in Knowledge.of(journal, load_reference()).treaties]
            print(f"{len(journal):,} documents, {len(treaties):,} treaties")
        port = _free_port()
        command = [sys.executable, "-m", "foedus", "serve", "--journal", str(path), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _ask(port, server.pid, treaties, options.requests)
        finally:
            server.terminate()
            server.wait()
    return 0


def _ask(port: int, process: int, treaties: Sequence[str], requests: int) -> None:
    began = time.perf_counter()
    while _get(port, ["/"], until_ready=True) is None and time.perf_counter() - began < PATIENCE:
        time.sleep(0.2)
    print(f"ready after {time.perf_counter() - began:.1f} s, {_worked(process):.1f} s of processor time")

    def ask(what: str, paths: Sequence[str], limit: int) -> None:
        before = _worked(process)
        taken = _get(port, paths)
        _tell(what, taken, limit, 1_000 * (_worked(process) - before) / len(paths))

    chance = random.Random(11)
    asked = [f"/treaties/{chance.choice(treaties)}" for _ in range(requests)]
    few = [f"/treaties/{treaties[n % 100]}" for n in range(requests)]
    ask("dossiers, any, first time", asked, 60)
    ask("the same again", asked, 60)
    _get(port, few[:100])
    ask("a hundred dossiers, again and again", few * 3, 60)
    searches = [f"/search?q={chance.choice(WORDS).replace(' ', '+')}+{n}" for n in range(requests // 4)]
    ask("searches", searches, 120)
    ask("the front page", ["/"] * (requests // 4), 60)
    ask("the list of treaties", [f"/treaties?page={1 + n % 3}" for n in range(requests // 4)], 60)
    days = [f"{path}?known={2006 + n}-06-01" for n, path in enumerate(asked[:3])]
    ask("each as known on another earlier day", days, 1_000)
    ask("others as known on the last of them", [f"{path}?known=2008-06-01" for path in asked[3:103]], 1_000)
    print(f"memory of the server: {_memory(process)} MB (limit 400)")
    print(f"all dossiers are prepared after another {_until_idle(process):.0f} s of processor time")
    unasked = [path for treaty in treaties if (path := f"/treaties/{treaty}") not in {*asked, *few}]
    ask("dossiers, first time, once all are prepared", chance.sample(unasked, min(requests, len(unasked))), 60)
    print(f"memory of the server: {_memory(process)} MB (limit 400)")


def _until_idle(process: int) -> float:
    """Waits until what is made in the background is made; the processor seconds that this took."""
    began, before = _worked(process), -1.0
    while (now := _worked(process)) - before > 0.1:
        before = now
        time.sleep(5)
    return before - began


def _tell(what: str, taken: Sequence[float] | None, limit: int, worked: float) -> None:
    """Prints how fast it was; `worked` is the server's processor time for each answer, in milliseconds."""
    if taken is None:
        raise SystemExit(f"{what}: the site is not ready")
    ordered = sorted(taken)
    p50, p95 = (1_000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
    print(
        f"{what:43} {len(taken) / sum(taken):7,.0f} a second, p50 {p50:6.1f} ms, p95 {p95:6.1f} ms (limit {limit}), "
        f"processor {worked:6.2f} ms each"
    )


def _get(port: int, paths: Sequence[str], until_ready: bool = False) -> list[float] | None:
    """Seconds of each answer, over one connection; None where the site is not ready yet."""
    connection, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=600), []
    for path in paths:
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers={"accept-encoding": "gzip"})
            answer = connection.getresponse()
        except ConnectionError:
            return None
        answer.read()
        if answer.status == 503 and until_ready:
            return None
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _worked(process: int) -> float:
    """Processor seconds that a process has used, of its threads and the kernel for it; other work of the machine counts not."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journal", type=Path, help="an existing journal; else one is made")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2, help="processes that read")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
