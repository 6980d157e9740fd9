"""From what a user names (a file, a folder, a pattern, `-`, an address) to documents, each with its original bytes.

An input that cannot be read is one InputError among the results; the others still come. Nothing is read twice, and the
same bytes under two names are one document.
"""

from __future__ import annotations

import difflib
import glob
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from foedus.documents.containers import arrivals_in
from foedus.errors import FoedusError, InputError, NoSuchInput
from foedus.gathering.shipped_data import ENGLISH, shipped_lexicons
from foedus.journal.arrivals import Arrival
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

if TYPE_CHECKING:
    from foedus.gathering.fetching import Fetched

STANDARD_INPUT = "-"
MOST_BYTES = 500_000_000
LONGEST_ERROR = 250
LONGEST_NAME = 4096  # PATH_MAX of Linux

ENDINGS = (
    *(".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf"),
    *(".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".warc", ".warc.gz"),
)
"""What is looked for in a folder; a file that is named itself may end as it likes."""

PACKED = (".gz", ".pdf")
"""Endings of files whose size on the disk is not that of the text in them."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Fetch = Callable[[str], "Fetched"]


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of one input, before anybody asks what they are.

    where    what an error names: the path as given, the address, "standard input"
    name     what the document is called: the file's name, the address, "-"
    url      where it was found in the end, or None
    """

    where: str
    name: str
    content: bytes
    url: str | None = None


def gather(
    inputs: Iterable[str],
    *,
    published: DateRange | None = None,
    stdin: BinaryIO | None = None,
    fetch: Fetch | None = None,
    lexicon: Lexicon | None = None,
) -> Iterator[Arrival | InputError]:
    """Every document that the inputs hold, one by one, in the order of naming; what cannot be read comes as an error.

    published  the day to which the user binds all of them
    fetch      fetches an address; by default politely, from public addresses and those that `foedus.toml` allows
    lexicon    the words in which datelines and page furniture are known; English by default
    """
    lexicon = lexicon or shipped_lexicons()[ENGLISH]
    seen: set[str] = set()
    for piece in pieces(inputs, stdin=stdin, fetch=fetch):
        for arrival in [piece] if isinstance(piece, InputError) else _in_piece(piece, lexicon, published):
            if isinstance(arrival, InputError):
                yield arrival
            elif arrival.document.id not in seen:
                seen.add(arrival.document.id)
                yield arrival


def documents_of_page(address: str, page: Fetched, lexicon: Lexicon) -> list[Arrival]:
    """The documents of a fetched page, each with its original bytes.

    raises   InputError if there is none that can be read
    """
    piece = _checked(Piece(where=address, name=address, content=page.content, url=page.url))
    found = [piece] if isinstance(piece, InputError) else list(_in_piece(piece, lexicon, None))
    read = [one for one in found if not isinstance(one, InputError)]
    if not read:
        nothing = InputError(f"{address}: holds no document; open it in a browser to see what it is")
        raise next((one for one in found if isinstance(one, InputError)), nothing)
    return read


def _in_piece(piece: Piece, lexicon: Lexicon, published: DateRange | None) -> Iterator[Arrival | InputError]:
    try:
        for found in arrivals_in(piece.name, piece.content, lexicon, published=published, url=piece.url):
            yield _placed(found, piece) if isinstance(found, InputError) else Arrival(*found)
    except FoedusError:
        raise
    except Exception as error:  # whatever a hostile file provokes in a parser, the other inputs are still read
        yield _placed(
            InputError(f"{piece.name}: cannot be read ({type(error).__name__}: {error}); save its text"), piece
        )


def _placed(error: InputError, piece: Piece) -> InputError:
    """The error with the place as the user named it, on one line, without signs that would steer a terminal."""
    said = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(str(error).split()))
    said = said.removeprefix(piece.name) if said.startswith(piece.name) else f": {said}"
    return InputError(f"{piece.where}{said if len(said) <= LONGEST_ERROR else said[:LONGEST_ERROR] + ' ...'}")


def pieces(
    inputs: Iterable[str], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Piece | InputError]:
    """The bytes of every input, in the order of naming, folders sorted by name; a file named twice is read once."""
    seen: set[str] = set()
    for named in dict.fromkeys(inputs):
        if named == STANDARD_INPUT:
            yield _standard_input(stdin)
        elif _ADDRESS.match(named):
            fetch = fetch or _default_fetch()
            yield _fetched(named, fetch)
        else:
            for file in files_named(named):
                if isinstance(file, InputError):
                    yield file
                elif (real := os.path.realpath(file)) not in seen:
                    seen.add(real)
                    yield _read(file)


def _default_fetch() -> Fetch:
    from foedus.gathering.configuration import configuration  # httpx2 takes its time; only an address needs it

    return configuration().fetcher().fetch


def _fetched(address: str, fetch: Fetch) -> Piece | InputError:
    try:
        page = fetch(address)
    except InputError as error:
        return error
    return _checked(Piece(where=address, name=address, content=page.content, url=page.url))


def _standard_input(stdin: BinaryIO | None) -> Piece | InputError:
    stream = stdin or sys.stdin.buffer
    return _checked(Piece(where="standard input", name=STANDARD_INPUT, content=stream.read(MOST_BYTES + 1)))


def _read(path: Path) -> Piece | InputError:
    try:
        if path.stat().st_size > MOST_BYTES:
            return _too_large(str(path))
        return _checked(Piece(where=str(path), name=path.name, content=path.read_bytes()))
    except PermissionError:
        return InputError(f"{path}: may not be read by this user; change its permissions")
    except OSError as error:
        return InputError(f"{path}: cannot be read ({error.strerror}); copy it to a local disk and try again")


def _checked(piece: Piece) -> Piece | InputError:
    """Refuses what cannot hold a report, whatever its format."""
    if not piece.content.strip():
        return InputError(f"{piece.where}: is empty; there is nothing to read in it")
    if len(piece.content) > MOST_BYTES:
        return _too_large(piece.where)
    return piece


def _too_large(where: str) -> InputError:
    return InputError(f"{where}: is larger than {MOST_BYTES // 1_000_000} MB; `foedus scan` reads archives of any size")


# Which files an input means


def size_of(inputs: Iterable[str]) -> int | None:
    """Bytes of all the files that the inputs mean; None where that is not known, or says nothing of what they hold."""
    size = 0
    for named in inputs:
        if named == STANDARD_INPUT or _ADDRESS.match(named):
            return None
        for file in files_named(named):
            if isinstance(file, Path):
                if file.name.lower().endswith(PACKED):
                    return None
                size += file.stat().st_size
    return size


def files_named(named: str) -> Iterator[Path | InputError]:
    """The files that a path, a folder or a pattern means, sorted; what is not there comes as an error that says so."""
    if not named.isprintable() or not 0 < len(named) <= LONGEST_NAME:
        yield NoSuchInput(f"{named[:80]!r}: is no name that a file can have; check how it is written")
        return
    path = Path(named)
    try:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield InputError(f"{named}: is neither a file nor a folder; to read from a pipe, write -")
        elif glob.has_magic(named):
            yield from _fitting(named)
        else:
            yield NoSuchInput(f"{named}: {_why_missing(path)}")
    except OSError as error:
        yield InputError(f"{named}: cannot be looked up ({error.strerror}); check how it is written")


def _in_folder(folder: Path) -> Iterator[Path | InputError]:
    """Files with a known ending, sorted by path; hidden ones, and those in hidden folders, are left out."""
    empty, refused = True, list[OSError]()
    for inside, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(ENDINGS):
                empty = False
                yield Path(inside, name)
    for error in refused:
        yield InputError(f"{error.filename}: may not be read by this user; change its permissions")
    if empty and not refused:
        known = ", ".join(ENDINGS)
        yield InputError(
            f"{folder}: holds no file that Foedus reads ({known}); name a file itself to have it read anyway"
        )


def _fitting(pattern: str) -> Iterator[Path | InputError]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  Path.glob refuses absolute patterns
    if not found:
        yield NoSuchInput(f"{pattern}: no file fits this pattern; ** stands for any folders, * for any name")
    for name in found:
        yield from files_named(name)


def _why_missing(path: Path) -> str:
    """What is not there, and what was perhaps meant."""
    for folder in reversed(path.parents):
        if folder != Path() and not folder.is_dir():
            return f"there is no folder {folder}{_perhaps(folder)}"
    return f"there is no such file{_perhaps(path)}"


def _perhaps(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return ""
    lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(path.name.lower(), lower, n=1, cutoff=0.6)
    stem = [name for name in names if Path(name).stem == path.name]
    meant = stem[:1] or [lower[name] for name in near]
    if meant:
        return f"; did you mean {path.parent / meant[0]}?"
    return f"; {'here' if path.parent == Path() else f'in {path.parent}'} is none of a like name"
