"""The subject of a clause, where other clauses tell it: shared with the verb before, counted, or left out.

Also where a clause begins, on which hangs whether "if" or "until" opens it.
"""

from __future__ import annotations

from foedus.statements.crowds import CrowdNouns
from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.objects import INTRANSITIVE
from foedus.statements.participants import Found, Scene
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind

_LEAVING = frozenset({"withdraw", "no-longer-bound"})
_LEFT_OR_JOINED = frozenset({"accede", "join", "withdraw"})
_ALONE = frozenset({"force", "sign", "initial"})
"""Nouns of action that tell of the report's treaty by themselves."""
_NEAR = 8


def begins(
    scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, actors: Found, is_crowd: bool, thing: Mention | None, crowds: CrowdNouns
) -> int:  # fmt: skip
    """The word at which the clause's subject begins: a name, a crowd ("22 of the states"), or the treaty of a passive."""
    if actors.mentions and not passive and actors.first < trigger.first:
        return actors.first
    if is_crowd and not passive:
        return crowds.begins(scene, group)
    is_nominal = scene.row.lower[group.first] == scene.words.being  # "after being signed": the subject stands elsewhere
    if is_nominal or thing is None or trigger.form is Form.NOUN or not (passive or trigger.class_ in INTRANSITIVE):
        return group.first
    first = scene.row.at(thing.start)
    is_subject = thing.end > thing.start and first < group.first and "," not in scene.row.lower[first : group.first]
    return first if is_subject else group.first


def shared(scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> Found | None:
    """ "which signed the treaty but did not ratify it": a verb joined to the one just read has its subject."""
    last = memory.act
    if last is None or memory.age or not last.actors or last.trigger.form is Form.NOUN or last.group.voice == "passive":
        return None
    first = last.trigger.core
    is_joined = first < group.first and scene.row.lower[group.first - 1] in scene.conjunctions
    between = range(first, group.first)
    is_broken = any(scene.row.lower[word] in (*scene.subordinators, *scene.stops, ",") for word in between)
    has_other = any(scene.actor_at(word) is not None and not scene.governed(scene.at[word]) for word in between)
    return (
        Found(last.actors, "the subject of the verb before", group.first)
        if is_joined and not is_broken and not has_other
        else None
    )


def is_drafted(scene: Scene, trigger: Trigger, group: VerbGroup) -> bool:
    """ "The conference adopted the protocol": those who made the text, whose names the directory lacks."""
    before = scene.row.lower[max(0, group.first - _DRAFTERS) : group.first]
    is_near = any(word in scene.words.crowds.drafters for word in before)
    return trigger.class_ in ("pass", "approve", "settle-text", "finalize-text") and is_near


_DRAFTERS = 4


def partners_of(scene: Scene, thing: Mention | None, trigger: Trigger) -> tuple[str, ...]:
    """ "concluded the pact with Fiji and Tonga", "was concluded with Fiji": the states after "with" sign too."""
    end = max(trigger.last, scene.row.at(thing.end) if thing is not None and thing.text else 0)
    if scene.row.lower[end + 1 : end + 2] == [scene.words.accompanied] and scene.row.lower[end] in scene.links:
        end += 1
    if scene.row.lower[end : end + 1] != [scene.words.accompanied]:
        return ()
    first = end + 1
    while first < len(scene.row) and scene.row.lower[first] in scene.articles:
        first += 1
    index = scene.actor_at(first)
    named = scene.gathered(index)[0] if index is not None else ()
    is_of_states = all(one.kind is MentionKind.STATE and len(one.states) == 1 for one in named)
    return tuple(one.states[0] for one in named) if is_of_states else ()


def of_both(scene: Scene, actors: Found, parties: tuple[str, ...]) -> tuple[str, ...]:
    """ "Both parliaments must ratify it": the organs of either party; nobody's where the parties are not two."""
    words = scene.words.crowds
    for one in actors.mentions:
        first = scene.row.at(one.start)
        last = scene.row.at(one.end)
        named = scene.row.lower[max(0, first - 3) : last]
        around = [*named, *scene.row.lower[last : last + 3]]  # "parliaments on both sides"
        if not one.states and named[-1:] and named[-1] in words.organs and any(word in words.pairs for word in around):
            return parties
    return ()


def is_bare(scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> bool:
    """ "The Holy See acceded last year", "Italy left in 2016": the treaty spoken of is understood, where only a time follows.

    Where it is denied, nothing need follow: "Oman never joined."
    """
    if trigger.form is Form.NOUN:
        return _is_bare_noun(scene, trigger)
    following = scene.row.lower[trigger.last : trigger.last + 1]
    ends = not following or following[0] in (".", ",", *scene.stops)
    if "negative" in group.says and trigger.class_ in _LEFT_OR_JOINED and ends:
        return True
    if trigger.last >= len(scene.row):
        return False
    is_led = scene.row.lower[trigger.last] in scene.prepositions or scene.row.lower[trigger.last] in scene.articles
    at = trigger.last + 1 if is_led else trigger.last
    if at not in scene.timed:
        return False
    has_left = any(
        act.kind in (Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE, Kind.CHAMBER_APPROVE) for act in memory.acts
    )
    return trigger.class_ == "accede" or (trigger.class_ in _LEAVING and has_left)


def _is_bare_noun(scene: Scene, trigger: Trigger) -> bool:
    """ "The signing took place in May.", "Entry into force is expected next year.": the report's own treaty, where none is named."""
    lower = scene.row.lower
    first = trigger.first
    while first > 0 and lower[first - 1] in scene.articles:
        first -= 1
    opens = first == 0 or lower[first - 1] in scene.stops
    goes_on = trigger.last < len(lower) and lower[trigger.last] not in scene.prepositions
    is_named = any(one.kind in (MentionKind.TREATY, MentionKind.MEASURE) for one in scene.mentions)
    return trigger.class_ in _ALONE and opens and goes_on and not is_named


def leads_on(scene: Scene, trigger: Trigger, later: list[Trigger]) -> bool:
    """ "became the first party to withdraw": the noun only leads on to the act that its infinitive tells."""
    words = range(trigger.core, later[0].first if later and later[0].form is Form.BASE else 0)
    gap = [scene.row.lower[word] for word in words if scene.at[word] < 0]  # "a member of the Union to leave it"
    return bool(gap) and gap[-1] == scene.words.auxiliaries.infinitive and len(gap) <= _NEAR
