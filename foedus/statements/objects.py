"""What an act is about: the treaty or measure that a verb acts on, found without a parse.

The nearest treaty that no other noun carries off is the object; before a passive it is the subject; "it" is the bill or
treaty spoken of last, "participation" the report's treaty.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup, VerbWords
from foedus.terms.agents import CHAMBERS, BodyKind

INTRANSITIVE = frozenset({"force", "terminate", "provisional", "become-law", "submit-moved"})
_THINGS = frozenset({MentionKind.TREATY, MentionKind.MEASURE})


class Objects:
    """The pronouns and small words of one language."""

    def __init__(self, verbs: VerbWords, is_adverb: Callable[[str], bool]) -> None:
        clauses = verbs.clauses
        self._verbs = verbs
        self._is_adverb = is_adverb
        self._object_pronouns = frozenset(verbs.pronouns.object)
        self._bearing = frozenset(verbs.bearing)
        self._object_openers = frozenset(verbs.object_openers)
        self._instruments = frozenset(verbs.instruments)
        self._ends = frozenset(
            (
                *clauses.conjunctions,
                *clauses.prepositions,
                *clauses.stops,
                *verbs.auxiliaries.be,
                *verbs.auxiliaries.future,
            )
        ) | {",", ".", ")"}

    def acted_on(
        self, scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, memory: Memory
    ) -> Mention | None:
        """The treaty or measure acted on; "it" is the one named before, "participation" the report's treaty."""
        candidates = objects_of(scene, trigger, group, passive)
        following = scene.row.lower[trigger.core : trigger.core + 5]
        if following and following[0] in self._object_openers:
            following = following[1:]
        if not passive and trigger.form is not Form.NOUN and following and following[0] in self._object_pronouns:
            earlier = [
                mention
                for index, mention in enumerate(scene.mentions)
                if mention.kind in _THINGS and scene.spans[index][0] < trigger.first
            ]
            free = [one for one in earlier if not scene.governed(scene.mentions.index(one))]
            treaties = [one for one in earlier if one.kind is MentionKind.TREATY]
            chosen = free or (treaties if trigger.class_ in ("sign", "ratify") else earlier)
            return chosen[-1] if chosen else _last_thing(scene, trigger, memory)
        is_it = (
            (passive or trigger.class_ in INTRANSITIVE)
            and group.first
            and scene.row.lower[group.first - 1] in self._verbs.pronouns.thing
        )
        if candidates and not is_it:
            return scene.mentions[candidates[0]]
        if trigger.class_ in ("deposit", "exchange") and any(word in self._instruments for word in following):
            return _generic(scene, trigger, MentionKind.MEASURE, "instrument", memory)
        if _has_refused_antecedent(scene, group):
            return None
        before = scene.row.lower[group.first - 1] if group.first else ""
        is_pronoun = before in self._object_pronouns and (
            passive or trigger.class_ in ("force", "terminate", "supersede")
        )
        is_bare_signature = trigger.class_ == "sign" and not passive and self.takes_nothing(following)
        is_fresh = memory.age <= 1
        told = memory.act.thing if memory.act else None
        is_paper = told is not None and told.role in ("instrument", "notes") and trigger.class_ == "sign"
        if is_pronoun and is_fresh and told is not None and told.kind is MentionKind.MEASURE and not is_paper:
            return told
        if is_pronoun or is_bare_signature or any(word in self._bearing for word in following):
            return _generic(scene, trigger, MentionKind.TREATY, "generic", memory)
        return None

    def new_between(
        self, scene: Scene, trigger: Trigger, actors: tuple[Mention, ...], memory: Memory
    ) -> Mention | None:
        """ "Chile and Peru signed an accord in May": what both parties sign is the report's treaty, whatever it is called."""
        states = {state for one in actors for state in one.states}
        following = scene.row.lower[trigger.core : trigger.core + 6]
        head = next((at for at, word in enumerate(following) if word in self._verbs.texts), None)
        if len(states) < 2 or states != set(memory.parties) or head is None or trigger.form is Form.NOUN:
            return None
        if any(word in self._ends and word != self._verbs.crowds.of for word in following[:head]):
            return None
        return _generic(scene, trigger, MentionKind.TREATY, "generic", memory)

    def takes_nothing(self, following: list[str]) -> bool:
        """ "115 countries have signed.", "the President's signature is missing": no object of another kind follows."""
        return not following or following[0] in self._ends or self._is_adverb(following[0])


def objects_of(scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool) -> list[int]:
    """Indexes of the treaties and measures that may be the object, best first."""
    right = [
        index
        for index, mention in enumerate(scene.mentions)
        if _is_thing(mention) and scene.spans[index][0] >= trigger.core
    ]
    left = [
        index
        for index, mention in enumerate(scene.mentions)
        if _is_thing(mention) and scene.spans[index][1] <= max(group.first, trigger.first) + 1
    ]
    right = [index for index in right if _reachable(scene, trigger.core, scene.spans[index][0])]
    left = list(reversed(left))
    if passive or trigger.class_ in INTRANSITIVE:
        left = [index for index in left if not _is_of_a_person(scene, index)]
        free = [index for index in left if not scene.governed(index) and _in_clause(scene, index, trigger)]
        is_force = trigger.class_ == "force"
        inside = [index for index in right if scene.spans[index][1] <= trigger.last] if is_force else []
        is_inverted = group.first == 0 or trigger.form is Form.GERUND or passive
        return [*inside[:1], *free[:1], *left[:2], *(right[:1] if is_inverted else ())]
    if trigger.form is Form.NOUN:
        return [*right[:1], *left[:1]]
    antecedent = _object_antecedent(scene, group)
    if antecedent is not None:
        return antecedent
    return [*right[:2], *(index for index in left[:1] if _is_object_relative(scene, index, group))]


def _object_antecedent(scene: Scene, group: VerbGroup) -> list[int] | None:
    """In "a protocol, which the ministers have signed," the object stands before the relative; None where there is none."""
    relatives = scene.words.clauses.object_relatives
    for word in range(group.first - 1, max(-1, group.first - 17), -1):
        if scene.row.lower[word] in relatives and word < group.first - 1 and not is_conjunction(scene, word):
            if not any(scene.actor_at(at) is not None for at in range(word + 1, group.first)):
                return None
            before = [
                i for i, one in enumerate(scene.mentions) if _is_thing(one) and word - 6 <= scene.spans[i][1] <= word
            ]
            return list(reversed(before))[:1]
    return None


def is_conjunction(scene: Scene, word: int) -> bool:
    """Whether a "that" opens what somebody says, rather than a relative clause: no treaty or measure stands before it."""
    if scene.row.lower[word] != scene.words.clauses.conjunction_or_relative:
        return False
    before = scene.at[word - 1] if word else -1
    return before < 0 or not _is_thing(scene.mentions[before])


def _is_object_relative(scene: Scene, index: int, group: VerbGroup) -> bool:
    """ "the agreement he concluded", "the treaty that Russia signed": the object stands before its relative clause."""
    gap = scene.row.lower[scene.spans[index][1] : group.first]
    if len(gap) > 9 or any(word in scene.stops for word in gap):
        return False
    return not gap or gap[0] in scene.relatives or "," not in gap


def _in_clause(scene: Scene, index: int, trigger: Trigger) -> bool:
    """Whether only words of the same clause stand between a name and the verb."""
    between = scene.row.lower[scene.spans[index][1] : trigger.first]
    return (
        len(between) <= 30
        and not any(word in scene.stops or word in scene.barriers for word in between)
        and "," not in between
    )


def _is_of_a_person(scene: Scene, index: int) -> bool:
    """ "the minister who negotiated the pact was replaced": the pact belongs to the clause about the person."""
    first = scene.spans[index][0]
    return any(word in scene.words.clauses.person_relatives for word in scene.row.lower[max(0, first - 4) : first])


def _is_thing(mention: Mention) -> bool:
    return mention.kind in (MentionKind.TREATY, MentionKind.MEASURE)


def _reachable(scene: Scene, start: int, end: int) -> bool:
    """Whether no clause begins between the verb and its object."""
    gap = scene.row.lower[start:end]
    if end - start > 26 or any(word in scene.barriers for word in gap) or _is_of_another(scene, start, end):
        return False
    return not any(
        word in scene.prepositions and not scene.carries(start + at - 1, start) for at, word in enumerate(gap)
    )


def _is_of_another(scene: Scene, start: int, end: int) -> bool:
    """ "Croatia adopts the euro, and its parliament votes on the treaty": a joined clause has its own subject and verb."""
    joint = next((at for at in range(start, end) if scene.row.lower[at] in scene.conjunctions), end)
    subject = next((at for at in range(joint, end) if scene.actor_at(at) is not None), end)
    return any(at in scene.verbs for at in range(subject, end))


def stands_right_after(scene: Scene, trigger: Trigger, thing: Mention) -> bool:
    gap = scene.row.lower[trigger.core : scene.row.at(thing.start)]
    away = scene.prepositions - set(scene.words.object_openers)
    return (
        scene.row.at(thing.start) >= trigger.core
        and not any(word in away and word != "out" for word in gap)
        and len(gap) <= 5
        and not any(word in scene.subordinators for word in gap)
    )


def _has_refused_antecedent(scene: Scene, group: VerbGroup) -> bool:
    """ "a protocol on ..., which the ministers have signed": the antecedent is no treaty, so the object is none."""
    for word in range(group.first - 1, max(-1, group.first - 9), -1):
        if scene.row.lower[word] in scene.words.clauses.object_relatives and not is_conjunction(scene, word):
            return word < group.first - 1 and any(scene.actor_at(at) is not None for at in range(word + 1, group.first))
    return False


def _last_thing(scene: Scene, trigger: Trigger, memory: Memory) -> Mention | None:
    """What "it" is where the sentence names nothing: the bill just spoken of, else the report's treaty."""
    thing = memory.act.thing if memory.act else None
    if thing is not None and thing.kind is MentionKind.MEASURE:
        return thing
    return _generic(scene, trigger, MentionKind.TREATY, "generic", memory) if memory.main else None


def _generic(scene: Scene, trigger: Trigger, kind: MentionKind, role: str, memory: Memory) -> Mention:
    """An object that the words only imply: the report's treaty, or an instrument about it."""
    start = scene.row.starts[trigger.first]
    return Mention(start=start, end=start, kind=kind, text="", treaty=memory.main, role=role)


_DESTINATIONS = frozenset({*CHAMBERS, BodyKind.COURT, BodyKind.REVIEW_BODY})


def destination_of(scene: Scene, trigger: Trigger, actors: Found) -> Mention | None:
    """The chamber or the court that a bill goes to: named after the verb, else before it."""
    for mention in sorted(scene.mentions, key=lambda one: scene.row.at(one.start) < trigger.core):
        if (
            mention not in actors.mentions
            and mention.kind is MentionKind.BODY
            and mention.agent
            and mention.agent.kind in _DESTINATIONS
        ):
            return mention
    return None
