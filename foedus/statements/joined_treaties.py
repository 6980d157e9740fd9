"""Which treaty an act is on: the one that a bill or an instrument names, and each of several that stand in a list.

"Signed the Air Services Agreement and the Extradition Treaty" is one act on each. The treaties stand in one list, with nothing
but commas, articles and an "and" between them, and the list belongs to the act's verb alone: what begins a clause of its own
("signed the pact and the convention took effect") is none of it.
"""

from __future__ import annotations

import msgspec

from foedus.statements.memory import Act, Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Scene
from foedus.statements.statement import TreatyMention

RULE = "the same act on the next treaty"
UNNAMED = "generic"
_COMPLEMENT = 8
"""Words between a bill and the treaty that it is about, at most."""


def treaty_of(thing: Mention | None, memory: Memory, scene: Scene) -> TreatyMention | None:
    """The treaty acted on; that of a bill or an instrument, or else the report's own."""
    if thing is None:
        return None
    if thing.kind is MentionKind.TREATY:
        return thing.treaty or memory.main
    named = _told_of(scene, thing)
    return named.treaty if named else memory.main


def _told_of(scene: Scene, measure: Mention) -> Mention | None:
    """The treaty that a measure names: "the bill to ratify the pact", "its instrument of ratification of the pact"."""
    if measure not in scene.mentions:
        return None
    end = scene.spans[scene.mentions.index(measure)][1]
    for word in range(end, min(len(scene.row), end + _COMPLEMENT)):
        at = scene.at[word]
        if at >= 0 and scene.mentions[at].kind is MentionKind.TREATY:
            return scene.mentions[at] if is_named(scene.mentions[at]) else None
        lower = scene.row.lower[word]
        if word not in scene.triggered and lower not in scene.prepositions and lower not in scene.articles:
            return None
    return None


def on_each(scene: Scene, act: Act) -> list[Act]:
    """The act, and the same act on every further treaty of the list that its own stands in."""
    thing = act.thing
    if thing is not None and thing.kind is not MentionKind.TREATY:
        thing = _told_of(scene, thing)
    if thing is None or not is_named(thing) or thing not in scene.mentions:
        return [act]
    at = scene.mentions.index(thing)
    is_object = scene.spans[at][0] >= act.trigger.first
    listed = [*([] if is_object else _before(scene, at)), at, *_after(scene, at, act)]
    on = {scene.mentions[number].treaty: scene.mentions[number] for number in reversed(listed)} | {thing.treaty: thing}
    return [act if one is thing else _joined(act, one) for one in sorted(on.values(), key=lambda one: one.start)]


def is_joined(one: Act, other: Act) -> bool:
    """Whether two acts are one deed on two treaties."""
    return one.trigger == other.trigger and one.kind is other.kind and RULE in (*one.rules, *other.rules)


def _joined(act: Act, thing: Mention) -> Act:
    return msgspec.structs.replace(act_on(act, thing), rules=(*act.rules, RULE))


def act_on(act: Act, thing: Mention) -> Act:
    """The same act on another treaty."""
    assert act.treaty is not None and thing.treaty is not None
    states = act.states if act.actors or act.states != act.treaty.parties else thing.treaty.parties
    return msgspec.structs.replace(act, thing=thing, treaty=thing.treaty, states=states)


def is_named(mention: Mention) -> bool:
    """Whether it is a treaty that has a name here."""
    return mention.kind is MentionKind.TREATY and mention.role != UNNAMED and mention.treaty is not None


def _after(scene: Scene, at: int, act: Act) -> list[int]:
    """The treaties that follow in the list; none where the last of them has a verb of its own."""
    listed: list[int] = []
    is_joined = False
    for number in range(at + 1, len(scene.mentions)):
        links = _links(scene, number - 1, number)
        if not links or not is_named(scene.mentions[number]):
            break
        listed.append(number)
        is_joined = is_joined or not {*links}.isdisjoint(scene.conjunctions)
    if not listed or not is_joined:
        return []  # a comma alone gives another name of the same
    end = scene.spans[listed[-1]][1]
    following = scene.row.lower[end] if end < len(scene.row) else ""
    ends = end == act.group.first or end in scene.timed or not following.isalpha() or following in scene.prepositions
    return listed if ends and end not in scene.verbs else []


def _before(scene: Scene, at: int) -> list[int]:
    """The treaties that stand before in the list which is a verb's subject; none where they are another verb's objects."""
    listed: list[int] = []
    is_joined = False
    for number in range(at - 1, -1, -1):
        links = _links(scene, number, number + 1)
        if not links or not is_named(scene.mentions[number]):
            break
        listed.insert(0, number)
        is_joined = is_joined or not {*links}.isdisjoint(scene.conjunctions)
    if not is_joined:
        return []
    first = scene.spans[listed[0]][0]
    return [] if any(verb < first for verb in scene.verbs) else listed


def _links(scene: Scene, left: int, right: int) -> list[str]:
    """The words between two names, if they are such as join the parts of a list."""
    between = scene.row.lower[scene.spans[left][1] : scene.spans[right][0]]
    joins = bool(between) and all(word in scene.plain_links or word in scene.articles for word in between)
    return between if joins else []
