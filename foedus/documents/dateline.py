"""When a text was published, and by whom, as far as it says so itself: dateline, stamps, copyright line, address.

Every day is a candidate with its basis and its words; none is a fact. A dateline ("MOSCOW, Nov 10 (Reuters) -") tells of
the day of writing, a page's header may tell of the day of a visit, a copyright line of a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from foedus.documents.document import Basis, DateCandidate, Furniture
from foedus.documents.furniture import DAY_NAMED, Page, PageWords, page_reader
from foedus.documents.paragraphs import LINE
from foedus.documents.publishers import publishers
from foedus.documents.time_expressions import time_tagger
from foedus.documents.time_resolution import possible
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Quote

DAY = "\x01"  # stands for each character of a date while a dateline is matched
_CAPITAL = "[A-ZÁÉÍÓÚÑА-ЯЁ]"
_PLACE = rf"{_CAPITAL}[\w'’.-]*(?:[ /]{_CAPITAL}[\w'’.-]*){{0,3}}?"
_AGENCY = r"(?:\((?P<bracketed>[^()\x01]{2,40}?)(?:[ ,]*[-–—/]? *\x01+)?\)|/(?P<slashed>[A-ZА-ЯЁ][\w .-]{1,30})/)"
_DASH = r"(?:[-–—]{1,2}|:)"
FORMS = {
    "place, date (agency) -": re.compile(
        rf"(?:{_PLACE}(?:, {_PLACE})?(?:[.,]| [-–—|])? )?\x01+[.,]? ?(?:{_AGENCY}\.? ?{_DASH}?|{_DASH}) ?"
    ),
    "place (agency - date)": re.compile(
        rf"{_PLACE}(?:, {_PLACE})? ?\((?P<bracketed>[^()\x01]{{0,40}}?)(?:[ ,]*[-–—/])? *\x01+\) ?{_DASH}? ?"
    ),
    "place (agency) -": re.compile(rf"{_PLACE}(?:, {_PLACE})? {_AGENCY} ?{_DASH}? ?"),
    "(agency)": re.compile(rf"{_AGENCY} ?{_DASH}? ?(?=[A-Z])"),
    "PLACE -": re.compile(
        rf"(?P<capitals>[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){{0,3}})(?:, {_PLACE})? ?(?:[-–—]{{1,2}}|:) (?=\S)"
    ),
}
MARKS = re.compile(r"[(/:–—]|-(?![^\W\d_])|(?<![^\W\d_])-")  # each form has one; a hyphen within a word is none
REACH = 110  # characters within which a dateline ends
SENTENCE = 60  # characters: what follows a place in capitals is a sentence, no heading
LINES = 12  # lines among which it is looked for
NEAR_PAGE = 45  # days that a dateline without a year may lie before a page's date
FULL = re.compile(r"\d{4}-\d\d-\d\d")
IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?!\d)|(?=(?:[01]\d|2[0-3])[0-5]\d))"  # the time of day may follow
    r"|(?<!\d)(?P<day2>0[1-9]|[12]\d|3[01])(?P<month2>0[1-9]|1[0-2])(?P<year2>(?:19|20)\d\d)(?!\d)"
)


class Dateline(msgspec.Struct, frozen=True):
    """The words before a report's first sentence: where, when, and by which agency it was written."""

    start: int
    end: int
    timex: Timex | None = None
    agency: str | None = None
    form: str = ""


class Imprint(msgspec.Struct, frozen=True):
    """What a text says of its own publication.

    furniture  all stretches that are not the report, its dateline among them
    published  candidates for its day, strongest first
    publisher  as its copyright line, masthead or dateline names it
    written    the dateline's day as printed, also where nothing gives its year
    """

    furniture: tuple[Furniture, ...] = ()
    published: tuple[DateCandidate, ...] = ()
    publisher: str | None = None
    written: Timex | None = None


def imprint(
    text: str,
    lexicon: Lexicon,
    document: str = "",
    *,
    given: DateRange | None = None,
    stated: Sequence[DateRange] = (),
    url: str | None = None,
) -> Imprint:
    """Everything a text, its metadata and its address say of its publication.

    document  the id that quotes carry
    given     the day that the user binds it to
    stated    days from metadata, strongest first
    """
    page = page_reader(lexicon).page(text)
    line = dateline(text, lexicon, page)
    pieces = [*page.furniture, *([Furniture(kind="dateline", start=line.start, end=line.end)] if line else [])]
    return Imprint(
        furniture=tuple(sorted(pieces, key=lambda piece: piece.start)),
        published=tuple(_candidates(text, lexicon, document, page, line, given, stated, url)),
        publisher=_publisher(text, lexicon, page, line),
        written=line.timex if line else None,
    )


def furniture(text: str, lexicon: Lexicon) -> tuple[Furniture, ...]:
    """The stretches of a text that are not the report, ascending."""
    return imprint(text, lexicon).furniture


def publication_candidates(
    text: str,
    lexicon: Lexicon,
    document: str = "",
    *,
    given: DateRange | None = None,
    stated: Sequence[DateRange] = (),
    url: str | None = None,
) -> tuple[DateCandidate, ...]:
    """The days on which a text may have been published, strongest first; arguments as for `imprint`."""
    return imprint(text, lexicon, document, given=given, stated=stated, url=url).published


def dateline(text: str, lexicon: Lexicon, page: Page | None = None) -> Dateline | None:
    """The dateline of the report, behind the furniture above it."""
    page = page or page_reader(lexicon).page(text)
    stretches = {piece.start: piece.end for piece in page.furniture}
    for number, found in enumerate(LINE.finditer(text)):
        if number >= LINES:
            return None
        start, end = stretches.get(found.start(), found.start()), found.end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end and (line := _dateline_at(text, start, end, lexicon)):
            return line
    return None


def _dateline_at(text: str, start: int, end: int, lexicon: Lexicon) -> Dateline | None:
    head = text[start : min(end, start + REACH)]
    if not MARKS.search(head):
        return None
    days = [t for t in time_tagger(lexicon).tag(text, start, start + len(head)) if DAY_NAMED.match(t.value)]
    timex = days[0] if days else None
    if timex:
        at, until = timex.start - start, timex.end - start
        head = head[:at] + DAY * (until - at) + head[until:]
    for form, pattern in FORMS.items():
        found = pattern.match(head)
        if found and _is_dateline(found, end - start - found.end(), lexicon):
            inside = timex if timex and timex.end <= start + found.end() else None
            return Dateline(start, start + len(found[0].rstrip()), inside, _agency(found), form)
    return None


def _is_dateline(found: re.Match[str], rest: int, lexicon: Lexicon) -> bool:
    """A date, an agency that is known or before a dash, or a place in capitals before a paragraph; no mere label."""
    groups = found.groupdict()
    if groups.get("capitals"):
        return rest > SENTENCE and groups["capitals"].strip(" .") not in _no_places(lexicon)
    if DAY in found[0]:
        return True
    if not rest:
        return False
    agency = _agency(found) or ""
    is_before_dash = bool(re.search(r"[-–—]\s*$", found[0]))
    return publishers(lexicon).is_wire(agency) or (is_before_dash and found[0][:1] != "(")


@lru_cache(maxsize=8)
def _no_places(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.section("furniture", PageWords).datelines["no_place"])


def _agency(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    agency = (groups.get("bracketed") or groups.get("slashed") or "").strip(" -–—,")
    return agency or None


def _publisher(text: str, lexicon: Lexicon, page: Page, line: Dateline | None) -> str | None:
    known = publishers(lexicon)
    holders = (known.copyright_holder(text[p.start : p.end]) for p in page.furniture if p.kind == "copyright")
    holder = next((holder for holder in holders if holder), None)
    return holder or page.masthead or (line.agency if line else None)


def _candidates(
    text: str,
    lexicon: Lexicon,
    document: str,
    page: Page,
    line: Dateline | None,
    given: DateRange | None,
    stated: Sequence[DateRange],
    url: str | None,
) -> Iterator[DateCandidate]:
    """In the order of their strength; a day that was named by something stronger is not named again."""
    found = [DateCandidate(on=given, basis=Basis.GIVEN)] if given else []
    found += [DateCandidate(on=days, basis=Basis.METADATA) for days in (*stated, *address_days(url))]
    found += _stamped(document, page, labelled=True)
    others = [*_stamped(document, page, labelled=False), *_years(text, lexicon, document, page)]
    others += _pictured(text, lexicon, document, page)
    if line and line.timex:
        found += _of_dateline(document, line.timex, [*found, *others])
    seen: set[DateRange] = set()
    for candidate in (*found, *others):
        if candidate.on not in seen:
            seen.add(candidate.on)
            yield candidate


def _stamped(document: str, page: Page, *, labelled: bool) -> list[DateCandidate]:
    basis = Basis.DATELINE if labelled else Basis.PAGE
    stamps = [stamp.timex for stamp in page.stamps if stamp.labelled is labelled and "X" not in stamp.timex.value]
    return [
        DateCandidate(on=days, basis=basis, quote=_quote(document, timex))
        for timex in stamps
        for days in possible(timex, date.min)
    ]


def _of_dateline(document: str, timex: Timex, others: Sequence[DateCandidate]) -> list[DateCandidate]:
    """The dateline's day; where it has no year, the one that lies next to another candidate, not after it."""
    if "X" not in timex.value:
        days = possible(timex, date.min)[:1]
    else:
        last = [other.on.latest for other in others if other.on.is_day]
        near = (possible(timex, day, None, "past") for day in last)
        days = next((found[:1] for found, day in zip(near, last, strict=True) if _is_near(found, day)), ())
        days = days or _in_year(timex, [other.on for other in others if not other.on.is_day])
    return [DateCandidate(on=on, basis=Basis.DATELINE, quote=_quote(document, timex)) for on in days]


def _is_near(found: Sequence[DateRange], day: date) -> bool:
    return bool(found) and abs((day - found[0].earliest).days) <= NEAR_PAGE


def _in_year(timex: Timex, years: Sequence[DateRange]) -> tuple[DateRange, ...]:
    """The day in the one year that a copyright line or the metadata names."""
    return tuple(
        found for year in years[:1] for found in possible(timex, year.latest, None, "past")[:1] if found & year
    )


def _years(text: str, lexicon: Lexicon, document: str, page: Page) -> Iterator[DateCandidate]:
    for piece in page.furniture:
        year = publishers(lexicon).copyright_year(text[piece.start : piece.end]) if piece.kind == "copyright" else None
        if year:
            start, end = piece.start + year[1], piece.start + year[2]
            quote = Quote(document, start, end, text[start:end])
            yield DateCandidate(on=DateRange.year(year[0]), basis=Basis.PAGE, quote=quote)


def _pictured(text: str, lexicon: Lexicon, document: str, page: Page) -> Iterator[DateCandidate]:
    """From the day on that a caption gives its picture: nothing is published before; pictures from an archive tell nothing."""
    for piece in page.furniture:
        if piece.kind != "caption" or _of_archive(lexicon).search(text, piece.start, piece.end):
            continue
        for timex in time_tagger(lexicon).tag(text, piece.start, piece.end):
            for day in possible(timex, date.min) if FULL.fullmatch(timex.value) else ():
                on = DateRange(day.earliest, date.max)
                yield DateCandidate(on=on, basis=Basis.CAPTION, quote=_quote(document, timex))


@lru_cache(maxsize=8)
def _of_archive(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.section("furniture", PageWords).captions.get("archive", ())
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)", re.IGNORECASE)


def address_days(url: str | None) -> list[DateRange]:
    """The day that a web address names: ".../2024/01/24/...", "...20241106...", "...30042021...".

    >>> address_days("https://generico.example/2024/01/24/the-vote")
    [DateRange(2024-01-24)]
    """
    found = IN_ADDRESS.search(url) if url else None
    if not found:
        return []
    year, month, day = (found[name] or found[f"{name}2"] for name in ("year", "month", "day"))
    try:
        return [DateRange.day(int(year), int(month), int(day))]
    except ValueError:
        return []


def _quote(document: str, timex: Timex) -> Quote:
    return Quote(document, timex.start, timex.end, timex.words)
