"""Mentions that stand for a state which the words at hand do not name by itself: of a list of parties, of an office, of an accession."""

from __future__ import annotations

import msgspec

from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.triggers import Trigger
from foedus.terms.acts import Kind
from foedus.terms.agents import CHAMBERS, Agent, BodyKind

_ALPHA_3 = 3
_SAYING = frozenset({MentionKind.STATE, MentionKind.ORGANISATION})
_PAIR = 2
_NEAR = 12  # words between a vote and where it was held


def of_state(state: str) -> Mention:
    agent = Agent(name=state, kind=BodyKind.STATE, states=(state,))
    return Mention(start=0, end=0, kind=MentionKind.STATE, text="", agent=agent, states=(state,), role="pronoun")


def state_of(owner: Mention) -> Mention:
    """The state whose organ or officer a mention is."""
    agent = Agent(name=owner.states[0], kind=BodyKind.STATE, states=owner.states)
    return Mention(
        start=owner.start,
        end=owner.end,
        kind=MentionKind.STATE,
        text=owner.text,
        agent=agent,
        states=owner.states,
        role="pronoun",
    )


def joiner(scene: Scene, noun: Trigger) -> Found:
    """ "Chad's accession to the pact", "the accession of Chad": the one state that the name of the membership holds."""
    index = scene.at[noun.first]
    states = scene.mentions[index].states if index >= 0 else ()
    joining = [state for state in states if len(state) == _ALPHA_3]
    return Found((of_state(joining[0]),), "who joins", noun.first) if len(joining) == 1 else Found()


def bound_no_more(scene: Scene, trigger: Trigger) -> Found:
    """ "ceases to bind Estonia": whom it bound."""
    for word in range(trigger.last, min(trigger.last + 3, len(scene.row))):
        index = scene.actor_at(word)
        if index is not None:
            mentions, first = scene.gathered(index)
            return Found(mentions, "whom it bound", first)
    return Found()


def signer_of_law(scene: Scene, trigger: Trigger) -> Found:
    """ "becomes law with the President's signature": whoever heads the state signs, named in the sentence or not."""
    if trigger.class_ != "become-law":
        return Found()
    heads = [mention for mention in scene.mentions if mention.agent and mention.agent.kind is BodyKind.HEAD_OF_STATE]
    return Found(tuple(heads[:1]), "the head of state, whose signature makes law", trigger.first)


def in_a_state(scene: Scene, trigger: Trigger, places: frozenset[str]) -> Found:
    """ "was held in Slovenia on 23 March": where the people voted."""
    for index, mention in enumerate(scene.mentions):
        first = scene.spans[index][0]
        is_there = first > 0 and scene.row.lower[first - 1] in places and 0 <= first - trigger.core <= _NEAR
        if mention.kind is MentionKind.STATE and len(mention.states) == 1 and is_there:
            return Found((state_of(mention),), "the country it was done in", first)
    return Found()


def sayer(scene: Scene, pronoun: int) -> Found | None:
    """ "Bahrain says that it will not": who says so; nobody where an unnamed party does ("the opposition said it would").

    None where nobody says it right before the pronoun.
    """
    lower = scene.row.lower
    at = pronoun - 1 - (lower[pronoun - 1 : pronoun] == [scene.words.clauses.conjunction_or_relative])
    if at < 1 or lower[at] not in scene.words.saying:
        return None
    if lower[at - 1] in scene.words.groups:
        return Found()
    index = scene.actor_at(at - 1)
    is_own = index is not None and scene.mentions[index].kind in _SAYING and not scene.governed(index)
    return (
        Found((scene.mentions[index],), "who says it", scene.spans[index][0]) if is_own and index is not None else None
    )


def taken_out(scene: Scene, trigger: Trigger, out: frozenset[str]) -> Found:
    """ "pulled Turkey out of the convention", "withdrew the United States from the pact": the state is what leaves."""
    for word in range(trigger.core, min(trigger.core + 3, len(scene.row))):
        index = scene.at[word]
        if index >= 0:
            last = scene.spans[index][1]
            is_taken = scene.mentions[index].kind is MentionKind.STATE and last < len(scene.row)
            if is_taken and scene.row.lower[last] in out:
                return Found((scene.mentions[index],), "whom somebody takes out", scene.spans[index][0])
            return Found()
    return Found()


def signatory(scene: Scene, trigger: Trigger, signed_for: frozenset[str]) -> Found:
    """ "signed for Russia", "signed in Russia's name", "signed on behalf of the Russian Federation"."""
    for word in range(trigger.core, min(len(scene.row), trigger.core + 14)):
        index = scene.actor_at(word)
        one = scene.mentions[index] if index is not None else None
        if index is None or one is None or not _may_be_signed_for(one):
            continue
        before = scene.row.lower[max(0, scene.spans[index][0] - 4) : scene.spans[index][0]]
        if any(word in signed_for for word in before) or scene.is_possessor(index):
            state = one if one.kind is MentionKind.STATE else state_of(one)
            return Found((state,), "signed for a state", scene.spans[index][0])
    return Found()


def signed_before(memory: Memory) -> Found:
    """ "Peru signed it in 1997, but it was not ratified until 2012": of a treaty of many, by whoever is told to have signed."""
    last = memory.acts[-1] if memory.acts and memory.age <= 1 and len(memory.parties) < _PAIR else None
    if last is None or last.kind is not Kind.SIGN or len(last.states) != 1 or last.is_crowd:
        return Found()
    return Found((of_state(last.states[0]),), "who had signed it")


def _may_be_signed_for(mention: Mention) -> bool:
    """A state, or "the government of Peru"; a capital is where one signs."""
    is_government = mention.agent is not None and mention.agent.kind is BodyKind.CABINET and len(mention.states) == 1
    return is_government or (mention.kind is MentionKind.STATE and mention.role != "capital")


def signing_for(scene: Scene, trigger: Trigger, found: Found, signed_for: frozenset[str]) -> Found:
    """ "The envoy signed it on behalf of Peru", "Ann Lee signed it for Peru": whoever signs, it is Peru that does."""
    if any(one.states for one in found.mentions):
        return found
    state = signatory(scene, trigger, signed_for)
    if not state.mentions or any(
        scene.spans[at][0] == state.first and scene.is_possessor(at) for at in range(len(scene.mentions))
    ):
        return found
    is_treaty_before = any(
        one.kind is MentionKind.TREATY and scene.row.starts[trigger.first] < one.start < state.mentions[0].start
        for one in scene.mentions
    )
    if not is_treaty_before:
        return found
    states = state.mentions[0].states
    people = tuple(
        msgspec.structs.replace(one, states=states, agent=msgspec.structs.replace(one.agent, states=states))
        for one in found.mentions
        if one.agent
    )
    return msgspec.structs.replace(state, mentions=people[:1] or state.mentions)


_NEAR_HOUSE = 6


def is_cabinet(scene: Scene, word: int) -> bool:
    """ "The government approved": the organ, where deciding or submitting is told, not the country it stands for."""
    index = scene.actor_at(word)
    agent = scene.mentions[index].agent if index is not None else None
    return agent is not None and agent.kind is BodyKind.CABINET


def house_before(scene: Scene, found: Found) -> Mention | None:
    """ "In the Senate, 66 out of 72 legislators voted": the house whose members they are opens the clause."""
    members = found.mentions[0]
    if members.role != "generic" or members.agent is None or members.agent.kind is not BodyKind.PARLIAMENT:
        return None
    before = [one for one in scene.mentions if one.end <= members.start]
    house = before[-1] if before else None
    if house is None or house.agent is None or house.agent.kind not in CHAMBERS or house.states != members.states:
        return None
    index = scene.mentions.index(house)
    gap = scene.row.lower[scene.spans[index][1] : found.first]
    return house if scene.governed(index) and len(gap) <= _NEAR_HOUSE else None


def may_decide_elsewhere(mention: Mention) -> bool:
    """ "Greece ratified it in parliament", "the government managed to ratify it in parliament": the place decides."""
    is_cabinet = mention.agent is not None and mention.agent.kind is BodyKind.CABINET
    return mention.kind is MentionKind.STATE or is_cabinet
