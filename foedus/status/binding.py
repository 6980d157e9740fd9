"""Whether an instrument binds its parties at law at all: as somebody says, as is disputed, or as nobody says (VCLT 2(1)(a)).

A memorandum can be a treaty and a declaration can be none; the title decides nothing (VCLT 2(1)(a), "whatever its particular
designation"). Nor does an approval by a parliament or a registration: they are evidence for who argues, and settle nothing here.
"""

from __future__ import annotations

from typing import NamedTuple

from foedus.reference.packs import Reference
from foedus.register.entries import ClaimEntry, Register
from foedus.status.cases import record_of
from foedus.terms.evidence import Stance
from foedus.terms.proof import Proof, Truth
from foedus.terms.treaties import Binding

ARTICLE = "VCLT 2(1)(a)"
YES_NO = {Stance.ASSERT: Binding.YES, Stance.DENY: Binding.NO, Stance.DOUBT: Binding.DISPUTED}
# Topics of claims, in `topics.toml`, and what who takes a stance on one says; "it is a non-binding document" asserts that it is not.
SAYS = {
    "legally-binding": YES_NO,
    "not-legally-binding": {**YES_NO, Stance.ASSERT: Binding.NO, Stance.DENY: Binding.YES},
}
WORDS = {
    Binding.YES: "it is said to be legally binding",
    Binding.NO: "it is said not to be legally binding",
    Binding.DISPUTED: "whether it is legally binding is disputed",
    Binding.UNSTATED: "nobody says whether it is legally binding",
}


class BindingFound(NamedTuple):
    """What is said of an instrument's force, and by whom."""

    binding: Binding
    proof: Proof


def binding_of(treaty: str, register: Register, reference: Reference) -> BindingFound:
    """Whether an instrument is binding, as far as anybody says; claims of two sides that differ leave it disputed."""
    claims = [c for c in register.claims if c.treaty == treaty and c.stance in SAYS.get(c.about or "", ())]
    record = record_of(treaty, reference)
    said = {_said(claim) for claim in claims}
    leaves = [_leaf(claim) for claim in claims]
    if record and record.binding is not None:
        said.add(record.binding)
        leaves.append(Proof(says=WORDS[record.binding], truth=Truth.TRUE, by=record.source))
    binding = said.pop() if len(said) == 1 else Binding.DISPUTED if said else Binding.UNSTATED
    truth = Truth.TRUE if binding in (Binding.YES, Binding.NO) else Truth.UNKNOWN
    return BindingFound(binding, Proof(says=WORDS[binding], truth=truth, by=ARTICLE, because=tuple(leaves)))


def _said(claim: ClaimEntry) -> Binding:
    return SAYS[claim.about or ""][claim.stance]


def _leaf(claim: ClaimEntry) -> Proof:
    """Who says it; that it is said is certain, whether it is so is not what the leaf says."""
    verb = {Binding.YES: "says that it is", Binding.NO: "denies that it is", Binding.DISPUTED: "doubts that it is"}
    says = f"{claim.speaker.name} {verb[_said(claim)]} legally binding"
    return Proof(says=says, truth=Truth.TRUE, by=claim.id, quotes=claim.quotes)
