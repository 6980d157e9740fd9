"""Whose organs a report names: by name, how often, and the one owner of all organs of a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

from foedus.statements.names import Mention, MentionKind
from foedus.terms.agents import BodyKind


def owners_by_name(named: list[list[Mention]]) -> dict[str, str]:
    """A name of many organs that the report once gives an owner: "Russia's Senate", later "the Senate"."""
    found: dict[str, str] = {}
    for mentions in named:
        for mention in mentions:
            if (
                mention.kind is MentionKind.BODY
                and mention.role == "name"
                and mention.agent
                and len(mention.agent.states) == 1
            ):
                found.setdefault(mention.agent.name, mention.agent.states[0])
                found.setdefault(mention.text.split(" ")[-1].split("’")[-1], mention.agent.states[0])
    return found


def one_owner(named: list[list[Mention]], kinds: Collection[BodyKind]) -> tuple[str, ...]:
    """The one state whose organs of these kinds the report names, or ()."""
    owned = {
        one.states
        for row in named
        for one in row
        if one.kind is MentionKind.BODY and one.agent and one.agent.kind in kinds and len(one.agent.states) == 1
    }
    return owned.pop() if len(owned) == 1 else ()


def owners(named: list[list[Mention]], partner: str) -> dict[str, int]:
    """How much the report speaks of each state, most first: of its organs and persons, and half as much of itself.

    A capital may be no more than the place of a meeting, so it does not count.
    """
    counts: Counter[str] = Counter()
    for mentions in named:
        for mention in mentions:
            if len(mention.states) == 1 and mention.states[0] != partner:
                counts[mention.states[0]] += _weight(mention)
    return {state: weight for state, weight in counts.most_common() if weight}


def _weight(mention: Mention) -> int:
    if mention.kind in (MentionKind.BODY, MentionKind.PERSON):
        return 2
    return int(mention.kind is MentionKind.STATE and mention.role != "capital")


def with_union(
    named: list[list[Mention]], counts: dict[str, int], may_have_chamber: Callable[[str], bool]
) -> dict[str, int]:
    """The counts with the one organisation that has a chamber of its own, though nobody of it acts."""
    organisations = (
        one for row in named for one in row if one.kind is MentionKind.ORGANISATION and len(one.states) == 1
    )
    unions = {one.states[0] for one in organisations if may_have_chamber(one.states[0])}
    return counts | dict.fromkeys(unions - set(counts), 0) if len(unions) == 1 else counts
