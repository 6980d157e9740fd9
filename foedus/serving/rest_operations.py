"""An operation of the API: its address, what it takes, what it gives back; how it is answered, paged, kept and refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foedus.serving.kept_pages import kept_page
from foedus.serving.library import Asked, Edition
from foedus.serving.rest_shapes import Page, ScenarioBody
from foedus.serving.site_parts import Site

T = TypeVar("T")

ROOT = "/api/v1"
JSON = "application/json"
LONGEST_BODY = 65_536
"""Octets of the largest body that is read."""
REPEATED = (2, 6)
"""How often a parameter that may be repeated is given at least and at most."""


class Param(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of an operation.

    type      what its text is converted to (and what its schema is made of)
    default   what counts where it is missing; None: nothing
    repeated  given `REPEATED` times, by the same name
    """

    name: str
    says: str
    type: Any = str
    where: str = "query"
    required: bool = False
    default: Any = None
    repeated: bool = False

    def value(self, texts: Sequence[str]) -> Any:
        """What the texts in the address mean.

        raises   HTTPException 422 if they do not fit
        """
        if not texts and not self.required:
            return self.default
        least, most = REPEATED if self.repeated else (1, 1)
        if not least <= len(texts) <= most:
            times = f"{least} to {most} times" if self.repeated else "once"
            raise HTTPException(422, f'the parameter "{self.name}" is given {times}; here {len(texts)} times')
        try:
            values = [msgspec.convert(text, self.type, strict=False) for text in texts]
        except msgspec.ValidationError as error:
            raise HTTPException(422, f'the parameter "{self.name}" does not fit: {error}') from error
        return tuple(values) if self.repeated else values[0]


OFFSET = Param(name="offset", says="How many to leave out.", type=Annotated[int, Meta(ge=0, le=1_000_000)], default=0)
LIMIT = Param(name="limit", says="How many at most.", type=Annotated[int, Meta(ge=1, le=200)], default=50)
PAGED = (OFFSET, LIMIT)
ON = Param(name="on", says="The day asked about; today by default.", type=date)
KNOWN = Param(name="known", says="Only documents published by this day count; today by default.", type=date)
DAYS = (ON, KNOWN)
WORDS = Param(name="q", says="Words that all must occur.", type=Annotated[str, Meta(max_length=200)], default="")


def in_path(name: str, says: str) -> Param:
    """A part of the address."""
    return Param(name=name, says=says, type=Annotated[str, Meta(min_length=1)], where="path", required=True)


class Call:
    """One request as the maker of its answer sees it."""

    def __init__(
        self, site: Site, edition: Edition, request: Request, values: dict[str, Any], body: Any = None
    ) -> None:
        self.site, self.edition, self.request, self.values, self.body = site, edition, request, values, body

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def asked(self) -> Asked:
        """The days asked about; today's are the same as none."""
        on, known, today = self.values.get("on"), self.values.get("known"), self.edition.today
        return Asked(None if on == today else on, None if known is None or known >= today else known)

    def page(self, found: Sequence[T]) -> Page[T]:
        """The part of a list that is asked for."""
        offset, limit = self["offset"], self["limit"]
        return self.paged(found[offset : offset + limit], len(found))

    def paged(self, items: Sequence[T], total: int) -> Page[T]:
        """The same, where only this part of it was made."""
        after = self["offset"] + self["limit"]
        follows = self.address(after) if after < total else None
        return Page(items=tuple(items), total=total, offset=self["offset"], limit=self["limit"], next=follows)

    def address(self, offset: int) -> str:
        """This address at another place of the list."""
        given = [(k, v) for k, v in self.request.query_params.multi_items() if k not in ("offset", "limit")]
        return f"{self.request.url.path}?{urlencode([*given, ('offset', offset), ('limit', self['limit'])])}"

    def links(self, page: Page[Any]) -> str:
        """The places around a page of a list (RFC 8288)."""
        last = max(0, (page.total - 1) // page.limit * page.limit)
        places = {"first": 0, "last": last}
        if page.offset:
            places["prev"] = max(0, min(page.offset - page.limit, last))
        if page.next:
            places["next"] = page.offset + page.limit
        return ", ".join(f'<{self.address(at)}>; rel="{rel}"' for rel, at in places.items())


Make = Callable[[Call], Any]


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation of the API.

    path      under /api/v1
    gives     the type of its answer
    takes     the type of its body, which makes it a POST
    make      runs in a thread; pure for a GET, which is kept an edition long
    """

    path: str
    name: str
    says: str
    gives: Any
    make: Make
    params: tuple[Param, ...] = ()
    takes: Any = None

    @property
    def method(self) -> str:
        return "POST" if self.takes else "GET"

    def values(self, request: Request) -> dict[str, Any]:
        """Every parameter, as the request gives it.

        raises   HTTPException 422 if one does not fit, or there is no such parameter
        """
        known = {param.name for param in self.params if param.where == "query"}
        for name in request.query_params:
            if name not in known:
                listed = ", ".join(sorted(known)) or "none"
                raise HTTPException(422, f'there is no parameter "{name[:40]}" here; there is {listed}')
        return {
            param.name: param.value(
                [request.path_params[param.name]] if param.where == "path" else request.query_params.getlist(param.name)
            )
            for param in self.params
        }

    def route(self, site: Site) -> Route:
        """Its route."""
        return Route(
            ROOT + self.path,
            _posted(self, site) if self.takes else _kept(self, site),
            methods=[self.method],
            name=self.name,
        )


def _kept(operation: Operation, site: Site) -> Any:
    async def endpoint(request: Request) -> Response:
        edition = site.library.edition
        call = Call(site, edition, request, operation.values(request))
        key = ("api", edition.tag, str(len(edition.catalogue())), request.url.path, request.url.query)
        kept = site.store.get(key)
        if kept is None:
            made = await run_in_threadpool(operation.make, call)
            links = (("link", call.links(made)),) if isinstance(made, Page) else ()
            kept = site.store.put(key, await run_in_threadpool(kept_page, msgspec.json.encode(made), JSON, links))
        return kept.response(request)

    return endpoint


def _posted(operation: Operation, site: Site) -> Any:
    async def endpoint(request: Request) -> Response:
        edition, values = site.library.edition, operation.values(request)
        body = await body_of(request)
        call = Call(site, edition, request, values, body)
        made = await run_in_threadpool(operation.make, call)
        return Response(msgspec.json.encode(made), media_type=JSON, headers={"cache-control": "no-store"})

    return endpoint


async def body_of(request: Request) -> ScenarioBody:
    """The scenario in the body of a request.

    raises   HTTPException: 415 if it is not JSON by its own word, 413 if it is too long, 400 if it is no JSON, 422 if it does not fit
    """
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != JSON:
        raise HTTPException(415, f"the body is a scenario in JSON; send it with Content-Type: {JSON}")
    body = await octets_of(request, LONGEST_BODY)
    try:
        return msgspec.json.decode(body, type=ScenarioBody)
    except msgspec.ValidationError as error:
        raise HTTPException(422, f"the scenario does not fit: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"the body is no JSON: {error}") from error


async def octets_of(request: Request, most: int) -> bytes:
    """The body of a request.

    raises   HTTPException 413 as soon as it is longer than `most`
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"the body is longer than {most} octets")
    return body
