"""Depositaries' status tables as rows: who did what on which day, with the place of the words in the file.

The United Nations' form has a participant a line and a column an act; letters after a date say which act it was (a accession,
A acceptance, AA approval, c formal confirmation, d succession, n notification, p simplified procedure, P participation or
consent to be bound, s definitive signature), and a date without a letter is of the column's part without one. Names in square
brackets are of participants that have ceased to be one, small figures after names and dates lead to end notes. Below the
table the day of the treaty's entry into force and the notes themselves may stand, a line a note. WIPO's form has a treaty and a
participant a line, the kind of instrument and its days in columns of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec

from foedus.errors import InputError
from foedus.exchange.end_notes import NoteWords, acts_in
from foedus.terms.acts import Kind


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What words in a heading say was done; without a kind, nothing between states."""

    words: tuple[str, ...]
    kind: Kind | None = None
    instrument: str | None = None
    definitive: bool = False


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The files `depositaries/columns.toml` and, as `notes`, `depositaries/notes.toml`."""

    column: tuple[Column, ...]
    instruments: Mapping[str, str]
    notes: NoteWords


class Entry(NamedTuple):
    """One dated act of a table.

    table        "un:4-4", "wipo:Beijing"
    participant  as printed, without brackets and figures; empty where the act is the whole treaty's
    start, end   of the line in the text
    ceased       its name stands in brackets
    noted        an end note tells of it, not the table
    """

    table: str
    participant: str
    what: Column
    day: date
    words: str
    start: int
    end: int
    ceased: bool = False
    noted: bool = False


class Note(NamedTuple):
    """A cell that tells of no dated act, and why it was left out."""

    words: str
    why: str
    start: int
    end: int


class Line(NamedTuple):
    """One record of the file, with its place."""

    cells: list[str]
    start: int
    end: int


MONTHS = {
    m: i for i, m in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)
}
_DATE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]* (?P<year>\d{4})(?: ?(?P<mark>AA|[AaCcdnPps]\b))?")
_PART = re.compile(
    r"\s*(?P<says>[^,()]*(?:\((?![A-Za-z]{1,2}\))[^()]*\)[^,()]*)*)(?:\((?P<mark>AA|[A-Za-z])\))?(?:,|$)"
)
_FIGURES = re.compile(r"(?<=[a-zé.)\]])\s?\d+(?:,\s?\d+)*$")
UN_HEAD, WIPO_HEAD = "Participant", "Contracting Party"
FORCE, NOTES = "Entry into force:", "End notes:"  # what may stand below a table


def is_status_table(text: str) -> bool:
    """Whether a text is a table of one of the forms known here."""
    return text.lstrip('\ufeff"').startswith((f"{UN_HEAD},", f"{WIPO_HEAD},"))


def entries_in(text: str, name: str, words: Words) -> Iterator[Entry | Note]:
    """Every dated act of a table, and a note for each cell that tells of none.

    name     the file's, which names a table of the United Nations: "4-4.csv", "IV-4.en.xml"
    raises   InputError if the text has none of the forms known here, or a heading that says nothing known
    """
    lines = _lines(text)
    head = next(lines, Line([], 0, 0)).cells
    if head[:1] == [UN_HEAD]:
        yield from _un(head, lines, text, table_named(name), words)
    elif head[:1] == [WIPO_HEAD]:
        yield from _wipo(head, lines, words)
    else:
        raise InputError(
            f'{name}: is no status table; its first line begins with "{UN_HEAD}" (UN) or "{WIPO_HEAD}" (WIPO), separated by commas'
        )


def table_named(file: str) -> str:
    """The table of the United Nations that a file holds, its chapter in figures.

    >>> table_named("4-4.csv"), table_named("XXVII-7-d.en.xml"), table_named("xxvii-2-f.en.xml")
    ('un:4-4', 'un:27-7-d', 'un:27-2-f')
    """
    chapter, _, rest = file.rpartition("/")[2].partition(".")[0].lower().partition("-")
    if chapter and set(chapter) <= set(ROMAN):
        values = [ROMAN[c] for c in chapter]
        chapter = str(sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True)))
    return f"un:{chapter}-{rest}" if rest else f"un:{chapter}"


ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for row in text.splitlines(keepends=True):
        end = start + len(row.rstrip("\r\n"))
        if row.strip():
            yield Line(_cells(row), start, end)
        start += len(row)


def _cells(row: str) -> list[str]:
    plain = row.rstrip("\r\n").lstrip("\ufeff")
    return next(csv.reader([plain])) if '"' in plain else plain.split(",")


def _un(head: list[str], lines: Iterator[Line], text: str, table: str, words: Words) -> Iterator[Entry | Note]:
    meanings = [_meanings(heading, words.column) for heading in head[1:]]
    if not head[1:]:
        yield Note(table, "names participants without any day", 0, len(UN_HEAD))
    elif not any(column.kind for marks in meanings for column in marks.values()):
        raise InputError(f"{table}: no heading says what was done; there is {', '.join(head[1:]) or 'none'}")
    for cells, start, end in lines:
        if cells[0].startswith((FORCE, NOTES)):
            yield from _below(chain([Line(cells, start, end)], lines), text, table, words)
            return
        name, ceased = _participant(cells[0])
        for cell, marks in zip(cells[1:], meanings, strict=False):
            if cell:
                yield from _cell(cell, marks, Entry(table, name, NOTHING, date.min, cell, start, end, ceased))


def _below(lines: Iterable[Line], text: str, table: str, words: Words) -> Iterator[Entry]:
    """What stands below a table: the treaty's entry into force, and what its end notes tell."""
    for _, start, end in lines:
        line = text[start:end]
        about = Entry(table, "", NOTHING, date.min, "", start, end, noted=True)
        entered = _DATE.search(line) if line.startswith(FORCE) else None
        if entered and (day := _day(entered)):
            yield about._replace(what=Column(words=(), kind=Kind.ENTER_INTO_FORCE), day=day, words=entered[0])
        for noted in acts_in(line, words.notes) if not entered else ():
            printed = _DATE.search(noted.day)
            if printed and (day := _day(printed)):
                what = Column(words=(), kind=noted.kind, instrument=noted.instrument)
                yield about._replace(participant=noted.who, what=what, day=day, words=noted.day)


def _cell(cell: str, marks: Mapping[str, Column], about: Entry) -> Iterator[Entry | Note]:
    found = False
    for match in _DATE.finditer(cell):
        found = True
        column = marks.get(match["mark"] or "") or (marks.get("") if len(marks) == 1 else None)
        day = _day(match)
        if column is None or day is None:
            why = f'no heading explains the mark "{match["mark"]}"' if day else "is no day of the calendar"
            yield Note(f"{about.participant}, {match[0]}", why, about.start, about.end)
        elif column.kind is not None:
            yield about._replace(what=column, day=day, words=match[0])
    if not found and any(column.kind for column in marks.values()):
        yield Note(f"{about.participant}, {cell}", "has no day", about.start, about.end)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), MONTHS[match["month"]], int(match["day"]))
    except (ValueError, KeyError):
        return None


NOTHING = Column(words=())


def _participant(printed: str) -> tuple[str, bool]:
    """The name without brackets and the figures of end notes, and whether brackets say that it has ceased.

    >>> _participant("[Senegal] 3"), _participant("Iran (Islamic Republic of)")
    (('Senegal', True), ('Iran (Islamic Republic of)', False))
    """
    name = _FIGURES.sub("", printed.strip())
    ceased = name.startswith("[") and name.endswith("]")
    return _FIGURES.sub("", name.strip("[] ") if ceased else name), ceased


@lru_cache(maxsize=1024)
def _meanings(heading: str, columns: tuple[Column, ...]) -> Mapping[str, Column]:
    """Mark -> what a date with it says; "" for dates without a mark.

    A part without a mark that comes after another one ("Definitive signature of the Protocol, Acceptance of the
    Protocol") says no more than the first; parts of one act with one mark are the same.
    """
    found: dict[str, Column] = {}
    for part in _PART.finditer(heading):
        says = part["says"].strip().casefold()
        if says:
            column = next((c for c in columns if all(word in says for word in c.words)), NOTHING)
            found.setdefault(part["mark"] or "", column)
    if "" not in found and len(found) == 1:
        found[""] = next(iter(found.values()))
    return found


def _wipo(head: list[str], lines: Iterator[Line], words: Words) -> Iterator[Entry | Note]:
    at = {name: head.index(name) for name in head}
    signed = Column(words=(), kind=Kind.SIGN)
    for cells, start, end in lines:
        about = Entry(f"wipo:{cells[at['Treaty']]}", cells[0], NOTHING, date.min, "", start, end)
        instrument = cells[at["Instrument Type"]]
        column = _instrument(instrument, words)
        forms = (
            ("Signature Date", signed),
            ("Instrument Date", column),
            ("Entry Into Force Date", Column(words=(), kind=Kind.ENTER_INTO_FORCE)),
        )
        for field, what in forms:
            cell = cells[at[field]]
            if cell and what is not None:
                yield about._replace(what=what, day=date.fromisoformat(cell), words=cell)
            elif cell:
                yield Note(f"{cells[0]}, {instrument}", "is no instrument known here", start, end)


def _instrument(printed: str, words: Words) -> Column | None:
    name = words.instruments.get(printed)
    if name is None:
        return None
    return next((c for c in words.column if name in c.words), None)
