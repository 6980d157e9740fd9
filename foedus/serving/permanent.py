"""Permanent addresses of acts, provisions, claims, statements and quotes: they lead to wherever these stand today."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from foedus.register.entries import Act
from foedus.serving.library import Edition
from foedus.serving.report_page import SPAN
from foedus.serving.site_parts import Site, quote_address
from foedus.serving.treaty_page import statement_address

Find = Callable[[Edition, Request], str]
"""Where the thing stands.

raises   HTTPException 404 if there is none
"""


def routes(site: Site) -> list[BaseRoute]:
    """The addresses."""

    def leading(path: str, find: Find) -> Route:
        async def endpoint(request: Request) -> Response:
            address = await run_in_threadpool(find, site.library.edition, request)
            return RedirectResponse(address, status_code=302, headers={"cache-control": "no-cache"})

        return Route(path, endpoint, methods=["GET"])

    return [
        *(leading(f"/{kind}/{{id}}", entry) for kind in ("acts", "findings", "claims")),
        leading("/statements/{id}", statement),
        leading("/quotes/{document}/{span}", quote),
    ]


def entry(edition: Edition, request: Request) -> str:
    """An act, a provision or a claim in the dossier of its treaty."""
    id_ = request.path_params["id"]
    found = edition.ask(lambda knowledge: knowledge.entry(id_))
    if found is None:
        raise HTTPException(404, f'nothing here has the id "{id_}"; another report may have changed it')
    place = "act" if isinstance(found, Act) else "entry"
    return f"/treaties/{found.treaty}#{place}-{found.id}"


def statement(edition: Edition, request: Request) -> str:
    """A statement in its report."""
    id_ = request.path_params["id"]
    found = edition.ask(lambda knowledge: knowledge.statement(id_))
    if found is None:
        raise HTTPException(404, f'no statement has the id "{id_}"')
    return statement_address(found)


def quote(edition: Edition, request: Request) -> str:
    """Words of a report, marked there."""
    document, span = edition.document(request.path_params["document"]), SPAN.fullmatch(request.path_params["span"])
    start, end = (int(span[1]), int(span[2])) if span else (0, 0)
    if document is None or not start < end <= len(document.text):
        raise HTTPException(404, "there is no such place; quotes are named /quotes/DOCUMENT/START-END")
    return quote_address(document.quote(start, end))
