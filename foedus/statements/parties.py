"""Who the parties of the report's treaty are, where its names do not say: "its treaty with X", "the two countries".

Only a report that speaks of two sides, and of no crowd of states, gives a treaty a second party.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import TreatyMention
from foedus.statements.word_rows import WordRow, alternation

UNIONS = frozenset({"EU", "EFTA", "MERCOSUR", "EAEU"})
"""Organisations that conclude treaties as one party."""


class PartyWords(msgspec.Struct, frozen=True):
    """`[parties]` of `treaties.toml`."""

    bilateral: tuple[str, ...]
    openers: tuple[str, ...]
    owners: tuple[str, ...]
    sides: tuple[str, ...]
    numbers: dict[str, int]
    multilateral: tuple[str, ...]
    concluding: tuple[str, ...] = ()


class Parties:
    """The words of one language."""

    def __init__(self, words: PartyWords) -> None:
        self._bilateral = re.compile(rf"\b(?:{alternation(words.bilateral)})\b", re.IGNORECASE)
        self._with = re.compile(rf"\b(?:{alternation(words.openers)})\s", re.IGNORECASE)
        self._multilateral = re.compile("|".join(words.multilateral), re.IGNORECASE)
        self._owned = re.compile(rf"\b(?:{alternation(words.owners)})\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
        self._sides = re.compile(
            rf"\b({alternation(words.numbers)})\s+(?:[\w-]+\s+)?(?:{alternation(words.sides)})\b", re.IGNORECASE
        )
        self._numbers = words.numbers
        self._concluding = re.compile(
            rf"\b(?:{alternation(words.concluding) or '(?!)'})\b[^.;,]{{0,40}}\ban?\s+(?:[\w-]+\s+){{0,3}}$",
            re.IGNORECASE,
        )

    def _is_told_from_one_side(self, main: TreatyMention, named: Sequence[Sequence[Mention]], text: str) -> bool:
        """Whether a name of the treaty has "with" in it or right after: "an agreement signed with Peru"."""
        return any(
            one.kind is MentionKind.TREATY
            and one.states == main.parties
            and self._with.search(text, one.start, _reach(one))
            for mentions in named
            for one in mentions
        )

    def is_of_many(self, text: str) -> bool:
        """Whether a report speaks of a crowd of states, as one on a treaty of two does not."""
        return bool(self._multilateral.search(text))

    def completed(self, main: TreatyMention, named: Sequence[Sequence[Mention]], text: str) -> tuple[str, ...]:
        """The parties of the main treaty: its own, or with the one state that the report most speaks of beside them."""
        if len(main.parties) >= 2:
            return main.parties
        if self._multilateral.search(text):
            return self._with_its_union(main, named, text)
        told = self._owners_of(main, named, text) or self._sides_counted(named, text)
        told = told or self._concluded_by(main, named, text)
        if told and set(main.parties) <= set(told):
            return told
        is_one_sided = len(main.parties) == 1 and self._is_told_from_one_side(main, named, text)
        if not is_one_sided and not _is_named_after_one(main, named) and not self._bilateral.search(text):
            return main.parties
        teller = self._teller_of(main, named) if is_one_sided else ()
        if teller:
            return tuple(sorted((*main.parties, *teller)))
        counts = _counted(named)
        least = 1 if is_one_sided else 2
        others = [state for state, times in counts.most_common(4) if state not in main.parties and times >= least]
        wanted = 2 - len(main.parties)
        is_tied = len(others) > wanted and counts[others[wanted]] >= counts[others[wanted - 1]]
        if is_tied and not is_one_sided:
            return main.parties
        return tuple(sorted((*main.parties, *others[:wanted]))) if len(others) >= wanted else main.parties

    def _with_its_union(self, main: TreatyMention, named: Sequence[Sequence[Mention]], text: str) -> tuple[str, ...]:
        """ "The European Parliament agreed to the pact with Chile", though ten member states have not ratified another."""
        is_one_sided = len(main.parties) == 1 and self._is_told_from_one_side(main, named, text)
        teller = self._teller_of(main, named) if is_one_sided else ()
        return tuple(sorted((*main.parties, *teller))) if teller and set(teller) <= UNIONS else main.parties

    def _teller_of(self, main: TreatyMention, named: Sequence[Sequence[Mention]]) -> tuple[str, ...]:
        """ "The European Parliament agreed to the pact with Chile": who acts on it in the first sentence that names it."""
        for mentions in named:
            spot = next((one for one in mentions if _names_it(one, main)), None)
            before = _counted([[one for one in mentions if spot and one.end <= spot.start]])
            others = [state for state in before if state not in main.parties]
            if spot is not None and others:
                return (others[0],) if len(others) == 1 else ()
        return ()

    def _owners_of(self, main: TreatyMention, named: Sequence[Sequence[Mention]], text: str) -> tuple[str, ...]:
        """ "India and Bangladesh exchanged the instruments of their agreement": the two states of the sentence, and no third."""
        for mentions in named:
            for one in mentions:
                if _names_it(one, main) and self._owned.search(text, max(0, one.start - _BEFORE), one.start):
                    before = _counted([[other for other in mentions if other.end <= one.start]])
                    if len(before) == 2:
                        return tuple(sorted(before))
        return ()

    def _concluded_by(
        self, main: TreatyMention, named: Sequence[Sequence[Mention]], text: str
    ) -> tuple[str, ...]:  # fmt: skip
        """ "Peru and Chile agreed the terms of a transit treaty": the two that open the sentence which first names it."""
        for mentions in named:
            one = next((one for one in mentions if _names_it(one, main)), None)
            if one is None or one.role != "description":
                continue
            before = [other for other in mentions if other.end <= one.start]
            pair = before[:2]
            is_pair = len(_counted([before])) == 2 == len(_counted([pair])) and all(
                other.kind is MentionKind.STATE for other in pair
            )
            verb = self._concluding.search(text, pair[1].end, one.start) if is_pair else None
            return tuple(sorted(_counted([pair]))) if verb and _are_joined(text, pair) else ()
        return ()

    def _sides_counted(self, named: Sequence[Sequence[Mention]], text: str) -> tuple[str, ...]:
        """ "leaders of the three countries": all the states of a report that names as many, and no more."""
        counts = _counted(named)
        sizes = {self._numbers[found[1].lower()] for found in self._sides.finditer(text)}
        return tuple(sorted(counts)) if sizes == {len(counts)} else ()


def _names_it(one: Mention, main: TreatyMention) -> bool:
    return one.kind is MentionKind.TREATY and one.treaty is not None and one.text in (main.mention, *main.forms)


def _is_named_after_one(main: TreatyMention, named: Sequence[Sequence[Mention]]) -> bool:
    """ "the Mercosur pact", "the treaty with Iran": the other side is whoever else the report most speaks of."""
    if len(main.parties) != 1:
        return False
    own = main.parties[0]
    return own in UNIONS or any(one.kind is MentionKind.STATE and one.states == (own,) for row in named for one in row)


def _are_joined(text: str, pair: Sequence[Mention]) -> bool:
    return len(text[pair[0].end : pair[1].start].split()) == 1


def _reach(mention: Mention) -> int:
    return mention.end + _AFTER


_BEFORE = 40  # characters before a name in which "their" may stand
_AFTER = 40  # characters after a name in which "signed with" may stand


def _counted(named: Sequence[Sequence[Mention]]) -> Counter[str]:
    """How often each state acts or is named; its organs and persons count too."""
    counts: Counter[str] = Counter()
    for mentions in named:
        for mention in mentions:
            if (
                mention.kind not in (MentionKind.TREATY, MentionKind.MEASURE)
                and len(mention.states) == 1
                and (len(mention.states[0]) == 3 or mention.states[0] in UNIONS)
            ):
                counts[mention.states[0]] += 1
    return counts


def parties_labelled(row: WordRow, first: int, names: list[Mention]) -> tuple[str, ...]:
    """ "UK/Peru: Agreement concerning the lake": the two states that open the line of a title."""
    states = [one for one in names if one.kind is MentionKind.STATE and len(one.states) == 1]
    if first < _LABEL or row.lower[first - 1] != ":" or len(states) < 2 or states[0].start != row.starts[0]:
        return ()
    one, other = states[:2]
    is_whole = row.text[one.end : other.start].strip() in ("/", "-", "–") and row.at(other.end) == first - 1
    return tuple(sorted({*one.states, *other.states})) if is_whole else ()


_LABEL = 4
