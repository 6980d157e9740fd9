"""A state's road to ratification, and how far it has come (its own constitutional law; VCLT 46 apart, no matter between states).

Domestic acts never move a standing (VCLT 2(1)(b)). The steps are data, in `reference/procedures.py`; here each is held against the
register. A step that a later one implies is `unreported`: it is shown, and never made into an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import msgspec

from foedus.errors import FoedusError
from foedus.reference.packs import Reference
from foedus.reference.procedures import Procedure, Step, procedure_for
from foedus.register.entries import Act, Register
from foedus.status.cases import Case, awaited, case_of
from foedus.status.events import acts_under, day_words, happened_on, name_of
from foedus.terms.acts import Kind, Measure
from foedus.terms.dates import DateRange, plus_days
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Proof, Truth

Day: TypeAlias = date  # `LadderStep.date` takes the name inside its class


class StepState(StrEnum):
    DONE = "done"
    PENDING = "pending"
    UNREPORTED = "unreported"  # later steps imply it, nobody reports it
    NOT_REACHED = "not-reached"
    FAILED = "failed"
    SKIPPED = "skipped"


class LadderStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a state's procedure, as it stands on a day.

    id             "RUS.3" within the treaty
    kind           kind of act that fulfils it
    actor          the organ, for people
    state_of_step  done, pending, ...
    date           when it was done
    requirement    the majority or other condition that the law sets, for people; None where none
    met            whether the reported vote meets it; UNKNOWN where it cannot be told
    by             the day until which the law wants it done, as far as that can be told; None where no clock runs
    source         law and article
    act            id of the register's act
    expected       acts that foresee it (ids)
    international  it is the act between states, the same for both
    proof          why it stands so
    """

    id: str
    kind: str
    actor: str
    state_of_step: StepState
    date: DateRange | None = None
    requirement: str | None = None
    met: Truth | None = None
    by: Day | None = None
    source: str = ""
    verified: bool = True
    act: str | None = None
    expected: tuple[str, ...] = ()
    international: bool = False
    says: str = ""
    proof: Proof


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """A state's road to ratification of one treaty: its procedure with what is reported of each step.

    procedure   id of the procedure; "" where none is recorded for the state, and then there are no steps
    """

    state: str
    treaty: str
    procedure: str
    steps: tuple[LadderStep, ...] = ()


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """What the register has for one step by the end of a day: an act that did it, or that refused it, and those that foresee it."""

    act: Act | None = None
    refused: Act | None = None
    later: Act | None = None
    expected: tuple[Act, ...] = ()


class Road(NamedTuple):
    """A procedure held against the register: what is reported of each step and how it stands, at the end of a day."""

    procedure: Procedure
    reported: dict[str, Reported]
    states: dict[str, StepState]
    on: date
    known: date | None
    reference: Reference


# How the steps that are not done stand, by what is done around them.
SAYS = {
    StepState.PENDING: "{actor} must act next: {step}",
    StepState.NOT_REACHED: "it is not yet the turn of {actor}: {step}",
    StepState.UNREPORTED: "nobody reports it, but a later step implies it: {step}",
    StepState.SKIPPED: "it was left out, as it may be: {step}",
}
REFUSING = {Kind.CHAMBER_APPROVE: Kind.CHAMBER_REJECT}
MUTUAL_AID = ("mutual-assistance",)
MILITARY = ("military",)


def ladder_of(
    state: str,
    treaty: str,
    on: date,
    register: Register,
    reference: Reference,
    measure: Measure = Measure.RATIFICATION,
) -> Ladder:
    """A state's procedure for a treaty as it stands at the end of a day, with the act that did each step.

    raises   NoSuchTreaty if neither the register nor the treaty series knows the treaty
    """
    case = case_of(treaty, register, reference)
    procedure = procedure_for(reference.procedures, state, classes_of(treaty, register, reference), measure, on)
    if procedure is None:
        return Ladder(state=state, treaty=treaty, procedure="")
    steps = tuple(_as_the_treaty_says(step, case) for step in procedure.steps)
    procedure = msgspec.structs.replace(procedure, steps=steps)
    reported = {step.id: _reported(step, procedure, treaty, on, register) for step in steps}
    road = Road(procedure, reported, _states_of(procedure, reported), on, register.known, reference)
    return Ladder(
        state=state, treaty=treaty, procedure=procedure.id, steps=tuple(_ladder_step(step, road) for step in steps)
    )


def classes_of(treaty: str, register: Register, reference: Reference) -> tuple[str, ...]:
    """The classes of a treaty that decide its road: an alliance where reports tell of mutual assistance or a military area."""
    record = next((r for r in reference.series if r.id == treaty), None)
    of_treaty = [f for f in register.findings if f.treaty == treaty and f.truth is Truth.TRUE]
    allied = any(f.kind in MUTUAL_AID or (f.kind == "area" and f.value in MILITARY) for f in of_treaty)
    found = (*(("alliance",) if allied else ()), *(record.classes if record else ()))
    return tuple(dict.fromkeys(found))


def _as_the_treaty_says(step: Step, case: Case) -> Step:
    """The step between states takes the form and the source that the treaty's own clause gives it."""
    if not step.international:
        return step
    kinds = awaited(case.clause)
    kind = step.kind if step.kind in kinds else kinds[0]
    also = tuple(other for other in step.also if other in kinds)
    return msgspec.structs.replace(step, kind=kind, also=also, source=f"{step.source}; {case.clause_proof.says}")


def _reported(step: Step, procedure: Procedure, treaty: str, on: date, register: Register) -> Reported:
    acts = [act for act in acts_under(treaty, register) if _fulfils(act, step, procedure)]
    happened = [a for a in acts if a.factuality is Factuality.HAPPENED and a.truth is Truth.TRUE]
    done = [act for act in happened if happened_on(act).latest <= on]
    open_ = [a for a in acts if a.factuality is Factuality.HAPPENED and a.truth is not Truth.FALSE and a not in done]
    refusals = [
        act
        for act in acts_under(treaty, register)
        if act.kind is REFUSING.get(step.kind) and _by_its_body(act, step, procedure)
        if act.truth is Truth.TRUE and happened_on(act).latest <= on
    ]
    act = max(done, key=lambda a: (happened_on(a).latest, a.id), default=None)
    refused = max(refusals, key=lambda a: (happened_on(a).latest, a.id), default=None)
    if act and refused and happened_on(refused).latest > happened_on(act).latest:
        act = None
    elif act:
        refused = None
    expected = tuple(a for a in acts if a.factuality.is_unrealised and not a.overtaken_by)
    return Reported(act=act, refused=refused, later=min(open_, key=lambda a: a.id, default=None), expected=expected)


def _fulfils(act: Act, step: Step, procedure: Procedure) -> bool:
    """Whether an act is of the kind and the body that the step asks for."""
    if act.measure not in (None, procedure.measure):
        return False
    if step.international:
        ours = act.kind is Kind.EXCHANGE or not act.states or procedure.state in act.states
        return ours and act.kind in (step.kind, *step.also)
    if act.kind is step.kind:
        return _by_its_body(act, step, procedure)
    return act.kind in step.also and act.actor is not None and act.actor.body == step.body


def _by_its_body(act: Act, step: Step, procedure: Procedure) -> bool:
    """Whether the state's own body did it; a body that is not named fits only where one step alone asks for that kind."""
    body = act.actor.body if act.actor else None
    states = act.states or (act.actor.states if act.actor else ())
    ours = procedure.state in states or bool(body and body.startswith(f"{procedure.state}."))
    if not ours:
        return False
    if step.body is None or body == step.body:
        return True
    alone = sum(step.kind is other.kind and other.instead_of is None for other in procedure.steps) == 1
    return body is None and alone and step.instead_of is None


def _states_of(procedure: Procedure, reported: dict[str, Reported]) -> dict[str, StepState]:
    """Where each step stands: done as reported, before that implied or left out, after that pending.

    On a road that nobody has set foot on only the first step is pending, the others are not reached.
    """
    steps = procedure.steps
    done = {step.id for step in steps if reported[step.id].act}
    replaced = {step.instead_of for step in steps if step.id in done and step.instead_of}
    last = max((i for i, step in enumerate(steps) if step.id in done), default=-1)
    found: dict[str, StepState] = {}
    blocked = waiting = False
    for i, step in enumerate(steps):
        if step.id in done:
            state = StepState.DONE
        elif step.id in replaced or (step.instead_of and step.instead_of in done | replaced):
            state = StepState.SKIPPED
        elif i < last or set(step.implied_by) & done:
            implied = bool(set(step.implied_by) & done) or not (step.optional or step.instead_of)
            state = StepState.UNREPORTED if implied else StepState.SKIPPED
        elif reported[step.id].refused and not blocked:
            state, blocked = StepState.FAILED, True
        elif blocked or waiting or step.instead_of:
            state = StepState.NOT_REACHED
        else:
            state, waiting = StepState.PENDING, not (step.optional or done)
        found[step.id] = state
    return found


def _ladder_step(step: Step, road: Road) -> LadderStep:
    here, state = road.reported[step.id], road.states[step.id]
    act = here.act or here.refused
    seats = _seats(step, act.on.latest if act and act.on else road.on, road.reference)
    expected = here.expected if state is not StepState.DONE else ()
    return LadderStep(
        id=f"{road.procedure.state}.{step.id}",
        kind=step.kind,
        actor=step.actor,
        state_of_step=state,
        date=act.on if act else None,
        requirement=step.majority.words(seats) if step.majority else None,
        met=_met(step, act, seats),
        by=_deadline(step, road) if state is StepState.PENDING else None,
        source=step.source,
        verified=step.verified,
        act=act.id if act else None,
        expected=tuple(a.id for a in expected),
        international=step.international,
        says=step.says,
        proof=_proof(step, road),
    )


def _seats(step: Step, day: date, reference: Reference) -> int | None:
    if step.body is None:
        return None
    with suppress(FoedusError):
        return reference.directory.body(step.body).seats_on(day)
    return None


def _met(step: Step, act: Act | None, seats: int | None) -> Truth | None:
    if step.majority is None or act is None:
        return None
    return step.majority.met_by(act.vote, seats) if act.vote else Truth.UNKNOWN


def _deadline(step: Step, road: Road) -> date | None:
    """The last day that the law gives, counted from the day of the step before; None where either is not known."""
    before = road.procedure.steps[: road.procedure.steps.index(step)]
    acts = [road.reported[s.id].act for s in reversed(before) if not s.optional and not s.instead_of]
    if step.days is None or step.unit != "days" or not acts or acts[0] is None or acts[0].on is None:
        return None
    return plus_days(acts[0].on.latest, (step.transmit_days or 0) + step.days)


def _proof(step: Step, road: Road) -> Proof:
    here, state = road.reported[step.id], road.states[step.id]
    law = Proof(says=step.says or step.actor, truth=Truth.TRUE, by=step.source)
    by = f"{road.procedure.state} procedure, step {step.id}"
    first = next((other for other, its in road.states.items() if its is StepState.PENDING), step.id)
    its_turn = state if first == step.id else StepState.NOT_REACHED
    words = SAYS.get(its_turn if state is StepState.PENDING else state, "").format(actor=step.actor, step=step.says)
    act = here.act or here.refused
    if act is not None:
        report = _report(act, step, road)
        return Proof(says=report.says, truth=Truth.TRUE, by=by, because=(report, law))
    if state in (StepState.UNREPORTED, StepState.SKIPPED):
        done = [f"step {other} is done" for other, its in road.states.items() if its is StepState.DONE]
        if state is StepState.SKIPPED and (step.instead_of or not step.optional):
            words = f"another organ acts instead of {step.actor}: {step.says}"
        later = Proof(says="; ".join(done), truth=Truth.TRUE, by="the later steps of the ladder")
        return Proof(says=words, truth=Truth.TRUE, by=by, because=(later, law))
    silent = _silence(step, here, road.on, road.known)
    return Proof(says=words, truth=silent.truth, by=by, because=(silent, law))


def _report(act: Act, step: Step, road: Road) -> Proof:
    verb = "refused it" if act.kind in REFUSING.values() else DID.get(act.kind, "acted")
    who = name_of(road.procedure.state, road.reference) if step.international else step.actor
    who = "the instruments" if act.kind is Kind.EXCHANGE else who
    says = f"{who} {verb} {day_words(happened_on(act))}{_tally(act)}"
    return Proof(says=says, truth=Truth.TRUE, by=f"reported: {act.id}", quotes=act.quotes)


# What a body is said to have done, by the kind of act.
DID = {
    Kind.SUBMIT: "submitted it",
    Kind.COMMITTEE_RECOMMEND: "recommended it",
    Kind.CHAMBER_APPROVE: "approved it",
    Kind.GOVERNMENT_APPROVE: "decided for it",
    Kind.REVIEW: "reviewed it",
    Kind.PROMULGATE: "signed or decreed it",
    Kind.RATIFY: "ratified it",
    Kind.EXCHANGE: "were exchanged",
    Kind.DEPOSIT: "deposited the instrument",
    Kind.NOTIFY_COMPLETION: "notified the completion",
}


def _tally(act: Act) -> str:
    vote = act.vote
    if vote is None or vote.for_ is None:
        return ", unanimously" if vote and vote.unanimous else ""
    return f", {vote.for_} to {vote.against}" if vote.against is not None else f", with {vote.for_} in favour"


def _silence(step: Step, here: Reported, on: date, known: date | None) -> Proof:
    """Nothing known says that it was done by the end of the day: so it was not, up to the last day known."""
    if here.later is not None:
        when = happened_on(here.later)
        truth = Truth.TRUE if when.earliest > on and here.later.truth is Truth.TRUE else Truth.UNKNOWN
        says = (
            f"it was done {day_words(when)}"
            if here.later.truth is Truth.TRUE
            else f"whether it was done {day_words(when)}"
        )
        return Proof(says=says, truth=truth, by=f"reported: {here.later.id}", quotes=here.later.quotes)
    quotes = tuple(_quotes(here.expected))
    foreseen = f"; expected: {', '.join(a.id for a in here.expected)}" if here.expected else ""
    if known is not None and on > known:
        says = f"whether {step.actor} acted after {known}"
        return Proof(says=says, truth=Truth.UNKNOWN, by=f"NOT REPORTED by {known}{foreseen}", quotes=quotes)
    says = f"no such act of {step.actor} is reported by {on}"
    return Proof(says=says, truth=Truth.TRUE, by=f"NOT REPORTED by {known or on}{foreseen}", quotes=quotes)


def _quotes(acts: Iterable[Act]) -> Iterator[Quote]:
    for act in acts:
        yield from act.quotes
