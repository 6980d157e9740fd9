"""Mentions that stand for a state which the words at hand do not name by itself: of a list of parties, of an office, of an accession."""

from __future__ import annotations

from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.triggers import Trigger
from foedus.terms.agents import Agent, BodyKind

_ALPHA_3 = 3


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
