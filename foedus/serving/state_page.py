"""The states of the journal: the treaties of each and where it stands, what waits for whom, what falls due, its road to ratification.

Lists for today are made of the catalogue; for other days of the treaties on the page alone, one standing each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from foedus.knowledge import Knowledge
from foedus.reference.directory import Body, Directory, Organisation, State
from foedus.reference.packs import Reference
from foedus.reference.procedures import Procedure, Step
from foedus.serving.catalogue import Waiting, standing_word, waiting_for
from foedus.serving.dossier import state_names
from foedus.serving.home_page import deadlines
from foedus.serving.library import TODAY, Asked, Edition
from foedus.serving.site_parts import Site, asked_in, page_in, title_of
from foedus.status.deadlines import Deadline, deadlines_of
from foedus.status.standings import standing_of
from foedus.terms.acts import Kind, Level

MANY, MOST = 60, 200
"""Treaties on a page of a state; entries of the lists of what waits and what falls due."""
BETWEEN = "between the states"


class StateCount(msgspec.Struct, frozen=True, kw_only=True):
    """A state in the list: how many treaties concern it, and how many wait for one of its organs."""

    code: str
    name: str
    treaties: int = 0
    waiting: int = 0
    has_procedure: bool = False


class TreatyOfState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a state stands toward one treaty; `word` is "" where nothing was known of the treaty by then."""

    id: str
    title: str
    word: str
    since: date | None = None
    others: tuple[str, ...] = ()
    many: int = 0
    waits: tuple[Waiting, ...] = ()
    due: tuple[Deadline, ...] = ()


class RoadStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a procedure, with the majority that it asks for in words."""

    step: Step
    requires: str = ""


class Road(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure as it is read: whether it is in force on the day asked, and its steps."""

    procedure: Procedure
    is_in_force: bool
    steps: tuple[RoadStep, ...]


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the treaties that concern each state, and what waits for its organs."""

    treaties: Mapping[str, tuple[str, ...]]
    waiting: Mapping[str, tuple[Waiting, ...]]


def routes(site: Site) -> list[BaseRoute]:
    """The list of states, and each state."""

    def states(edition: Edition, request: Request) -> str:
        words = request.query_params.get("q", "").strip()
        found = [one for one in counted(edition) if _fits(one, words)]
        return site.render(
            "states.html.j2",
            request,
            edition=edition,
            words=words,
            here=[one for one in found if one.treaties],
            elsewhere=[one for one in found if not one.treaties],
        )

    def state(edition: Edition, request: Request) -> str | Response:
        asked, named = asked_in(request, edition), request.path_params["state"]
        code = code_of(named, edition.reference.directory)
        if code != named:
            return RedirectResponse(f"/states/{code}{asked.query}", status_code=302)
        ids = treaties_of(edition, code)
        page, pages = page_in(request, len(ids), MANY)
        shown = ids[(page - 1) * MANY : page * MANY]
        if asked == TODAY:
            rows = [_row(edition, code, id_) for id_ in shown]
            waiting, due = list(concern(edition).waiting.get(code, ())), _due_today(edition, code)
        else:
            rows = [_row_then(edition, code, id_, asked) for id_ in shown]
            waiting = [one for row in rows for one in _pending(row.waits).get(code, ())]
            due = sorted((one for row in rows for one in row.due), key=lambda one: (one.on, one.treaty, one.kind))
        return site.render(
            "state.html.j2",
            request,
            edition=edition,
            asked=asked,
            state=edition.reference.directory.find(code),
            rows=rows,
            found=len(ids),
            page=page,
            pages=pages,
            organs=_by_organ(waiting[:MOST], edition.reference.directory.name_of(code)),
            waiting=len(waiting),
            others=_waits_of_others(rows, code),
            due=due[:MOST],
            is_all=asked == TODAY or pages == 1,
            roads=roads_of(edition.reference, code, asked.on or edition.today),
            names=state_names((w.state for row in rows for w in row.waits if w.state), edition.reference),
        )

    def mark(edition: Edition) -> str:
        return str(edition.mark)

    return [
        site.page("/states", states, "states", mark),
        site.page("/states/{state}", state, "state", mark),
    ]


def code_of(words: str, directory: Directory) -> str:
    """The code of the state or organisation with that code or name.

    raises   HTTPException 404 if there is none, or more than one
    """
    for spelled in (words, words.upper()):
        if isinstance(directory.find(spelled), State | Organisation):
            return spelled
    named = {one.id for one in directory.named(words) if isinstance(one, State | Organisation)}
    if len(named) == 1:
        return named.pop()
    raise HTTPException(404, f'"{words}" is no state or organisation; states are named by alpha-3 codes, such as KOR')


def concern(edition: Edition) -> Concern:
    """Which treaties concern which states, as far as they are catalogued; made once for as many."""
    entries = edition.catalogue()

    def make() -> Concern:
        treaties: dict[str, list[str]] = {}
        waiting: dict[str, list[Waiting]] = {}
        for entry in entries:
            for code in dict.fromkeys((*entry.treaty.parties, *(one.state for one in entry.stands))):
                treaties.setdefault(code, []).append(entry.treaty.id)
            for code, of in _pending(entry.waiting).items():
                waiting.setdefault(code, []).extend(of)
        return Concern(
            treaties={code: tuple(ids) for code, ids in treaties.items()},
            waiting={code: tuple(of) for code, of in waiting.items()},
        )

    return edition.once(("concern", len(entries)), make)


def _pending(waiting: Iterable[Waiting]) -> dict[str, list[Waiting]]:
    """What each state must do next: the act between states only where none of its own organs must act before."""
    found: dict[str, list[Waiting]] = {}
    for one in waiting:
        for code in (one.state,) if one.state else one.among:
            found.setdefault(code, []).append(one)
    at_home = {code: [one for one in of if Kind(one.kind).level is Level.DOMESTIC] for code, of in found.items()}
    return {code: at_home[code] or of for code, of in found.items()}


def counted(edition: Edition) -> list[StateCount]:
    """Every state and organisation, by name."""
    directory, known = edition.reference.directory, concern(edition)
    with_procedure = {procedure.state for procedure in edition.reference.procedures}
    everyone: tuple[State | Organisation, ...] = (*directory.states, *directory.organisations)
    found = (
        StateCount(
            code=one.id,
            name=one.name,
            treaties=len(known.treaties.get(one.id, ())),
            waiting=len({waiting.treaty for waiting in known.waiting.get(one.id, ())}),
            has_procedure=one.id in with_procedure,
        )
        for one in everyone
    )
    return sorted(found, key=lambda one: (one.name.casefold(), one.code))


def treaties_of(edition: Edition, code: str) -> Sequence[str]:
    """Ids of the treaties that concern a state, those in motion first; those not catalogued yet only where it is a party."""
    listed = concern(edition).treaties.get(code, ())
    if edition.is_catalogued:
        return listed
    known = set(listed)
    return (*listed, *(t.id for t in edition.treaties if code in t.parties and t.id not in known))


def roads_of(reference: Reference, code: str, on: date) -> list[Road]:
    """The procedures recorded for a state: those in force on a day first, then by what they are for."""
    bodies = {body.id: body for body in reference.directory.bodies_of(code)}
    roads = [
        Road(
            procedure=procedure,
            is_in_force=procedure.since <= on and (procedure.until is None or on <= procedure.until),
            steps=tuple(RoadStep(step=step, requires=_requires(step, bodies, on)) for step in procedure.steps),
        )
        for procedure in reference.procedures
        if procedure.state == code
    ]
    return sorted(roads, key=lambda road: (not road.is_in_force, road.procedure.measure, road.procedure.id))


def _requires(step: Step, bodies: Mapping[str, Body], on: date) -> str:
    if step.majority is None:
        return ""
    body = bodies.get(step.body or "")
    return step.majority.words(body.seats_on(on) if body else None)


def _row(edition: Edition, code: str, treaty: str) -> TreatyOfState:
    entry = edition.entry(treaty)
    if entry is None:
        return TreatyOfState(id=treaty, title=title_of(edition.treaty(treaty)), word="")
    stands = next((one for one in entry.stands if one.state == code), None)
    return TreatyOfState(
        id=treaty,
        title=entry.title,
        word=stands.word if stands else "",
        since=stands.since if stands else None,
        others=_others(entry.treaty.parties, code, edition.reference),
        many=len(entry.stands),
        waits=tuple(one for one in entry.waiting if one.state in (None, code) or code in one.among),
    )


def _row_then(edition: Edition, code: str, id_: str, asked: Asked) -> TreatyOfState:
    treaty, on = edition.treaty(id_), asked.on or edition.today
    title, others = title_of(treaty), _others(treaty.parties, code, edition.reference)

    def stand(knowledge: Knowledge) -> TreatyOfState:
        around = knowledge.around(id_, asked.known)
        then = knowledge.then(treaty, around)
        if then is None:
            return TreatyOfState(id=id_, title=title, word="", others=others)
        stands = standing_of(code, then.id, on, around, knowledge.reference)
        due = deadlines_of(then.id, on, around, knowledge.reference)
        return TreatyOfState(
            id=id_,
            title=title,
            word=standing_word(stands),
            since=stands.since.earliest if stands.since and stands.since.is_day else None,
            others=others,
            waits=tuple(waiting_for(n, n.state, (code,), id_, title, around.acts) for n in stands.next_steps),
            due=tuple(one for one in due if _concerns(one, code)),
        )

    return edition.once(("state", code, id_, asked), lambda: edition.ask(stand))


def _others(parties: Iterable[str], code: str, reference: Reference) -> tuple[str, ...]:
    return tuple(reference.directory.name_of(party) for party in parties if party != code)


def _by_organ(waiting: Iterable[Waiting], name: str) -> dict[str, list[Waiting]]:
    """What waits, by the organ that must act; organs in the order of the alphabet.

    name   of the state: what it does itself is done between states
    """
    organs: dict[str, list[Waiting]] = {}
    for one in waiting:
        organs.setdefault(BETWEEN if one.actor == name or one.state is None else one.actor, []).append(one)
    return dict(sorted(organs.items(), key=lambda organ: organ[0].casefold()))


def _waits_of_others(rows: Iterable[TreatyOfState], code: str) -> list[Waiting]:
    """What organs of other states must do before a treaty of this one can bind."""
    return [one for row in rows for one in row.waits if one.state not in (None, code)]


def _due_today(edition: Edition, code: str) -> list[Deadline]:
    wanted = set(concern(edition).treaties.get(code, ()))
    entries = (entry for entry in edition.catalogue() if entry.treaty.id in wanted)
    return [one for one in deadlines(entries, edition.today) if _concerns(one, code)]


def _concerns(deadline: Deadline, code: str) -> bool:
    return not deadline.states or code in deadline.states


def _fits(one: StateCount, words: str) -> bool:
    text = f"{one.code} {one.name}".lower()
    return all(word in text for word in words.lower().split())
