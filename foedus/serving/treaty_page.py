"""The dossier of a treaty as a page of the site: for any day, as known on any day, with links to every word it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from foedus.errors import FoedusError
from foedus.pipeline import Picture
from foedus.register.entries import Ruling
from foedus.serving.dossier import Dossier, TimelineEntry, state_names
from foedus.serving.dossier_page import dossier_values
from foedus.serving.library import Edition, bare_standings
from foedus.serving.site_parts import Site, asked_in, quote_address
from foedus.serving.wording import Names, days, status_word
from foedus.statements.statement import Statement
from foedus.status.reservations import Relation
from foedus.status.standings import BareStanding, Change, Standing
from foedus.terms.dates import DateRange

CARDS = 4
"""States up to which each has a card of its own; more stand in a grid."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The states that stand alike."""

    word: str
    standings: tuple[BareStanding, ...]


class OneState(msgspec.Struct, frozen=True, kw_only=True):
    """A state among many, asked for by itself."""

    standing: Standing
    changes: tuple[Change, ...]
    relations: tuple[Relation, ...]


def routes(site: Site) -> list[BaseRoute]:
    """The dossier."""

    def treaty(edition: Edition, request: Request) -> str | Response:
        asked, named = asked_in(request, edition), request.path_params["treaty"]
        id_ = edition.treaty(named).id
        if id_ != named:
            return RedirectResponse(f"/treaties/{id_}{asked.query}", status_code=302)
        dossier, picture = edition.dossier(id_, asked), edition.picture(id_, asked)
        if dossier is None or picture is None:
            first = edition.ask(lambda knowledge: knowledge.first_report(knowledge.treaty(id_)))
            return site.render(
                "treaty_silent.html.j2",
                request,
                edition=edition,
                asked=asked,
                treaty=edition.treaty(id_),
                first=_day_words(first),
            )
        groups, names = groups_of(edition, picture) if len(picture.standings) != 2 else ((), {})
        return site.render(
            "treaty.html.j2",
            request,
            edition=edition,
            asked=asked,
            groups=groups,
            state_names=names,
            one=one_state(edition, picture, request.query_params.get("state", "").upper()),
            deadlines=edition.ask(lambda knowledge: knowledge.deadlines(picture)),
            changes={} if groups else _changes(edition, picture),
            before=_neighbour(dossier, earlier=True),
            after=_neighbour(dossier, earlier=False),
            ruled=_ruled(dossier, edition.once(("rulings",), site.library.journal.rulings)),
            **dossier_values(dossier),
            **places(dossier),
        )

    def rests_on(edition: Edition, request: Request) -> str:
        return edition.rests_on(request.path_params["treaty"], asked_in(request, edition))

    page = site.page("/treaties/{treaty}", treaty, name="treaty", rests_on=rests_on)
    site.library.prepare = lambda edition, id_: page.prepare(edition, f"/treaties/{id_}", treaty=id_)
    return [page]


def _ruled(dossier: Dossier, rulings: Iterable[Ruling]) -> dict[str, list[Ruling]]:
    """Rulings in effect by the act whose statements they are about, each in the order of recording."""
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        for entry in dossier.timeline:
            if not set(ruling.args).isdisjoint(entry.act.supported_by):
                found.setdefault(entry.act.id, []).append(ruling)
    return found


def _day_words(day: str) -> str:
    """A day in EDTF as people write it; other words as they are."""
    try:
        return days(DateRange.parse(day))
    except ValueError:
        return day


def groups_of(edition: Edition, picture: Picture) -> tuple[tuple[Group, ...], Names]:
    """The states by where they stand, the largest group first, and what they are called; () where each has a card of its own."""
    standings = edition.ask(lambda knowledge: bare_standings(knowledge, picture))
    if len(standings) <= CARDS and picture.standings:
        return (), {}
    names = state_names((standing.state for standing in standings), edition.reference)
    groups: dict[str, list[BareStanding]] = {}
    for standing in sorted(standings, key=lambda s: names[s.state]):
        groups.setdefault(status_word(standing.status), []).append(standing)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(Group(word=word, standings=tuple(of)) for word, of in ordered), names


def one_state(edition: Edition, picture: Picture, state: str) -> OneState | None:
    """The standing of one state with its proof and history; None where none is asked for.

    raises   FoedusError if there is no such state
    """
    if not state:
        return None
    if edition.reference.directory.find(state) is None:
        raise FoedusError(f'"{state}" is no state; states are named by alpha-3 codes, such as KOR')
    return edition.ask(
        lambda knowledge: OneState(
            standing=knowledge.standings(picture, [state])[0],
            changes=knowledge.history(picture, state),
            relations=knowledge.relations(picture, state),
        )
    )


def statement_address(statement: Statement) -> str:
    """Where the words of a statement are marked in their report."""
    return f"/reports/{statement.document}#{statement.id}"


def places(dossier: Dossier) -> dict[str, Any]:
    """Where labels, quotes and entries of a dossier lead on the site."""
    statements = {dossier.labels[s.id]: s for w in dossier.witnesses for s in w.statements}
    return {"place": lambda label: statement_address(statements[label]), "link": quote_address}


def _changes(edition: Edition, picture: Picture) -> Mapping[str, tuple[Change, ...]]:
    states = [standing.state for standing in picture.standings]
    return edition.ask(lambda knowledge: {state: knowledge.history(picture, state) for state in states})


def _neighbour(dossier: Dossier, earlier: bool) -> TimelineEntry | None:
    """The act nearest to the day asked about, before or after it."""
    days: list[tuple[date, TimelineEntry]] = [
        (entry.act.on.earliest, entry)
        for entry in dossier.timeline
        if entry.act.on and entry.act.on.is_day and entry.mark == "solid"
    ]
    if earlier:
        return max((row for row in days if row[0] < dossier.on), key=lambda row: row[0], default=(None, None))[1]
    return min((row for row in days if row[0] > dossier.on), key=lambda row: row[0], default=(None, None))[1]
