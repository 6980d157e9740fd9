"""Which days the joint chronology tries for a document: those about its own dates, else about every date that the story names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus.documents.document import Basis, Document
from foedus.register.word_costs import NEWS
from foedus.terms.dates import Anchor, DateRange, Timex, plus_days

STATED_BACK, STATED_ON = 62, 3
"""A stated date is tried this many days back (a page may be fetched weeks later) and on (midnight and time zones)."""
AROUND_BACK, AROUND_ON = 45, 62
"""Without one, days about every date that the story names are tried."""
MONTH = 31
LONG = 400
"""A span of so many days dates nothing."""


def windows(documents: Sequence[Document], named: Iterable[Timex]) -> dict[str, list[int]]:
    """Document id -> the days that are tried for it, as ordinals, ascending.

    named   the time expressions of the story
    """
    anchors = _anchors(documents, set(named))
    about = sorted({day for anchor in anchors for day in _around(anchor, AROUND_BACK, AROUND_ON)})
    return {d.id: _window(d, about) for d in documents}


def is_bounded(document: Document) -> bool:
    """Whether some date of its own is no earlier than the document can be."""
    return any(len(c.on) < LONG for c in document.published)


def _window(document: Document, about: list[int]) -> list[int]:
    given = next((c.on for c in document.published if c.basis is Basis.GIVEN), None)
    if given is not None:
        return [d.toordinal() for d in given.days()][:LONG]
    own = [c.on for c in document.published if len(c.on) < LONG]
    if document.stated is not None and len(document.stated.on) <= NEWS:
        return sorted({day for anchor in own for day in _around(anchor, STATED_BACK, STATED_ON)})
    return sorted({day for anchor in own for day in _around(anchor, AROUND_BACK, AROUND_ON)}.union(about))


def _around(anchor: DateRange, back: int, on: int) -> range:
    return range(plus_days(anchor.earliest, -back).toordinal(), plus_days(anchor.latest, on).toordinal() + 1)


def _anchors(documents: Sequence[Document], named: set[Timex]) -> list[DateRange]:
    """Every absolute day or month of the story; month-days without a year, in the years of those. Bare years only where it has nothing else."""
    own = {c.on for d in documents for c in d.published if len(c.on) < LONG}
    own |= {DateRange.of(c.on.earliest) for d in documents for c in d.published if c.basis is Basis.CAPTION}
    fixed = {
        r for t in named if t.anchor is Anchor.NONE for r in [_absolute(t.value)] if r is not None and len(r) < LONG
    }
    close = {r for r in own | fixed if len(r) <= MONTH} or own | fixed
    years = {r.earliest.year for r in close}
    open_ = {
        r for t in named if t.value.startswith("XXXX-") for y in years for r in [_absolute(f"{y}{t.value[4:]}")] if r
    }
    return sorted(close | open_)


def _absolute(value: str) -> DateRange | None:
    try:
        return DateRange.parse(value)
    except ValueError:
        return None
