"""What every part of the site shares: how it is served, its library, and how a page is made, kept and answered."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foedus.errors import FoedusError
from foedus.serving.accounts import Limits, Sessions
from foedus.serving.kept_pages import AT_LEISURE, AT_ONCE, KeptPage, PageStore, kept_page
from foedus.serving.library import Asked, Edition, Library
from foedus.serving.site_files import static_address
from foedus.serving.site_guards import LOOPBACK
from foedus.terms.evidence import Quote
from foedus.terms.treaties import Treaty

NAVIGATION = (
    # address        name, in the order of the head of every page
    ("/treaties", "Treaties"),
    ("/states", "States"),
    ("/reports", "Reports"),
    ("/sources", "Sources"),
    ("/compare", "Compare"),
    ("/obligations", "Obligations"),
    ("/docs", "Docs"),
)
FOOTER_LINKS = (*NAVIGATION, ("/rulings", "Rulings and additions"), ("/editor", "For editors"))

View = Callable[[Edition, Request], "str | Response"]
"""Makes the HTML of a page from an edition and the address; runs in a thread, and is pure."""


Mark = Callable[[Edition], str]
RestsOn = Callable[[Edition, Request], str]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the site is served.

    journal    path or address
    host       where it listens; beyond loopback the site is public
    hosts      further names that it answers to (behind a proxy)
    full_text  show whole articles also where the site is public
    """

    journal: str
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    full_text: bool = False

    @property
    def is_public(self) -> bool:
        """Whether it can be reached from elsewhere: it listens beyond loopback, or has names of its own.

        >>> [Settings(journal="", host=host).is_public for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0")]
        [False, False, False, True]
        """
        return bool(self.hosts) or not _is_loopback(self.host)

    @property
    def shows_full_text(self) -> bool:
        return self.full_text or not self.is_public

    @property
    def answers_to(self) -> tuple[str, ...]:
        """Host names that count; () for any: a public site without names of its own stands behind accounts."""
        if not _is_loopback(self.host):
            return self.hosts
        return (*LOOPBACK, *self.hosts)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _whole_edition(edition: Edition, request: Request) -> str:
    return edition.tag


class Page(Route):
    """The route of a page that is kept.

    told   names what it depends on beside its address
    """

    def __init__(
        self, site: Site, path: str, view: View, name: str, told: Callable[[Edition, Request], tuple[str, ...]]
    ) -> None:
        super().__init__(path, self._answer, methods=["GET"], name=name)
        self._site, self._view, self._told = site, view, told

    def prepare(self, edition: Edition, path: str, **params: str) -> None:
        """Makes the page at an address before anybody asks for it, while there is room for it."""
        if not self._site.store.has_room:
            return
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "path_params": params,
            "query_string": b"",
            "headers": [],
        }
        request = Request(scope)
        if self._key(edition, request) not in self._site.store:
            self._made(edition, request, AT_LEISURE)

    async def _answer(self, request: Request) -> Response:
        edition = self._site.library.edition
        kept = self._site.store.get(self._key(edition, request))
        if kept is None:
            self._site.library.asked()
            made = await run_in_threadpool(self._made, edition, request)
            if isinstance(made, Response):
                return made
            kept = made
        return kept.response(request)

    def _key(self, edition: Edition, request: Request) -> tuple[str, ...]:
        return (*self._told(edition, request), request.url.path, request.url.query)

    def _made(self, edition: Edition, request: Request, level: int = AT_ONCE) -> KeptPage | Response:
        made = self._view(edition, request)
        if isinstance(made, Response):
            return made
        return self._site.store.put(self._key(edition, request), kept_page(made, level=level))


class Site:
    """What every part of the site shares."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings, self.library, self.store = settings, library, PageStore()
        self.sessions, self.limits = Sessions(library.journal), Limits()

    def page(
        self, path: str, view: View, name: str, mark: Mark = lambda edition: "", rests_on: RestsOn = _whole_edition
    ) -> Page:
        """The route of a page that is the same for everybody: made once for what it rests on and its address, with an ETag.

        mark      what else it depends on, where an edition alone does not settle it
        rests_on  names what it depends on, where that is less than the edition
        """
        return Page(self, path, view, name, lambda edition, request: (rests_on(edition, request), mark(edition)))

    def render(self, template: str, request: Request, **values: Any) -> str:
        """A template of `templates/site/` with what all of them need."""
        from foedus.serving.rendering import templates

        shared = {
            "static": static_address,
            "site": self.settings,
            "path": request.url.path,
            "navigation": NAVIGATION,
            "footer_links": FOOTER_LINKS,
            "asked": Asked(),
            "search": "",
            "link": quote_address,
        }
        return templates().get_template(f"site/{template}").render(**{**shared, **values})


def page_in(request: Request, found: int, of: int) -> tuple[int, int]:
    """The page of a list that the address asks for, and how many there are, of `of` entries each.

    raises   FoedusError if there is no such page
    """
    words, pages = request.query_params.get("page", "1"), max(1, -(-found // of))
    if not words.isdecimal() or not 1 <= int(words) <= pages:
        raise FoedusError(f'this list has no page "{words}"; it has page=1 to page={pages}')
    return int(words), pages


def quote_address(quote: Quote) -> str:
    """Where any words of a report are marked: a permanent address."""
    return f"/reports/{quote.document}?quote={quote.start}-{quote.end}#quote"


def title_of(treaty: Treaty) -> str:
    """What a treaty is called; its id where nobody names it."""
    return treaty.names[0].text if treaty.names else treaty.id


def asked_in(request: Request, edition: Edition) -> Asked:
    """The days in the address (`on`, `known`); today's are the same as none.

    raises   FoedusError if one is no day
    """
    on, known = day_in(request, "on"), day_in(request, "known")
    return Asked(None if on == edition.today else on, None if known == edition.today else known)


def day_in(request: Request, name: str) -> date | None:
    """A day in the address, or None where there is none.

    raises   FoedusError if it is no day
    """
    return day_from(request.query_params.get(name, ""))


def day_from(words: str) -> date | None:
    """The day that somebody wrote, or None where nothing is written.

    raises   FoedusError if it is no day
    """
    words = words.strip()
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise FoedusError(f'"{words}" is no day; write it as 2024-10-25') from None


ERRORS = {
    # status  heading                              what to do
    400: ("This cannot be answered", ""),
    401: ("Sign in first", "This page is for editors."),
    403: ("Not allowed", "Your account may not do this."),
    404: ("There is no such page", "It may never have been one, or the journal may no longer hold what it showed."),
    413: ("Too long", "Send less at once."),
    415: ("Not this way", "Use the form of the page."),
    405: ("Not this way", "This address takes no such request."),
    429: ("Too many requests", "Wait a little, then try again."),
    500: (
        "Something went wrong here",
        "The fault is the site’s, not yours. What happened is in the log of the server.",
    ),
    503: ("One moment: the journal is being read", "This page asks again by itself."),
}


def error_page(
    site: Site, request: Request, status: int, says: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """A page that says what is wrong, and what would have worked."""
    heading, remedy = ERRORS.get(status, ERRORS[400])
    text = site.render("error.html.j2", request, status=status, heading=heading, remedy=remedy, says=says)
    return Response(
        text, status_code=status, media_type="text/html", headers={"cache-control": "no-store", **(headers or {})}
    )
