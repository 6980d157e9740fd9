"""Who owes what to whom, and when: norms that can be evaluated (duties as ATOP codes them, conditions in Kleene logic).

A condition is a tree of atoms over scenario predicates (`reference/conditions.py` lists them). Its terms are states, or
variables that the parties and their opponents fill: "?bearer" owes, "?toward" is owed, "?other" is any state that is neither.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Duty(StrEnum):
    """ATOP's five obligations (Leeds et al., ATOP codebook), and what else treaties bind to."""

    DEFENSE = "defense"
    OFFENSE = "offense"
    NEUTRALITY = "neutrality"
    NONAGGRESSION = "nonaggression"
    CONSULTATION = "consultation"


class Op(StrEnum):
    ATOM = "atom"
    ALL = "all"
    ANY = "any"
    NOT = "not"


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as a tree; a leaf is an atom.

    op          how `parts` combine; "atom" has a predicate and args instead
    predicate   a name of `reference/conditions.py`: "armed-attack", "state-of-war"
    args        states or variables ("?bearer", "?toward", "?other"), in the predicate's order
    words       the words of the text it was read from
    """

    op: Op = Op.ATOM
    predicate: str | None = None
    args: tuple[str, ...] = ()
    parts: tuple[Condition, ...] = ()
    words: str = ""


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What limits how, or whether, the duty is performed.

    kind    "charter-51", "domestic-law", "constitutional-process", "territory", "request", "charter-103", "other"
    words   the words of the text
    """

    kind: str
    words: str = ""


class Norm(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of a treaty between its parties, in evaluable form.

    treaty      id of the treaty, or "" where the statement does not yet know it
    article     as printed, "4"; None where nobody said
    bearer      "each-party" (any party, towards any other), or a state
    toward      "each-other-party", or a state
    duty        what is owed
    conditions  when it is owed (the casus); None: always
    manner      how: "immediately", "by-all-means"
    limits      what limits it
    words       the words it was read from
    """

    treaty: str = ""
    article: str | None = None
    bearer: str = "each-party"
    toward: str = "each-other-party"
    duty: Duty
    conditions: Condition | None = None
    manner: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    words: str = ""
