"""The words said: from a verb or phrase of saying to the stretch of its sentence that is the content."""

from __future__ import annotations

import re

import msgspec

from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Analysis
from foedus.statements.speaker_names import Speaker
from foedus.statements.speakers import SpeakerFinder
from foedus.terms.evidence import Stance

_THAT_WITHIN = 4
"""Words between a verb and its "that"; more, where a preposition or a comma leads on ("said of the bid that")."""
_THAT_LATER = 12
_TOLD_WITHIN = 60
_HEARER = 9
"""Words of whoever is told something, and when, before "that"."""
_FINITE_WITHIN = 9
"""Words from the beginning of a clause to its finite verb, as far as that is an auxiliary."""
_DATELINE = re.compile(r"[^()]{0,60}\((?:[^()]{2,40}\d[^()]{0,12}\)\s*[-–—:]?|[^()]{2,40}\)\s*[-–—:])\s+")
"""A place, an agency in brackets and a dash: marks, and so the same in any language."""


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says something, in one sentence.

    speaker      who, as found in the sentence
    start, end   the words said, in the document's text; empty where they stand in another sentence
    cue          where the verb or phrase stands
    through      who passes the words on, outermost first
    beyond       whom the speaker relies on
    shared       the speaker is that of the saying before it
    nominal      the verb judges or denies a thing
    """

    speaker: Speaker
    start: int
    end: int
    cue: tuple[int, int]
    stance: Stance
    rule: str
    through: tuple[Speaker, ...] = ()
    beyond: tuple[Speaker, ...] = ()
    shared: bool = False
    nominal: bool = False


class SaidWords:
    """One sentence as the rules of saying need it.

    quoted   for each token whether it is direct speech
    finder   the speakers of the sentence
    """

    def __init__(
        self, analysis: Analysis, text: str, words: AttributionWords, proper: frozenset[str] = frozenset()
    ) -> None:
        self.sentence, self.text, self.words = analysis.sentence, text, words
        self.tokens = self.sentence.tokens
        quotations = self.sentence.quotations
        self.quoted = [False] * len(self.tokens)
        if quotations:
            self.quoted = [any(q.start <= token.start < q.end for q in quotations) for token in self.tokens]
        self.finder = SpeakerFinder(analysis, text, words, self.quoted, proper)
        self.lower = self.finder.lower

    def saying(
        self, speaker: Speaker, span: tuple[int, int], at: int, after: int, stance: Stance, rule: str,
        through: tuple[Speaker, ...] = (), shared: bool = False, nominal: bool = False,
    ) -> Saying:  # fmt: skip
        """A saying whose verb or phrase has the tokens from `at` to before `after`."""
        start, end = span
        cue = (self.tokens[at].start, self.tokens[min(after, len(self.tokens)) - 1].end)
        return Saying(
            speaker=speaker, start=start, end=max(start, end), cue=cue, stance=stance, rule=rule, through=through,
            shared=shared, nominal=nominal,
        )  # fmt: skip

    def is_mark(self, at: int) -> bool:
        return at < len(self.lower) and not self.lower[at][0].isalnum()

    def word(self, at: int) -> str:
        """The word, in lower case; "" beyond the sentence."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def tail(self, after: int) -> int:
        """The first token after the verb that is not its setting, its time, whom it is told, or its "that"."""
        if after < len(self.tokens) and not self.quoted[after]:
            start = self.tokens[after].start
            match = self.words.told.find(self.text, start, min(self.sentence.end, start + _TOLD_WITHIN))
            if match and match.start() <= start + 1:
                after = self.finder.index(match.end())
            elif self.word(after - 1) in self.words.small.tellers:
                after = self._over_hearer(after)
        while after < len(self.tokens) and not self.quoted[after] and self._is_setting(after):
            after += 1
        return self._that(after)

    def _over_hearer(self, at: int) -> int:
        """After whoever is told something, by name: "told the United Nations"."""
        hearer = self.finder.beginning.get(at + (self.lower[at] in self.words.small.determiners))
        after = hearer.last if hearer and not self.quoted[hearer.first] else self._over_name(at)
        for here in range(after, min(len(self.lower), after + _HEARER)):
            if self.is_mark(here) or self.quoted[here] or self.lower[here] in self.words.verbs:
                break
            if self.lower[here] == self.words.small.that:
                return here  # "informed the Norwegian embassy on Tuesday that"
        return after

    def _over_name(self, at: int) -> int:
        """After a name in capitals that nothing is known of and that ends the clause: "told Danas."; else `at` itself."""
        end = at + (self.lower[at] in self.words.small.determiners)
        while end < len(self.tokens) and self.tokens[end].text[0].isupper() and not self.quoted[end]:
            end += 1
        is_end = end >= len(self.tokens) or self.is_mark(end) or self.finder.skipped[end]
        return end if is_end else at

    def _is_setting(self, at: int) -> bool:
        if self.finder.skipped[at]:
            return True
        leads = self.lower[at] in self.words.small.prepositions
        return leads and at + 1 < len(self.tokens) and self.finder.skipped[at + 1]

    def _that(self, at: int) -> int:
        """The "that" that a few words lead on to ("insisted all the same that"), else `at` itself."""
        leads = self.word(at) in self.words.small.prepositions or self.word(at) == ","
        passed = self._citing_at(at)
        for here in range(at, min(len(self.lower), at + (_THAT_LATER if leads else _THAT_WITHIN))):
            if (
                self.quoted[here]
                or self.lower[here] in (";", ":")
                or (self.lower[here] in self.words.verbs and not passed)
            ):
                return at
            if self.lower[here] == self.words.small.that and self.word(here - 1) not in self.words.small.coordinators:
                return here
        return at

    def _citing_at(self, at: int) -> bool:
        """Whether a parenthesis begins that tells whom the speaker cites: "reported, citing the ministry, that"."""
        if self.word(at) != "," or at + 1 >= len(self.tokens):
            return False
        cites = self.words.citing.find(self.text, self.tokens[at + 1].start, self.sentence.end)
        return cites is not None and cites.start() == self.tokens[at + 1].start

    def has_clause(self, after: int) -> bool:
        """Whether a clause or a quotation follows, as far as a word or a mark tells."""
        tail = self.tail(after)
        if tail >= len(self.lower):
            return False
        small = self.words.small
        if self.lower[tail] in small.anaphora and not self.word(tail + 1).isalnum():
            return True
        if self._is_bare_clause(tail) or self.lower[tail] in small.finite:
            return True
        told = tail > after and not self.finder.skipped[after] and self.lower[tail] != small.infinitive
        return (
            told or self.opens_quotation(tail) or self.lower[tail] in small.complementizers or self.lower[tail] == ":"
        )

    def says_at(self, at: int) -> bool:
        """Whether a clause may begin at the token: a "that", a pronoun, an article or a name."""
        small, word = self.words.small, self.word(at)
        opens = word in small.complementizers or word in small.determiners or word in self.words.pronouns
        return opens or word == small.infinitive or (bool(word) and self.tokens[at].text[0].isupper())

    def _is_done_by_a_treaty(self, at: int) -> bool:
        """A present of which a treaty or a bill is the subject: "believe the treaty formalises an alliance"."""
        small, word = self.words.small, self.lower[at]
        is_present = word.isalpha() and word.endswith(small.plural_ending) and word not in small.silent
        return is_present and self.lower[at - 1] in small.act_objects

    def _is_bare_clause(self, at: int) -> bool:
        """A clause without "that": a name, an article or a pronoun, and a finite verb soon after ("hopes it will pass")."""
        small = self.words.small
        if not self.says_at(at) or self.lower[at] == small.infinitive:
            return False
        for here in range(at + 1, min(len(self.lower), at + _FINITE_WITHIN)):
            if self.lower[here] in small.finite or self._is_done_by_a_treaty(here):
                return True
            if self.is_mark(here) or self.quoted[here] or self.lower[here] in small.relatives:
                return False
        return False

    def opens_quotation(self, at: int) -> bool:
        """Whether direct speech begins at the token, or after the mark or comma there."""
        at += self.word(at) in (",", ":")
        if at >= len(self.tokens):
            return False
        return self.quoted[at] or (self.is_mark(at) and at + 1 < len(self.quoted) and self.quoted[at + 1])

    def following(self, after: int) -> tuple[int, int]:
        """The words after the verb: a quotation that opens there, else all to the end."""
        tail = self.tail(after)
        while self.word(tail) in (":", ",", self.words.small.that):
            tail += 1
        if tail >= len(self.tokens):
            return self.sentence.end, self.sentence.end
        if self.opens_quotation(tail):
            at = self.tokens[tail if self.quoted[tail] else tail + 1].start
            for quotation in self.sentence.quotations:
                if quotation.start <= at < quotation.end:
                    return quotation.start, quotation.end
        return self.tokens[tail].start, self.stop

    def preceding(self, before: int) -> tuple[int, int]:
        """The words before the token `before`: the quotations there, else all from the sentence's beginning."""
        limit = self.tokens[before].start if before < len(self.tokens) else self.sentence.end
        quotes = [q for q in self.sentence.quotations if q.end <= limit]
        if quotes and not self.count(self.sentence.start, quotes[0].start):
            return quotes[0].start, quotes[-1].end
        start = self.start
        end = limit
        while end > self.sentence.start and not (self.text[end - 1].isalnum() or self.text[end - 1] in ".)%"):
            end -= 1
        return min(start, end), end

    def quotes_before(self, before: int) -> bool:
        return any(q.end <= self.tokens[before].start for q in self.sentence.quotations)

    @property
    def start(self) -> int:
        """The beginning of the sentence's words, after a dateline."""
        dateline = _DATELINE.match(self.text, self.sentence.start, self.sentence.end)
        return dateline.end() if dateline else self.sentence.start

    @property
    def stop(self) -> int:
        """The end of the sentence's words, without the full stop."""
        return self.sentence.start + len(self.text[self.sentence.start : self.sentence.end].rstrip(" .\n"))

    def count(self, start: int, end: int) -> int:
        """How many words stand between two places of the text."""
        return sum(word[0].isalnum() or len(word) > 2 for word in self.text[start:end].split())
