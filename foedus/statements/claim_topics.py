"""What a claim is about: a scenario predicate or a topic of the field, and whether the words deny it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.phrases import Phrases, PhraseTable, compile_phrases

_BEFORE, _AFTER = 70, 60
"""How far from the topic's words a denial may stand, in characters."""


class NegationWords(msgspec.Struct, frozen=True, kw_only=True):
    before: tuple[str, ...]
    after: tuple[str, ...]
    unless: tuple[str, ...]


class DeniableTopics(msgspec.Struct, frozen=True, kw_only=True):
    topics: frozenset[str]


class TopicWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `topics.toml` of a language; the topics in the order in which they are tried."""

    negated: NegationWords
    deniable: DeniableTopics
    denials: dict[str, str] = {}
    opposed: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What words are about.

    denied    they say that it is not so
    deniable  what is not so is the topic, where the words have a "not"
    denies    what they deny, for a topic that is a denial itself
    """

    name: str
    denied: bool = False
    deniable: bool = False
    denies: str | None = None

    def under(self, negated: bool) -> str | None:
        """The name of what the words are about; where they only have a "not", of what that denies, if it is known."""
        return self.name if not negated or self.denied else self.denies or (self.name if self.deniable else None)


def topic_of(words: str, reference: Reference, language: str) -> Topic | None:
    """The first topic whose words stand in `words`, or None."""
    table, topics, before, after, unless = _topics(reference, language)
    for name, phrases in topics.possible(words):
        found = phrases.find(words)
        if found:
            clause = max(words.rfind(mark, 0, found.start()) for mark in _CLAUSE_MARKS) + 1
            first = max(clause, found.start() - _BEFORE)
            denied = before.find(words, first, found.start()) or after.find(words, found.start(), found.end() + _AFTER)
            deniable = name in table.deniable.topics
            is_denied = deniable and bool(denied) and not unless.find(words, clause)
            return Topic(name=name, denied=is_denied, deniable=deniable, denies=table.denials.get(name))
    return None


_CLAUSE_MARKS = ",;:"


@lru_cache(maxsize=16)
def _topics(reference: Reference, language: str) -> tuple[TopicWords, PhraseTable[str], Phrases, Phrases, Phrases]:
    table = reference.lexicon(language).section("topics", TopicWords)
    topics = PhraseTable((name, compile_phrases(phrases)) for name, phrases in table.topics.items())
    before, after, unless = map(compile_phrases, (table.negated.before, table.negated.after, table.negated.unless))
    return table, topics, before, after, unless
