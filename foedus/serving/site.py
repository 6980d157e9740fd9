"""The web site over a journal (`foedus serve`): its parts, and what becomes of errors.

Every part is a module with `routes(site)`. Pages are made on the server and work without scripts; scripts and styles are the
package's own files, by the hash of their content.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foedus.errors import FoedusError, JournalError, NoSuchTreaty
from foedus.serving import (
    comparison_page,
    editor_pages,
    feed_pages,
    home_page,
    manual_page,
    obligation_page,
    permanent,
    report_page,
    rest,
    sign_in,
    source_page,
    state_page,
    treaty_page,
)
from foedus.serving.gate import Gate
from foedus.serving.library import Library, NotReady
from foedus.serving.problems import is_api, problem
from foedus.serving.site_files import static_file
from foedus.serving.site_guards import Guards
from foedus.serving.site_parts import Settings, Site, error_page

PARTS = (
    home_page,
    treaty_page,
    state_page,
    report_page,
    source_page,
    comparison_page,
    obligation_page,
    rest,
    manual_page,
    feed_pages,
    permanent,
    sign_in,
    editor_pages,
)


def make_app(settings: Settings, library: Library | None = None) -> Starlette:
    """The site as an ASGI application.

    library   an open one, already refreshed, which stays the caller's; None: opened here, watched, and closed at the end
    raises    JournalError if there is no journal
    """
    held = library or Library.open(settings.journal)
    site = Site(settings, held)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if library is None:
            held.start()
        yield
        if library is None:
            await run_in_threadpool(held.close)

    app = Starlette(
        routes=routes_of(site),
        middleware=[
            Middleware(Guards, hosts=settings.answers_to),
            Middleware(Gate, site=site, refuse=partial(refusal, site)),
        ],
        exception_handlers={
            HTTPException: _http_error(site),
            NotReady: _not_ready(site),
            FoedusError: _misuse(site),
            Exception: _failure(site),
        },
        lifespan=lifespan,
    )
    app.state.site = site
    return app


def routes_of(site: Site) -> list[BaseRoute]:
    """The addresses of all parts."""
    return [
        Route("/static/{digest}/{name}", _static, methods=["GET"]),
        *(r for part in PARTS for r in part.routes(site)),
    ]


def serve(settings: Settings, told: Callable[[], None] = lambda: None) -> None:
    """Serves the site until it is interrupted.

    told     is called once it listens
    raises   FoedusError if it may not, or cannot, listen there; JournalError if there is no journal
    """
    import uvicorn

    app = make_app(settings)
    site: Site = app.state.site
    if settings.is_public and all(account.revoked for account in site.library.journal.accounts()):
        raise FoedusError(
            "beyond loopback the site demands accounts, and there are none yet; make one with: foedus user add NAME"
        )
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    with _listening(settings) as listener:
        told()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        said = error.strerror or str(error)
        raise FoedusError(
            f"{settings.host}:{settings.port}: cannot listen there ({said}); give another --port"
        ) from error
    # Connections inherit it; otherwise the body of a short answer waits for the acknowledgement of its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def _static(request: Request) -> Response:
    kept = static_file(request.path_params["name"], request.path_params["digest"])
    if kept is None:
        raise HTTPException(404)
    return kept.response(request, cache="public, max-age=31536000, immutable")


Handler = Callable[[Request, Exception], Response]


def _http_error(site: Site) -> Handler:
    def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        is_bare = error.detail == HTTPStatus(error.status_code).phrase
        return refusal(site, request, error.status_code, "" if is_bare else error.detail, error.headers)

    return handle


def _not_ready(site: Site) -> Handler:
    return lambda request, error: refusal(site, request, 503, str(error), {"retry-after": "2"})


def _misuse(site: Site) -> Handler:
    def handle(request: Request, error: Exception) -> Response:
        is_lost = isinstance(error, (NoSuchTreaty, JournalError))
        status = 404 if is_lost else 422 if is_api(request) else 400
        return refusal(site, request, status, str(error))

    return handle


def _failure(site: Site) -> Handler:
    return lambda request, error: refusal(site, request, 500)


def refusal(
    site: Site, request: Request, status: int, says: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to what cannot be answered: a page for people, problem details for programs."""
    if is_api(request):
        return problem(request, status, says, headers)
    return error_page(site, request, status, says, headers)
