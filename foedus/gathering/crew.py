"""A crew of processes that read shards on one machine, and goes on whatever happens to one of them.

A worker that is killed or hangs is replaced and its shard read again. A record on which a worker ended twice is left out; a
shard that has ended three workers is set aside. Processes, not threads: the parsers hold the interpreter's lock, and a
fault in one of them may end the process.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

import msgspec

from foedus.errors import InputError
from foedus.gathering.archives import Shard
from foedus.gathering.shard_results import ShardDone
from foedus.gathering.shard_worker import PLACE, Order, Report, SoFar

MOST_ATTEMPTS = 3
SILENCE = 120.0
"""Seconds after which a worker that tells nothing counts as hanging; a page may take a quarter of that."""
START = 120.0
"""Seconds that a worker may take to begin with the first page of a shard: it loads its rules first, whatever else the machine does."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that is not read, and why."""

    shard: Shard
    says: str


Outcome: TypeAlias = ShardDone | SetAside
Watch: TypeAlias = Callable[[Shard, SoFar], None]
"""Told several times a second how far a shard is."""


def unwatched(_shard: Shard, _so_far: SoFar) -> None:
    """Tells nobody."""


class Task(msgspec.Struct, kw_only=True):
    """A shard to be read.

    ended_at  where each worker stood that ended on it
    """

    shard: Shard
    ended_at: list[int | None] = msgspec.field(default_factory=list)


class Crew:
    """So many worker processes; a context manager that ends them. They stay for the next `run`."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._workers: list[Worker] = []

    def run(self, shards: Sequence[Shard], folder: Path, watch: Watch = unwatched) -> Iterator[tuple[Shard, Outcome]]:
        """What becomes of each shard, in the order in which they are done.

        raises   InputError if an archive cannot be read any more, or a result cannot be written
        """
        waiting = deque(Task(shard=shard) for shard in shards)
        with selectors.DefaultSelector() as selector:
            while waiting or any(worker.task for worker in self._workers):
                self._give_out(waiting, folder)
                for worker in self._heard(selector):
                    yield from self._listen(worker, waiting, watch)

    def _give_out(self, waiting: deque[Task], folder: Path) -> None:
        busy = sum(worker.task is not None for worker in self._workers)
        while len(self._workers) < min(self._size, busy + len(waiting)):
            self._workers.append(Worker())
        for worker in self._workers:
            if worker.task is None and waiting:
                worker.take(waiting.popleft(), folder)

    def _heard(self, selector: selectors.BaseSelector) -> list[Worker]:
        """The workers that have said something or have ended; those that have been silent for too long are ended."""
        for worker in self._workers:
            selector.register(worker.output, selectors.EVENT_READ, worker)
        heard: list[Worker] = [key.data for key, _ in selector.select(timeout=1.0)]
        for worker in self._workers:
            selector.unregister(worker.output)
            limit = START if worker.place() is None else SILENCE
            if worker not in heard and worker.task and worker.silent_for() > limit:
                worker.stop(f"it told nothing for {limit:g} s")
        return heard

    def _listen(self, worker: Worker, waiting: deque[Task], watch: Watch) -> Iterator[tuple[Shard, Outcome]]:
        reports = worker.reports()
        for report in reports or ():
            assert worker.task is not None
            shard = worker.task.shard
            if isinstance(report, SoFar):
                watch(shard, report)
            elif isinstance(report, ShardDone):
                worker.task = None
                yield shard, report
            else:
                raise InputError(f"{report.says}; when that is mended, the same command goes on from here")
        if reports is None:
            self._workers.remove(worker)
            task, at, why = worker.task, worker.place(), worker.end()
            if task is not None:
                yield from _again(task, at, why, waiting)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers, whatever they are doing."""
        while self._workers:
            self._workers.pop().end()


def _again(task: Task, at: int | None, why: str, waiting: deque[Task]) -> Iterator[tuple[Shard, Outcome]]:
    """Puts the shard of a worker that ended in the queue again, or aside."""
    task.ended_at.append(at)
    if at is not None and task.ended_at.count(at) == 2:
        left_out = (*task.shard.left_out, at)
        waiting.append(Task(shard=msgspec.structs.replace(task.shard, left_out=left_out), ended_at=task.ended_at))
    elif len(task.ended_at) >= MOST_ATTEMPTS:
        says = f"{task.shard.where}: set aside, since {len(task.ended_at)} processes ended while they read it (the last: {why})"
        yield task.shard, SetAside(shard=task.shard, says=f"{says}; the same command tries again")
    else:
        waiting.append(task)


class Worker:
    """One process, and the shard that it reads."""

    def __init__(self) -> None:
        self._errors, self._place = (tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115 - closed by `end`
        place = self._place.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "foedus.gathering.shard_worker", str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            pass_fds=[place],
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._orders, self.output = self._process.stdin, self._process.stdout
        self._unfinished = b""
        self._last = time.monotonic()
        self._stopped: str | None = None
        self.task: Task | None = None

    def take(self, task: Task, folder: Path) -> None:
        """Begins to read; that the process has ended meanwhile shows when it is listened to."""
        self.task, self._last = task, time.monotonic()
        os.ftruncate(self._place.fileno(), 0)
        with suppress(BrokenPipeError):
            self._orders.write(msgspec.json.encode(Order(shard=task.shard, folder=str(folder))) + b"\n")
            self._orders.flush()

    def reports(self) -> list[Report] | None:
        """What it has said since the last time; None once it has ended."""
        data = os.read(self.output.fileno(), 1 << 16)
        if not data:
            return None
        self._last = time.monotonic()
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        return [_DECODER.decode(line) for line in lines]

    def silent_for(self) -> float:
        return time.monotonic() - self._last

    def place(self) -> int | None:
        """The byte at which the page begins that it read last; None if it has read none of its shard."""
        written = os.pread(self._place.fileno(), PLACE.size, 0)
        return PLACE.unpack(written)[0] if len(written) == PLACE.size else None

    def stop(self, why: str) -> None:
        self._stopped, self._last = why, time.monotonic()
        self._process.kill()

    def end(self) -> str:
        """Ends the process; how it ended, in words."""
        self._process.kill()
        code = self._process.wait()
        self._errors.seek(0)
        last = self._errors.read()[-2000:].decode("utf-8", "replace").strip().rpartition("\n")[2]
        with suppress(BrokenPipeError):
            self._orders.close()
        for stream in (self.output, self._errors, self._place):
            stream.close()
        said = f": {last[:LONGEST_SAID]}" if last and code > 0 else ""
        return self._stopped or (f"signal {-code}" if code < 0 else f"exit code {code}{said}")


_DECODER: msgspec.json.Decoder[Report] = msgspec.json.Decoder(Report)
LONGEST_SAID = 120
