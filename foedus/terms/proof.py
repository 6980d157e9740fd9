"""Why we believe something: the one derivation type that every stage returns.

A date, an act, a standing and a duty are all explained by the same tree, so one view can show any of them, down to the
words of a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import reduce
from operator import and_, or_

import msgspec

from foedus.terms.evidence import Quote


class Truth(Enum):
    """Kleene's strong three values: UNKNOWN means "the text or the facts do not say".

    >>> Truth.FALSE & Truth.UNKNOWN, Truth.TRUE & Truth.UNKNOWN, ~Truth.UNKNOWN
    (FALSE, UNKNOWN, UNKNOWN)
    >>> Truth.TRUE | Truth.UNKNOWN
    TRUE
    """

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    @property
    def rank(self) -> int:
        return _RANK[self]

    def __and__(self, other: Truth) -> Truth:
        return min(self, other, key=lambda truth: truth.rank)

    def __or__(self, other: Truth) -> Truth:
        return max(self, other, key=lambda truth: truth.rank)

    def __invert__(self) -> Truth:
        return _NOT[self]

    def __repr__(self) -> str:
        return self.name

    @classmethod
    def of(cls, known: bool | None) -> Truth:
        return cls.UNKNOWN if known is None else cls.TRUE if known else cls.FALSE


_RANK = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
_NOT = {Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN, Truth.TRUE: Truth.FALSE}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction; TRUE of nothing."""
    return reduce(and_, truths, Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction; FALSE of nothing."""
    return reduce(or_, truths, Truth.FALSE)


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A conclusion, the rule that gives it, and what it rests on.

    says      one plain sentence a reader can check
    truth     how sure
    by        the rule: "VCLT Art. 24(2)", "RUS procedure, step 4", "calendar", "NOT REPORTED by 2024-10-25"
    because   further proofs; a leaf has quotes, or `by` names a legal text or a rule
    quotes    the words of reports that a leaf rests on

    >>> signed = Proof(says="Russia signed it on 2024-06-19", truth=Truth.TRUE, by="report")
    >>> silent = Proof(says="no instruments were exchanged", truth=Truth.TRUE, by="NOT REPORTED by 2024-10-25")
    >>> whole = Proof(says="Russia is a signatory, not yet bound", truth=Truth.TRUE, by="VCLT Art. 14(1)", because=(signed, silent))
    >>> print(whole.outline())
    TRUE Russia is a signatory, not yet bound [VCLT Art. 14(1)]
      TRUE Russia signed it on 2024-06-19 [report]
      TRUE no instruments were exchanged [NOT REPORTED by 2024-10-25]
    """

    says: str
    truth: Truth
    by: str
    because: tuple[Proof, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def outline(self, depth: int = 0) -> str:
        line = f"{'  ' * depth}{self.truth!r} {self.says} [{self.by}]"
        return "\n".join([line, *(proof.outline(depth + 1) for proof in self.because)])

    def leaves(self) -> Iterator[Proof]:
        """The proofs that rest on nothing further, left to right."""
        if not self.because:
            yield self
        for proof in self.because:
            yield from proof.leaves()

    def all_quotes(self) -> Iterator[Quote]:
        yield from self.quotes
        for proof in self.because:
            yield from proof.all_quotes()


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of the world that a reader must know of: a contradiction, an undatable act, an unknown body.

    kind    a short name in kebab case: "date-refuted", "claims-contradict", "wording-differs", "body-unknown", "expectation-overtaken"
    says    one plain sentence
    quotes  the words it is about, of every side
    about   ids of the acts, findings, claims or documents it concerns
    proof   how it was found, where more than the quotes is to be shown
    """

    kind: str
    says: str
    quotes: tuple[Quote, ...] = ()
    about: tuple[str, ...] = ()
    proof: Proof | None = None
