"""Acronyms that a document explains: after "the Ministry of External Affairs (MEA)" both names stand for one speaker.

Only initials prove it: each letter is the first of a word with a capital, in order, and small words between count for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.documents.sentences import Token
from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Discourse

_SHORTEST = 2
_WORDS = 12
"""Words before the bracket in which the name must stand."""


def acronyms(discourse: Discourse, words: AttributionWords) -> dict[str, str]:
    """Acronym, and the name that it stands for -> both, as the document has them first: "Ministry of External Affairs (MEA)"."""
    found: dict[str, str] = {}
    text = discourse.document.text
    for analysis in discourse.analyses:
        tokens = analysis.sentence.tokens
        if text.find("(", analysis.sentence.start, analysis.sentence.end) < 0:
            continue
        for at in range(1, len(tokens) - 1):
            short = tokens[at].text
            if tokens[at - 1].text == "(" and tokens[at + 1].text == ")" and _is_acronym(short):
                first = _named_from(tokens, at - 1, short, words)
                if first is not None:
                    both = " ".join(text[tokens[first].start : tokens[at + 1].end].split())
                    found.setdefault(short, both)
                    found.setdefault(" ".join(text[tokens[first].start : tokens[at - 2].end].split()), both)
    return found


def _is_acronym(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word.isupper()


def _named_from(tokens: Sequence[Token], bracket: int, short: str, words: AttributionWords) -> int | None:
    """The token with which the name before the bracket begins; None where its initials do not give the acronym.

    The last word may be without a letter: "the Campaign to Abolish Landmine Stocks (CAL)".
    """
    left, last = list(short), bracket - 1
    if tokens[last].text[0].isupper() and tokens[last].text[0] != short[-1]:
        last -= 1
    for at in range(last, max(-1, last - _WORDS), -1):
        text = tokens[at].text
        if text[0].isupper() and text[0] == left[-1]:
            left.pop()
            if not left:
                return at
        elif at == last or not (text.islower() and words.is_small(text)):
            return None
    return None
