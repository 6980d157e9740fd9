"""What holds between two states where one of them made a reservation, and in which version of the treaty (VCLT 19-23, 30, 40).

A reservation is a matter of pairs: who accepts it is bound with it, who objects is bound without the provision, or not bound at
all where it says so definitely. Silence is acceptance after twelve months, or on the day of one's own consent, whichever is
later (VCLT 20(5)). A reservation made at signature counts from its confirmation at consent (VCLT 23(2)). The treaty's own rules
on reservations come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

import msgspec

from foedus.reference.clauses import later_by
from foedus.reference.packs import Reference
from foedus.register.entries import Act, Register
from foedus.status.cases import Case
from foedus.status.consent import AXES, Course, Status, Timed
from foedus.status.convention import cite
from foedus.status.events import acts_under, name_of
from foedus.status.fulfilment import consent_days, entry_of
from foedus.status.manners import Doing, manner_of
from foedus.status.objections import objections_to
from foedus.status.possibilities import courses, whole_case
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth

CLOCK = 12  # months, VCLT 20(5)


class Effect(StrEnum):
    """What a reservation does between two states."""

    NONE = "none"  # there is no reservation, or it was withdrawn
    UNCONFIRMED = "unconfirmed"  # made at signature, not yet confirmed
    PENDING = "pending"  # the other may still object
    MODIFIED = "modified"  # accepted: the provision holds as reserved, both ways
    WITHOUT = "without-the-provision"  # objected: the provision does not apply, the rest does
    NOT_IN_FORCE = "not-in-force-between-them"  # objected, and definitely opposed
    PROHIBITED = "prohibited"  # the treaty allows none
    REJECTED = "rejected"  # so many objected that the treaty refuses it


# What the other did, by the end of the day -> what holds between the two, by which article.
EFFECTS = {
    "withdrawn": (Effect.NONE, "VCLT 22"),
    "unconfirmed": (Effect.UNCONFIRMED, "VCLT 23(2)"),
    "prohibited": (Effect.PROHIBITED, "VCLT 19(a)"),
    "authorised": (Effect.MODIFIED, "VCLT 20(1), 21(1)"),
    "silent, clock running": (Effect.PENDING, "VCLT 20(5)"),
    "silent for twelve months": (Effect.MODIFIED, "VCLT 20(5), 21(1)"),
    "objected": (Effect.WITHOUT, "VCLT 20(4)(b), 21(3)"),
    "objected and opposed": (Effect.NOT_IN_FORCE, "VCLT 20(4)(b)"),
    "refused by enough": (Effect.REJECTED, "the treaty's own rule on reservations"),
}


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """What holds between a reserving state and another on a day.

    reservation  id of the register's act
    until        while the clock runs: the last day on which the other may object
    in_force     whether the treaty is in force between the two at all
    """

    treaty: str
    state: str
    other: str
    reservation: str
    effect: Effect
    until: date | None = None
    in_force: Truth
    proof: Proof


def relations_of(
    treaty: str, state: str, on: date, register: Register, reference: Reference, others: Iterable[str] = ()
) -> tuple[Relation, ...]:
    """What each reservation of a state does towards every other state that has consented, or towards `others`."""
    case = whole_case(treaty, register, reference)
    consented = consent_days(case, (Timed(e.on.latest, e) for e in case.events))
    towards = sorted(set(others) or {s for s, day in consented.items() if day <= on})
    made = [act for act in _done(treaty, (Kind.RESERVE,), register) if state in act.states and _day(act) <= on]
    return tuple(
        _relation(case, act, state, other, on, consented, register, reference)
        for act in made
        for other in towards
        if other != state
    )


def deadline_of(reservation: date, consent: date | None) -> date:
    """The last day on which a state may object: twelve months from the notification, or its own consent if that is later.

    >>> deadline_of(date(2012, 1, 10), date(1980, 5, 1)), deadline_of(date(2024, 2, 29), None)
    (datetime.date(2013, 1, 10), datetime.date(2025, 2, 28))
    """
    silent = later_by(reservation, None, CLOCK)
    return max(silent, consent) if consent else silent


def _relation(
    case: Case,
    act: Act,
    state: str,
    other: str,
    on: date,
    consented: dict[str, date],
    register: Register,
    reference: Reference,
) -> Relation:
    since = _confirmed(act, consented.get(state))
    until = deadline_of(since, consented.get(other)) if since else None
    word, quotes = _response(case, act, state, other, on, until, consented, register)
    effect, article = EFFECTS[word]
    in_force = _both_bound(case, state, other, on, reference)
    in_force = Truth.FALSE if effect is Effect.NOT_IN_FORCE else in_force
    names = name_of(state, reference), name_of(other, reference)
    says = f"between {names[0]} and {names[1]} the reservation of {_day(act)} is {effect.replace('-', ' ')} on {on}: {word}"
    leaf = Proof(says=f"{names[0]} made a reservation on {_day(act)}", truth=Truth.TRUE, by=act.id, quotes=act.quotes)
    proof = Proof(says=says, truth=Truth.TRUE, by=cite(article, (state, other), reference), because=(leaf, *quotes))
    running = until if effect is Effect.PENDING else None
    return Relation(
        treaty=case.treaty,
        state=state,
        other=other,
        reservation=act.id,
        effect=effect,
        until=running,
        in_force=in_force,
        proof=proof,
    )


def _response(
    case: Case,
    act: Act,
    state: str,
    other: str,
    on: date,
    until: date | None,
    consented: dict[str, date],
    register: Register,
) -> tuple[str, tuple[Proof, ...]]:
    """How the other stands to the reservation by the end of the day, in a word of `EFFECTS`, with its own acts."""
    withdrawn = [a for a in _done(case.treaty, (Kind.WITHDRAW_RESERVATION,), register) if state in a.states]
    if any(_day(act) <= _day(a) <= on for a in withdrawn):
        return "withdrawn", ()
    rule = case.record.reservations if case.record else None
    if rule == "prohibited":
        return "prohibited", ()
    if until is None:
        return "unconfirmed", ()
    against = [a for a in objections_to(case.treaty, state, register) if _day(act) <= _day(a) <= on]
    if rule and rule.startswith("unless:") and _refused(rule, against, consented, _day(act)):
        return "refused by enough", ()
    mine = [a for a in against if other in a.states and _day(a) <= until]
    if mine:
        leaf = Proof(says=f"it objected on {_day(mine[0])}", truth=Truth.TRUE, by=mine[0].id, quotes=mine[0].quotes)
        return ("objected and opposed" if mine[0].definitive else "objected"), (leaf,)
    if rule == "authorised":
        return "authorised", ()
    return ("silent for twelve months" if on > until else "silent, clock running"), ()


def _refused(rule: str, against: Iterable[Act], consented: dict[str, date], made: date) -> bool:
    """Whether the part of the parties that the treaty asks has objected within the twelve months."""
    part = rule.removeprefix("unless:")
    number, whole = part.split("/")
    parties = [s for s, day in consented.items() if day <= made]
    objecting = {s for a in against if _day(a) <= later_by(made, None, CLOCK) for s in a.states}
    return bool(parties) and len(objecting) * int(whole) >= int(number) * len(parties)


def _confirmed(act: Act, consent: date | None) -> date | None:
    """The day from which a reservation counts: one made before consent counts from its confirmation, with the instrument."""
    made = _day(act)
    if consent is None:
        return None
    return max(made, consent)


def _both_bound(case: Case, state: str, other: str, on: date, reference: Reference) -> Truth:
    found = Truth.TRUE
    for each in (state, other):
        found = found & _party(courses(case, each, on, reference)[0].course)
    return found


def _party(course: Course) -> Truth:
    return AXES[course.status].party


def _done(treaty: str, kinds: tuple[Kind, ...], register: Register) -> Iterator[Act]:
    for act in acts_under(treaty, register):
        if act.kind in kinds and act.truth is Truth.TRUE and act.factuality is Factuality.HAPPENED and act.on:
            yield act


def _day(act: Act) -> date:
    assert act.on is not None
    return act.on.latest


# Versions: who is bound by an amendment, pair by pair.


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """Which text governs between two states on a day.

    amendments  ids of the amending treaties that both are bound by, in the order of their adoption, then of the acts by which
                these two amended it between themselves (VCLT 41)
    """

    treaty: str
    states: tuple[str, str]
    amendments: tuple[str, ...]
    proof: Proof


def version_between(treaty: str, one: str, other: str, on: date, register: Register, reference: Reference) -> Version:
    """The version of a treaty between two states: as amended where both are bound by the amendment, else the earlier text.

    Who joined after an amendment was in force joined the amended treaty, and the unamended one towards those who are not
    bound by the amendment (VCLT 40(5)).
    """
    both: list[str] = []
    because: list[Proof] = []
    for record in sorted((r for r in reference.series if r.amends == treaty), key=lambda r: r.since):
        bound = {s: _bound_by_amendment(treaty, record.id, s, on, register, reference) for s in (one, other)}
        word = "both are" if all(bound.values()) else "one of them is not" if any(bound.values()) else "neither is"
        article = "VCLT 40(5), 39" if all(bound.values()) else "VCLT 40(4), 30(4)(b)"
        says = f"{word} bound by {record.names[0]} on {on}"
        because.append(Proof(says=says, truth=Truth.TRUE, by=cite(article, (one, other), reference)))
        if all(bound.values()):
            both.append(record.id)
    for act in _done(treaty, (Kind.AMEND,), register):
        manner = manner_of(act.kind, act.instrument)
        if manner and manner.doing is Doing.AMONG_SOME and {one, other} <= set(act.states) and _day(act) <= on:
            says = f"both amended it between them on {_day(act)}"
            by = cite(manner.article, (one, other), reference)
            because.append(Proof(says=says, truth=Truth.TRUE, by=by, quotes=act.quotes))
            both.append(act.id)
    says = f"between {name_of(one, reference)} and {name_of(other, reference)} {treaty} holds " + (
        f"as amended by {', '.join(both)}" if both else "unamended"
    )
    by = cite("VCLT 30, 40", (one, other), reference)
    proof = Proof(says=says, truth=Truth.TRUE, by=by, because=tuple(because))
    return Version(treaty=treaty, states=(one, other), amendments=tuple(both), proof=proof)


def _bound_by_amendment(
    treaty: str, amendment: str, state: str, on: date, register: Register, reference: Reference
) -> bool:
    """Party to the amendment, or to the treaty by a consent given after the amendment was in force (VCLT 40(5))."""
    case = whole_case(amendment, register, reference)
    if _party(courses(case, state, on, reference)[0].course) is Truth.TRUE:
        return True
    parent = courses(whole_case(treaty, register, reference), state, on, reference)[0].course
    if _party(parent) is not Truth.TRUE:
        return False
    entered = entry_of(case, [Timed(e.on.latest, e) for e in case.events])
    consent = next((c.day for c in parent.changes if c.after is Status.CONTRACTING), None)
    return bool(entered and consent and consent > entered)
