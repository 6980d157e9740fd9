"""A treaty that its report never names: "India and Japan signed an agreement to share water data".

What two states sign is a treaty between them, whatever it is called; what firms or parties sign is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.parties import UNIONS
from foedus.statements.statement import TreatyMention
from foedus.statements.word_rows import WordRow

_SENTENCES = 12  # a report that tells of an act tells so early
_BEFORE, _AFTER = 9, 11  # words around the noun within which it is said to be made
_NAME = 9  # words that tell what it is about
_MOST = 4  # parties
_ALPHA_3 = 3
_PAIR = 2


class UnnamedWords(msgspec.Struct, frozen=True):
    """`[unnamed]` of `treaties.toml`.

    heads      nouns of an instrument that may be between states
    making     verbs of making or accepting one
    officials  after a demonym: whoever acts for the state ("Indian and Japanese ministers")
    about      words that open what it is about
    breaks     words at which that ends
    apart      words that tell one state's act from another's: "signed by Chad but not by Mali"
    mutual     words by which a treaty with a name, too, is of those who sign it only: "the Volta mutual defence pact"
    """

    heads: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()


class Unnamed(NamedTuple):
    """Where a treaty without a name stands, and what is known of it."""

    at: int
    mention: Mention


class UnnamedTreaties:
    """The words of one language."""

    def __init__(self, words: UnnamedWords) -> None:
        self._heads = frozenset(words.heads)
        self._making = frozenset(words.making)
        self._officials = frozenset(words.officials)
        self._about = frozenset(words.about)
        self._mutual = frozenset(words.mutual)
        self._apart = frozenset((";", *words.apart))
        self._breaks = frozenset((*words.breaks, ",", ".", ";", ":", "(", ")", '"', "“", "”"))

    def first(
        self, rows: Sequence[WordRow], named: Sequence[Sequence[Mention]], refused: Callable[[WordRow, int], bool]
    ) -> Unnamed | None:
        """The first instrument that the report says two or few states make, or None; `refused` knows the look-alikes."""
        for index, (row, mentions) in enumerate(zip(rows[:_SENTENCES], named, strict=False)):
            for head in (at for at in self._made_in(row) if not refused(row, at)):
                parties = self._parties(row, mentions)
                if 1 < len(parties) <= _MOST and not any(_covers(one, row.starts[head]) for one in mentions):
                    return Unnamed(index, self._mention(row, head, parties))
        return None

    def may_be_of_its_makers(self, name: str) -> bool:
        """Whether a treaty so called may be of those who sign it only: one that is but described, or that says so itself."""
        return not name[:1].isupper() or not self._mutual.isdisjoint(name.lower().split())

    def makers(self, row: WordRow, mentions: Sequence[Mention], thing: Mention) -> tuple[str, ...]:
        """The two states that make `thing` in this sentence, or nobody: "the ministers of Chile and Peru signed a trade pact"."""
        first, last = row.at(thing.start), row.at(thing.end)
        near = row.lower[max(0, first - _BEFORE) : first] + row.lower[last : last + _AFTER]
        parties = self._parties(row, mentions) if not self._making.isdisjoint(near) else ()
        return parties if len(parties) == _PAIR else ()

    def _made_in(self, row: WordRow) -> Iterator[int]:
        for head, word in enumerate(row.lower):
            near = row.lower[max(0, head - _BEFORE) : head] + row.lower[head + 1 : head + _AFTER]
            if word in self._heads and not self._making.isdisjoint(near):
                yield head

    def _parties(self, row: WordRow, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The states that act: named as such, or by somebody who acts for them; an adjective of a firm names none."""
        acting = [one for one in mentions if len(one.states) == 1 and self._may_make(row, one)]
        if acting and not self._apart.isdisjoint(row.lower[row.at(acting[0].start) : row.at(acting[-1].start)]):
            return ()
        return tuple(sorted({one.states[0] for one in acting}))

    def _may_make(self, row: WordRow, one: Mention) -> bool:
        if one.kind is MentionKind.ORGANISATION:
            return one.states[0] in UNIONS
        is_state = len(one.states[0]) == _ALPHA_3
        return is_state and (one.kind is MentionKind.PERSON or (one.kind is MentionKind.STATE and self._acts(row, one)))

    def _acts(self, row: WordRow, name: Mention) -> bool:
        if name.role != "demonym":
            return True
        after = row.at(name.end)
        return not self._officials.isdisjoint(row.lower[after : after + 5])

    def _mention(self, row: WordRow, head: int, parties: tuple[str, ...]) -> Mention:
        last = head + 1
        if row.lower[last : last + 1] and row.lower[last] in self._about:
            end = next((at for at in range(last, len(row)) if row.lower[at] in self._breaks), len(row))
            last = end if 2 <= end - last <= _NAME else last
        text = row.span(head, last)
        treaty = TreatyMention(mention=text, parties=parties)
        return Mention(
            start=row.starts[head], end=row.ends[head], kind=MentionKind.TREATY, text=text, treaty=treaty, states=parties, role="description"
        )  # fmt: skip


def _covers(one: Mention, start: int) -> bool:
    return one.start <= start < one.end
