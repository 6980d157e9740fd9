"""The documentation at /docs: its contents with a search of titles, and each page. It needs no journal to be read."""

from __future__ import annotations

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from foedus.serving.kept_pages import kept_page
from foedus.serving.manual import SECTIONS, SHOWN, ManualPage, found_in_titles, manual, page_named
from foedus.serving.site_parts import Site

MOST = 60
"""Titles that a search lists."""


def routes(site: Site) -> list[BaseRoute]:
    """The contents, and each page."""

    def contents(request: Request) -> str:
        words = request.query_params.get("q", "").strip()[:100]
        found = list(found_in_titles(words))[:MOST] if words else []
        return site.render("docs.html.j2", request, sections=_sections(), page=None, words=words, found=found)

    def page(request: Request) -> str:
        shown = page_named(request.path_params["page"])
        if shown is None:
            raise HTTPException(404, "the documentation has no such page; /docs lists those that there are")
        pages = manual()
        place = pages.index(shown)
        return site.render(
            "docs_page.html.j2",
            request,
            sections=_sections(),
            page=shown,
            text=Markup(shown.html),  # rendered without raw HTML in manual.py
            headings=[heading for heading in shown.headings if heading.level <= SHOWN],
            before=pages[place - 1] if place else None,
            after=pages[place + 1] if place + 1 < len(pages) else None,
            words="",
        )

    async def answer(request: Request) -> Response:
        if section := _section_of(request.path_params.get("page", "").strip("/")):
            return RedirectResponse(section, status_code=302)
        key = ("manual", request.url.path, request.query_params.get("q", ""))
        kept = site.store.get(key)
        if kept is None:
            view = page if "page" in request.path_params else contents
            kept = site.store.put(key, kept_page(await run_in_threadpool(view, request)))
        return kept.response(request)

    return [
        Route("/docs", answer, methods=["GET"], name="docs"),
        Route("/docs/{page:path}", answer, methods=["GET"], name="docs-page"),
    ]


def _section_of(folder: str) -> str | None:
    """Where the pages of a folder are listed: an address that somebody shortened leads there."""
    for number, (_, names) in enumerate(SECTIONS, start=1):
        if any(name.startswith(f"{folder}/") for name in names):
            return f"/docs#section-{number}"
    return None


def _sections() -> list[tuple[str, list[ManualPage]]]:
    return [(heading, [page for page in manual() if page.section == heading]) for heading, _ in SECTIONS]
