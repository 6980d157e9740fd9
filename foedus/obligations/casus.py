"""Whether the casus of a norm has occurred: a condition in Kleene's strong logic over supposed facts, with its proof.

What is not supposed is unknown, with one exception: who is a member of the United Nations is a matter of record. A condition on
"any other state" holds if it holds of one; that it holds of none is never known from a list of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from foedus.errors import FoedusError
from foedus.obligations.scenario import Scenario
from foedus.reference.conditions import BY_NAME
from foedus.reference.packs import Reference
from foedus.status.events import name_of
from foedus.terms.norms import Condition, Op
from foedus.terms.proof import Proof, Truth, all_of, any_of

OTHER = "?other"
ANYBODY = "any other state"

ALL = "all of these must hold (Kleene's conjunction)"
ANY = "one of these suffices (Kleene's disjunction)"
NOT = "it must not hold (Kleene's negation)"
FOLDS: dict[str, Callable[[Iterable[Truth]], Truth]] = {
    ALL: all_of,
    ANY: any_of,
    NOT: lambda truths: ~all_of(truths),
}

SENTENCES = {
    "armed-attack": "{0} carries out an armed attack on {1}",
    "state-of-war": "{0} is in a state of war",
    "invasion-threat": "an immediate threat of armed invasion of {0} has arisen",
    "request": "{0} asks {1} for help",
    "provoked": "{0} provoked {1}",
    "security-council-acting": "the Security Council has taken the measures necessary for the attack on {0}",
    "un-member": "{0} is a member of the United Nations",
    "invoked": "{0} says that the casus of {1} has occurred",
}


def casus(condition: Condition, binding: Mapping[str, str], scenario: Scenario, reference: Reference) -> Proof:
    """Whether a condition holds in a scenario, its variables bound to states.

    binding  "?bearer" and "?toward" to states; "?other" is any state that is neither

    Where no other state that is spoken of will do, one that nobody speaks of still might.
    """
    if OTHER not in _variables(condition):
        return _holds(condition, binding, scenario, reference)
    spoken_of = {arg for fact in scenario.facts for arg in fact.args if arg in _states(fact.predicate, fact.args)}
    others = sorted(spoken_of - set(binding.values()))
    found = [_holds(condition, {**binding, OTHER: other}, scenario, reference) for other in others]
    possible = [proof for proof in found if proof.truth is not Truth.FALSE]
    if len(possible) == 1:
        return possible[0]
    if not possible:
        anybody = _holds(condition, {**binding, OTHER: ANYBODY}, scenario, reference)
        if not found:
            return anybody
        found.append(anybody)
    return joined("the casus has occurred because of some other state", found, ANY)


def fact_leaf(predicate: str, args: tuple[str, ...], scenario: Scenario, reference: Reference) -> Proof:
    """What a scenario, or a public record, says of one fact."""
    says = SENTENCES.get(predicate, f"{predicate} of {', '.join(args)}").format(*(name_of(a, reference) for a in args))
    supposed = next((f for f in scenario.facts if f.predicate == predicate and f.args == args), None)
    by = f"{predicate}({', '.join(args)})"
    if supposed and supposed.truth is not Truth.UNKNOWN:
        said = says if supposed.truth is Truth.TRUE else f"it is not so that {says}"
        return Proof(says=said, truth=supposed.truth, by=f"{supposed.source}: {by}")
    if predicate == "un-member":
        with suppress(FoedusError):
            member = reference.directory.is_un_member(args[0], scenario.on)
            source = reference.directory.state(args[0]).source
            said = says if member else f"it is not so that {says}"
            return Proof(says=f"{said} on {scenario.on}", truth=Truth.of(member), by=source)
    return Proof(says=f"whether {says}", truth=Truth.UNKNOWN, by=f"not supposed: {by}")


def joined(says: str, proofs: Iterable[Proof], rule: str, by: str = "") -> Proof:
    """Proofs folded by a rule of `FOLDS`; where it cannot be told, the sentence says so."""
    proofs = tuple(proofs)
    truth = FOLDS[rule](proof.truth for proof in proofs)
    said = {Truth.TRUE: says, Truth.FALSE: f"it is not so that {says}", Truth.UNKNOWN: f"whether {says}"}[truth]
    return Proof(says=said, truth=truth, by=f"{by}; {rule}" if by else rule, because=proofs)


def refolded(proof: Proof, decided: Mapping[str, Truth]) -> Truth:
    """The truth of a proof if some of its leaves were decided otherwise; `decided` is keyed by the leaves' `by`."""
    if not proof.because:
        return decided.get(proof.by, proof.truth)
    rule = next((rule for rule in FOLDS if proof.by.endswith(rule)), None)
    if rule is None:
        return proof.truth
    return FOLDS[rule](refolded(part, decided) for part in proof.because)


def undecided(proof: Proof) -> Iterator[Proof]:
    """The unknown leaves on which an unknown proof hangs."""
    if proof.truth is not Truth.UNKNOWN:
        return
    if not proof.because:
        yield proof
    for part in proof.because:
        yield from undecided(part)


def predicates(condition: Condition | None) -> Iterator[Condition]:
    """The atoms of a condition."""
    if condition is None:
        return
    if condition.op is Op.ATOM:
        yield condition
    for part in condition.parts:
        yield from predicates(part)


def _holds(condition: Condition, binding: Mapping[str, str], scenario: Scenario, reference: Reference) -> Proof:
    if condition.op is Op.ATOM:
        args = tuple(binding.get(arg, arg) for arg in condition.args)
        return fact_leaf(condition.predicate or "", args, scenario, reference)
    parts = [_holds(part, binding, scenario, reference) for part in condition.parts]
    rule = {Op.ALL: ALL, Op.ANY: ANY, Op.NOT: NOT}[condition.op]
    unnamed = "the exception does not apply" if condition.op is Op.NOT else "the condition of the norm holds"
    return joined(condition.words or unnamed, parts, rule)


def _variables(condition: Condition) -> set[str]:
    return {arg for atom in predicates(condition) for arg in atom.args if arg.startswith("?")}


def _states(predicate: str, args: tuple[str, ...]) -> set[str]:
    """Those arguments of a fact that are states."""
    known = BY_NAME.get(predicate)
    return {arg for arg, what in zip(args, known.args, strict=False) if what != "treaty"} if known else set(args)
