"""Grounds on which a treaty, or a state's consent to it, is void or may be ended (VCLT 46-53, 60-64, 69, 71).

Nobody but the state concerned may invoke the first six; the last three make a treaty void by themselves. That a ground is
claimed voids nothing: the claim takes the road of VCLT 65-66, and until then the treaty stands (VCLT 42).
"""

from __future__ import annotations

from typing import NamedTuple

from foedus.terms.acts import Kind


class Ground(NamedTuple):
    """One ground.

    article    of the VCLT
    by_itself  void without being invoked
    whole      the treaty for everybody, not one state's consent
    says       for people
    """

    article: str
    by_itself: bool
    whole: bool
    says: str


GROUNDS = {
    # word                    article       by itself  whole  what it is
    "competence": Ground(
        "VCLT 46", False, False, "a manifest breach of fundamental law on competence to conclude treaties"
    ),
    "restriction": Ground(
        "VCLT 47", False, False, "a representative went beyond a restriction that the others were told of"
    ),
    "error": Ground("VCLT 48", False, False, "an error on a fact that was an essential basis of consent"),
    "fraud": Ground("VCLT 49", False, False, "fraud by another negotiating state"),
    "corruption": Ground("VCLT 50", False, False, "corruption of a representative by another negotiating state"),
    "coercion-of-representative": Ground("VCLT 51", True, False, "coercion of a representative"),
    "coercion-of-state": Ground("VCLT 52", True, True, "the threat or use of force against the Charter"),
    "jus-cogens": Ground("VCLT 53", True, True, "conflict with a peremptory norm when it was concluded"),
    "new-jus-cogens": Ground("VCLT 64", True, True, "conflict with a peremptory norm that emerged later"),
}


def basis_of(ground: str) -> str:
    """The articles by which a treaty found void on a ground ends: "VCLT 53, 69, 71"."""
    found = GROUNDS[ground]
    effects = "71" if found.article in ("VCLT 53", "VCLT 64") else "69"
    return f"{found.article}, {effects}"


class Cause(NamedTuple):
    """What one party may invoke to leave, end or suspend a treaty; it is an entitlement, and ends nothing by itself.

    article   of the VCLT
    of_two    what it allows one party of a bilateral treaty
    of_many   what it allows one party of a treaty of many by itself; the rest is for all the others together
    says      for people
    """

    article: str
    of_two: frozenset[Kind]
    of_many: frozenset[Kind]
    says: str


LEAVING = frozenset({Kind.TERMINATE, Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE, Kind.SUSPEND})
CAUSES = {
    # word                    article    of two   of many                    what it is
    "breach": Cause("VCLT 60", LEAVING, frozenset({Kind.SUSPEND}), "a material breach by another party"),
    "impossibility": Cause("VCLT 61", LEAVING, LEAVING, "an object that performance needs is gone for good"),
    "fundamental-change": Cause("VCLT 62", LEAVING, LEAVING, "circumstances that consent rested on have changed"),
    "severance": Cause("VCLT 63", frozenset(), frozenset(), "diplomatic or consular relations are broken off"),
}
