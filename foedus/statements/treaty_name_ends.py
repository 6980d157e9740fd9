"""Where the name of a treaty ends: what it is about and between whom belongs to it, what is told of it does not."""

from __future__ import annotations

import re

from foedus.statements.names import Mention, MentionKind
from foedus.statements.treaty_words import TreatyWords, acts_for, after_tail
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import BodyKind

YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")
BRACKET = re.compile(r"\s*[(\[]\s*(?:[a-z]{2,3}\s+)?([A-Z][\w.'’ -]{1,40}?)\s*(?:,[^)\]]{0,40})?[)\]]")
LONGEST = 40
PAPERS = 2
"""Words after "exchange" that tell what is exchanged."""
_SUBJECT = 14
"""Words of a subject matter that may stand before "with"."""


class NameEnds:
    """The words of one language."""

    def __init__(self, words: TreatyWords) -> None:
        self._words, self._nouns = words.modifiers, words.heads
        self._heads = frozenset(words.heads.words) | frozenset(words.heads.plain_anaphors)
        self._modifiers, self._plain = frozenset(words.modifiers.words), frozenset(words.modifiers.plain)
        self._inside, self._joint = frozenset(words.modifiers.inside), frozenset(words.modifiers.joint)
        self._determiners, self._openers = frozenset(words.modifiers.determiners), frozenset(words.modifiers.openers)

    def of(self, row: WordRow, head: int, covered: list[bool], names: list[Mention]) -> int:
        at = end = after_tail(self._words, row, head)
        bracket = BRACKET.match(row.text, row.ends[head])
        if bracket and (row.is_capital(head) or self._opens(row, head, row.at(bracket.end()), covered)):
            at = row.at(bracket.end())
        if not self._opens(row, head, at, covered):
            return end
        governments = [one for one in names if one.agent and one.agent.kind is BodyKind.CABINET]
        organs = _words_of(
            row, [one for one in names if one not in governments], (MentionKind.BODY, MentionKind.MEDIUM)
        )
        subject = self._subject_end(row, head, covered)
        is_title, modifiers = row.is_capital(head), self._words
        while at < len(row) and at - head < LONGEST:
            word = row.lower[at]
            if at in organs or (
                word in modifiers.place and at + 1 < len(row) and self._is_place_or_day(row, at + 1, covered)
            ):
                break
            if at == head + 1 and (word in modifiers.never_first or self._leads_away(row, head, covered)):
                break
            if is_title and (acts_for(modifiers, row, head, at, covered) or self._begins_another(row, at)):
                break
            if covered[at] and YEAR.match(row.lower[at - 1]) and not YEAR.match(word):
                break  # "After the pact of 1994 Mali acceded"
            if (
                at < subject
                or covered[at]
                or self._is_date_word(row, at)
                or (word in self._modifiers and word not in self._plain)
                or YEAR.match(word)
                or (row.is_capital(at) and (is_title or covered[at]))
                or (row.is_capital(at) and at + 1 < len(row) and row.lower[at + 1] in self._modifiers)
            ):
                end = at + 1
            elif word == "," and is_title and at + 1 < len(row) and row.is_capital(at + 1) and not covered[at + 1]:
                pass
            elif word == "," and (listed := self._listed_to(row, at, covered)):
                end = at = listed
                continue
            elif word not in self._inside:
                break
            at += 1
        return end

    def _listed_to(self, row: WordRow, comma: int, covered: list[bool]) -> int:
        """Where a list of parties ends that goes on after a comma: "with Chile, Poland and Hungary on Monday"; 0 if it is none."""
        at, is_closed = comma, False
        while not is_closed and at < len(row) and covered[at - 1] and row.lower[at] in (",", *self._joint):
            is_closed = row.lower[at] in self._joint or row.lower[at + 1 : at + 2] == [self._words.joint[0]]
            at += 1
            while at < len(row) and (row.lower[at] in self._determiners or row.lower[at] in self._joint):
                at += 1
            if at >= len(row) or not covered[at]:
                return 0
            while at < len(row) and covered[at]:
                at += 1
        ends = at >= len(row) or row.lower[at] in self._inside or not row.lower[at][0].isalpha()
        return at if is_closed and ends else 0

    def _begins_another(self, row: WordRow, at: int) -> bool:
        """ "the Extradition Treaty and the Legal Assistance Treaty": after "and" a title with a noun of its own."""
        if row.lower[at] not in self._joint:
            return False
        for word in range(at + 1, min(len(row), at + LONGEST)):
            if row.lower[word] in self._heads:
                return row.is_capital(word)
            if row.lower[word] not in self._determiners and not row.is_capital(word):
                return False
        return False

    def _subject_end(self, row: WordRow, head: int, covered: list[bool]) -> int:
        """Where the subject matter before "with A" or "between A and B" ends: "an agreement on illegal migration with"."""
        openers, between = self._words.openers, self._words.between
        if head + 1 >= len(row) or row.lower[head + 1] not in openers or row.lower[head + 1] in between:
            return 0
        for at in range(head + 2, min(len(row), head + _SUBJECT)):
            word = row.lower[at]
            if word in between and any(covered[at + 1 : at + 3]):
                return at
            is_plain = word.replace("-", "").isalpha() and not row.is_capital(at) and not covered[at]
            if not is_plain or word in self._words.calendar or word in self._words.restrictive[:4]:
                return 0
        return 0

    def _is_date_word(self, row: WordRow, index: int) -> bool:
        """Part of a treaty's own date: "the treaty of 9 February 2000"; not a day of the week."""
        word = row.lower[index]
        is_before_date = (
            row.lower[index - 1] == self._words.dated
            or row.lower[index - 1] in self._words.calendar
            or row.lower[index - 1][0].isdigit()
        )
        return is_before_date and (
            word.isdigit()
            or word in self._words.calendar
            or (word == "," and index + 1 < len(row) and bool(YEAR.match(row.lower[index + 1])))
        )

    def _is_place_or_day(self, row: WordRow, index: int, covered: list[bool]) -> bool:
        """ "in Pyongyang", "on Wednesday" after a title are no part of it; "in Europe" may be."""
        before, word = row.lower[index - 1], row.lower[index]
        if word in self._words.calendar or YEAR.match(word):
            return True
        if before in self._words.calendar_after and word[0].isdigit():
            return True
        if before in self._words.never_within and covered[index]:
            return True
        return before not in self._words.calendar_after and covered[index]

    def _leads_away(self, row: WordRow, head: int, covered: list[bool]) -> bool:
        """ "the Ottawa Convention to the UN", "the Statute between 2000 and 2004": no part of the name."""
        word, modifiers = row.lower[head + 1], self._words
        if word in modifiers.additional_to:
            return row.lower[head].removesuffix("'s") not in modifiers.additional
        return (
            word in modifiers.between[:1] and row.lower[head + 2 : head + 3] != [] and row.lower[head + 2][0].isdigit()
        )

    def _opens(self, row: WordRow, head: int, at: int, covered: list[bool]) -> bool:
        """Whether the word after a head begins what the treaty is about, or between whom it is."""
        if at >= len(row):
            return False
        word = row.lower[at]
        if word == self._words.dated and at + 1 < len(row) and self._is_date_word(row, at + 1):
            return True
        if word in self._openers or (row.is_capital(head) and word in self._inside):
            return True
        return word in self._words.between and any(covered[at + 1 : at + 3])


def _words_of(row: WordRow, names: list[Mention], kinds: tuple[MentionKind, ...]) -> set[int]:
    return {word for one in names if one.kind in kinds for word in range(row.at(one.start), row.at(one.end))}
