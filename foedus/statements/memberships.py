"""Memberships named instead of a treaty: "Sweden's bid to join NATO", "its withdrawal from the ICC", "quit ECOWAS".

Who enters or leaves an organisation acts on its founding treaty. Where the lexicon knows that treaty it is meant; else the
organisation's name stands for it.
"""

from __future__ import annotations

import re

from foedus.statements.accessions import MEMBERSHIP
from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import TreatyMention
from foedus.statements.treaty_words import KnownName, Memberships
from foedus.statements.word_rows import WordRow, alternation, longest_runs

_REACH = 60
_NEAR = 2


class MembershipNames:
    """The words of one language, compiled."""

    def __init__(self, words: Memberships, known: tuple[KnownName, ...]) -> None:
        self._words = words
        self._noun_runs = longest_runs(words.nouns)
        self._noun = re.compile(
            rf"\b(?:{alternation(words.nouns)})\b(?:\s+(?:{alternation(words.joiners)})\b)?", re.IGNORECASE
        )
        moving = rf"(?:{alternation(words.leaving)})\s+(?:{alternation(words.leaving_from)})|(?:{alternation(words.quitting)})"
        self._linking = frozenset(words.linking)
        self._moved = re.compile(rf"\b(?:{moving})\s+(?:(?:{alternation(words.between)})\s+){{0,2}}$", re.IGNORECASE)
        self._founding = {name.organisation: name for name in known if name.organisation}

    def find(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        return [*self._by_noun(row, names), *self._by_verb(row, names)]

    def _by_noun(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        """ "Sweden's bid to join NATO", "the accession of Finland and Sweden": whose, and to what."""
        if self._noun_runs.isdisjoint(row.letter_runs):
            return []
        found = []
        near = [name for name in names if name.kind in (MentionKind.STATE, MentionKind.ORGANISATION)]
        for match in self._noun.finditer(row.text, row.starts[0], row.ends[-1]):
            inside = [name for name in near if match.start() - 40 <= name.start and name.end <= match.end() + _REACH]
            mention = self._membership(row, match, inside) or self._bare(row, match)
            if mention:
                found.append(mention)
        return found

    def _by_verb(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        """ "withdraw from the ICC", "quit ECOWAS": the organisation that is left or joined."""
        found = []
        for name in names:
            if name.kind is not MentionKind.ORGANISATION or len(name.states) != 1 or name.role == "metonym":
                continue
            start = max(row.starts[0], name.start - _REACH)
            if self._is_owner(row, name) or not self._moved.search(row.text[start : name.start]):
                continue
            known = self._founding.get(name.states[0])
            treaty = (
                TreatyMention(mention=known.full, forms=known.forms, parties=known.parties, id=known.id)
                if known
                else TreatyMention(mention=name.text, parties=name.states)
            )
            found.append(
                Mention(
                    start=name.start,
                    end=name.end,
                    kind=MentionKind.TREATY,
                    text=name.text,
                    treaty=treaty,
                    states=treaty.parties,
                    role="body",
                )
            )
        return found

    def _is_owner(self, row: WordRow, name: Mention) -> bool:
        """ "left the NATO summit", "quit the EU's mission": the name only tells whose the thing left is."""
        rest = row.text[name.end :]
        if rest[:2] in ("'s", "’s") or (name.text.endswith("s") and re.match(r"['’]\s+\w", rest)):
            return True
        word = re.match(r"\s+([a-z]+)", rest)
        return bool(word and word[1] not in self._words.after)

    def _bare(self, row: WordRow, match: re.Match[str]) -> Mention | None:
        """ "the bid", "the enlargement": a membership only if the report is about one."""
        at = row.at(match.start())
        if at >= len(row):
            return None
        words, lower = self._words, row.lower[at]
        before = row.lower[at - 1] if at else ""
        if lower not in words.generic or not (before in words.determiners or before.endswith("'s")):
            return None
        start, end = row.starts[at], row.ends[at]
        return Mention(start=start, end=end, kind=MentionKind.TREATY, text=row.text[start:end], role="bare-membership")

    def _membership(self, row: WordRow, match: re.Match[str], near: list[Mention]) -> Mention | None:
        """A membership counts only where a state or an organisation stands beside it."""
        start, end = match.span()
        within = [name for name in near if start <= name.start and name.end <= end]
        joined = [*_left(row, start, near), *within, *self._right(row, match, near)]
        if not joined:
            return None
        parties = tuple(sorted({state for name in joined for state in name.states}))
        joining = {state for name in joined if name.kind is MentionKind.STATE for state in name.states}
        first, last = min(start, *(name.start for name in joined)), max(end, *(name.end for name in joined))
        text = row.text[first:last]
        return Mention(
            start=first,
            end=last,
            kind=MentionKind.TREATY,
            text=text,
            treaty=TreatyMention(mention=text, parties=parties),
            states=parties,
            role=MEMBERSHIP,
            joining=tuple(sorted(joining)),
        )

    def _right(self, row: WordRow, match: re.Match[str], near: list[Mention]) -> list[Mention]:
        """ "the accession of Finland and Sweden to NATO", not "the accession gets Hungarian approval"."""
        at, found = row.at(match.end()), list[Mention]()
        for name in sorted(near, key=lambda one: one.start):
            if name.start < match.end():
                continue
            until = row.at(name.start)
            if until - at > _NEAR or not set(row.lower[at:until]) <= self._linking:
                break
            found.append(name)
            at = row.at(name.end - 1) + 1
        return found


def _left(row: WordRow, start: int, near: list[Mention]) -> list[Mention]:
    """ "Sweden's accession", "the Swedish NATO membership": the names that end where the noun begins, one before another."""
    found = list[Mention]()
    for name in sorted(near, key=lambda one: -one.end):
        if name.end <= start and not row.text[name.end : start].strip(" '’s"):
            found.append(name)
            start = name.start
    return found
