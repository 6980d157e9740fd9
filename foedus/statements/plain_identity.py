"""Which names of a report are one treaty, and which is the one it is about, in a language that is read by tables alone.

Inflected names are compared by the beginnings of their words. A bare "the treaty" is the one named last whose head noun
is the same; where the report names one treaty only, it is that one.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.plain_treaties import STEM
from foedus.statements.statement import TreatyMention


class _Group:
    """The names of one treaty."""

    def __init__(self, treaty: TreatyMention, head: str) -> None:
        self.names: list[TreatyMention] = [treaty]
        self.heads = {head}
        self.words = _stems(treaty.mention)
        self.parties = set(treaty.parties)
        self.count = 1

    def takes(self, treaty: TreatyMention, head: str) -> bool:
        """Whether a name is another one of the same treaty."""
        words, parties = _stems(treaty.mention), set(treaty.parties)
        if parties and self.parties:
            same = parties <= self.parties or self.parties <= parties
            return same and (head in self.heads or words <= self.words or self.words <= words)
        return words <= self.words or self.words <= words

    def add(self, treaty: TreatyMention, head: str) -> None:
        self.names.append(treaty)
        self.heads.add(head)
        self.words |= _stems(treaty.mention)
        self.parties |= set(treaty.parties)
        self.count += 1

    def told(self, home: str | None) -> TreatyMention:
        """The treaty by its fullest name; the other party of a treaty "with X" is the home state."""
        fullest = max(self.names, key=lambda one: (one.id is not None, len(one.parties), len(one.mention)))
        parties = set(self.parties)
        if len(parties) == 1 and home is not None:
            parties.add(home)
        forms = tuple(sorted({one.mention for one in self.names} - {fullest.mention}))
        return msgspec.structs.replace(fullest, parties=tuple(sorted(parties)), forms=forms)


def identified(
    named: Sequence[Sequence[Mention]], home: str | None, heads: frozenset[str]
) -> tuple[TreatyMention | None, tuple[TreatyMention, ...], list[list[Mention]]]:
    """The report's main treaty, all of them with the main one first, and the names with their treaties filled in."""
    groups: list[_Group] = []
    member: dict[tuple[int, int], _Group] = {}
    for number, mentions in enumerate(named):
        for mention in mentions:
            if mention.kind is MentionKind.TREATY and mention.treaty is not None:
                member[number, mention.start] = _grouped(groups, mention.treaty, _head(mention, heads))
    if not groups:
        return _only_bare(named, home)
    told = {id(group): group.told(home) for group in groups}
    main = max(groups, key=lambda group: (group.count, -groups.index(group)))
    resolved = [_resolved(mentions, number, member, main, told, heads) for number, mentions in enumerate(named)]
    others = [told[id(group)] for group in groups if group is not main]
    return told[id(main)], (told[id(main)], *others), resolved


def _grouped(groups: list[_Group], treaty: TreatyMention, head: str) -> _Group:
    for group in groups:
        if group.takes(treaty, head):
            group.add(treaty, head)
            return group
    groups.append(_Group(treaty, head))
    return groups[-1]


def _resolved(
    mentions: Sequence[Mention],
    number: int,
    member: dict[tuple[int, int], _Group],
    main: _Group,
    told: dict[int, TreatyMention],
    heads: frozenset[str],
) -> list[Mention]:
    """The names of one sentence; bare ones and measures get the treaty they stand for."""
    seen = [group for (place, _), group in sorted(member.items(), key=lambda one: one[0]) if place <= number]
    out = []
    for mention in mentions:
        if mention.kind is MentionKind.TREATY:
            group = member.get((number, mention.start)) or _antecedent(mention, seen, main, heads)
            out.append(msgspec.structs.replace(mention, treaty=told[id(group)]))
        elif mention.kind is MentionKind.MEASURE:
            after = [one for one in mentions if one.kind is MentionKind.TREATY and one.start >= mention.end]
            near = after[0] if after and after[0].start - mention.end <= _NEAR else None
            group = (member.get((number, near.start)) if near else None) or main
            out.append(msgspec.structs.replace(mention, treaty=told[id(group)]))
        else:
            out.append(mention)
    return out


def _antecedent(mention: Mention, seen: Sequence[_Group], main: _Group, heads: frozenset[str]) -> _Group:
    head = _head(mention, heads)
    return next((group for group in reversed(seen) if head in group.heads), main)


def _only_bare(
    named: Sequence[Sequence[Mention]], home: str | None
) -> tuple[TreatyMention | None, tuple[TreatyMention, ...], list[list[Mention]]]:
    """A report that never says which treaty: all its bare names are one, which nothing else is known of."""
    bare = [one for mentions in named for one in mentions if one.kind is MentionKind.TREATY and one.role == "generic"]
    if not bare:
        return None, (), [list(mentions) for mentions in named]
    only = TreatyMention(mention=bare[0].text)
    kinds = (MentionKind.TREATY, MentionKind.MEASURE)
    filled = [
        [msgspec.structs.replace(one, treaty=only) if one.kind in kinds else one for one in mentions]
        for mentions in named
    ]
    return only, (only,), filled


_NEAR = 60


def _head(mention: Mention, heads: frozenset[str]) -> str:
    """The beginning of the head noun; empty for a name that has none ("СНВ-3")."""
    return next((word[:STEM] for word in mention.text.lower().split() if word[:STEM] in heads), "")


def _stems(name: str) -> set[str]:
    return {word[:STEM] for word in name.lower().split() if len(word) > 3}
