"""Who may come in: sessions and tokens, rate limits, and where a request that changes something may come from.

On loopback everybody reads. A public site asks for an account first (`foedus user add`); editing always does.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from foedus.serving.accounts import Session
from foedus.serving.problems import is_api
from foedus.serving.site_parts import Site

Refuse = Callable[..., Response]
"""Makes the answer to what cannot be answered: of a request, a status, what it says, and further headers."""

COOKIE = "foedus_session"
SIGN_IN = "/editor/sign-in"
OPEN = (SIGN_IN, "/static/")
"""What a public site shows to everybody."""
FEEDS = "/feeds/"
SAFE = ("GET", "HEAD", "OPTIONS")


class Gate:
    """ASGI middleware: lets a request through, or answers it by what is missing.

    Whoever is signed in stands in `request.state.session`, else None.
    """

    def __init__(self, app: ASGIApp, site: Site, refuse: Refuse) -> None:
        self.app, self.site, self.refuse = app, site, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.session = await self._session(request)
        refusal = self._refusal(request)
        await (refusal or self.app)(scope, receive, send)

    async def _session(self, request: Request) -> Session | None:
        secret = request.cookies.get(COOKIE, "")
        return await run_in_threadpool(self.site.sessions.of, secret) if secret else None

    def _refusal(self, request: Request) -> Response | None:
        return self._limited(request) or self._foreign(request) or self._closed(request)

    def _limited(self, request: Request) -> Response | None:
        """The answer to whoever asks too often."""
        kind = _limited_as(request)
        wait = self.site.limits.wait(kind, request.client.host if request.client else "") if kind else 0
        if not wait:
            return None
        return self.refuse(request, 429, f"ask again in {wait} seconds", {"retry-after": str(wait)})

    def _foreign(self, request: Request) -> Response | None:
        """The answer to a form that another site sends (Fetch Metadata, and Origin where a browser has only that)."""
        if request.method in SAFE or is_api(request):
            return None
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
        is_own = origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
        return (
            None
            if is_own and site in ("same-origin", "none")
            else self.refuse(request, 403, "this form is not of this site")
        )

    def _closed(self, request: Request) -> Response | None:
        """The answer of a public site to whoever is not signed in."""
        path = request.url.path
        if not self.site.settings.is_public or request.state.session or path.startswith(OPEN):
            return None
        if _token(request) and self.site.sessions.account(_token(request)):
            return None
        if is_api(request) or path.startswith(FEEDS):
            return self.refuse(request, 401, "", {"www-authenticate": "Bearer"})
        return to_sign_in(request)


def to_sign_in(request: Request) -> Response:
    """Leads to where one signs in, and back from there."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = back if request.method in SAFE else "/editor"
    return RedirectResponse(f"{SIGN_IN}?next={quote(wanted, safe='')}", 303, {"cache-control": "no-store"})


def _limited_as(request: Request) -> str | None:
    path = request.url.path
    if _token(request) and path.startswith("/api/"):
        return "ask"
    if request.method in SAFE:
        return None
    if path == SIGN_IN:
        return "sign-in"
    return "ask" if path.startswith("/api/") else "write"


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
