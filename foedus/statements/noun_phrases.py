"""Noun phrases that can speak: where one begins, and the speaker that its noun gives where it has no name.

"The senior official", "Malta's agriculture minister", "several upstream countries": words of office, articles, owners and
adjectives belong to the noun on their left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.speaker_names import Speaker, named_speakers, span
from foedus.terms.agents import Agent, BodyKind

_ADJECTIVES = 3
_ALSO_VERBS = ("notes",)
"""Roles of measures whose words are verbs of saying as well."""
_AGENT = 6
"""Letters of a noun that tells those who do something."""
_COUNTED = 3
"""Words from a quantifier to its plural."""


class NounPhrases:
    """The noun phrases of one sentence; what few sentences need is found when it is asked for.

    quoted   for each token whether it is direct speech
    proper   words that the document writes with a capital within its sentences, in lower case
    """

    def __init__(
        self, analysis: Analysis, text: str, words: AttributionWords, quoted: Sequence[bool], proper: frozenset[str]
    ) -> None:
        self.words, self.proper = words, proper
        self._analysis, self._text = analysis, text
        self.tokens = analysis.sentence.tokens
        self.lower = [token.lower for token in self.tokens]
        if "’" in text[analysis.sentence.start : analysis.sentence.end]:
            self.lower = [word.replace("’", "'") for word in self.lower]
        self.starts = [token.start for token in self.tokens]
        self.quoted = quoted

    @cached_property
    def named(self) -> list[Speaker]:
        return named_speakers(self._analysis.mentions, self.tokens, self.quoted, self.words)

    @cached_property
    def ending(self) -> dict[int, Speaker]:
        return {speaker.last: speaker for speaker in reversed(self.named)}

    @cached_property
    def beginning(self) -> dict[int, Speaker]:
        return {speaker.first: speaker for speaker in self.named}

    @cached_property
    def skipped(self) -> list[bool]:
        """For each token whether it may stand between a speaker and the verb: times and settings."""
        sentence = self._analysis.sentence
        settings = self.words.settings.find_all(self._text, sentence.start, sentence.end)
        times = ((time.start, time.end) for time in self._analysis.times)
        return self._covered([*times, *(match.span() for match in settings)])

    @cached_property
    def in_name(self) -> list[bool]:
        """For each token whether it is part of a name, which has no verb of saying."""
        return self._covered((m.start, m.end) for m in self._analysis.mentions if m.role not in _ALSO_VERBS)

    @cached_property
    def peoples(self) -> dict[int, Mention]:
        return {self.index(m.end): m for m in self._analysis.mentions if m.role == "demonym"}

    def index(self, position: int) -> int:
        """The first token that starts at or after `position`."""
        return bisect_left(self.starts, position)

    def _covered(self, spans: Iterable[tuple[int, int]]) -> list[bool]:
        """For each token whether one of the stretches of text covers it."""
        covered = [False] * len(self.tokens)
        for start, end in spans:
            for at in range(self.index(start), bisect_left(self.starts, end)):
                covered[at] = True
        return covered

    def phrase_start(self, speaker: Speaker) -> int:
        """The first token of the noun phrase around a name: "the broadcaster ATV", "its chief Jens Stoltenberg"."""
        return self._over_adjectives(self._phrase_start(speaker.first))

    def _phrase_start(self, first: int) -> int:
        if first < len(self.lower) and self.lower[first] in self.words.small.determiners:
            return first
        while first > 0 and not self.quoted[first - 1]:
            before = self.lower[first - 1]
            known = (
                before in self.words.nouns.inside
                or before in self.words.heads
                or before in self.words.small.possessives
                or (before in self.words.small.quantifiers and before not in self.words.small.determiners)
            )
            capital = self.tokens[first - 1].text[0].isupper() and not self.words.is_small(before)
            capital = capital and (first > 1 or self.tokens[0].text.isupper() or before in self.proper)
            if before in self.words.small.determiners:
                return first - 1
            if not known and not capital:
                return first
            first -= 1
        return first

    def _over_adjectives(self, first: int) -> int:
        """Up to three words that no rule knows between a noun and the article or name before it: "the far-right MP"."""
        if self.lower[first] in self.words.small.determiners:
            return first
        for at in range(first - 1, max(0, first - 1 - _ADJECTIVES), -1):
            if self.words.is_small(self.lower[at]) or not self.lower[at][0].isalpha() or self.quoted[at]:
                break
            if self.lower[at - 1] in self.words.small.determiners:
                return at - 1
            if self.lower[at - 1] in self.words.small.possessives:
                return self._owner_start(at - 1)
            if self.in_name[at - 1]:
                return at
        return first

    def _over_quantifier(self, first: int) -> int:
        """Where a plural begins: with its quantifier ("several upstream countries"), or after what it hangs on ("of riparian states")."""
        for at in range(first - 1, max(-1, first - 1 - _ADJECTIVES), -1):
            if self.lower[at] in self.words.small.quantifiers or self.lower[at] in self.words.small.of_links:
                return at + (self.lower[at] in self.words.small.of_links)
            if self.words.is_small(self.lower[at]) or not self.lower[at][0].isalpha():
                break
        opens = first == 1 and self.lower[0][0].isalpha() and not self.words.is_small(self.lower[0])
        return 0 if opens else first  # "African nations said"

    def _owner_start(self, mark: int) -> int:
        """Where the owner before "'s" begins: a name, or a noun with its article."""
        owner = self.ending.get(mark)
        if owner:
            return owner.first
        return mark - 2 if mark > 1 and self.lower[mark - 2] in self.words.small.determiners else max(mark - 1, 0)

    def _noun(
        self, head: int, last: int | None = None, states: tuple[str, ...] = (), free: bool = False
    ) -> Speaker | None:
        """A speaker without a name: the noun at `head` with what belongs to it on the left."""
        word, small = self.lower[head], self.words.small
        first = self._phrase_start(head)
        first = self._over_quantifier(first) if self._is_plural(head) else self._over_adjectives(first)
        if first < head and self.lower[first] in small.possessives:
            first = self._owner_start(first)
        first += first < head and self._is_plural(head) and self.lower[first] == small.that
        if self.lower[first] in small.distributive:
            return None  # "each government informs the other" says it of nobody
        plural = self._is_plural(head)
        bare = first == head and not plural and not self.tokens[head].text[0].isupper()
        if bare or (not free and first and self.lower[first - 1] in small.prepositions):
            return None
        pair = self.ending.get(first - 1) if first > 1 and self.lower[first - 1] in small.conjunctions else None
        if pair and plural and pair.agent:
            first, states = pair.first, pair.agent.states
        person = word in self.words.nouns.persons
        again = last is None and head - first == 1 and self.lower[first] in (small.definite or small.determiners)
        return Speaker(
            first=first,
            last=last or head + 1,
            agent=Agent(name=span(self.tokens, first, last or head + 1), kind=BodyKind.PERSON if person else BodyKind.OTHER, states=states),
            pronoun=word if again and (person or word in small.medium_again) else "",
            plural=plural,
            document=word in self.words.nouns.documents,
        )  # fmt: skip

    def _people(self, at: int) -> Speaker | None:
        """ "The Congolese": those of a state, by its demonym with an article and no noun."""
        mention = self.peoples.get(at + 1)
        if not mention or not at or self.lower[at - 1] not in self.words.small.definite:
            return None
        agent = Agent(name=span(self.tokens, at - 1, at + 1), kind=BodyKind.OTHER, states=mention.states)
        return Speaker(first=at - 1, last=at + 1, agent=agent, plural=True)

    def _is_head(self, at: int) -> bool:
        """A noun that can speak: one of the lexicon, a plural that a quantifier goes before ("many conservatives"), or one of
        those who do something ("the villagers")."""
        return self.lower[at] in self.words.heads or self._is_counted(at) or self._are_people(at)

    def _is_counted(self, at: int) -> bool:
        ending, quantifiers = self.words.small.plural_ending, self.words.small.quantifiers
        if self.lower[at] in self.words.small.silent:
            return False
        if not ending or not self.lower[at].endswith(ending) or self.words.is_small(self.lower[at]) or self.in_name[at]:
            return False
        return any(word in quantifiers for word in self.lower[max(0, at - _COUNTED) : at])

    def _are_people(self, at: int) -> bool:
        """A plural formed as those are who do or own something: "villagers", "shipowners", "historians"."""
        word, small = self.lower[at], self.words.small
        if len(word) < _AGENT or not word.endswith(small.people_endings) or word in small.silent:
            return False
        return not (self.words.is_small(word) or self.in_name[at])

    def _is_plural(self, at: int) -> bool:
        return self.lower[at] in self.words.nouns.plurals or self._is_counted(at) or self._are_people(at)

    def _unknown(self, at: int) -> Speaker | None:
        """A single capitalised word that no rule knows, right before the verb."""
        word = self.tokens[at]
        if not word.text[0].isupper() or len(word.text) < 3 or self.words.is_small(word.lower) or self.skipped[at]:
            return None
        if self.in_name[at]:
            return None
        if at and self.lower[at - 1] in self.words.small.prepositions:
            return None
        return Speaker(
            first=at,
            last=at + 1,
            agent=Agent(name=word.text, kind=BodyKind.PERSON),
            kind=MentionKind.PERSON,
            guessed=True,
        )
