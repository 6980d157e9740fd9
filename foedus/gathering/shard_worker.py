"""The process that reads shards for a crew: `python -m foedus.gathering.shard_worker PLACE`.

A line of JSON in is an order, lines of JSON out are what became of it. Before every page the byte at which it begins is
written into the open file PLACE (its number), where it is found if the page ends the process. The process ends when
nobody listens any more.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from pathlib import Path
from struct import Struct
from typing import TypeAlias

import msgspec

from foedus.gathering.archives import Shard
from foedus.gathering.shard_results import ShardDone

OFTEN = 0.2
"""Seconds between two reports on a shard."""


PLACE = Struct("<q")
"""How the place of a page is written: eight bytes."""


class Order(msgspec.Struct, kw_only=True):
    shard: Shard
    folder: str


class SoFar(msgspec.Struct, kw_only=True, tag="so-far"):
    """What a shard has given so far."""

    at: int
    pages: int
    relevant: int
    statements: int


class Failed(msgspec.Struct, kw_only=True, tag="failed"):
    """The shard cannot be read or its result not be written, whoever tries."""

    says: str


Report: TypeAlias = SoFar | ShardDone | Failed


def main() -> None:
    gc.set_threshold(
        100_000
    )  # a parser makes many objects and few cycles: looking for them takes a quarter of its time
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crew's own process ends its workers
    place, out = int(sys.argv[1]), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no report
    try:
        for line in sys.stdin.buffer:
            order = msgspec.json.decode(line, type=Order)
            _send(out, _carried_out(order, place, out))
    except BrokenPipeError:
        pass
    os._exit(0)  # at once: nothing is left to be done


def _carried_out(order: Order, place: int, out: int) -> Report:
    from foedus.gathering.shard_reading import read_shard

    last = 0.0

    def tell(at: int, so_far: ShardDone) -> None:
        nonlocal last
        os.pwrite(place, PLACE.pack(at), 0)
        now = time.monotonic()
        if now - last > OFTEN:
            last = now
            report = SoFar(at=at, pages=so_far.pages, relevant=so_far.relevant, statements=so_far.statements)
            _send(out, report)

    try:
        return read_shard(order.shard, Path(order.folder), tell)
    except BrokenPipeError:
        raise
    except OSError as error:
        return Failed(says=f"{error.filename or order.folder}: {error.strerror or error}")


def _send(out: int, report: Report) -> None:
    line = msgspec.json.encode(report) + b"\n"
    while line:
        line = line[os.write(out, line) :]


if __name__ == "__main__":
    main()
