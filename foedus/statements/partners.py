"""Whose act it is where neither subject nor agent tells: "talks between A and B", "the instrument of A", "all but A"."""

from __future__ import annotations

from foedus.statements.factuality import Verdict
from foedus.statements.names import MentionKind
from foedus.statements.participants import Found, Scene, agent_after_by
from foedus.statements.subjects import subject_of
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.evidence import Factuality

_NEAR = 16
_SEVERAL = 2
_STATES = frozenset({MentionKind.STATE, MentionKind.ORGANISATION})


TRANSITIVE_TOO = frozenset({"provisional", "terminate"})
"""Verbs that a treaty does by itself, and states do to it: "the pact ended", "they ended the pact"."""


def doer(scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, openers: tuple[str, ...]) -> Found:
    """Who ends or applies a treaty: the agent, or the state right before the verb; nobody where the treaty does so itself."""
    if passive or trigger.form is Form.NOUN or scene.row.lower[trigger.last : trigger.last + 1] == list(openers[:1]):
        return agent_after_by(scene, trigger, openers)
    found = subject_of(scene, trigger, group)
    is_state = bool(found.mentions) and all(one.kind in _STATES for one in found.mentions)
    return found if is_state and not scene.untimed(scene.row.at(found.mentions[-1].end), group.first) else Found()


def acts_on_it(scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool) -> bool:
    """Whether somebody stands right before such a verb, so that the treaty stands after it."""
    if trigger.class_ not in TRANSITIVE_TOO or passive or trigger.form is Form.NOUN:
        return False
    return bool(doer(scene, trigger, group, passive, ()).mentions)


def between_them(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """ "Talks between Chad and Mali opened", "were exchanged between them": the two or more that "between" names."""
    lower = scene.row.lower
    for word in range(max(0, trigger.first - _NEAR), min(len(lower) - 1, trigger.last + _NEAR)):
        if lower[word] not in scene.words.crowds.between or scene.at[word] >= 0:
            continue
        first = word + 1
        while first < len(lower) and lower[first] in scene.articles:
            first += 1
        index = scene.at[first] if first < len(lower) else -1
        if index < 0 or scene.mentions[index].kind not in _STATES:
            continue
        named = scene.gathered(index)[0]
        states = {state for one in named if one.kind in _STATES for state in one.states}
        if len(states) >= _SEVERAL:
            return tuple(sorted(states))
    return ()


def with_them(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """ "opened talks with Chad and Mali", "talks with Chad were opened by": those with whom one talks."""
    lower = scene.row.lower
    for word in range(max(0, trigger.first - _NEAR), min(len(lower) - 1, trigger.last + _NEAR)):
        first = word + 1
        while first < len(lower) and lower[first] in scene.articles:
            first += 1
        index = scene.at[first] if lower[word] == scene.words.accompanied and first < len(lower) else -1
        if index >= 0 and scene.mentions[index].kind in _STATES:
            named = scene.gathered(index)[0]
            return tuple(sorted({one.states[0] for one in named if one.kind in _STATES and len(one.states) == 1}))
    return ()


def by_exchange(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """ "By an exchange of notes of May 1958 Chad and Mali agreed": the subject of the main clause exchanged them."""
    lower = scene.row.lower
    opener = next((lower[at] for at in range(trigger.first - 1, -1, -1) if lower[at] not in scene.articles), "")
    if trigger.form is not Form.NOUN or opener not in scene.words.exchanging or lower[:1] != [opener]:
        return ()
    for word in range(trigger.last, min(len(lower), trigger.last + _NEAR)):
        index = scene.actor_at(word)
        if index is not None and not scene.governed(index):
            named = scene.gathered(index)[0]
            states = {one.states[0] for one in named if one.kind in _STATES and len(one.states) == 1}
            return tuple(sorted(states)) if len(states) >= _SEVERAL else ()
    return ()


def of_owner(scene: Scene, trigger: Trigger) -> Found:
    """ "The instrument of Chad was deposited", "Chad's instrument reached the depositary": whose paper it is."""
    lower = scene.row.lower
    for index, paper in enumerate(scene.mentions):
        first, last = scene.spans[index]
        if paper.kind is not MentionKind.MEASURE or paper.role != "instrument" or first > trigger.last + _NEAR:
            continue
        for at, owner in enumerate(scene.mentions):
            is_state = owner.kind in _STATES and len(owner.states) == 1 and at not in scene.owning
            begins, ends = scene.spans[at]
            is_before = scene.is_possessor(at) and ends <= first <= ends + _POSSESSED
            is_after = (
                last < begins <= last + _POSSESSED
                and _is_of(scene, begins)
                and lower[last - 1] != scene.words.crowds.of
            )
            if is_state and (is_before or is_after):
                return Found((owner,), "whose paper it is", begins)
    return Found()


_POSSESSED = 3


def _is_of(scene: Scene, first: int) -> bool:
    """Whether "of" leads to a name, over an article."""
    word = first - 1
    while word > 0 and scene.row.lower[word] in scene.articles and scene.row.lower[word] != scene.words.crowds.of:
        word -= 1
    return scene.row.lower[word] == scene.words.crowds.of


def excepted(scene: Scene, actors: Found, verdict: Verdict) -> Verdict:
    """What all but one did, that one did not; what none but one did, it did."""
    if verdict.factuality not in _OPPOSITE or not _is_excepted(scene, actors):
        return verdict
    return Verdict(_OPPOSITE[verdict.factuality], "the exception")


_OPPOSITE = {Factuality.HAPPENED: Factuality.DENIED, Factuality.DENIED: Factuality.HAPPENED}


_WHOLE = 5


def _is_excepted(scene: Scene, actors: Found) -> bool:
    """ "all members except Chad have", "by all but Chad": the one that did not."""
    if not actors.mentions:
        return False
    lower, crowds = scene.row.lower, scene.words.crowds
    first = scene.row.at(actors.mentions[0].start)
    word = first - 1
    while (
        word > 0
        and lower[word] in (*scene.articles, *crowds.signed_for, crowds.of)
        and lower[word] not in crowds.excepting
    ):
        word -= 1
    if word < 0:
        return False
    before = lower[max(0, word - _WHOLE) : word]
    is_whole = before[-1:] != [] and (
        before[-1] in crowds.whole or (before[-1] in crowds.members and bool(set(before) & set(crowds.whole)))
    )
    is_but = lower[word] in crowds.all_but and is_whole
    return lower[word] in crowds.excepting or is_but
