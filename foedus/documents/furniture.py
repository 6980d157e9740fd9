"""What a page prints around its report: menus, stamps, breadcrumbs, related articles, captions, copyright lines.

Furniture is never evidence: a header's date is the day of a visit, a related headline tells of another event. It is found
line by line; the patterns are data (`furniture.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from foedus.documents.document import Furniture
from foedus.documents.paragraphs import LINE
from foedus.documents.time_expressions import time_tagger
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import Timex

LONGEST = 320  # characters: a longer line is a paragraph of the report
LONGEST_STAMP = 140
STOPPED = re.compile(r"[.!?…][\"”’»')\]]*$")
DAY_NAMED = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
BLANK = re.compile(r"\[[^\]]*\]| \??")  # of a pattern, outside its classes of signs
ALSO_SENTENCES = ("copyright", "cookie")  # kinds that a whole sentence can be
NUMBERED = re.compile(r"\d")
OTHERS = 60  # letters that the line of a stamp may have in words that no time is told with
GLUE = re.compile(r"\s*[>›»/|·•:]\s*|\s*")
REACH = 8  # lines below a breadcrumb in which its headline is looked for
HEAD = 12  # lines in which a stamp without a year is believed


class Stamps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    published: tuple[str, ...]
    updated: tuple[str, ...]
    beside: tuple[str, ...]
    prefix: str
    clock: str


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`furniture.toml`."""

    lines: dict[str, tuple[str, ...]]
    headings: dict[str, tuple[str, ...]]
    stamps: Stamps
    breadcrumbs: dict[str, tuple[str, ...]]
    datelines: dict[str, tuple[str, ...]]
    copyrights: dict[str, str | tuple[str, ...]]
    mastheads: dict[str, tuple[str, ...]]
    captions: dict[str, tuple[str, ...]] = {}


class Stamp(msgspec.Struct, frozen=True):
    """A date that a page's header or footer prints; `labelled`: its words say that it is the day of publication."""

    timex: Timex
    labelled: bool


class Page(msgspec.Struct, frozen=True):
    """What a text has around the report.

    furniture  its stretches, ascending, never overlapping
    stamps     the dates among them, in order
    masthead   the publisher's name printed alone above the report, or None
    """

    furniture: tuple[Furniture, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    masthead: str | None = None


class Kinds:
    """Patterns of whole lines by their kinds; those that begin with anything are tried only where a word of theirs stands."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        self._kinds = kinds
        self._words = tuple(word for found in kinds.values() for one in found for word in _words_anywhere(one))
        self._opened = _any_kind(
            {
                kind: plain
                for kind, found in kinds.items()
                if (plain := [one for one in found if not _words_anywhere(one)])
            }
        )

    @cached_property
    def _all(self) -> re.Pattern[str]:
        """Compiled for the first line that has one of the words."""
        return _any_kind(self._kinds)

    def of(self, line: str) -> str | None:
        """The kind of a line, or None."""
        has_word = any(map(line.lower().__contains__, self._words))
        found = (self._all if has_word else self._opened).fullmatch(line)
        return found.lastgroup if found else None


class PageReader:
    """Reads a text line by line; compiled once for a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("furniture", PageWords)
        self._tagger = time_tagger(lexicon)
        self._lines = Kinds(words.lines)
        self._sentences = Kinds({kind: found for kind, found in words.lines.items() if kind in ALSO_SENTENCES})
        self._headings = Kinds(words.headings)
        self._prefix = re.compile(words.stamps.prefix, re.IGNORECASE)
        self._clock = re.compile(words.stamps.clock, re.IGNORECASE)
        self._published = _word_of(words.stamps.published)
        self._beside = _word_of((*words.stamps.beside, *words.stamps.published, *words.stamps.updated))
        self._updated = _word_of(words.stamps.updated)
        sections = sorted(words.breadcrumbs["sections"], key=len, reverse=True)
        self._sections = re.compile(rf"(?:{'|'.join(map(re.escape, sections))})(?![a-z])")
        self._masthead = re.compile(
            rf"(?:The )?(?:[A-Z][\w.’'-]*,? ){{1,4}}(?:{'|'.join(words.mastheads['last_words'])})"
        )

    def page(self, text: str) -> Page:
        """All furniture of the text but its dateline."""
        lines = [span for found in LINE.finditer(text) if (span := _stripped(text, *found.span()))]
        lines, stamped = self._without_prefix(text, lines)
        pieces: list[Furniture] = [Furniture(kind="header-date", start=s.start, end=s.end) for s in stamped]
        stamps = [Stamp(timex, False) for timex in stamped]
        masthead, after, lead_seen = None, None, False
        for number, (start, end) in enumerate(lines):
            line = text[start:end]
            is_sentence = bool(STOPPED.search(line[-12:])) and end - start > 60
            piece, found = self._piece(text, lines, number, line, after, is_sentence)
            if piece is None and not lead_seen and masthead is None and self._masthead.fullmatch(line):
                masthead, piece = line, Furniture(kind="masthead", start=start, end=end)
            if piece is not None:
                pieces.append(piece)
                stamps += found
            lead_seen = lead_seen or (is_sentence and piece is None)
            after = piece.kind if piece and self._goes_on(piece, line) else None
        known = {piece.start for piece in pieces}
        pieces += [below for below in _captions_below(text, pieces) if below.start not in known]
        return Page(tuple(sorted(pieces, key=lambda piece: piece.start)), tuple(stamps), masthead)

    def _without_prefix(self, text: str, lines: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[Timex]]:
        """The lines without a collection's own stamp before the first, and the stamp's date."""
        found = self._prefix.match(text, lines[0][0]) if lines else None
        dates = self._tagger.tag(text, found.end(), found.end() + 10) if found else ()
        if not found or not dates:
            return lines, []
        stamp = msgspec.structs.replace(dates[0], start=found.start(), words=text[found.start() : dates[0].end])
        rest = _stripped(text, stamp.end, lines[0][1])
        return [*([rest] if rest else []), *lines[1:]], [stamp]

    def _piece(
        self, text: str, lines: Sequence[tuple[int, int]], number: int, line: str, after: str | None, is_sentence: bool
    ) -> tuple[Furniture | None, list[Stamp]]:
        start, end = lines[number]
        if after and not is_sentence:
            return Furniture(kind=after, start=start, end=end), []
        if len(line) > LONGEST:
            return None, []
        if len(line) <= LONGEST_STAMP and NUMBERED.search(line):
            stamps = self._stamps(text, start, end, is_head=number < HEAD)
            if stamps:
                return Furniture(kind="header-date", start=start, end=end), stamps
        kind = self._kind(line, is_sentence)
        if kind:
            return Furniture(kind=kind, start=start, end=end), []
        if self._sections.match(line):
            below = {text[a:b] for a, b in lines[number + 1 : number + 1 + REACH]}
            if length := self._breadcrumb(line, below):
                return Furniture(kind="breadcrumb", start=start, end=start + length), []
        return None, []

    def _kind(self, line: str, is_sentence: bool) -> str | None:
        if is_sentence and not self._sentences.of(line):
            return None
        kind = self._lines.of(line)
        if is_sentence:
            return kind if kind in ALSO_SENTENCES else None
        return kind or self._headings.of(line)

    def _goes_on(self, piece: Furniture, line: str) -> bool:
        """A heading of a list, and each line of it, makes the next line one too."""
        return piece.kind == "related" and not self._lines.of(line)

    def _stamps(self, text: str, start: int, end: int, *, is_head: bool) -> list[Stamp]:
        """The dates of a line that holds dates, clock times and labels, and nothing else."""
        if self._tagger.letters_of_others(text[start:end]) > OTHERS:
            return []
        found = self._tagger.tag(text, start, end)
        days = [timex for timex in found if DAY_NAMED.match(timex.value)]
        if not days or not (is_head or any("X" not in timex.value for timex in days)):
            return []
        rest, at = "", start
        for timex in found:
            rest += text[at : timex.start] + " "
            at = timex.end
        rest = self._beside.sub(" ", self._clock.sub(" ", rest + text[at:end]))
        if any(sign.isalpha() for sign in rest):
            return []
        return [Stamp(timex, self._is_labelled(text[start : timex.start])) for timex in days]

    def _is_labelled(self, before: str) -> bool:
        labels = [found.end() for found in self._published.finditer(before)]
        others = [found.end() for found in self._updated.finditer(before)]
        return bool(labels) and max(labels) > max(others, default=-1)

    def _breadcrumb(self, line: str, below: set[str]) -> int:
        """How much of the line is a breadcrumb: section names, run together or with signs between, and the repeated headline."""
        at, sections = 0, 0
        while found := self._sections.match(line, at):
            glue = GLUE.match(line, found.end())
            at = glue.end() if glue else found.end()
            sections += 1
            if line[at:] in below:
                return len(line)
            if at == len(line):
                return at if sections > 1 else 0
        return at if sections > 1 and " " not in line[:at].strip() else 0


@lru_cache(maxsize=8)
def page_reader(lexicon: Lexicon) -> PageReader:
    return PageReader(lexicon)


def _words_anywhere(pattern: str) -> tuple[str, ...]:
    """Words one of which has every line of a pattern that begins with anything; empty where none is known, or for others.

    >>> _words_anywhere(r".{0,80}\bseen by (?:all|many)\b"), _words_anywhere("seen by .*")
    (('seen',), ())
    """
    plain = _ESCAPED.sub(" ", pattern)
    choice = _CHOICE.search(plain)
    is_whole = choice is not None and plain[: choice.start()].count("(") == plain[: choice.start()].count(")")
    while (outside := _BRACKET.sub(" ", plain)) != plain:
        plain = outside
    if not pattern.startswith(".") or "|" in plain:
        return ()
    words: list[str] = _LETTERS.findall(_OPTIONAL.sub(" ", plain))
    if words:
        return (max(words, key=len).lower(),)
    return tuple(max(way.split(), key=len).lower() for way in choice[1].split("|")) if choice and is_whole else ()


_ESCAPED = re.compile(r"\\.|\[[^\]]*\]")
_CHOICE = re.compile(r"\(\?:(\w[\w ]*(?:\|\w[\w ]*)+)\)(?![?*{])")
_BRACKET = re.compile(r"\([^()]*\)")
_OPTIONAL = re.compile(r"[\w©][?*{]")
_LETTERS = re.compile(r"[^\W\d_]{4,}|©")


def _any_kind(kinds: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """All patterns in one; the group that matches is the kind."""
    groups = (f"(?P<{kind}>{'|'.join(BLANK.sub(_any_blanks, one) for one in found)})" for kind, found in kinds.items())
    return re.compile("|".join(groups), re.IGNORECASE)


def _any_blanks(found: re.Match[str]) -> str:
    return {" ": r"\s+", " ?": r"\s*"}.get(found[0], found[0])


def _word_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    span = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    return span if span[0] < span[1] else None


def _captions_below(text: str, pieces: Sequence[Furniture]) -> Iterator[Furniture]:
    """The lines that stand directly under a photo's credit, in a text that parts its paragraphs by blank lines."""
    if "\n\n" not in text:
        return
    for piece in pieces:
        end = text.find("\n", piece.end + 1)
        line = text[piece.end : end if end >= 0 else len(text)]
        if piece.kind == "caption" and line.startswith("\n") and line[1:].strip():
            yield Furniture(kind="caption", start=piece.end + 1, end=piece.end + len(line))
