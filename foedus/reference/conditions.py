"""The predicates that scenarios and norms are made of, each with its arguments and meaning.

Names follow ATOP's conditions and the casus foederis literature where they have one; an "armed attack" is the term of
UN Charter Art. 51, a characterisation that somebody makes, and is shown with who makes it.
"""

from __future__ import annotations

import msgspec


class Predicate(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of fact.

    name     kebab case
    args     what each argument is: "who", "on whom"
    means    one sentence
    source   where the term comes from
    """

    name: str
    args: tuple[str, ...]
    means: str
    source: str = ""


PREDICATES: tuple[Predicate, ...] = (
    Predicate(
        name="armed-attack",
        args=("attacker", "victim"),
        means="the first state carries out an armed attack on the second",
        source="UN Charter 51",
    ),
    Predicate(
        name="state-of-war",
        args=("state",),
        means="the state is at war",
        source="ATOP codebook (war as a condition); treaty wordings 'finds itself in a state of war'",
    ),
    Predicate(
        name="invasion-threat",
        args=("state",),
        means="an immediate threat of armed invasion of the state has arisen",
        source="treaty wordings on consultation",
    ),
    Predicate(
        name="request",
        args=("asking", "asked"),
        means="the first state asks the second for help",
        source="ATOP concoreq",
    ),
    Predicate(
        name="provoked",
        args=("state", "opponent"),
        means="the first state provoked the second",
        source="ATOP -conpr",
    ),
    Predicate(
        name="security-council-acting",
        args=("victim",),
        means="the Security Council has taken the measures necessary for the attack on the state",
        source="UN Charter 51",
    ),
    Predicate(
        name="un-member",
        args=("state",),
        means="the state is a member of the United Nations",
        source="UN Charter 4, 51",
    ),
    Predicate(
        name="invoked",
        args=("state", "treaty"),
        means="the state says that the casus of the treaty has occurred",
        source="VCLT 65; alliance practice of declaring the casus foederis",
    ),
)

BY_NAME = {predicate.name: predicate for predicate in PREDICATES}
