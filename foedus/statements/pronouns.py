"""Whom a pronoun means that stands before a verb: "he", "the two", "it", "the country"."""

from __future__ import annotations

from foedus.statements.crowds import CrowdNouns
from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import ACTORS, Found, Scene
from foedus.statements.stand_ins import of_state, sayer, state_of
from foedus.statements.subjects import before_relative
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.terms.agents import BodyKind

BOTH_SIDES = "both parties"
_ALPHA_3 = 3
_SEVERAL = 2


class Pronouns:
    """The pronouns of one language."""

    def __init__(self, verbs: VerbWords, crowds: CrowdNouns) -> None:
        pronouns = verbs.pronouns
        self._crowds = crowds
        self._person = frozenset(pronouns.person)
        self._thing = frozenset(pronouns.thing)
        self._many = frozenset(pronouns.many)
        self._countries = frozenset(pronouns.country)
        self._owners = frozenset(pronouns.owners)
        self._turns = frozenset(verbs.crowds.turns)
        self._organs = frozenset(verbs.crowds.organs)

    def before(self, scene: Scene, group: VerbGroup) -> str:
        """The pronoun that is a verb's subject, or ""."""
        lower = scene.row.lower
        last = group.first
        for size in (3, 2, 1):
            text = " ".join(lower[max(0, last - size) : last])
            if last >= size and (text in self._many or text in self._person or text in self._thing):
                return "" if self._is_of_organs(scene, last - size - 1) else text
        described = " ".join((*lower[max(0, last - 4) : last - 2], *lower[last - 1 : last]))
        if last > 3 and described in self._many:
            return described  # "the two Nordic neighbours"
        last = before_relative(scene, last - 1) + 1
        if last > 2 and lower[last - 1] in scene.relatives and lower[last - 2] == ",":
            last -= 2  # "The kingdom, which never signed it"
        is_country = last > 1 and lower[last - 1] in self._countries and lower[last - 2] in self._owners
        if is_country and lower[last - 3 : last - 2] != [scene.words.crowds.of]:  # not "the president of the republic"
            return lower[last - 1]
        return ""

    def _is_of_organs(self, scene: Scene, at: int) -> bool:
        """ "Parliaments on both sides", "cabinets in the two countries": the organs act, of which the pronoun tells whose."""
        lower = scene.row.lower
        return at > 0 and lower[at] in scene.prepositions and lower[at - 1] in self._organs

    def antecedent(self, scene: Scene, pronoun: str, memory: Memory, group: VerbGroup) -> tuple[Found, bool]:
        """Whom it means, and whether that is a crowd that nobody names."""
        if pronoun in self._many:
            return self._several(scene, pronoun, memory, group)
        before = [
            mention
            for index, mention in enumerate(scene.mentions)
            if scene.spans[index][1] <= group.first and mention.kind in ACTORS
        ]
        if pronoun in self._person:
            person = next((one for one in reversed(before) if is_person(one)), memory.person)
            return Found((person,), "the person last named", group.first) if person else Found(), False
        if pronoun in self._countries:
            return _country(scene, before, memory, group), False
        return self._thing_that_acts(scene, before, memory, group), False

    def _several(self, scene: Scene, pronoun: str, memory: Memory, group: VerbGroup) -> tuple[Found, bool]:
        size = self._crowds.size_of(pronoun)
        same = self._crowds.as_many(memory, size)
        if size > _SEVERAL:
            return Found(same, "the states named before", group.first), not same
        parties = tuple(of_state(state) for state in memory.parties if len(state) == _ALPHA_3)
        listed = memory.actors if len(memory.actors) >= _SEVERAL else same or self._crowds.listed_before(scene, group)
        is_bare = pronoun.split()[-1] not in scene.words.crowds.signers
        if is_bare and not memory.parties and len(listed) < _SEVERAL and not memory.is_named:
            return Found(), False  # "Gardeners and the park came to an accord. Both sides signed it"
        if len(parties) == len(memory.parties) > 0 or len(listed) < _SEVERAL:
            return Found(parties, BOTH_SIDES, group.first), not parties
        return Found(listed, "the states named before", group.first), False

    def _thing_that_acts(self, scene: Scene, before: list[Mention], memory: Memory, group: VerbGroup) -> Found:
        joint = max((at for at in range(group.first) if scene.row.lower[at] in self._turns), default=-1)
        later = [one for one in before if scene.row.at(one.start) > joint]
        thing = next(
            (one for one in later or before if not scene.governed(scene.mentions.index(one)) and not is_person(one)),
            None,
        )
        told = sayer(scene, group.first - 1)
        if told is not None:
            return told
        if thing is None and memory.newest is not None:
            return Found((memory.newest,), "who opened the sentence before", group.first)
        found = (thing,) if thing else memory.actors if len(memory.actors) == 1 else ()
        return Found(found, "who acted last", group.first) if found else Found()


def _country(scene: Scene, before: list[Mention], memory: Memory, group: VerbGroup) -> Found:
    """ "The kingdom", "the country": the state named, or told of, last."""
    single = [one for one in before if len(one.states) == 1]
    free = [one for one in single if not scene.governed(scene.mentions.index(one))]
    told = [memory.newest] if memory.newest else []
    bound = [of_state(memory.last_state)] if memory.last_state else []
    ranked = [*free[-1:], *told, *memory.actors, *single[-1:], *bound]
    owner = next((one for one in ranked if len(one.states) == 1), None)
    return Found((state_of(owner),), "the country last named", group.first) if owner else Found()


def is_person(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERSON or bool(mention.agent and mention.agent.kind is BodyKind.HEAD_OF_STATE)
