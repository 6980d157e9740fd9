"""Organs of "the country": whose "the country's top court" is, the words beside it do not say.

It is that of the state spoken of before it: the one of its sentence, or the one of the sentence before. Where two are,
the one that stands free, by no preposition; else nobody's. No organisation is a country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from foedus.statements.gazetteer import BodyLinks
from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import alternation

Give = Callable[[Mention, str], Mention]


class CountryOrgans:
    """The words of one language; `is_organisation` tells the ids that are no state's."""

    def __init__(self, links: BodyLinks, is_organisation: Callable[[str], bool]) -> None:
        own, marks = alternation(links.countries) or "(?!)", alternation(links.possessive)
        self._is_organisation = is_organisation
        self._before = re.compile(rf"\b(?:{own})(?:{marks})\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
        self._governing = frozenset(links.governing)

    def owned(self, text: str, named: Sequence[Sequence[Mention]], give: Give) -> list[list[Mention]]:
        """The names with the owners of such organs; `give` puts an organ into a state's hands."""
        done: list[list[Mention]] = []
        for mentions in named:
            row: list[Mention] = []
            for mention in mentions:
                if self._is_of_the_country(text, mention):
                    state = self._told(text, row) or self._told(text, done[-1] if done else [])
                    mention = give(mention, state) if state else mention
                row.append(mention)
            done.append(row)
        return done

    def _is_of_the_country(self, text: str, mention: Mention) -> bool:
        is_free = mention.kind is MentionKind.BODY and mention.agent is not None and not mention.agent.states
        return is_free and self._before.search(text, max(0, mention.start - _REACH), mention.start) is not None

    def _told(self, text: str, before: Sequence[Mention]) -> str:
        single = [one for one in before if len(one.states) == 1 and one.kind is not MentionKind.TREATY]
        states = [one for one in single if not self._is_organisation(one.states[0])]
        free = [one for one in states if not is_governed(text, one, self._governing)]
        for among in (states, free):
            found = {one.states[0] for one in among}
            if len(found) == 1:
                return found.pop()
        return ""


def is_governed(text: str, mention: Mention, governing: Collection[str]) -> bool:
    """Whether one of these prepositions stands right before a name, or an article between."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    return any(word.lower() in governing for word in before.rsplit(maxsplit=2)[-2:])


_REACH = 60  # characters, more than the words before a name that count have
