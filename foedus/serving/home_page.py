"""The front door: what is in motion, what changed, where reports disagree, what falls due; search; the list of treaties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from foedus.errors import JournalError
from foedus.journal.finding import Found
from foedus.serving.catalogue import CatalogueEntry, Disagreement, News
from foedus.serving.library import TODAY, Asked, Edition
from foedus.serving.site_parts import Site, asked_in, day_in, page_in
from foedus.status.deadlines import Deadline
from foedus.terms.evidence import Quote

FEW, FOUND, MANY = 6, 20, 48
"""Entries of a list on the front page; of a page of what a search finds; of a page of the list of treaties."""
RECENTLY = timedelta(days=30)


def routes(site: Site) -> list[BaseRoute]:
    """The front page, the list of treaties, and search."""

    def home(edition: Edition, request: Request) -> str:
        chosen, entries = day_in(request, "since"), edition.catalogue()
        since = chosen or edition.today - RECENTLY
        return site.render(
            "home.html.j2",
            request,
            edition=edition,
            documents=site.library.journal.many_listed(),
            moving=[entry for entry in entries if entry.in_motion][:FEW],
            settled=[entry for entry in entries if not entry.in_motion][:FEW],
            treaties=len(edition.treaties),
            catalogued=len(entries),
            since=since,
            chosen=chosen is not None,
            news=news_since(since, entries)[: 2 * FEW],
            arrived=site.library.journal.many_listed(since=since),
            contradictions=list(islice(disagreements(entries), FEW)),
            due=deadlines(entries, edition.today)[:FEW],
        )

    def treaties(edition: Edition, request: Request) -> str:
        asked, words = asked_in(request, edition), request.query_params.get("q", "").strip()
        found = found_treaties(edition, words, asked)
        page, pages = page_in(request, len(found), MANY)
        shown = [edition.entry(id_, asked) for id_ in found[(page - 1) * MANY : page * MANY]]
        return site.render(
            "treaties.html.j2",
            request,
            edition=edition,
            asked=asked,
            words=words,
            found=len(found),
            entries=[entry for entry in shown if entry],
            page=page,
            pages=pages,
        )

    def search(edition: Edition, request: Request) -> str:
        words = request.query_params.get("q", "").strip()
        found = many_found(site, words)
        page, pages = page_in(request, found or 0, FOUND)
        named = found_treaties(edition, words, TODAY)[:FEW] if words and page == 1 else []
        return site.render(
            "search.html.j2",
            request,
            edition=edition,
            search=words,
            found=found,
            page=page,
            pages=pages,
            first=1 + FOUND * (page - 1),
            reports=found_words(site, edition, words, FOUND, FOUND * (page - 1)) if found else (),
            treaties=[entry for id_ in named if (entry := edition.entry(id_))],
        )

    def mark(edition: Edition) -> str:
        return str(edition.mark)

    return [
        site.page("/", home, "home", mark),
        site.page("/treaties", treaties, "treaties", mark),
        site.page("/search", search, "search"),
    ]


def many_found(site: Site, words: str) -> int | None:
    """How many reports and entries hold all the words; None where there is no word with a letter in it."""
    try:
        return site.library.journal.many_found(words) if words else 0
    except JournalError:
        return None


def found_words(site: Site, edition: Edition, words: str, limit: int, offset: int) -> list[Found]:
    """A part of what the journal finds, best first.

    Where only quotes may be shown, the excerpt is a sentence that a statement quotes, or has no words.

    raises   JournalError if there is no word to search for
    """
    found = site.library.journal.search(words, limit=limit, offset=offset)
    return list(found) if site.settings.shows_full_text else [_abridged(one, edition) for one in found]


def _abridged(found: Found, edition: Edition) -> Found:
    document = found.excerpt.document
    said = (s.quote for s in edition.statements_of(document) if s.id in found.statements)
    return msgspec.structs.replace(found, excerpt=next(said, Quote(document, 0, 0, "")))


def found_treaties(edition: Edition, words: str, asked: Asked) -> Sequence[str]:
    """Ids of the treaties whose id or names hold all the words, or one of whose parties does; in motion first, as of today."""
    called, fitting = edition.called, list(edition.called)
    for word in words.lower().split():
        fitting = [id_ for id_ in fitting if word in called[id_]]
    if asked != TODAY or not edition.is_catalogued:
        return fitting
    rank = {entry.treaty.id: number for number, entry in enumerate(edition.catalogue())}
    return sorted((id_ for id_ in fitting if id_ in rank), key=rank.__getitem__)


def news_since(since: date, entries: Iterable[CatalogueEntry]) -> list[News]:
    """Acts reported as done for the first time after a day, the newest first."""
    found = [news for entry in entries for news in entry.news if news.reported > since]
    return sorted(found, key=lambda n: (-n.reported.toordinal(), n.treaty, n.act))


def disagreements(entries: Iterable[CatalogueEntry]) -> Iterator[Disagreement]:
    """Where reports disagree, treaties in motion first; one of each treaty, then the second of each, and so on."""
    listed = [entry.disagreements for entry in entries if entry.disagreements]
    for turn in range(max(map(len, listed), default=0)):
        yield from (of[turn] for of in listed if turn < len(of))


def deadlines(entries: Iterable[CatalogueEntry], today: date) -> list[Deadline]:
    """What falls due after today under any treaty, the nearest first."""
    due = [one for entry in entries for one in entry.deadlines if one.on > today]
    return sorted(due, key=lambda one: (one.on, one.treaty, one.kind))
