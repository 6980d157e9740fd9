"""Who owes what to whom if something happened: each norm, for each ordered pair of parties, in Kleene's three values (VCLT 26, 28).

A duty is owed where the treaty binds both, its casus has occurred, and no limit on whether it is owed stands in the way. FALSE
says that no duty is found under this treaty; there may be one under another, or a right without a duty (UN Charter 51).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from foedus.obligations.casus import ALL, NOT, OTHER, casus, fact_leaf, joined, predicates, undecided
from foedus.obligations.positions import positions_of
from foedus.obligations.scenario import Answer, Scenario
from foedus.reference.packs import Reference
from foedus.register.entries import Finding, Register
from foedus.status.cases import Case, case_of
from foedus.status.convention import cite
from foedus.status.entry_into_force import force_of
from foedus.status.events import name_of
from foedus.status.standings import bound_by
from foedus.terms.norms import Condition, Limit, Norm
from foedus.terms.proof import Proof, Truth

EACH = ("each-party", "each-other-party")
TOWARD, BEARER = "?toward", "?bearer"


class Question(NamedTuple):
    """One norm between one ordered pair of parties in one scenario."""

    finding: Finding
    norm: Norm
    case: Case
    bearer: str
    toward: str
    scenario: Scenario
    register: Register
    reference: Reference

    @property
    def binding(self) -> dict[str, str]:
        return {BEARER: self.bearer, TOWARD: self.toward}

    def name(self, state: str) -> str:
        return name_of(state, self.reference)


def evaluate(scenario: Scenario, register: Register, reference: Reference) -> tuple[Answer, ...]:
    """The answers to a scenario: each norm reported, for each party that it could be owed to and each that could owe it.

    Only pairs whose beneficiary the supposed facts concern are asked about. An answer is never TRUE over something unknown.
    """
    asked = (
        q for finding in register.findings if finding.norm for q in _questions(finding, scenario, register, reference)
    )
    return tuple(_answer(question) for question in asked)


def _questions(finding: Finding, scenario: Scenario, register: Register, reference: Reference) -> Iterator[Question]:
    norm = finding.norm
    if norm is None or finding.truth is Truth.FALSE:
        return
    case = case_of(finding.treaty, register, reference)
    for toward in case.parties if norm.toward in EACH else (norm.toward,):
        if not _concerned(toward, norm, scenario):
            continue
        for bearer in case.parties if norm.bearer in EACH else (norm.bearer,):
            if bearer != toward:
                yield Question(finding, norm, case, bearer, toward, scenario, register, reference)


def _concerned(toward: str, norm: Norm, scenario: Scenario) -> bool:
    """Whether a supposed fact is about a state as the norm's beneficiary; an attacker is not concerned as a victim."""
    places = {
        (atom.predicate, i) for atom in predicates(norm.conditions) for i, a in enumerate(atom.args) if a == TOWARD
    }
    spoken_of = {atom.predicate for atom in predicates(norm.conditions)}
    return any(
        toward == arg and ((fact.predicate, i) in places or fact.predicate not in spoken_of)
        for fact in scenario.facts
        for i, arg in enumerate(fact.args)
    )


def _answer(q: Question) -> Answer:
    pairs = ((q.bearer, q.toward), (q.toward, q.bearer))
    bearer, toward = (bound_by(s, q.case.treaty, q.scenario.on, q.register, q.reference, t) for s, t in pairs)
    bound = bearer.truth & toward.truth
    parts = [_provision(q), *_not_in_force(q, bound), bearer, toward, *_in_time(q, bound)]
    if q.norm.conditions is not None:
        parts.append(casus(q.norm.conditions, q.binding, q.scenario, q.reference))
    parts += [_limit(limit, q) for limit in q.norm.limits]
    proof = joined("", parts, ALL)
    says = _says(q, proof.truth, next((p.says for p in parts if p.truth is Truth.FALSE), ""))
    proof = msgspec.structs.replace(proof, says=says)
    answer = Answer(
        id=_id(q),
        norm=q.finding.id,
        treaty=q.case.treaty,
        article=q.norm.article or q.finding.article,
        bearer=q.bearer,
        toward=q.toward,
        duty=q.norm.duty,
        truth=proof.truth,
        deciding=tuple(dict.fromkeys(leaf.says for leaf in undecided(proof))),
        on=q.scenario.on,
        known=q.register.known,
        says=says,
        proof=proof,
    )
    return msgspec.structs.replace(answer, positions=positions_of(answer, q.register))


def _says(q: Question, truth: Truth, reason: str) -> str:
    """The answer in one sentence; a negative one with the first reason why."""
    article = q.norm.article or q.finding.article
    under = f"{q.case.name}, Article {article}" if article else q.case.name
    manner = ", ".join(how.replace("-", " ") for how in q.norm.manner)
    duty = f"{q.norm.duty} ({manner})" if manner else str(q.norm.duty)
    pair = f"{q.name(q.bearer)} owes {q.name(q.toward)} {duty}"
    return {
        Truth.TRUE: f"{pair} under {under}, if what is supposed is so",
        Truth.FALSE: f"no duty found under {under}: of {q.name(q.bearer)} towards {q.name(q.toward)}, {duty}; {reason}",
        Truth.UNKNOWN: f"whether {pair} under {under} cannot be told from what is known and supposed",
    }[truth]


def _provision(q: Question) -> Proof:
    """That the treaty provides the duty, as reported."""
    quotes = tuple(q.finding.proof.all_quotes()) or q.finding.variants
    says = f"the treaty provides: {q.norm.words}" if q.norm.words else f"the treaty provides for {q.norm.duty}"
    says = says if q.finding.truth is Truth.TRUE else f"whether {says}"
    return Proof(says=says, truth=q.finding.truth, by=f"reported: {q.finding.id}", quotes=quotes)


def _not_in_force(q: Question, bound: Truth) -> Iterator[Proof]:
    """Where nobody is bound because the treaty is not in force, that is the first reason."""
    if bound is Truth.FALSE:
        force = force_of(q.case.treaty, q.scenario.on, q.register, q.reference)
        if force.truth is Truth.FALSE:
            says = f"the treaty is not in force on {q.scenario.on}"
            by = cite("VCLT 24", (q.bearer, q.toward), q.reference)
            yield Proof(says=says, truth=Truth.FALSE, by=by, because=(force.proof,))


def _in_time(q: Question, bound: Truth) -> Iterator[Proof]:
    """What is supposed is supposed of the day asked about, so a treaty in force then does not reach back."""
    if bound is Truth.TRUE:
        says = f"what is supposed is supposed of {q.scenario.on}, when the treaty is in force: it does not reach back"
        yield Proof(says=says, truth=bound, by=cite("VCLT 28", (q.bearer, q.toward), q.reference))


def _limit(limit: Limit, q: Question) -> Proof:
    return LIMITS.get(limit.kind, _unread)(limit, q)


def _charter_51(limit: Limit, q: Question) -> Proof:
    """Self-defence: an armed attack, on a Member, until the Security Council has acted."""
    acting = fact_leaf("security-council-acting", (q.toward,), q.scenario, q.reference)
    parts = [
        fact_leaf("un-member", (q.toward,), q.scenario, q.reference),
        joined("the Security Council has not yet acted", (acting,), NOT),
    ]
    attack = "armed-attack"
    if all(atom.predicate != attack for atom in predicates(q.norm.conditions)):
        parts.insert(0, casus(Condition(predicate=attack, args=(OTHER, TOWARD)), q.binding, q.scenario, q.reference))
    return joined("the limit of self-defence is kept", parts, ALL, by="UN Charter 51")


def _on_request(limit: Limit, q: Question) -> Proof:
    return fact_leaf("request", (q.toward, q.bearer), q.scenario, q.reference)


def _on_territory(limit: Limit, q: Question) -> Proof:
    says = f"whether it happened on the territory that the treaty covers: {limit.words}"
    return Proof(says=says, truth=Truth.UNKNOWN, by="limit of territory")


def _how(limit: Limit, q: Question) -> Proof:
    says = f"this limits how the duty is performed, not whether it is owed: {limit.words or limit.kind}"
    return Proof(says=says, truth=Truth.TRUE, by=HOW[limit.kind])


def _unread(limit: Limit, q: Question) -> Proof:
    says = f"whether this limit leaves the duty standing: {limit.words or limit.kind}"
    return Proof(says=says, truth=Truth.UNKNOWN, by="a limit that is not evaluated")


# What limits the manner only.
HOW = {
    "domestic-law": "the laws of the parties; VCLT 27 lets none of them excuse a failure",
    "constitutional-process": "the constitutional processes of the parties; VCLT 27",
    "charter-103": "UN Charter 103: obligations under the Charter prevail",
}

LIMITS: dict[str, Callable[[Limit, Question], Proof]] = {
    "charter-51": _charter_51,
    "request": _on_request,
    "territory": _on_territory,
    **dict.fromkeys(HOW, _how),
}


def _id(q: Question) -> str:
    facts = sorted(f"{f.predicate}{f.args}{f.truth.value}" for f in q.scenario.facts)
    whole = f"{q.finding.id}:{q.bearer}:{q.toward}:{q.scenario.on}:{facts}"
    return "o_" + hashlib.sha256(whole.encode()).hexdigest()[:16]
