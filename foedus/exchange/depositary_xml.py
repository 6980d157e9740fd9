"""The United Nations' own XML of one treaty (Multilateral Treaties Deposited with the Secretary-General), as a status table.

The file has `Treaty/Header/ExternalData` (title, entry into force), `Treaty/Participants/Table/TGroup` with the headings in
`Thead/Row` and a participant a `Row` of `Tbody/Rows`, and `Treaty/EndNotes`. Names and dates carry small figures, as elements or
as escaped tags, that lead to the end notes. What comes out is the text of a table as `status_tables` reads it: a line a
participant, then the day of entry into force, then a line an end note; every cell keeps its place in the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from foedus.errors import InputError
from foedus.exchange.status_tables import FORCE, NOTES, UN_HEAD

HOW = "save the table from treaties.un.org as XML or CSV"
DEEPEST = 64  # elements within elements; the depositary's files have fewer than twenty


class Rendered(NamedTuple):
    """A treaty's file as the text of a table.

    offsets   as in `documents.Document`: places in the text and in the decoded file
    """

    text: str
    title: str | None
    offsets: tuple[tuple[int, int], ...]


class Element(NamedTuple):
    """An element with its words, each piece with its place in the file."""

    tag: str
    pieces: list[tuple[int, str]]
    children: list[Element]

    def all(self, tag: str) -> Iterator[Element]:
        """The elements of a tag below this one, in the order of the file."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)

    @property
    def words(self) -> str:
        return "".join(text for _, text in self.pieces)

    def place(self, begins: int) -> int:
        """Where in the file the words from a place in `words` on stand; nowhere is 0."""
        for at, text in self.pieces:
            if begins < len(text):
                return at + begins
            begins -= len(text)
        return 0


def is_treaty_xml(content: bytes) -> bool:
    """Whether a file is XML that has the participants of a treaty."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"<Participants" in content


def table_of(content: bytes, name: str) -> Rendered:
    """The table of a treaty's file.

    name     the file's, for messages
    raises   InputError if it is no such file, or declares entities of its own
    """
    root = _tree(content, name)
    rows = [[_cell(e) for e in row.all("Entry")] for body in root.all("Tbody") for row in body.all("Row")]
    head = next((row for top in root.all("Thead") for row in top.all("Row")), None)
    headings = [_heading(e) for e in head.all("Entry")] if head else []
    if not headings or headings[0].text != UN_HEAD:
        raise InputError(f'{name}: has no table whose first heading is "{UN_HEAD}"; {HOW}')
    writer = _Writer()
    for row in [headings, *rows]:
        writer.row(row)
    for force in root.all("EIF"):
        for label in force.all("Labeltext"):
            writer.line(f"{FORCE} ", _cell(label))
    notes = list(_notes(root))
    if notes:
        writer.line(NOTES, Cell("", 0))
    for number, note in notes:
        writer.line(f"{number}. ", note)
    title = next((_cell(element).text for element in root.all("Titlesect")), None)
    return Rendered("".join(writer.parts), title or None, tuple(writer.offsets))


class Cell(NamedTuple):
    """The words of an element in one line, with the figures that lead to notes at their end, and their place in the file."""

    text: str
    at: int


# Figures that lead to notes; a comma may stand between two of them, inside or outside.
_FIGURE = re.compile(
    r"(?:,\s*(?=<))?<superscript>\s*([\d, ]+?)\s*</superscript>(?:\s*,(?=\s*<superscript>))?", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _cell(element: Element) -> Cell:
    text = html.unescape(element.words)
    figures = ",".join(found.replace(" ", "") for found in _FIGURE.findall(text))
    plain = " ".join(_TAG.sub("", _FIGURE.sub("", text)).split())
    begins = len(element.words) - len(element.words.lstrip())
    return Cell(f"{plain} {figures}".strip() if plain else "", element.place(begins))


def _heading(element: Element) -> Cell:
    """The words of a heading: its figures lead to notes on the whole table."""
    cell = _cell(element)
    return Cell(re.sub(r"(?: [\d,]+)+$", "", cell.text), cell.at)


_NUMBERED = re.compile(r"\s*(?:<superscript>)?\s*(\d{1,3})\s*(?:</superscript>)?[.\s]\s*", re.IGNORECASE)


def _notes(root: Element) -> Iterator[tuple[int, Cell]]:
    """The end notes with their numbers: as printed before them, else as they follow one another."""
    for notes in root.all("EndNotes"):
        blocks = [child for child in notes.children if child.words.strip()]
        while len(blocks) == 1 and len(blocks[0].children) > 1:
            blocks = [child for child in blocks[0].children if child.words.strip()]
        for index, block in enumerate(blocks or [notes], 1):
            yield from _notes_of(block, index)


_NEXT = re.compile(r"(?:<|&lt;)superscript(?:>|&gt;)\s*(\d{1,3})\s*(?:<|&lt;)/superscript(?:>|&gt;)", re.IGNORECASE)


def _notes_of(block: Element, index: int) -> Iterator[tuple[int, Cell]]:
    """The notes of one block: a note begins with its figure, and the next one with the figure that follows it."""
    words = block.words
    first = _NUMBERED.match(html.unescape(words)) or _NUMBERED.match(words)
    number = int(first[1]) if first else index
    numbered = _NEXT.match(words.lstrip())
    begins = (len(words) - len(words.lstrip()) + numbered.end()) if numbered else _after(words)
    for figure in _NEXT.finditer(words):
        if figure.start() >= begins and int(figure[1]) == number + 1:
            yield number, _note(block, begins, figure.start())
            number, begins = number + 1, figure.end()
    yield number, _note(block, begins, len(words))


def _after(words: str) -> int:
    found = _NUMBERED.match(words)
    return found.end() if found else 0


def _note(block: Element, begins: int, ends: int) -> Cell:
    begins += len(block.words[begins:ends]) - len(block.words[begins:ends].lstrip())
    plain = " ".join(_TAG.sub(" ", html.unescape(block.words[begins:ends])).split())
    return Cell(plain, block.place(begins))


class _Writer:
    """The text of a table, with the place of each cell in the file."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.offsets: list[tuple[int, int]] = []
        self.length = 0

    def row(self, cells: list[Cell]) -> None:
        for index, cell in enumerate(cells):
            comma, quote = "," if index else "", '"' if "," in cell.text else ""
            self._write(comma + quote, Cell(cell.text.replace('"', "'"), cell.at), quote)
        self._write("", Cell("", 0), "\n")

    def line(self, before: str, cell: Cell) -> None:
        self._write(before, cell, "\n")

    def _write(self, before: str, cell: Cell, after: str) -> None:
        if cell.text:
            self.offsets.append((self.length + len(before), cell.at))
        self.parts += (before, cell.text, after)
        self.length += len(before) + len(cell.text) + len(after)


def _tree(content: bytes, name: str) -> Element:
    """The elements of a file; `pieces` of an element are its own words and those of the elements in it."""
    text = _decoded(content)
    root = Element("", [], [])
    stack, places = [root], _Places(text)
    parser = expat.ParserCreate("utf-8")

    def opened(tag: str, _: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise InputError(f"{name}: has more than {DEEPEST} elements within one another; {HOW}")
        stack[-1].children.append(Element(tag, [], []))
        stack.append(stack[-1].children[-1])
        said(f"<{tag}>" if tag.lower() == "superscript" else "")

    def closed(tag: str) -> None:
        said(f"</{tag}>" if tag.lower() == "superscript" else "")
        stack.pop()

    def said(words: str) -> None:
        if words:
            piece = (places.of(parser.CurrentByteIndex), words)
            for element in stack[1:]:
                element.pieces.append(piece)

    def declared(*_: object) -> None:
        raise InputError(f"{name}: declares a document type of its own, which no file of the depositary does; {HOW}")

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = said, declared
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise InputError(f"{name}: is no XML ({error}); {HOW}") from error
    return root


_ENCODING = re.compile(rb"<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)[\"']")


def _decoded(content: bytes) -> str:
    """The file as text, in the encoding that it declares; in that of Western Europe where it is not UTF-8 after all."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    for encoding in ([declared[1].decode()] if declared else []) + ["utf-8-sig"]:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


class _Places:
    """Places in the UTF-8 bytes as places in the text; asked in ascending order."""

    def __init__(self, text: str) -> None:
        self.bytes, self.byte, self.place = text.encode(), 0, 0

    def of(self, byte: int) -> int:
        self.place += len(self.bytes[self.byte : byte].decode(errors="ignore"))
        self.byte = byte
        return self.place
