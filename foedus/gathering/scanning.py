"""A scan: archives into shards, shards to whoever reads them, and one account of what they gave.

What is done stays done: a scan that was ended in any way goes on where it stood when it is started again with the same archives
and folder. When neighbouring shards disagree on where a record begins, the later one was misled by a page that holds what
looks like a record, and is read again from where the earlier one ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

import msgspec

from foedus.errors import InputError
from foedus.gathering.archives import Archive, Shard, archives_named, shards_of
from foedus.gathering.crew import Outcome, SetAside, Watch, unwatched
from foedus.gathering.shard_results import Kept, ShardDone, arrow, clear_leftovers, done, kept_in
from foedus.gathering.shipped_data import reader_version

LEFTOVER = 3600.0
"""Seconds after which a file that is not finished belongs to a process that was killed."""


class Readers(Protocol):
    """A crew or a cluster."""

    def run(self, shards: Sequence[Shard], folder: Path, watch: Watch) -> Iterator[tuple[Shard, Outcome]]: ...


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read.

    folder   where results go; absolute
    shards   of all archives, each archive's in its order
    refused  what was named and is no archive
    """

    folder: Path
    shards: tuple[Shard, ...]
    refused: tuple[InputError, ...]

    @property
    def archives(self) -> int:
        return len({shard.archive.id for shard in self.shards})


class Scanned(msgspec.Struct, kw_only=True):
    """What a scan gave: the result of each shard by its name, those of earlier runs included, and what was set aside."""

    done: dict[str, ShardDone] = msgspec.field(default_factory=dict)
    set_aside: dict[str, SetAside] = msgspec.field(default_factory=dict)
    done_before: int = 0

    def total(self, figure: Callable[[ShardDone], float]) -> float:
        return sum(map(figure, self.done.values()))

    @property
    def failures(self) -> tuple[str, ...]:
        """A line for each record that could not be read and each shard that was set aside."""
        lines = (line for name in sorted(self.done) for line in self.done[name].failures)
        return (*lines, *(aside.says for _, aside in sorted(self.set_aside.items())))


def plan(named: Iterable[str], folder: Path) -> Plan:
    """The shards of the archives that are named; the folder for their results is made if there are any.

    raises   InputError if the folder cannot be made, FoedusError if pyarrow is missing
    """
    arrow()
    found = list(archives_named(named))
    shards = tuple(shard for archive in found if isinstance(archive, Archive) for shard in shards_of(archive))
    refused = tuple(error for error in found if isinstance(error, InputError))
    try:
        if shards:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror}); give a folder you may write to") from error
    return Plan(folder=folder.resolve(), shards=shards, refused=refused)


def scan(
    plan: Plan, readers: Readers, watch: Watch = unwatched, told: Callable[[Shard, Outcome], None] = lambda *_: None
) -> Scanned:
    """Reads every shard that is not done.

    watch   told how far a shard is
    told    told what became of a shard, also of those that were done before
    """
    clear_leftovers(plan.folder, before=time.time() - LEFTOVER)
    scanned, version = Scanned(), reader_version()
    for shard in plan.shards:
        if before := done(plan.folder, shard, version):
            scanned.done[shard.name] = before
            scanned.done_before += 1
            told(shard, before)
    waiting = [shard for shard in plan.shards if shard.name not in scanned.done]
    while waiting:
        for shard, outcome in readers.run(waiting, plan.folder, watch):
            if isinstance(outcome, SetAside):
                scanned.set_aside[shard.name] = outcome
            else:
                scanned.done[shard.name] = outcome
            told(shard, outcome)
        waiting = misplaced(plan.shards, scanned.done)
    return scanned


def misplaced(shards: Sequence[Shard], results: Mapping[str, ShardDone]) -> list[Shard]:
    """Shards that did not begin where the one before them ends, with the byte at which they do."""
    wrong: list[Shard] = []
    for _, of_one in groupby(shards, key=lambda shard: shard.archive.id):
        expected: int | None = None
        for shard in of_one:
            result = results.get(shard.name)
            if result is None:
                expected = None
                continue
            begins = expected if expected is not None and expected < shard.end else None
            if expected is not None and result.first != begins:
                wrong.append(msgspec.structs.replace(shard, begins=expected))
                expected = None
            elif expected is None or begins is not None:
                expected = result.next
    return wrong


def found_in(plan: Plan, scanned: Scanned) -> Iterator[list[Kept]]:
    """The documents that state something, shard by shard, some hundred at a time.

    raises   InputError if a result cannot be read any more
    """
    for shard in plan.shards:
        if shard.name in scanned.done:
            yield from kept_in(plan.folder, shard)


class ScanSummary(msgspec.Struct, kw_only=True):
    """What a scan gave, for programs.

    done_before  shards that an earlier run had read
    relevant     pages that passed the first look; `read` those that were read in full
    mb           of pages, unpacked
    seconds      of this run; `cpu_seconds` is processor time over all runs
    failed       records that could not be read; `failures` has a line for the first of each shard
    new, known   documents that the journal did not have, and had already; null where none is named
    """

    schema_version: int = 1
    archives: int
    shards: int
    done_before: int
    set_aside: int
    pages: int
    relevant: int
    read: int
    statements: int
    mb: float
    seconds: float
    cpu_seconds: float
    refused: int
    failed: int
    failures: tuple[str, ...]
    new: int | None = None
    known: int | None = None


def summary_of(plan: Plan, scanned: Scanned, seconds: float) -> ScanSummary:
    """The account of a scan."""
    return ScanSummary(
        archives=plan.archives,
        shards=len(plan.shards),
        done_before=scanned.done_before,
        set_aside=len(scanned.set_aside),
        pages=int(scanned.total(lambda result: result.pages)),
        relevant=int(scanned.total(lambda result: result.relevant)),
        read=int(scanned.total(lambda result: result.read)),
        statements=int(scanned.total(lambda result: result.statements)),
        mb=round(scanned.total(lambda result: result.size) / 1e6, 3),
        seconds=round(seconds, 3),
        cpu_seconds=round(scanned.total(lambda result: result.seconds), 3),
        refused=len(plan.refused),
        failed=int(scanned.total(lambda result: result.failed)),
        failures=(*map(str, plan.refused), *scanned.failures),
    )
