"""Domestic instruments by which a state decides on a treaty: a bill, a law, a decree, an instrument of ratification."""

from __future__ import annotations

import re
from collections.abc import Mapping

from foedus.statements.names import Mention, MentionKind
from foedus.statements.treaty_words import MeasureWords
from foedus.statements.word_rows import WordRow, alternation, longest_runs

_NONE = "none"  # what only sounds like an instrument: "in order to"


class MeasureNames:
    """The words of one language, by their role."""

    def __init__(self, words: Mapping[str, MeasureWords]) -> None:
        self._role = {word: role for role, listed in words.items() for word in listed.words}
        self._runs = longest_runs(self._role)
        self._measure = re.compile(rf"\b(?:{alternation(self._role)})\b", re.IGNORECASE)

    def find(self, row: WordRow) -> list[Mention]:
        """Every measure of the row; a word with a capital before another is part of a name, and none."""
        if self._runs.isdisjoint(row.letter_runs):
            return []
        found = []
        for match in self._measure.finditer(row.text, row.starts[0], row.ends[-1]):
            if match[0][0].isupper() and re.match(r"\s+[A-Z]", row.text[match.end() : match.end() + 3]):
                continue
            role = self._role[" ".join(match[0].lower().split())]
            if role != _NONE:
                found.append(
                    Mention(start=match.start(), end=match.end(), kind=MentionKind.MEASURE, text=match[0], role=role)
                )
        return found
