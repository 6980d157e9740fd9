"""Gapped clauses: "Niger ratified it in April 2002, Mali in August 2000 and Togo in May 2001" tells three acts with one verb.

Each further actor stands bare before a time of its own; nothing else may stand between, so that no clause is mistaken.
"""

from __future__ import annotations

import msgspec

from foedus.statements.act_frames import class_of
from foedus.statements.memory import Act
from foedus.statements.participants import Scene
from foedus.statements.triggers import Form

RULE = "the same verb, left out"


def gapped(scene: Scene, act: Act) -> list[Act]:
    """The acts that the sentence tells after `act` with its verb left out, each by its own actor and at its own time."""
    if act.trigger.form is Form.NOUN or not act.actors:
        return []
    found = []
    for index in range(len(scene.mentions)):
        first, last = scene.spans[index]
        if first >= act.trigger.last and scene.actor_at(first) == index and _is_gapped(scene, first, last):
            actor = scene.mentions[index]
            if class_of(actor) == class_of(act.actors[0]) and actor not in act.actors and len(actor.states) == 1:
                found.append(_by(act, scene, index))
    return found if _has_own_time(scene, act) else []


def _is_gapped(scene: Scene, first: int, last: int) -> bool:
    """Whether a conjunction or comma, with an article, stands before a name, and a time right after it."""
    lower = scene.row.lower
    before = first - 1
    while before > 0 and lower[before] in scene.articles and lower[before] not in scene.conjunctions:
        before -= 1
    opens = lower[before] in (",", ";") or lower[before] in scene.conjunctions
    at = last + 1 if last < len(lower) and lower[last] in scene.prepositions else last
    end = at
    while end in scene.timed:
        end += 1
    is_closed = end >= len(lower) or lower[end] in (",", ".", ";", ")") or lower[end] in scene.conjunctions
    return opens and at in scene.timed and is_closed


def _has_own_time(scene: Scene, act: Act) -> bool:
    """The verb itself has a time, before the first further actor."""
    return any(act.trigger.last <= word < act.trigger.last + 14 for word in scene.timed)


def _by(act: Act, scene: Scene, index: int) -> Act:
    first, last = scene.spans[index]
    actor = scene.mentions[index]
    trigger = msgspec.structs.replace(act.trigger, first=first, last=last, core=last)
    group = msgspec.structs.replace(act.group, first=first)
    return msgspec.structs.replace(
        act,
        trigger=trigger,
        group=group,
        actors=(actor,),
        states=actor.states,
        reaches=(),
        rules=(*act.rules[:1], RULE),
    )
