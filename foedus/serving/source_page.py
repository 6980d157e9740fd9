"""The publishers of the journal: how many documents, how often first, how often contradicted, as counts with their cases.

In the order of the alphabet and never ranked. Counts for today are made of the catalogue, documents are counted by the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from foedus.serving.library import Edition
from foedus.serving.publisher_cases import Case, CaseKind
from foedus.serving.site_parts import Site, page_in

MANY = 60
"""Publishers, or cases, on a page."""
MARKED = {CaseKind.FIRST: "alone", CaseKind.CONTRADICTED: "aside"}


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports of one publisher show, in all treaties that are catalogued.

    acts          how many acts they tell as done
    first         of how many a report of theirs is the earliest, or one of the earliest; `alone` of these no other tells
    contradicted  in how many matters another report tells otherwise; `aside` in how many of these the register follows the other
    """

    acts: int = 0
    first: int = 0
    alone: int = 0
    contradicted: int = 0
    aside: int = 0


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A case with the treaty that it is about."""

    case: Case
    treaty: str
    title: str


def routes(site: Site) -> list[BaseRoute]:
    """The list of publishers, and the cases of each."""

    def sources(edition: Edition, request: Request) -> str:
        words, journal = request.query_params.get("q", "").strip(), site.library.journal
        found = edition.once(("many publishers", words), lambda: journal.many_publishers(words.split()))
        page, pages = page_in(request, found, MANY)
        listed = edition.once(
            ("publishers listed", words, page),
            lambda: journal.publishers(words.split(), limit=MANY, offset=(page - 1) * MANY),
        )
        counts = counted(edition)
        return site.render(
            "sources.html.j2",
            request,
            edition=edition,
            words=words,
            publishers=[(one, counts.get(one.name, Counts())) for one in listed],
            found=found,
            catalogued=len(edition.catalogue()),
            page=page,
            pages=pages,
        )

    def cases(edition: Edition, request: Request) -> str:
        publisher = request.query_params.get("publisher", "").strip() or None
        kind = _kind(request.query_params.get("of", CaseKind.FIRST))
        counts = counted(edition).get(publisher)
        if counts is None and not _is_publisher(site, publisher):
            raise HTTPException(
                404, f"no report of this journal is published by “{publisher or 'an unnamed publisher'}”"
            )
        told = cases_told(edition, publisher, kind)
        page, pages = page_in(request, len(told), MANY)
        return site.render(
            "source_cases.html.j2",
            request,
            edition=edition,
            publisher=publisher,
            counts=counts or Counts(),
            kind=kind,
            told=told[(page - 1) * MANY : page * MANY],
            page=page,
            pages=pages,
        )

    def mark(edition: Edition) -> str:
        return str(edition.mark)

    return [
        site.page("/sources", sources, "sources", mark),
        site.page("/sources/cases", cases, "source-cases", mark),
    ]


def counted(edition: Edition) -> Mapping[str | None, Counts]:
    """What is counted of each publisher, as far as treaties are catalogued; made once for as many."""
    entries = edition.catalogue()

    def make() -> Mapping[str | None, Counts]:
        tallies: dict[str | None, Counter[str]] = {}
        for entry in entries:
            for telling in entry.tellings:
                tallies.setdefault(telling.publisher, Counter())["acts"] += telling.acts
            for case in entry.cases:
                tally = tallies.setdefault(case.publisher, Counter())
                tally[case.kind] += 1
                tally[MARKED[case.kind]] += case.is_marked
        return {publisher: Counts(**tally) for publisher, tally in tallies.items()}

    return edition.once(("publishers", len(entries)), make)


def cases_told(edition: Edition, publisher: str | None, kind: CaseKind) -> list[Told]:
    """The cases of one publisher, the newest report first."""
    found = [
        Told(case=case, treaty=entry.treaty.id, title=entry.title)
        for entry in edition.catalogue()
        for case in entry.cases
        if case.publisher == publisher and case.kind is kind
    ]
    return sorted(found, key=lambda t: (-(t.case.on.toordinal() if t.case.on else 0), t.treaty, t.case.about))


def _kind(words: str) -> CaseKind:
    try:
        return CaseKind(words)
    except ValueError:
        raise HTTPException(400, f'"{words}" is counted of no publisher; there is {", ".join(CaseKind)}') from None


def _is_publisher(site: Site, name: str | None) -> bool:
    return name is not None and any(one.name == name for one in site.library.journal.publishers([name], limit=MANY))
