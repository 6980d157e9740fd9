"""How an act was done, where that decides what it does (VCLT 7, 8, 10, 12, 13, 17, 41, 58, 67).

The word stands beside the act, where the kind of an instrument does ("ratification"). An act that only counts once it is
confirmed counts from its own day then, and moves nothing before: a signature ad referendum merely fixes the text (VCLT 10(b)).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from foedus.terms.acts import Kind


class Doing(StrEnum):
    """What the manner of an act does to it."""

    AWAITS = "counts from its own day once it is confirmed"
    CONFIRMS = "confirms an earlier act of its kind"
    BINDS = "does what its kind does, by an article of its own"
    IN_PART = "binds to a part, if the treaty or the others allow it"
    AMONG_SOME = "holds between those who did it alone"


class Manner(NamedTuple):
    """One way in which acts are done.

    word      as the act bears it
    kinds     acts that it says something of
    says      for people, after what was done
    """

    word: str
    kinds: frozenset[Kind]
    doing: Doing
    article: str
    says: str


CONCLUDING = frozenset({Kind.SIGN, Kind.EXCHANGE, Kind.DEPOSIT, Kind.NOTIFY_COMPLETION, Kind.ACCEDE})
ENDING = frozenset({Kind.WITHDRAW_NOTICE, Kind.REVOKE_NOTICE, Kind.TERMINATE, Kind.SUSPEND})

MANNERS = (
    # word                  of which acts           what it does       by           in words
    Manner("ad referendum", frozenset({Kind.SIGN}), Doing.AWAITS, "VCLT 12(2)(b)", "ad referendum"),
    Manner("unauthorised", CONCLUDING, Doing.AWAITS, "VCLT 7, 8", "by somebody who was not authorised"),
    Manner("unauthorised", ENDING, Doing.AWAITS, "VCLT 67(2)", "by somebody who was not authorised"),
    Manner("oral", ENDING, Doing.AWAITS, "VCLT 67(1), 68", "not in writing"),
    Manner("confirmation", CONCLUDING | ENDING, Doing.CONFIRMS, "VCLT 8, 12(2)(b)", "in confirmation"),
    Manner("notes", frozenset({Kind.EXCHANGE}), Doing.BINDS, "VCLT 13", "which are the treaty"),
    Manner("part", CONCLUDING - {Kind.SIGN}, Doing.IN_PART, "VCLT 17(1)", "for a part of the treaty"),
    Manner(
        "inter se",
        frozenset({Kind.SUSPEND, Kind.REVOKE_NOTICE}),
        Doing.AMONG_SOME,
        "VCLT 58, 72(1)",
        "between them alone",
    ),
    Manner("inter se", frozenset({Kind.AMEND}), Doing.AMONG_SOME, "VCLT 41", "between them alone"),
)


def manner_of(kind: Kind, word: str | None) -> Manner | None:
    """The row for an act of a kind and the word that it bears; None where the word decides nothing.

    >>> manner_of(Kind.EXCHANGE, "notes").article, manner_of(Kind.DEPOSIT, "ratification")
    ('VCLT 13', None)
    """
    return next((row for row in MANNERS if row.word == word and kind in row.kinds), None)
