"""Signing in with a token, and out; and the forms of those who are signed in, each with the secret of its session (CSRF)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from foedus.serving.accounts import LASTS, Session
from foedus.serving.gate import COOKIE, SIGN_IN, to_sign_in
from foedus.serving.rest_operations import octets_of
from foedus.serving.site_parts import Site

FORM_COOKIE = "foedus_form"
"""Before anybody is signed in: what the form must repeat, so that no other site signs somebody in."""
LONGEST_FORM = 200_000
MOST_FIELDS = 2_000
FRESH = {"cache-control": "no-store"}


class Form(msgspec.Struct, frozen=True):
    """What a form sends: fields by name, each in the order of the page."""

    fields: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        return self.fields.get(name, [""])[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in self.fields.get(name, []) if value)


def routes(site: Site) -> list[BaseRoute]:
    """Signing in and out."""

    async def shown(request: Request) -> Response:
        return _form_page(site, request, request.query_params.get("next", ""))

    async def sent(request: Request) -> Response:
        form = await form_in(request)
        if not _is_own(request.cookies.get(FORM_COOKIE, ""), form.one("csrf")):
            raise HTTPException(403, "the form is too old; open it again and sign in")
        begun = await run_in_threadpool(site.sessions.begin, form.one("token"))
        journal = site.library.journal
        if begun is None:
            who = request.client.host if request.client else "unknown"
            await run_in_threadpool(journal.note_deed, who, "refused", "sign-in")
            return _form_page(
                site, request, form.one("next"), "This token does not count. It may have been revoked.", 403
            )
        secret, session = begun
        await run_in_threadpool(journal.note_deed, session.name, "sign-in", "")
        answer = RedirectResponse(_within(form.one("next")), 303, FRESH)
        _set(answer, request, COOKIE, secret, int(LASTS))
        answer.delete_cookie(FORM_COOKIE, path=SIGN_IN)
        return answer

    async def sign_out(request: Request) -> Response:
        session = signed_in(request)
        check_csrf(session, await form_in(request))
        site.sessions.end(request.cookies.get(COOKIE, ""))
        await run_in_threadpool(site.library.journal.note_deed, session.name, "sign-out", "")
        answer = RedirectResponse("/", 303, FRESH)
        answer.delete_cookie(COOKIE)
        return answer

    return [
        Route(SIGN_IN, shown, methods=["GET"]),
        Route(SIGN_IN, sent, methods=["POST"]),
        Route("/editor/sign-out", sign_out, methods=["POST"]),
    ]


async def form_in(request: Request) -> Form:
    """The form in the body of a request.

    raises   HTTPException: 415 if it is no form, 413 if it is too long
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "this address takes the form of its page")
    body = await octets_of(request, LONGEST_FORM)
    try:
        return Form(parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(413, f"the form cannot be read: {error}") from error


def signed_in(request: Request) -> Session:
    """Who asks.

    raises   HTTPException 401 if nobody is signed in
    """
    session: Session | None = request.state.session
    if session is None:
        raise HTTPException(401, "")
    return session


def editor_in(request: Request) -> Session:
    """The editor who asks.

    raises   HTTPException: 401 if nobody is signed in, 403 if the account may only read
    """
    session = signed_in(request)
    if not session.may_edit:
        raise HTTPException(403, "this account may read, and not edit")
    return session


def check_csrf(session: Session, form: Form) -> None:
    """raises   HTTPException 403 if the form was not made for this session"""
    if not _is_own(session.csrf, form.one("csrf")):
        raise HTTPException(403, "the form is not of this session; open the page again")


def asks_to_sign_in(request: Request) -> Response | None:
    """Where to sign in, for who is not."""
    return None if request.state.session else to_sign_in(request)


def _form_page(site: Site, request: Request, back: str, fault: str = "", status: int = 200) -> Response:
    token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    text = site.render("sign_in.html.j2", request, csrf=token, back=_within(back), fault=fault)
    answer = Response(text, status, FRESH, "text/html")
    _set(answer, request, FORM_COOKIE, token, 3600, path=SIGN_IN)
    return answer


def _set(answer: Response, request: Request, name: str, value: str, lasts: int, path: str = "/") -> None:
    is_secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=lasts, path=path, httponly=True, samesite="strict", secure=is_secure)


def _is_own(known: str, sent: str) -> bool:
    return bool(known) and secrets.compare_digest(known.encode(), sent.encode())


def _within(back: str) -> str:
    """An address of this site, so that nobody is led elsewhere.

    >>> _within("/treaties/a?on=2024-01-01"), _within("//evil.example"), _within("https://evil.example"), _within("/\\\\evil")
    ('/treaties/a?on=2024-01-01', '/editor', '/editor', '/editor')
    """
    is_own = back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable()
    return back if is_own else "/editor"
