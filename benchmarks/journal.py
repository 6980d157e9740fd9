"""A journal at size: storing, reading and adding, the catalogue, and `foedus show` as a fresh process and within one, as
known today, as known on an earlier day, and as recorded on one.

The documents are made up, twenty a treaty, of about 3 kB: reports on treaties between two states each, in the plain words of
an agency, with paragraphs on other matters; they come in over three hundred days. Growth compares a tenth of the size with
the whole, in the same run, by the time of the processor: on a machine that does other work the clock says little.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from foedus import document_from, load_reference
from foedus.as_recorded import as_recorded
from foedus.documents.document import Document
from foedus.gathering.shipped_data import reader_version
from foedus.journal.record import Journal
from foedus.knowledge import Knowledge
from foedus.reference.packs import Reference
from foedus.stacks import read_any
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange

EACH = 20
"""Documents a treaty."""
MOST_TIME, MOST_MEMORY = 11, 1.25
"""Times the processor's seconds, and the memory, that ten times the documents may take."""
FIRST, DAYS = date(2025, 1, 1), 300
"""The day on which the first documents come in, and in how many days all do."""
SUBJECTS = (
    "Air Services", "Extradition", "Double Taxation", "Social Security", "Fisheries", "Border Crossing", "Mutual Legal Assistance",
    "Cultural Cooperation", "Investment Protection", "Maritime Boundary", "Defence Cooperation", "Customs Assistance", "Nuclear Safety",
    "Water Sharing", "Road Transport", "Film Production", "Plant Protection", "Science Cooperation", "Readmission", "Visa Exemption",
)  # fmt: skip
EVENTS = (
    (0, "{a} and {b} signed the {t} on {weekday} in the capital of {a}, the foreign ministry said."),
    (40, "The government of {a} submitted the {t} to parliament for ratification on {weekday}."),
    (75, "The parliament of {a} approved the {t} with {b} on {weekday} by {n} votes to {m}."),
    (110, "The parliament of {b} ratified the {t} with {a} on {weekday} by {n} votes to {m}."),
    (140, "The president of {a} signed the law on the ratification of the {t} on {weekday}."),
    (200, "{a} and {b} exchanged the instruments of ratification of the {t} on {weekday}."),
    (230, "The {t} between {a} and {b} entered into force on {weekday}."),
)
FILLER = (
    "Traffic on the ring road was slow for most of the morning because of works on two of the bridges.",
    "The museum in the old harbour opens a show on weaving next month and expects some thousands of visitors.",
    "Prices of grain rose a little, while those of oil hardly moved in a quiet market, dealers said.",
    "The home side scored twice in the second half and kept its place at the top of the table.",
    "Rain is forecast for the northern districts, with strong wind along the coast until the weekend.",
    "A court heard witnesses in a case about the building of a stadium that has never been finished.",
)


class Filled(NamedTuple):
    """What filling took: seconds of each step by the clock, treaties found, and the most memory that the process held, in MB.

    storing     seconds of the processor for storing alone
    processor   the same for all steps, of this process and of those that read
    """

    stored: float
    storing: float
    read: float
    catalogued: float
    processor: float
    treaties: int
    memory: int


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        sizes = {count: Path(folder, f"{count}.db") for count in (options.documents // 10, options.documents)}
        found = [_filled_apart(path, count, options.workers) for count, path in sizes.items()]
        small, whole = found
        time_, memory = whole.processor / small.processor, whole.memory / small.memory
        print(
            f"growth to ten times the documents: {time_:.1f} times the time (limit {MOST_TIME}), "
            f"{memory:.2f} times the memory (limit {MOST_MEMORY})"
        )
        _ask(sizes[options.documents], load_reference(), options.documents)
    return 0 if time_ <= MOST_TIME and memory <= MOST_MEMORY else 1


def _filled_apart(path: Path, count: int, workers: int) -> Filled:
    """Fills a journal in a process of its own, so that each size has its own peak of memory."""
    with ProcessPoolExecutor(1) as one:
        found = one.submit(filled, path, count, workers).result()
    print(
        f"{count:>8,} documents: storing alone {60 * count / found.stored:,.0f} a minute by the clock, "
        f"{60 * count / found.storing:,.0f} by the processor (goal 20,000), "
        f"reading {found.read:.0f} s with {workers} workers, "
        f"catalogue and registers of {found.treaties:,} treaties {found.catalogued:.0f} s; "
        f"processor {found.processor:.0f} s in all; peak memory {found.memory} MB"
    )
    return found


def filled(path: Path, count: int, workers: int) -> Filled:
    """Fills a journal step by step; making the documents does not count."""
    reference, stored, storing, read, processor = load_reference(), 0.0, 0.0, 0.0, 0.0
    arrived = datetime.combine(FIRST, datetime.min.time(), UTC)
    with Journal.open(path, clock=lambda: arrived) as journal, ProcessPoolExecutor(workers) as readers:
        for batch in _batches(_documents(count, reference), 500):
            documents = [document for document, _ in batch]
            began, worked = time.perf_counter(), time.process_time()
            journal.append(batch)
            stored += (between := time.perf_counter()) - began
            storing += time.process_time() - worked
            told, took = zip(*readers.map(_statements, documents, chunksize=50), strict=True)
            journal.store_statements(reader_version(), zip(documents, told, strict=True))
            read += time.perf_counter() - between
            processor += time.process_time() - worked + sum(took)
            arrived += timedelta(days=DAYS) * len(batch) / count
        began, worked = time.perf_counter(), time.process_time()
        placed = Knowledge.of(journal, reference).placed
        catalogued, processor = time.perf_counter() - began, processor + time.process_time() - worked
    treaties = len(placed.numbers)
    return Filled(
        stored,
        storing,
        read,
        catalogued,
        processor,
        treaties,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _batches(arrivals: Iterator[tuple[Document, bytes]], size: int) -> Iterator[list[tuple[Document, bytes]]]:
    while batch := list(itertools.islice(arrivals, size)):
        yield batch


def _statements(document: Document) -> tuple[tuple[Statement, ...], float]:
    """What a document says, and the seconds of the processor that reading it took."""
    worked = time.process_time()
    return read_any(document, load_reference()), time.process_time() - worked


def _documents(count: int, reference: Reference) -> Iterator[tuple[Document, bytes]]:
    chance = random.Random(7)
    states = [s for s in reference.directory.states if s.until is None and len(s.id) == 3]
    pairs = list(itertools.combinations(states, 2))
    chance.shuffle(pairs)
    for number in range(count):
        treaty = number % max(1, count // EACH)
        one, other = pairs[treaty % len(pairs)]
        name = f"{SUBJECTS[treaty % len(SUBJECTS)]} {'Agreement' if treaty % 3 else 'Treaty'}"
        text, day = _report(
            one.name, other.name, name, date(1996, 1, 8) + timedelta(days=7 * treaty % 9_800), number, chance
        )
        data = text.encode()
        agency = f"Example Agency {number % 40}"
        document = document_from(
            f"{number:06}.txt", data, reference.lexicons["en"], published=DateRange.of(day), publisher=agency
        )
        yield document, data


def _report(a: str, b: str, treaty: str, signed: date, number: int, chance: random.Random) -> tuple[str, date]:
    said, sentences = signed, []
    for after, words in chance.sample(EVENTS, 2):
        on = signed + timedelta(days=after)
        said = max(said, on)
        n, m = 60 + number % 300, number % 41
        sentences.append(words.format(a=a, b=b, t=treaty, weekday=f"{on.day} {on:%B %Y}", n=n, m=m))
    paragraphs = [" ".join(chance.sample(FILLER, 3)) for _ in range(9)]
    body = "\n\n".join([*sentences, *paragraphs, f"Report number {number} of the agency."])
    return body, said + timedelta(days=1)


def _ask(journal: Path, reference: Reference, documents: int) -> None:
    """Times `foedus show` in new processes and within this one: of today, and of days that nobody asked about before."""
    with Journal.open(journal) as opened:
        ids = [t.id for t in Knowledge.of(opened, reference).treaties]
    chosen = random.Random(3).sample(ids, min(12, len(ids)))
    half = FIRST + timedelta(days=DAYS // 2)
    for said, option, day in (
        ("as known today", "", None),
        ("as known on an earlier day", "--known", date(2015, 1, 1)),
        ("as recorded on an earlier day", "--recorded", half),
    ):
        asked = [option, str(day)] if day else []
        _run(journal, chosen[0], ["--on", "2000-01-01"])  # so that the file is at hand
        first, *fresh = [_run(journal, id_, asked) for id_ in chosen]
        again = [_run(journal, id_, asked) for id_ in chosen]
        print(f"show {said}, {documents:,} documents, {len(ids):,} treaties (seconds by the clock / of the processor):")
        print(
            f"  a new process: {first} for the first question about that day, {_middle(fresh)} then (goal 0.6), {_middle(again)} once more"
        )
        with Journal.open(journal) as opened:
            knowledge = as_recorded(opened, reference, day if option == "--recorded" else None)
            known = day if option == "--known" else None
            begun = _within(knowledge, chosen[0], known)
            within = [_within(knowledge, id_, known) for id_ in chosen[1:]]
        print(f"  within one: {begun} for the first question, {_middle(within)} then, slowest {max(within)} (goal 0.1)")


class Taken(NamedTuple):
    """Seconds that something took."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} / {self.processor:.2f}"


def _middle(taken: list[Taken]) -> Taken:
    return Taken(*(statistics.median(seconds) for seconds in zip(*taken, strict=True)))


def _run(journal: Path, treaty: str, options: list[str]) -> Taken:
    """A process such as an installed Foedus has: its modules are compiled."""
    asked = ["show", treaty, "--journal", str(journal), *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "foedus", *asked]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(time.perf_counter() - began, spent)


def _within(knowledge: Knowledge, treaty: str, known: date | None) -> Taken:
    began, worked = time.perf_counter(), time.process_time()
    knowledge.picture(treaty, None, known)
    return Taken(time.perf_counter() - began, time.process_time() - worked)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2, help="processes that read")
    parser.add_argument("--folder", type=Path, help="where to make the journals; by default where temporary files go")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
