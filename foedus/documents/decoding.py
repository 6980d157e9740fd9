"""From bytes to text: the encoding that a file states or shows, and a plain refusal of what is no text."""

from __future__ import annotations

import codecs
import re

from foedus.errors import InputError

MOST_TEXT = 20_000_000  # bytes of one document; a report is a thousandth of it
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
STATED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 8192
READS = "foedus reads text, HTML, PDF, JSON Lines, RSS/Atom and WARC"


def decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data` without a byte order mark, and what a reader should know of how it was decoded.

    raises   InputError if there is nothing, too much, or no text in it
    """
    if not data.strip():
        raise InputError(f"{name}: is empty; there is nothing to read in it")
    if len(data) > MOST_TEXT:
        raise InputError(
            f"{name}: holds {len(data) / 1e6:.0f} MB of text; foedus reads at most {MOST_TEXT // 1_000_000} MB in one document: "
            "split it into its reports"
        )
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _with(encoding, data[len(mark) :], name), ()
    sample = data[:SAMPLE]
    if wide := _wide(sample):
        return _with(wide, data, name), ()
    if len(CONTROL.findall(sample)) > len(sample) // 100:
        raise InputError(f"{name}: looks like a binary file; {READS}")
    return _narrow(name, data)


def _narrow(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 if it is that, else what it states of itself, else Windows-1252 with a note."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = STATED.search(data[:SAMPLE])
        stated = found[1].decode("ascii").lower() if found else None
        if stated and stated not in ("utf-8", "utf8") and _is_known(stated):
            return data.decode(stated, errors="replace"), ()
        note = f"byte {error.start} is not UTF-8; read as Windows-1252, so letters beyond A-Z may be wrong"
        return data.decode("cp1252", errors="replace"), (note,)
    if "\x00" in text:
        raise InputError(f"{name}: looks like a binary file; {READS}")
    return text, ()


def _with(encoding: str, data: bytes, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: begins like {encoding.upper()} and is not ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    if len(sample) < 4:
        return None
    zeros = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if zeros[1] > 0.7 * half and zeros[0] < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.7 * half and zeros[1] < 0.05 * half else None


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
