"""Who and what a text names: states, organs, persons with their offices, media and treaties, and what pronouns stand for."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from foedus.documents.document import Document
from foedus.documents.sentences import Sentence
from foedus.statements.statement import TreatyMention
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import Agent
from foedus.terms.dates import Timex


class MentionKind(StrEnum):
    STATE = "state"
    ORGANISATION = "organisation"
    BODY = "body"
    PERSON = "person"
    MEDIUM = "medium"  # "TASS", "the media", "major foreign media"
    TREATY = "treaty"
    MEASURE = "measure"  # "the ratification bill", "the law on ratification", "the instruments of ratification"


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A name, or a phrase that stands for one, in a sentence.

    start, end  code points of the document's text
    kind        what it names
    text        the words
    agent       who, for everything but treaties and measures; the fullest form that the document gives
    states      alpha-3 codes or organisations it belongs to or names (one place name may be several states' until context tells)
    treaty      which treaty, for treaties and measures
    joining     of a membership, the states that join, where the words tell
    role        "name", "demonym", "capital", "metonym", "generic" ("the chamber"), "pronoun"; for measures "bill", "law", "decree", "instrument"
    """

    start: int
    end: int
    kind: MentionKind
    text: str
    agent: Agent | None = None
    states: tuple[str, ...] = ()
    treaty: TreatyMention | None = None
    role: str = "name"
    joining: tuple[str, ...] = ()


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with everything named in it, in order of `start`."""

    sentence: Sentence
    mentions: tuple[Mention, ...] = ()
    times: tuple[Timex, ...] = ()


class Discourse(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a chain of analysed sentences.

    main      the treaty the report is about, or None
    treaties  every treaty it names, the main one first
    rows      the words of each sentence, in the order of `analyses`
    """

    document: Document
    analyses: tuple[Analysis, ...]
    main: TreatyMention | None = None
    treaties: tuple[TreatyMention, ...] = ()
    rows: tuple[WordRow, ...] = ()

    @property
    def is_about_a_treaty(self) -> bool:
        """Whether a treaty is named, or described by its parties: "Peru and Chile signed a treaty"."""
        return bool(self.treaties or (self.main and self.main.parties))


def longest(found: list[Mention]) -> list[Mention]:
    """Drops every mention that overlaps a longer one, in order of start."""
    kept: list[Mention] = []
    if len(found) < 2:
        return found
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        start, end = mention.start, mention.end
        for other in kept:
            if start < other.end and other.start < end:
                break
        else:
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)
