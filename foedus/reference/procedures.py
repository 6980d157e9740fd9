"""How a state comes to be bound under its own law: ordered steps, each with its organ, majority, clock and legal source.

One record a state and period; a change of law is a new record, never an edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from foedus.datafiles import nearest, record
from foedus.errors import DataFileError
from foedus.terms.acts import Kind, Measure, Vote
from foedus.terms.proof import Truth


class Majority(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a vote must reach.

    base      "present", "cast", "total" (of all members in law), "constitutional" (of the composition that the constitution sets)
    fraction  the share that must be exceeded, or reached where `reached`: "1/2", "2/3"
    reached   the share itself suffices ("two thirds"), rather than more than it ("a majority")
    quorum    share of the total that must be present, or None
    quorum_exceeded  more than that share must be ("more than half"), rather than the share itself
    least     share of the total that those in favour must exceed whatever the base ("never less than a quarter plus one"), or None
    members   what the members are called: "deputies", "senators"
    """

    base: str
    fraction: str
    reached: bool = False
    quorum: str | None = None
    quorum_exceeded: bool = False
    least: str | None = None
    members: str = "members"

    def threshold(self, whole: int) -> int:
        """How many of `whole` are enough.

        >>> Majority(base="total", fraction="1/2").threshold(450), Majority(base="present", fraction="2/3", reached=True).threshold(100)
        (226, 67)
        """
        return _enough(self.fraction, whole, exceeded=not self.reached)

    def words(self, seats: int | None) -> str:
        """The requirement for people, with the number where the seats give one.

        >>> Majority(base="total", fraction="1/2", members="deputies").words(450)
        'a majority of all 450 deputies (226)'
        """
        share = FRACTIONS.get((self.fraction, self.reached), f"{'' if self.reached else 'more than '}{self.fraction}")
        whole = BASES[self.base].format(seats=f"{seats} " if seats else "", members=self.members)
        number = f" ({self.threshold(seats)})" if seats and self.base in OF_ALL else ""
        quorum = ""
        if self.quorum:
            at_least = "more than " if self.quorum_exceeded else ""
            quorum = f", with {at_least}{QUORUMS.get(self.quorum, self.quorum)} of all members present"
        least = f", and never less than {self.least} of the total plus one" if self.least else ""
        return f"{share} of {whole}{number}{least}{quorum}"

    def met_by(self, vote: Vote, seats: int | None) -> Truth:
        """Whether the tally meets it; UNKNOWN where the numbers that would tell are not reported."""
        quorum = self._quorum_met(vote, seats)
        least = Truth.TRUE
        if self.least:
            known = vote.for_ is not None and seats is not None
            least = Truth.of((vote.for_ or 0) > Fraction(self.least) * (seats or 0) if known else None)
        return self._share_met(vote, seats) & quorum & least

    def _share_met(self, vote: Vote, seats: int | None) -> Truth:
        favour = vote.for_
        if self.base in OF_ALL:
            favour = vote.present if favour is None and vote.unanimous else favour
            return Truth.of(None if favour is None or not seats else favour >= self.threshold(seats))
        if vote.unanimous and not vote.against and (self.base == "cast" or not vote.abstain):
            return Truth.TRUE
        if favour is None:
            return Truth.UNKNOWN
        lowest, highest = _whole(self.base, vote, seats)
        if highest is not None and favour >= self.threshold(highest):
            return Truth.TRUE
        return Truth.FALSE if lowest is not None and favour < self.threshold(lowest) else Truth.UNKNOWN

    def _quorum_met(self, vote: Vote, seats: int | None) -> Truth:
        if not self.quorum:
            return Truth.TRUE
        if not seats:
            return Truth.UNKNOWN
        needed = _enough(self.quorum, seats, exceeded=self.quorum_exceeded)
        voted = sum(part or 0 for part in (vote.for_, vote.against, vote.abstain))
        if max(vote.present or 0, voted) >= needed:
            return Truth.TRUE
        return Truth.UNKNOWN if vote.present is None else Truth.FALSE


OF_ALL = ("total", "constitutional")
BASES = {
    "total": "all {seats}{members}",
    "constitutional": "the {seats}{members} that the constitution sets",
    "present": "the {members} present",
    "cast": "the votes cast",
}
FRACTIONS = {
    ("1/2", False): "a majority",
    ("1/2", True): "half",
    ("2/3", True): "two thirds",
    ("3/5", True): "three fifths",
}
QUORUMS = {"1/2": "half", "1/3": "a third", "2/3": "two thirds"}


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a procedure.

    id          unique within the procedure, in order: "1", "2", "2a"
    kind        the kind of act that fulfils it
    also        other kinds that fulfil it where the acting body is named and fits ("ratify", said of the head of state who decrees it)
    body        id of the directory's body that acts, or None where it has none of its own
    actor       the organ, for people: "the State Duma"
    majority    what a vote must reach
    transmit_days  within how many days the step before must hand it on, or None
    days        within how many days of receipt it must be done, or None
    unit        what the days are: "days", or "sitting-days", which no calendar tells
    silence     what silence beyond the days means: "approved", "rejected", or None
    optional    it may be left out without a defect (a committee's report that is not reported, a referral to a court)
    instead_of  id of the step that this one can stand in for: done, either makes the other superfluous
    implied_by  step ids whose being done implies that this one was done, though nobody may report it
    international  the step is the act between states, not one within the state
    says        the step in one plain sentence
    source      law and article
    verified    somebody saw the source
    """

    id: str
    kind: Kind
    also: tuple[Kind, ...] = ()
    body: str | None = None
    actor: str
    majority: Majority | None = None
    transmit_days: int | None = None
    days: int | None = None
    unit: str = "days"
    silence: str | None = None
    optional: bool = False
    instead_of: str | None = None
    implied_by: tuple[str, ...] = ()
    international: bool = False
    says: str = ""
    source: str
    verified: bool = True


class Procedure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state's road for a class of treaties and a measure.

    id        "RUS-ratification-2020"
    state     alpha-3
    classes   treaty classes it serves ("alliance", "any"), the most particular procedure wins
    measure   ratification unless said
    since     first day in force, or the first day from which it is sourced; `until` the last, or None
    steps     in order
    """

    id: str
    state: str
    name: str
    classes: tuple[str, ...] = ("any",)
    measure: Measure = Measure.RATIFICATION
    since: date
    until: date | None = None
    steps: tuple[Step, ...]
    source: str
    verified: bool = True

    def step(self, id_: str) -> Step | None:
        return next((step for step in self.steps if step.id == id_), None)


def procedures_from(table: Mapping[str, Any], name: str) -> tuple[Procedure, ...]:
    """The procedures of one file, `[[procedure]]` tables with `[[procedure.step]]` in them.

    name     the file, for messages: "procedures/RUS.toml"
    raises   DataFileError naming the record, the fault and the remedy
    """
    listed = table.get("procedure")
    if not isinstance(listed, list) or not listed or set(table) != {"procedure"}:
        raise DataFileError(f"{name}: a procedure file holds [[procedure]] tables and nothing else")
    found = tuple(_procedure(fields, name, number) for number, fields in enumerate(listed, 1))
    for procedure in found:
        _check(procedure, f"{name}, {procedure.id}")
    return found


def procedure_for(
    procedures: Iterable[Procedure], state: str, classes: Iterable[str], measure: Measure, on: date
) -> Procedure | None:
    """The procedure of a state in force on a day, the most particular first; None where none is recorded."""
    serving = [
        p
        for p in procedures
        if p.state == state and p.measure is measure and p.since <= on and (p.until is None or on <= p.until)
    ]
    for wanted in (*classes, "any"):
        fitting = [p for p in serving if wanted in p.classes]
        if fitting:
            return max(fitting, key=lambda p: (p.since, p.id))
    return None


def _enough(fraction: str, whole: int, *, exceeded: bool) -> int:
    share = Fraction(fraction) * whole
    return int(share) + 1 if exceeded else -int(-share // 1)


def _whole(base: str, vote: Vote, seats: int | None) -> tuple[int | None, int | None]:
    """The least and the most that the base can have been: those present, or the votes cast for and against."""
    cast = (vote.for_ or 0) + (vote.against or 0)
    if base == "cast":
        return cast, cast if vote.against is not None else seats
    if vote.present is not None:
        return vote.present, vote.present
    lowest = cast + (vote.abstain or 0)
    return lowest, seats - (vote.absent or 0) if seats else None


def _procedure(fields: Mapping[str, Any], where: str, number: int) -> Procedure:
    steps = fields.get("step", [])
    for place, step in enumerate(steps, 1):
        if step.get("kind") not in set(Kind):
            raise DataFileError(
                f'{where}, {fields.get("id", number)}, step {place}: "{step.get("kind")}" is no act kind'
                f"{nearest(str(step.get('kind')), Kind)}; kinds are listed in terms/acts.py"
            )
    rest = {key: value for key, value in fields.items() if key != "step"}
    return record({**rest, "steps": steps}, Procedure, where, str(fields.get("id", f"procedure {number}")))


def _check(procedure: Procedure, where: str) -> None:
    ids = [step.id for step in procedure.steps]
    if len(ids) != len(set(ids)):
        raise DataFileError(f"{where}: two steps have one id; each step needs its own")
    for step in procedure.steps:
        for other in (*step.implied_by, *((step.instead_of,) if step.instead_of else ())):
            if other not in ids:
                raise DataFileError(f'{where}, step {step.id}: there is no step "{other}"; there is {", ".join(ids)}')
        if step.majority and step.majority.base not in BASES:
            raise DataFileError(
                f'{where}, step {step.id}: "{step.majority.base}" is no base of a majority; there is {", ".join(BASES)}'
            )
        if not step.source.strip():
            raise DataFileError(f"{where}, step {step.id}: a step needs its source, the law and the article")
