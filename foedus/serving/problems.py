"""Errors of the API as problem details (RFC 9457): what is wrong, and what would have worked."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
API = "/api/"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem; its `type` is "about:blank": the status says what kind it is (RFC 9457, 4.2.1)."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    instance: str = ""


DETAILS = {
    401: "Sign in, or send the header Authorization: Bearer TOKEN; `foedus user add NAME` makes a token.",
    404: "Nothing is at this address; /api/v1/openapi.json lists what is.",
    405: "The address takes other methods; the header Allow lists them.",
    500: "The fault is the site's, not yours; what happened is in the log of the server.",
}


def is_api(request: Request) -> bool:
    """Whether a program asks."""
    return request.url.path.startswith(API)


def problem(request: Request, status: int, says: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that cannot be answered."""
    title = HTTPStatus(status).phrase
    body = Problem(title=title, status=status, detail=says or DETAILS.get(status, title), instance=request.url.path)
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"cache-control": "no-store", **(headers or {})},
    )
