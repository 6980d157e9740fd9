"""Where words stand, who is quoted through whom, and how sure they are (W3C Web Annotation, PROV, FactBank).

Every statement rests on a `Quote`, found verbatim: `document.text[quote.start:quote.end] == quote.exact`.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Quote(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """Words of one document (a Web Annotation text position and text quote selector in one).

    document    id of the document
    start, end  code points of its text, half-open
    exact       the words themselves
    page        where the document has pages (PDF), that on which they begin, counted from 1
    """

    document: str
    start: int
    end: int
    exact: str
    page: int | None = None

    @property
    def place(self) -> str:
        """Where in its document they stand, in words.

        >>> Quote("d_1", 4, 10, "signed").place, Quote("d_1", 4, 10, "signed", 2).place
        ('chars 4-10', 'page 2, chars 4-10')
        """
        chars = f"chars {self.start}-{self.end}"
        return f"page {self.page}, {chars}" if self.page else chars


class Relation(StrEnum):
    """How a report relates to one of its sources."""

    QUOTED = "quoted"  # in direct speech, or "according to X"
    REPORTED = "reported"  # in indirect speech
    CITED = "cited"  # a document, law or register that is said to say so


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a chain of sources, as PROV's `wasQuotedFrom`; a chain is a tuple, outermost first.

    name      as printed ("TASS", "major foreign media")
    relation  how it was used
    role      what the report says the source is ("Deputy Foreign Minister"), or None
    """

    name: str
    relation: Relation = Relation.QUOTED
    role: str | None = None


class Factuality(StrEnum):
    """How sure the report is that it happened (FactBank's values, folded to what a status needs). Merely urged is no act."""

    HAPPENED = "happened"
    PLANNED = "planned"  # decided or scheduled
    EXPECTED = "expected"  # foreseen, or conditional as likely
    POSSIBLE = "possible"  # conditional, considered
    DENIED = "denied"  # also refused, counterfactual

    @property
    def is_unrealised(self) -> bool:
        return self in (Factuality.PLANNED, Factuality.EXPECTED, Factuality.POSSIBLE)


class Stance(StrEnum):
    """What a speaker does with the content of a claim."""

    ASSERT = "assert"
    DENY = "deny"
    DOUBT = "doubt"
    EXPECT = "expect"
    INTERPRET = "interpret"  # the outlet's own reading


STANCE_DONE = {
    Stance.ASSERT: "asserted",
    Stance.DENY: "denied",
    Stance.DOUBT: "doubted",
    Stance.EXPECT: "expected",
    Stance.INTERPRET: "seen",
}
"""What is done to a claim's content by whoever speaks, one or several, in plain words, for issues."""
