"""What feed readers and calendars follow: acts as Atom (RFC 4287), per treaty and per state, and deadlines as iCalendar (RFC 5545).

An entry is an act that a report tells as done or foreseen; it is updated on the day on which a report first told it so.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any
from xml.etree import ElementTree

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foedus.exchange.datasets import calendar_of
from foedus.reference.directory import Organisation, State
from foedus.register.entries import Act
from foedus.serving.dossier import state_names
from foedus.serving.home_page import deadlines
from foedus.serving.kept_pages import kept_page
from foedus.serving.library import Edition
from foedus.serving.site_parts import Site, title_of
from foedus.serving.state_page import treaties_of
from foedus.serving.wording import act_title, days, printable
from foedus.status.deadlines import Deadline
from foedus.terms.evidence import Factuality

ATOM, CALENDAR = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 100
"""Entries of a feed."""
TREATIES = 24
"""Treaties of a state that its feed follows: those in motion, and those on which something moved last."""


def routes(site: Site) -> list[BaseRoute]:
    """Feeds and calendars."""

    def of_treaty(edition: Edition, request: Request) -> str:
        id_ = edition.treaty(request.path_params["treaty"]).id
        acts = [(id_, act) for act in _acts(edition, id_)]
        return atom(f"{title_of(edition.treaty(id_))}: acts", f"/treaties/{id_}", acts, edition, request)

    def of_state(edition: Edition, request: Request) -> str:
        code = request.path_params["state"]
        entity = edition.reference.directory.find(code)
        if not isinstance(entity, State | Organisation):
            raise HTTPException(404, f'"{code}" is no state; states are named by alpha-3 codes, such as KOR')
        acts = [
            (id_, act)
            for id_ in treaties_of(edition, code)[:TREATIES]
            for act in _acts(edition, id_)
            if code in act.states
        ]
        return atom(f"{entity.name}: acts under its treaties", f"/feeds/states/{code}.atom", acts, edition, request)

    def calendar(edition: Edition, request: Request) -> str:
        return calendar_of(deadlines(edition.catalogue(), edition.today), _stamp(edition))

    def calendar_of_treaty(edition: Edition, request: Request) -> str:
        picture = edition.picture(edition.treaty(request.path_params["treaty"]).id)
        due: Iterable[Deadline] = edition.ask(lambda knowledge: knowledge.deadlines(picture)) if picture else ()
        return calendar_of(due, _stamp(edition))

    return [
        _kept(site, "/feeds/treaties/{treaty}.atom", of_treaty, ATOM),
        _kept(site, "/feeds/states/{state}.atom", of_state, ATOM),
        _kept(site, "/feeds/deadlines.ics", calendar, CALENDAR),
        _kept(site, "/feeds/treaties/{treaty}.ics", calendar_of_treaty, CALENDAR),
    ]


def atom(title: str, about: str, acts: Iterable[tuple[str, Act]], edition: Edition, request: Request) -> str:
    """A feed of acts, each with the id of its treaty, the latest told first.

    about   the address of the page that shows them
    """
    told = [(treaty, act) for treaty, act in acts if act.reported_first or act.quotes]
    told.sort(key=lambda one: (str(one[1].reported_first or ""), one[1].id), reverse=True)
    names = state_names({code for _, act in told for code in act.states}, edition.reference)
    base = str(request.base_url).rstrip("/")
    feed = ElementTree.Element("feed", xmlns=NAMESPACE)
    _text(feed, "title", title)
    _text(feed, "id", _name(about))
    newest = next((act for _, act in told if act.reported_first), None)
    _text(feed, "updated", _moment(newest) if newest else f"{edition.today}T00:00:00Z")
    ElementTree.SubElement(feed, "link", rel="self", type="application/atom+xml", href=base + request.url.path)
    ElementTree.SubElement(feed, "link", rel="alternate", type="text/html", href=base + about)
    _text(ElementTree.SubElement(feed, "author"), "name", "Foedus")
    for _, act in told[:NEWEST]:
        entry = ElementTree.SubElement(feed, "entry")
        sure = "" if act.factuality is Factuality.HAPPENED else f" ({act.factuality})"
        when = f", {days(act.on)}" if act.on else ""
        _text(entry, "title", f"{act_title(act, names)}{when}{sure}")
        _text(entry, "id", _name(f"act:{act.id}"))
        _text(entry, "updated", _moment(act) if act.reported_first else f"{edition.today}T00:00:00Z")
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}/acts/{act.id}")
        _text(
            entry,
            "summary",
            "\n\n".join(f"“{quote.exact}” ({edition.name_of(quote.document)})" for quote in act.quotes[:4]),
        )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode")


def _kept(site: Site, path: str, make: Any, media_type: str) -> Route:
    """A feed, made once an edition and address; its links name the host that was asked, so the host is part of the key."""

    async def endpoint(request: Request) -> Response:
        edition = site.library.edition
        key = ("feed", edition.tag, str(len(edition.catalogue())), str(request.base_url), request.url.path)
        kept = site.store.get(key)
        if kept is None:
            made = await run_in_threadpool(make, edition, request)
            kept = site.store.put(key, await run_in_threadpool(kept_page, made, media_type))
        return kept.response(request)

    return Route(path, endpoint, methods=["GET"])


def _acts(edition: Edition, treaty: str) -> tuple[Act, ...]:
    picture = edition.picture(treaty)
    return picture.register.acts if picture else ()


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = printable(text)


def _name(about: str) -> str:
    """A name that stays the same wherever the journal is served from (RFC 4122, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"foedus:{about}").urn


def _moment(act: Act) -> str:
    return f"{act.reported_first}T00:00:00Z"


def _stamp(edition: Edition) -> datetime:
    return datetime.combine(edition.today, time(), UTC)
