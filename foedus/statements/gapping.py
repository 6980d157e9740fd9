"""Gapped clauses: "Niger ratified it in April 2002, Mali in August 2000 and Togo in May 2001" tells three acts with one verb.

Each further actor stands bare before a time of its own; nothing else may stand between, so that no clause is mistaken.
As many times as names, with "respectively", are dealt out to them.
"""

from __future__ import annotations

import msgspec

from foedus.statements.factuality import Verdict
from foedus.statements.joined_treaties import act_on, is_named
from foedus.statements.memory import Act
from foedus.statements.names import Mention
from foedus.statements.participants import Scene
from foedus.statements.pro_verbs import CROWD, is_of_one_sort, sort_of
from foedus.statements.triggers import Form
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality

RULE = "the same verb, left out"


def told_apart(scene: Scene, act: Act) -> list[Act]:
    """The act, or one for each of its actors where each has a time of its own; and those told after it without their verb."""
    further = _next_reading(scene, act) or gapped(scene, act) or _on_further_treaties(scene, act)
    return [*(_dealt_out(scene, act) or [act]), *further]


def _next_reading(scene: Scene, act: Act) -> list[Act]:
    """ "passed its second reading in May and its third on 20 June": the next reading, of the same bill in the same house."""
    lower, words = scene.row.lower, scene.words.pro_verbs
    if lower[act.trigger.last - 1] != words.reading:
        return []
    for at in range(act.trigger.last, len(lower) - 3):
        is_next = (
            lower[at] in scene.conjunctions and lower[at + 1] in scene.articles and lower[at + 2] in words.readings
        )
        end = at + 4 if lower[at + 3] == words.reading else at + 3
        if is_next and (end in scene.timed or end + 1 in scene.timed):
            house = act.actors or ((act.destination,) if act.destination else ())
            told = msgspec.structs.replace(act, kind=Kind.CHAMBER_APPROVE, actors=house, rules=(*act.rules[:1], RULE))
            return [_placed(told, at + 1, end)]
    return []


def _dealt_out(scene: Scene, act: Act) -> list[Act]:
    """ "Niger and Chad ratified it on 12 June and 4 July respectively": empty where no such list is told."""
    actors = [one for one in act.actors if len(one.states) == 1]
    if len(actors) < 2 or len(actors) != len(act.actors):
        return []
    if not {*scene.words.pro_verbs.respectively} & {*scene.row.lower}:
        return []
    times = [at for at in sorted(scene.timed) if at - 1 not in scene.timed]
    return [_at(act, one, at) for one, at in zip(actors, times, strict=True)] if len(times) == len(actors) else []


def gapped(scene: Scene, act: Act) -> list[Act]:
    """The acts that the sentence tells after `act` with its verb left out, each by its own actor and at its own time."""
    if act.trigger.form is Form.NOUN or not (act.actors or act.is_crowd):
        return []
    found = _but_not(scene, act)
    if found:
        return found
    for index in range(len(scene.mentions)):
        first = scene.spans[index][0]
        if any(act.trigger.last <= verb < first for verb in scene.verbs):
            break
        if first >= act.trigger.last and scene.actor_at(first) == index and _is_gapped(scene, index):
            actor = scene.mentions[index]
            is_alike = is_of_one_sort(actor, act.actors[0]) if act.actors else sort_of(actor) == CROWD
            if is_alike and actor not in act.actors and len(actor.states) == 1:
                found.append(_by(act, scene, index))
    return found if _has_own_time(scene, act) or not act.actors else []


def _on_further_treaties(scene: Scene, act: Act) -> list[Act]:
    """ "approved the pact by 61 votes to 12 and the convention by 50 to 23": the same by the same, of another treaty."""
    thing = act.thing
    if act.trigger.form is Form.NOUN or thing is None or not is_named(thing) or thing not in scene.mentions:
        return []
    found: list[Act] = []
    own = scene.mentions.index(thing)
    end = max(act.trigger.last, scene.spans[own][1])
    for index in range(own + 1, len(scene.mentions)):
        first, last = scene.spans[index]
        if any(end <= verb < first for verb in scene.verbs):
            break
        other = scene.mentions[index]
        if first >= end and is_named(other) and other.treaty != act.treaty and _is_gapped(scene, index):
            told = msgspec.structs.replace(act_on(act, other), rules=(*act.rules[:1], RULE))
            found.append(_placed(told, first, last))
    return found if _is_placed(scene, end) else []


def _is_placed(scene: Scene, at: int) -> bool:
    """Whether a time or a tally stands at a word, or behind its preposition."""
    at += at < len(scene.row) and scene.row.lower[at] in scene.prepositions and at not in scene.timed
    return at in scene.timed or _tallied(scene, at) > at


def _but_not(scene: Scene, act: Act) -> list[Act]:
    """ "was signed by Chad but not by Mali", "Chad, though not Mali, has ratified it": who did not, in the same breath."""
    if act.factuality is not Factuality.HAPPENED or not act.actors:
        return []
    lower, crowds = scene.row.lower, scene.words.crowds
    openers = (*scene.conjunctions, *scene.subordinators)
    for word in range(act.trigger.last, len(lower) - 1):
        if word in scene.verbs:
            return []
        if lower[word] not in openers or lower[word + 1] not in scene.words.auxiliaries.negative:
            continue
        first = word + 2
        while first < len(lower) and lower[first] in (*crowds.by, *scene.articles, *scene.words.pro_verbs.adverbs):
            first += 1
        index = scene.actor_at(first)
        if index is None or not is_of_one_sort(scene.mentions[index], act.actors[0]):
            return []
        named = scene.gathered(index)[0]
        states = tuple(sorted({state for one in named for state in one.states}))
        denied = msgspec.structs.replace(_by(act, scene, index), actors=named, states=states)
        is_closed = _is_closed(scene, scene.row.at(named[-1].end))
        return [msgspec.structs.replace(denied, verdict=Verdict(Factuality.DENIED, "but not"))] if is_closed else []
    return []


def _is_closed(scene: Scene, last: int) -> bool:
    """Whether the clause ends at a word."""
    return last >= len(scene.row) or scene.row.lower[last] in (",", ".", ";", ")")


def _is_gapped(scene: Scene, index: int) -> bool:
    """Whether a conjunction, a comma or "with" stands before a name, and a time right after it."""
    lower = scene.row.lower
    first, last = scene.spans[index]
    before = first - 1
    led = (*scene.articles, *scene.words.crowds.by)
    while before > 0 and lower[before] in led and lower[before] not in scene.conjunctions:
        before -= 1
    opens = lower[before] in (",", ";") or lower[before] in scene.conjunctions
    opens = opens or (lower[before] == scene.words.accompanied and lower[before - 1] == ",")
    opens = opens or lower[before] in scene.words.pro_verbs.listed
    at = _after_aside(scene, last)
    is_apposed = lower[before] == "," and lower[at : at + 1] == [","]  # "and its last hurdle, the Senate, on 3 June"
    at += lower[at : at + 1] == ["("] or is_apposed
    while at < len(lower) and lower[at] in scene.words.pro_verbs.second and at not in scene.timed:
        at += 1
    at = at + 1 if at < len(lower) and lower[at] in scene.prepositions and at not in scene.timed else at
    end = at
    while end in scene.timed:
        end += 1
    end = max(end, _tallied(scene, at))
    while end in scene.timed:  # "by 50 to 23 a week later"
        end += 1
    is_closed = end >= len(lower) or lower[end] in (",", ".", ";", ")") or lower[end] in scene.conjunctions
    return opens and end > at and is_closed


def _tallied(scene: Scene, at: int) -> int:
    """Where a tally that begins at a word ends: "148-17", "148 votes to 17"; else `at`."""
    lower, links = scene.row.lower, scene.words.pro_verbs.tally_links
    end = at
    while (
        end < len(lower) and end not in scene.timed and (lower[end][0].isdigit() or (end > at and lower[end] in links))
    ):
        end += 1
    numbers = [word for word in lower[at:end] if word[0].isdigit()]
    return end if len(numbers) > 1 or any(not word.isdigit() for word in numbers) else at


def _after_aside(scene: Scene, last: int) -> int:
    """ "and Peru, on behalf of its neighbours, on 8 June": the word after the aside; else `last`."""
    lower = scene.row.lower
    if lower[last : last + 1] != [","]:
        return last
    comma = next((at for at in range(last + 1, min(last + _ASIDE, len(lower))) if lower[at] == ","), None)
    if comma is None:
        return last
    inside = range(last + 1, comma)
    is_aside = lower[last + 1] in scene.prepositions and not any(
        at in scene.timed or at in scene.triggered for at in inside
    )
    return comma + 1 if is_aside else last


_ASIDE = 9


def _has_own_time(scene: Scene, act: Act) -> bool:
    """The verb itself has a time, or a tally, before the first further actor."""
    near = range(act.trigger.last, min(act.trigger.last + 14, len(scene.row)))
    return any(word in scene.timed or _tallied(scene, word) > word for word in near)


def _by(act: Act, scene: Scene, index: int) -> Act:
    first, last = scene.spans[index]
    told = msgspec.structs.replace(act, rules=(*act.rules[:1], RULE))
    return _moved(told, scene.mentions[index], first, last)


def _at(act: Act, actor: Mention, at: int) -> Act:
    return _moved(act, actor, at - 1, at)


def _moved(act: Act, actor: Mention, first: int, last: int) -> Act:
    """The act as one actor's, told where the words from `first` to `last` stand."""
    return msgspec.structs.replace(_placed(act, first, last), actors=(actor,), states=actor.states, reaches=())


def _placed(act: Act, first: int, last: int) -> Act:
    trigger = msgspec.structs.replace(act.trigger, first=first, last=last, core=last)
    return msgspec.structs.replace(act, trigger=trigger, group=msgspec.structs.replace(act.group, first=first))
