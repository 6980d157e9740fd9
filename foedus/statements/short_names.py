"""Organs of an organisation by the short names that its own reports use: "the Council" and "the Commission" of a union.

They count only where the report names the organisation, and no other organ that ends in the same word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import Agent


class ShortNames:
    """The short names of one language."""

    def __init__(self, words: Mapping[str, Mapping[str, str]], organ: Callable[[str, str], Agent | None]) -> None:
        """`words`: organisation -> short name -> full name; `organ` knows an organ by full name and owner."""
        self._known = [
            (owner, short.split()[-1], _pattern(short), agent)
            for owner, listed in words.items()
            for short, full in listed.items()
            if (agent := organ(full, owner)) is not None
        ]

    def added(self, rows: Sequence[WordRow], named: list[list[Mention]]) -> list[list[Mention]]:
        """The mentions of a document's sentences, with those that short names make."""
        owners = {
            state
            for row in named
            for one in row
            for state in (*one.states, *(one.treaty.parties if one.treaty else ()))
        }
        for owner, noun, pattern, agent in self._known:
            if owner in owners and not _is_of_another(named, noun, owner):
                named = [_with(row, mentions, pattern, agent) for row, mentions in zip(rows, named, strict=True)]
        return named


def _pattern(short: str) -> re.Pattern[str]:
    first, *rest = short.split()
    words = r"\s+".join([f"[{first[0].upper()}{first[0].lower()}]{first[1:]}", *rest])
    return re.compile(rf"\b{words}\b(?!\s+(?:of\b|[A-Z]))")


def _is_of_another(named: list[list[Mention]], noun: str, owner: str) -> bool:
    return any(
        one.text.endswith(noun) and one.states and owner not in one.states
        for row in named
        for one in row
        if one.kind in (MentionKind.BODY, MentionKind.ORGANISATION)
    )


def _with(row: WordRow, mentions: list[Mention], pattern: re.Pattern[str], agent: Agent) -> list[Mention]:
    if not row.lower:
        return mentions
    for found in pattern.finditer(row.text, row.starts[0], row.ends[-1]):
        start, end = found.span()
        over = [one for one in mentions if one.start < end and start < one.end]
        if any(one.start < start or one.end > end + 2 or one.role == "name" for one in over):
            continue
        mention = Mention(
            start=start, end=end, kind=MentionKind.BODY, text=found[0], agent=agent, states=agent.states, role="name"
        )
        mentions = sorted([one for one in mentions if one not in over] + [mention], key=lambda one: one.start)
    return mentions
