"""Noun phrases that can speak: where one begins, and the speaker that its noun gives where it has no name.

"The senior official", "Malta's agriculture minister", "several upstream countries": words of office, articles, owners and
adjectives belong to the noun on their left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.speaker_names import Speaker, named_speakers, span
from foedus.terms.agents import Agent, BodyKind

_ADJECTIVES = 3
_COUNTED = 3
"""Words from a quantifier to its plural."""


class NounPhrases:
    """The noun phrases of one sentence.

    quoted   for each token whether it is direct speech
    skipped  tokens that may stand between a speaker and the verb: times and settings
    proper   words that the document writes with a capital within its sentences, in lower case
    """

    def __init__(
        self, analysis: Analysis, text: str, words: AttributionWords, quoted: Sequence[bool], proper: frozenset[str]
    ) -> None:
        self.words, self.proper = words, proper
        self.tokens = analysis.sentence.tokens
        self.lower = [token.lower.replace("’", "'") for token in self.tokens]
        self.starts = [token.start for token in self.tokens]
        self.quoted = quoted
        self.named = named_speakers(analysis.mentions, self.tokens, quoted, words)
        self.ending = {speaker.last: speaker for speaker in reversed(self.named)}
        self.beginning = {speaker.first: speaker for speaker in self.named}
        self.skipped = self._skipped(analysis, text)
        self.in_name = self._covered((mention.start, mention.end) for mention in analysis.mentions)

    def index(self, position: int) -> int:
        """The first token that starts at or after `position`."""
        return bisect_left(self.starts, position)

    def _skipped(self, analysis: Analysis, text: str) -> list[bool]:
        sentence = analysis.sentence
        settings = (match.span() for match in self.words.settings.find_all(text, sentence.start, sentence.end))
        return self._covered([*((time.start, time.end) for time in analysis.times), *settings])

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

    def _is_head(self, at: int) -> bool:
        """A noun that can speak: one of the lexicon, or a plural that a quantifier goes before ("many conservatives")."""
        return self.lower[at] in self.words.heads or self._is_counted(at)

    def _is_counted(self, at: int) -> bool:
        ending, quantifiers = self.words.small.plural_ending, self.words.small.quantifiers
        if self.lower[at] in self.words.small.silent:
            return False
        if not ending or not self.lower[at].endswith(ending) or self.words.is_small(self.lower[at]) or self.in_name[at]:
            return False
        return any(word in quantifiers for word in self.lower[max(0, at - _COUNTED) : at])

    def _is_plural(self, at: int) -> bool:
        return self.lower[at] in self.words.nouns.plurals or self._is_counted(at)

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
