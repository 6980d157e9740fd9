"""What an answer would be on the word of those who have spoken to it: by office, document and date, in a fixed order.

Parties dispute the facts. No word is the default, no denial settles a question, and the answer itself does not move. A claim
counts for a fact only where its words tell of whom it speaks; else its position is unknown, and its words are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.obligations.casus import refolded
from foedus.obligations.scenario import Answer, Position
from foedus.register.entries import ClaimEntry, Register
from foedus.terms.evidence import Stance
from foedus.terms.proof import Truth

WORD = {Stance.ASSERT: Truth.TRUE, Stance.DENY: Truth.FALSE}
VERBS = {
    Stance.ASSERT: "says",
    Stance.DENY: "denies",
    Stance.DOUBT: "doubts",
    Stance.EXPECT: "expects",
    Stance.INTERPRET: "reads it as",
}


def positions_of(answer: Answer, register: Register) -> tuple[Position, ...]:
    """The positions on an answer that claims in the register take: one for each claim about a fact that the answer turns on."""
    turning = {leaf.by for leaf in answer.proof.leaves()}
    found = [
        _position(answer, claim, turning, register)
        for claim in register.claims
        if claim.treaty == answer.treaty and claim.about and any(f": {claim.about}(" in by for by in turning)
    ]
    return tuple(
        sorted(found, key=lambda position: (position.who, position.on or "", position.document, position.says))
    )


def _position(answer: Answer, claim: ClaimEntry, turning: set[str], register: Register) -> Position:
    meant = dict.fromkeys(_meant(claim, turning), WORD[claim.stance]) if claim.stance in WORD else {}
    names = {document.id: document.name for document in register.documents}
    documents = sorted({names.get(quote.document, quote.document) for quote in claim.quotes})
    return Position(
        who=", ".join(filter(None, (claim.speaker.name, claim.speaker.role))),
        document=", ".join(documents),
        on=claim.on.edtf if claim.on else None,
        truth=refolded(answer.proof, meant) if meant else Truth.UNKNOWN,
        says=f"{VERBS[claim.stance]}: {claim.says}",
    )


def _meant(claim: ClaimEntry, turning: set[str]) -> Iterator[str]:
    """The leaves that a claim speaks to: those of its predicate, of the very states that it names."""
    fact = f": {claim.about}({', '.join(claim.args)})"
    for by in turning:
        if claim.args and by.endswith(fact):
            yield by
