"""Every way that things may have been, as far as the register leaves it open (Kleene: what holds in all of them is definite).

An act that may have happened, or whose day may lie before or after the day asked about, makes two ways. So does every act that
nobody reports, for days after the last day that is known: up to that day it counts as not done. An answer is definite where
all ways agree on it; else the acts on which they part are what would decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeAlias

import msgspec

from foedus.reference.packs import Reference
from foedus.register.entries import Register
from foedus.status.cases import REGISTERS, Case, awaited, case_of
from foedus.status.consent import CONSENTING, MOVES, Course, Status, Timed, advance, could_follow, course_of
from foedus.status.events import PHRASES, Event, names_of
from foedus.status.fulfilment import entries_of
from foedus.status.invalidity import CAUSES
from foedus.status.keeping import Same
from foedus.status.objections import objectors
from foedus.status.termination import ends_of
from foedus.terms.acts import Kind
from foedus.terms.dates import ONE_DAY, DateRange
from foedus.terms.proof import Proof, Truth

MOST_OPEN = 5  # events that are left open one by one; any further ones are left open together


class Way(NamedTuple):
    """One way things may have been: the events that were, each with a day, and those that make it differ from what is certain."""

    events: tuple[Timed, ...]
    supposing: tuple[Event, ...] = ()


class Possible(NamedTuple):
    """The course of a state on one way."""

    course: Course
    way: Way


def whole_case(treaty: str, register: Register, reference: Reference) -> Case:
    """A treaty's case with the ends that follow from other events; computed once a register.

    raises   NoSuchTreaty if neither register nor series knows it
    """
    held = _cases_in(Same(register), reference)
    if treaty not in held:
        held[treaty] = _whole_case(treaty, register, reference)
    return held[treaty]


@lru_cache(maxsize=REGISTERS)
def _cases_in(_kept: Same[Register], _reference: Reference) -> dict[str, Case]:
    """Where the whole cases of a register are kept."""
    return {}


def _whole_case(treaty: str, register: Register, reference: Reference) -> Case:
    case = case_of(treaty, register, reference)
    events = tuple(_as_contested(event, case, register) for event in case.events)
    case = msgspec.structs.replace(case, events=events)
    return msgspec.structs.replace(case, events=(*case.events, *ends_of(case, register, reference)))


def _as_contested(event: Event, case: Case, register: Register) -> Event:
    """What one state alone declared, and others object to, stays open: a suspension needs the treaty or all (VCLT 57, 65(3)).

    So does an end on a ground that does not allow it to one party (VCLT 60-63).
    """
    cause = CAUSES.get(event.ground or "")
    alone = event.kind is Kind.SUSPEND and not event.of_notice and not case.bilateral
    if event.truth is not Truth.TRUE or not (alone or cause):
        return event
    if cause and event.kind not in (cause.of_two if case.bilateral else cause.of_many):
        says = f"whether {event.says}, for which it is not enough by itself that {cause.says}"
        return msgspec.structs.replace(event, truth=Truth.UNKNOWN, by=f"{cause.article}; {event.by}", says=says)
    objecting = {s for state in event.states for s in _objecting(case, state, event, register)}
    if not objecting:
        return event
    says = f"whether {event.says}, to which {len(objecting)} object"
    article = cause.article if cause else "VCLT 57"
    return msgspec.structs.replace(event, truth=Truth.UNKNOWN, by=f"{article}, 65(3); {event.by}", says=says)


def _objecting(case: Case, state: str, event: Event, register: Register) -> tuple[str, ...]:
    return objectors(case.treaty, state, event.on.earliest, date.max, register)


def courses(case: Case, state: str, on: date, reference: Reference) -> tuple[Possible, ...]:
    """The courses of a state up to the end of a day, one for each way; what is certain comes first."""
    reported = [Possible(_course(case, way, state, on), way) for way in ways(case, on)]
    supposed = unreported(case, state, reported[0].course.status, on, reference)
    later = [_with(way, events, on) for way in ways(case, on)[:1] for events in supposed]
    found = [*reported, *(Possible(_course_anew(case, way, state, on), way) for way in later)]
    if case.is_clause_unknown and reported[0].course.status is Status.CONTRACTING:
        perhaps = _perhaps_in_force(case, state, on, reference)
        course = advance(reported[0].course, Timed(on, perhaps))
        found.append(Possible(course, reported[0].way._replace(supposing=(perhaps,))))
    return tuple(found)


def ways(case: Case, on: date) -> tuple[Way, ...]:
    """The ways that the reported events leave open up to the end of a day; first the one with what is certain only."""
    return (_settled_way(Same(case)),) if _is_settled(Same(case)) else _ways(Same(case), on)


@lru_cache(maxsize=32)
def _ways(kept: Same[Case], on: date) -> tuple[Way, ...]:
    happened = [e for e in kept.value.events if e.on.earliest <= on]
    open_ = [e for e in happened if e.truth is Truth.UNKNOWN or e.straddles(on)]
    certain = [e for e in happened if e not in open_]
    groups: list[tuple[Event, ...]] = [(event,) for event in open_[:MOST_OPEN]]
    if open_[MOST_OPEN:]:
        groups.append(tuple(open_[MOST_OPEN:]))
    found = []
    for choice in product((False, True), repeat=len(groups)):
        chosen = [event for taken, group in zip(choice, groups, strict=True) if taken for event in group]
        for pick in (_latest, _earliest):
            timed = tuple(Timed(min(pick(event.on), on), event) for event in [*certain, *chosen])
            found.append(Way(timed, tuple(chosen)))
    return tuple({way.events: way for way in found}.values())


@lru_cache(maxsize=1024)
def _is_settled(kept: Same[Case]) -> bool:
    """Every event is certain and has its day: then there is one way only, on whatever day one asks."""
    return all(e.truth is Truth.TRUE and e.on.is_day for e in kept.value.events)


@lru_cache(maxsize=1024)
def _settled_way(kept: Same[Case]) -> Way:
    return Way(tuple(Timed(event.on.latest, event) for event in kept.value.events))


def unreported(case: Case, state: str, status: Status, on: date, reference: Reference) -> Iterator[tuple[Event, ...]]:
    """The acts that nobody reports and that may have been done after the last day known, each by itself.

    Up to that day they count as not done. Consent may have brought the treaty into force as well.
    """
    if case.known is None or on <= case.known:
        return
    usual = awaited(case.clause)
    able = could_follow(status)
    by_clause = any(kind in usual for kind in able)  # else any act of consent may bring a state back that has left
    for kind in able:
        if (by_clause and kind in CONSENTING and kind not in usual) or kind not in WHETHER:
            continue
        if kind is Kind.ENTER_INTO_FORCE and status not in (Status.CONTRACTING, Status.PROVISIONALLY_APPLYING):
            continue  # it follows from consent, which is supposed by itself
        supposed = _supposed(case, state, kind, on, reference)
        yield (supposed,)
        if MOVES[status, kind].status is Status.CONTRACTING:
            yield (supposed, _supposed(case, state, Kind.ENTER_INTO_FORCE, on, reference))


WHETHER: dict[Kind, str] = {
    kind: phrase for kind, phrase in PHRASES.items() if kind not in (Kind.NEGOTIATE, Kind.INITIAL, Kind.ADOPT)
}


def _supposed(case: Case, state: str, kind: Kind, on: date, reference: Reference) -> Event:
    assert case.known is not None
    jointly = case.bilateral and kind in (Kind.EXCHANGE, Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXPIRE)
    states = case.parties if jointly and state in case.parties else (state,)
    return Event(
        kind=kind,
        on=DateRange(case.known + ONE_DAY, on),
        states=states,
        truth=Truth.UNKNOWN,
        by=f"NOT REPORTED by {case.known}",
        says=f"whether {WHETHER[kind].format(who=names_of(states, reference))} after {case.known}",
    )


def _perhaps_in_force(case: Case, state: str, on: date, reference: Reference) -> Event:
    """Whether a treaty whose clause nobody reports is in force for a state that has consented."""
    return Event(
        kind=Kind.ENTER_INTO_FORCE,
        on=DateRange.of(on),
        states=(state,),
        truth=Truth.UNKNOWN,
        by=f"{case.clause_proof.says} [{case.clause_proof.by}]",
        says=f"whether it has entered into force for {names_of((state,), reference)} by {on}: its own clause is not recorded",
    )


def _with(way: Way, events: tuple[Event, ...], on: date) -> Way:
    timed = tuple(Timed(min(event.on.earliest, on), event) for event in events)
    return Way((*way.events, *timed), events)


InDays: TypeAlias = tuple[Mapping[str, list[Timed]], list[Timed]]


def _course(case: Case, way: Way, state: str, on: date) -> Course:
    of_state, of_all = _kept_days(Same(case), Same(way.events))
    return course_of([*of_state.get(state, ()), *of_all], state, on)


def _course_anew(case: Case, way: Way, state: str, on: date) -> Course:
    """The same for a way that is made for one question, and not worth keeping."""
    of_state, of_all = _in_days(case, way.events)
    return course_of([*of_state.get(state, ()), *of_all], state, on)


@lru_cache(maxsize=512)
def _kept_days(case: Same[Case], events: Same[tuple[Timed, ...]]) -> InDays:
    return _in_days(case.value, events.value)


def _in_days(case: Case, events: tuple[Timed, ...]) -> InDays:
    """What concerns each state on one way, entry into force included, and what concerns whoever has consented."""
    others = [t for t in events if t.event.kind is not Kind.ENTER_INTO_FORCE]
    of_state: dict[str, list[Timed]] = {}
    of_all: list[Timed] = []
    for timed in [*others, *entries_of(case, events)]:
        if not timed.event.states:
            of_all.append(timed)
        for state in timed.event.states:
            of_state.setdefault(state, []).append(timed)
    return of_state, of_all


def _latest(on: DateRange) -> date:
    return on.latest


def _earliest(on: DateRange) -> date:
    return on.earliest


def settled(possible: tuple[Possible, ...], holds: Callable[[Course], Truth]) -> Truth:
    """What holds in all ways is TRUE, in none FALSE, else UNKNOWN."""
    truths = {holds(p.course) for p in possible}
    return truths.pop() if len(truths) == 1 else Truth.UNKNOWN


def deciding(possible: tuple[Possible, ...], holds: Callable[[Course], Truth]) -> tuple[Proof, ...]:
    """What it depends on, as leaves: the fewest events that make it other than it is on what is certain."""
    certain = holds(possible[0].course)
    differing = [p for p in possible if holds(p.course) is not certain]
    differing = [p for p in differing if holds(p.course) is not Truth.UNKNOWN] or differing
    fewest = min((len(p.way.supposing) for p in differing), default=0)
    if differing and fewest == 0:  # it differs with the day that a certain event is taken to have been on
        vague = [timed.event for p in differing for timed in p.way.events if not timed.event.on.is_day]
        leaves = [msgspec.structs.replace(e.proof, truth=Truth.UNKNOWN, says=f"on which day {e.says}") for e in vague]
    else:
        leaves = [e.proof for p in differing if len(p.way.supposing) == fewest for e in p.way.supposing]
    return tuple({leaf.says: leaf for leaf in leaves}.values())
