"""Feeds Foedus files that nobody would write: mutations of the example reports in every format, and bombs.

A long run: `python tests/faults/mutate.py --files 10000` (`make fuzz`); a short one is among the tests.

What must hold of every file: it is read within the limit of time and memory; nothing is raised; what cannot be read is one
clear line that begins with the file's name; and what can be read goes into a journal and comes out of it the same.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import resource
import struct
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from archives_by_hand import record
from pdf_by_hand import pdf

if TYPE_CHECKING:
    from foedus.journal.record import Journal

SECONDS = 60.0
"""Of the processor that a file may take, whatever it is."""
PATIENCE = 10
"""So many times as long may it take by the clock: other work on the machine is no fault of a file."""
MEMORY = 4_000_000_000
"""Bytes that a process may have."""
LONGEST = 400
"""Characters of a line that says what is wrong."""
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Mutation = Callable[[random.Random, bytearray], None]


# Files to begin with


def originals() -> Mapping[str, bytes]:
    """File name -> example reports in a format; none is long, so that many can be read."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("0*.txt"))]
    page = (EXAMPLES / "05-federal-law.html").read_bytes()
    rows = [{"text": text, "id": str(n), "published": "2024-11-10"} for n, text in enumerate(texts[:3])]
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows) + json.dumps({"html": page.decode()}).encode()
    plain = record("https://news.example/2", texts[0].encode(), kind="text/plain")
    archive = [record("https://news.example/1", page), plain]
    return {
        "a.txt": texts[2].encode(),
        "b.txt": texts[6].encode("utf-16"),
        "c.txt": texts[0].encode("cp1252", errors="replace"),
        "d.html": page,
        "e.pdf": pdf(*(line.replace("(", "").replace(")", "") for line in texts[1].splitlines()[:3])),
        "f.jsonl": lines,
        "g.rss": rss(texts[:2]),
        "h.atom": atom(texts[2:4]),
        "i.warc": b"".join(archive),
        "j.warc.gz": b"".join(map(gzip.compress, archive)),
        "k.txt.gz": gzip.compress(texts[3].encode()),
        "l.jsonl.gz": gzip.compress(lines),
    }


def rss(texts: list[str]) -> bytes:
    items = "".join(
        f"<item><title>T{n}</title><link>https://news.example/{n}</link><pubDate>Sun, 10 Nov 2024 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
        for n, text in enumerate(texts)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def atom(texts: list[str]) -> bytes:
    entries = "".join(
        f"<entry><id>urn:{n}</id><title>T{n}</title><updated>2024-11-10T10:00:00Z</updated><content>{text}</content></entry>"
        for n, text in enumerate(texts)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode()


# Mutations


def flip(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randint(1, max(1, len(data) // 3))]


def break_off(chance: random.Random, data: bytearray) -> None:
    del data[chance.randint(1, len(data)) :]


def repeat(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    part = data[at : at + chance.randint(1, 200)]
    data[at:at] = part * chance.choice([1, 3, 100, 1000])


def swap(chance: random.Random, data: bytearray) -> None:
    one, other = sorted(chance.randrange(len(data)) for _ in range(2))
    data[:] = data[other:] + data[one:other] + data[:one]


def insert(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(ODD) * chance.choice([1, 1, 1, 50])


def renumber(chance: random.Random, data: bytearray) -> None:
    """Puts another number where one stands: lengths, places and days among them."""
    places = [at for at, sign in enumerate(data) if 48 <= sign <= 57]
    if places:
        at = chance.choice(places)
        data[at : at + 1] = chance.choice(
            [b"0", b"-1", b"99999999999999999999", b"4294967295", b"1e309", "\u0663".encode()]
        )


def repack(chance: random.Random, data: bytearray) -> None:
    """Mutates what a gzip file holds, and packs it again."""
    try:
        plain = bytearray(gzip.decompress(data))
    except (OSError, EOFError, zlib.error):
        return
    chance.choice([flip, cut, insert, repeat])(chance, plain or bytearray(b"x"))
    data[:] = gzip.compress(plain)


ODD = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"\f", b"\x1b[31m", b"\r", b"\xed\xa0\x80", b"\xc3",
    "\u202e\u200b\u2028".encode(), "İﬃ̈﷽\U0001d7d8".encode(), b"<", b"</", b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&x;", b"<p>",
    b"<table>", b"{", b"[", b'"', b"\\u0000", b"\\ud800", b"}\n{", b"WARC/1.0\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n",
    b"%PDF-1.7\n", b" obj\n<<", b"endstream", b"/Filter /FlateDecode", b"%%EOF", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<script>", b"<style>",
    b"on the 99th of May ", b"0-0-0000 ",
)  # fmt: skip
MUTATIONS: tuple[Mutation, ...] = (flip, cut, break_off, repeat, swap, insert, renumber, repack)


def mutated(chance: random.Random, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and the bytes of a file; one in ten has the name of another format."""
    name = chance.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(chance.choice([1, 1, 2, 3])):
        if data:
            chance.choice(MUTATIONS)(chance, data)
    return (chance.choice(sorted(files)) if chance.random() < 0.1 else name), bytes(data)


# Bombs, and what was made by hand to do harm


@cache
def zeros(size: int) -> bytes:
    """A gzip file of so many zeros, a multiple of ten million; one block of them is packed, and stands there again and again."""
    packer, block, check = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(10_000_000), 0
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(size // len(block)):
        check = zlib.crc32(block, check)
    ending = packer.flush() + struct.pack("<II", check, size % 2**32)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + packed * (size // len(block)) + ending


def zipped(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(size))
    return held.getvalue()


def laughs(root: str) -> bytes:
    """A billion laughs, and a file of the machine."""
    tens = ["".join(f"&l{n - 1};" for _ in range(10)) for n in range(1, 10)]
    entities = "".join(f'<!ENTITY l{n} "{ten}">' for n, ten in enumerate(tens, start=1))
    inside = (
        "<channel><title>&l9;</title><item><title>&l9;</title><description>&l9; &own;</description></item></channel>"
    )
    own = '<!ENTITY own SYSTEM "file:///etc/passwd">'
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{entities}{own}]><{root}>{inside}</{root}>'.encode()
    )


def looping_pdf() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf("a treaty").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def packed_pdf(size: int) -> bytes:
    """One page, whose content is very long once it is unpacked."""
    stream = zlib.compress(b"(a) Tj " * (size // 7), 9)
    head = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n"
    return head + page % len(stream) + stream + b"\nendstream\nendobj\ntrailer\n<</Size 5/Root 1 0 R>>\n%%EOF"


def by_hand() -> Iterator[tuple[str, bytes]]:
    """Each with its name."""
    yield from packed_by_hand()
    yield from pages_by_hand()
    yield from records_by_hand()
    yield from texts_by_hand()


SAID = "The Senate of Freedonia approved the treaty with Sylvania on 24 October 2024, 60 to 3. "


def packed_by_hand() -> Iterator[tuple[str, bytes]]:
    yield "bomb.txt.gz", zeros(2_000_000_000)
    yield "bomb.warc.gz", zeros(2_000_000_000)
    yield "bomb-in-bomb.gz", gzip.compress(zeros(2_000_000_000))
    yield "bomb.zip", zipped(500_000_000)
    yield "bomb.pdf", packed_pdf(300_000_000)
    yield "loop.pdf", looping_pdf()
    yield "nested.pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer\n<</Root 1 0 R>>"
    yield "broken-off.gz", gzip.compress(SAID.encode() * 1000)[:-20]


def pages_by_hand() -> Iterator[tuple[str, bytes]]:
    yield "laughs.rss", laughs("rss")
    yield "laughs.atom", laughs("feed")
    yield "laughs.html", laughs("html")
    inside = {
        "nested": b"<div>" * 200_000,
        "nested-lists": b"<ul><li>" * 50_000,
        "nested-tables": b"<table><tr><td>" * 20_000,
        "open": b"<" * 500_000,
        "comments": b"<!--" * 200_000,
        "attributes": b"<p " + b'a="b" ' * 200_000 + b">",
        "entities": b"<p>" + b"&amp;&#x41;&#1;&nosuch;" * 50_000,
        "spans": b"<p>" + b"<span>a</span>" * 100_000,
    }
    for name, tags in inside.items():
        yield f"{name}.html", b"<html><body>" + tags + SAID.encode()


def records_by_hand() -> Iterator[tuple[str, bytes]]:
    good = json.dumps({"text": SAID}).encode()
    yield "nested.json", b"[" * 1_000_000
    yield "nested.jsonl", b'{"text":' * 100_000 + b"\n" + good
    yield "numbers.jsonl", b'{"text": "a", "id": ' + b"9" * 1_000_000 + b"}\n" + good
    yield "nul.jsonl", json.dumps({"text": f"{SAID}\0{SAID}", "title": "a\0b", "publisher": "\0", "url": "\0"}).encode()
    yield "address.jsonl", json.dumps({"text": SAID, "url": "http://[::1", "published": "9" * 500}).encode()
    yield "warc-in-warc.warc", record("https://a.example/", record("https://b.example/", SAID.encode()))


def texts_by_hand() -> Iterator[tuple[str, bytes]]:
    yield "one-line.txt", SAID.encode() * 10_000
    yield "one-word.txt", b"treaty" * 800_000
    yield "one-sentence.txt", b"the treaty of Ghana and Togo, " * 20_000
    yield "capitals.txt", b"The Treaty Of Peace Between Ghana And Togo And " * 4_000
    yield "verbs.txt", b"Ghana signed and Togo ratified and approved the treaty on 3 May and " * 4_000
    yield "quotes.txt", ("“‘\"'(" * 40_000 + SAID).encode()
    yield "days.txt", b"on 24 October 2024 and on the 24th of last June " * 4_000
    yield "numbers.txt", b"by 61 votes to 12, 9999999999999999999999 to " * 4_000
    yield "years.txt", b"Ghana signed the treaty on 31 February 99999999, 30 February 0000 and in 10000 BC. " * 50
    yield "nul.txt", SAID.encode() + b"\0" * 1000 + SAID.encode()
    yield "wrong-utf8.txt", SAID.encode() + b"\xff\xfe\xed\xa0\x80" * 1000
    yield "marks.txt", (SAID + "e" + "\u0301" * 100_000).encode()
    yield "lines.txt", b"\n" * 2_000_000 + SAID.encode()
    yield "pages.txt", b"\f" * 100_000 + SAID.encode()


# Reading them


def faults_of(file: Path, journal: Journal) -> list[str]:
    """What is wrong with how a file is read."""
    from foedus.errors import InputError
    from foedus.gathering.inputs import gather
    from foedus.gathering.shipped_data import load_reference
    from foedus.stacks import read_any

    faults = []
    for arrival in gather([str(file)]):
        if isinstance(arrival, InputError):
            line = str(arrival)
            if not line.startswith(str(file)) or len(line) - len(str(file)) > LONGEST or not line.isprintable():
                faults.append(f"is no clear line: {line[:200]!r}")
            continue
        document, original = arrival
        statements = read_any(document, load_reference())
        quotes = [quote for statement in statements for quote in (statement.quote, *statement.evidence)]
        if any(document.text[quote.start : quote.end] != quote.exact for quote in quotes):
            faults.append("a quote is not verbatim")
        journal.append([(document, original)])
        journal.store_statements("fuzz", [(document, statements)])
        if journal.original(document.id) != original:
            faults.append("its bytes are kept otherwise")
    return faults


def reader(conversation: Connection, folder: Path) -> None:
    """Reads the files that it is told to, in a process of its own, and tells what is wrong with each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with (folder / "said").open("w") as noise:
        os.dup2(noise.fileno(), 2)
    from foedus.gathering.shipped_data import load_reference
    from foedus.journal.record import Journal

    load_reference()
    with Journal.open(folder / f"{os.getpid()}.db") as journal:
        conversation.send(None)
        while (file := conversation.recv()) is not None:
            try:
                conversation.send(faults_of(file, journal))
            except BaseException as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(last.filename).name}:{last.lineno}"
                conversation.send([f"raises {type(error).__name__} in {where}: {str(error)[:200]}"])


class Reader:
    """A process that reads, and is begun anew when it hangs or falls."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.took = folder, 0.0
        self._begin()

    def _begin(self) -> None:
        spawned = multiprocessing.get_context("spawn")
        self._told, other = spawned.Pipe()
        self._process = spawned.Process(target=reader, args=(other, self._folder), daemon=True)
        self._process.start()
        other.close()
        self._told.recv()

    def faults(self, file: Path, seconds: float) -> list[str]:
        began, before = time.monotonic(), self._spent()
        self._told.send(file)
        try:
            while not self._told.poll(min(1.0, seconds)):
                clock = time.monotonic() - began
                if self._spent() - before > seconds or clock > PATIENCE * seconds:
                    self._process.kill()
                    fault = f"takes longer than {seconds:g} seconds of the processor, or {clock:.0f} by the clock"
                    break
            else:
                found: list[str] = self._told.recv()
                self.took = self._spent() - before
                return found
        except (EOFError, OSError):
            self._process.join()
            fault = f"ends the process ({self._process.exitcode})"
        self.took = seconds
        self._begin()
        return [fault]

    def _spent(self) -> float:
        """Seconds of the processor that the process has had; of the clock where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._told.send(None)
        self._process.join(10)


def read_all(
    files: Iterator[tuple[str, bytes]], folder: Path, keep: Path | None = None, seconds: float = SECONDS
) -> list[str]:
    """Reads files one by one; all faults found, in words.

    keep   a folder for the files with which something is wrong
    """
    reading, faults, slowest, done = Reader(folder), list[str](), (0.0, ""), 0
    for name, data in files:
        file = folder / name
        file.write_bytes(data)
        found = reading.faults(file, seconds)
        slowest, done = max(slowest, (reading.took, name)), done + 1
        faults += [f"{name}: {fault}" for fault in found]
        if found and keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / name).write_bytes(data)
        file.unlink()
        if done % 50 == 0:
            print(f"\r{done} files, {len(faults)} faults", end="", file=sys.stderr)
    reading.close()
    print(f"; the slowest took {slowest[0]:.1f} s of the processor ({slowest[1]})", file=sys.stderr)
    return faults


def made(files: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many mutated files, the same for the same seed."""
    chance, begun = random.Random(seed), originals()
    for number in range(files):
        name, data = mutated(chance, begun)
        yield f"{number}-{name}", data


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--files", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--keep", type=Path, help="A folder for the files with which something is wrong.")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = read_all(chain(by_hand(), made(asked.files, asked.seed)), Path(folder), asked.keep)
    print(*faults, f"{asked.files} mutated files with seed {asked.seed}: {len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
