"""Parties that nobody names: "56 governments", "seven members of the WTO", "the three countries", "the only state that".

A crowd acts, but is nobody's state; where the words lead back to states named before, these act.
"""

from __future__ import annotations

from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.subjects import before_an_aside, subject_of
from foedus.statements.triggers import Trigger, in_a_score
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords


class CrowdNouns:
    """The crowds of one language."""

    def __init__(self, verbs: VerbWords) -> None:
        pronouns, crowds = verbs.pronouns, verbs.crowds
        self._pronouns = frozenset((*pronouns.person, *pronouns.thing))
        self._many = frozenset(pronouns.many)
        self._owners = frozenset(pronouns.owners)
        self._crowd = frozenset(crowds.nouns)
        self._voters = frozenset(crowds.voters)
        self._counting = frozenset(crowds.counting)
        self._numbers = {word: size for size, word in enumerate(crowds.numbers, start=2)}
        self._copulas = frozenset(crowds.copulas)
        self._relatives = frozenset(verbs.clauses.relatives)
        self._by = tuple(crowds.by)
        self._single = frozenset(crowds.single)
        self._copulative = frozenset((*verbs.auxiliaries.be, *verbs.becoming))
        self._vague = frozenset((*crowds.whole, *crowds.vague, *crowds.none))
        self._openers = frozenset(crowds.list_openers)
        self._belonging = frozenset(crowds.belonging)
        self._ordinals = verbs.ordinals
        self._accompanied = verbs.accompanied
        self._prepositions = frozenset((*verbs.clauses.prepositions, *verbs.clauses.conjunctions))
        self._negative = frozenset((*verbs.auxiliaries.negative, *crowds.none))

    def begins(self, scene: Scene, group: VerbGroup) -> int:
        """The word that counts the crowd before a verb: "at least 55 parties to the convention"."""
        lower = scene.row.lower
        for word in range(group.first - 1, max(-1, group.first - 12), -1):
            if lower[word] in scene.stops or lower[word] in (",", *scene.subordinators):
                break
            if self._counts(lower[word]):
                while word and (self._counts(lower[word - 1])):
                    word -= 1
                return word
        return group.first

    def named_with(self, scene: Scene, group: VerbGroup) -> Found:
        """ "The European Union and ten other parties": the one that is named besides the crowd."""
        first = self.begins(scene, group) - 1
        first -= first > 0 and scene.row.lower[first] in self._owners
        index = scene.actor_at(first - 1) if first > 0 and scene.row.lower[first] in scene.conjunctions else None
        if index is None or scene.governed(index):
            return Found()
        mentions, begins = scene.gathered(index)
        return Found(mentions, "the name before the verb", begins)

    def the_same(self, scene: Scene, group: VerbGroup, memory: Memory) -> tuple[Mention, ...]:
        """ "the three countries": those who acted last, where they are as many."""
        first = self.begins(scene, group)
        lower = scene.row.lower
        if not first or first == group.first or lower[first - 1] not in self._owners:
            return ()
        size = self._numbers.get(lower[first], int(lower[first]) if lower[first].isdigit() else 0)
        return self.as_many(memory, size)

    def size_of(self, words: str) -> int:
        """How many "the three" are; 0 where the words do not count."""
        return self._numbers.get(words.split()[-1], 0)

    def as_many(self, memory: Memory, size: int) -> tuple[Mention, ...]:
        """Those who acted last, together or one after another, where they are as many."""
        return memory.actors if size == len(memory.actors) > 1 else _one_by_one(memory, size)

    def named(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> Found:
        """Who the crowd is, where the words tell: named with it, before it, or in a list after a colon; else nobody."""
        found = self.named_with(scene, group)
        same = self.the_same(scene, group, memory)
        if not found.mentions and same:
            found = Found(same, "the states named before", self.begins(scene, group))
        if not found.mentions:
            found = self.listed_after(scene, trigger)
        return found if found.mentions else Found(rule="a crowd that nobody names", first=group.first)

    def listed_after(self, scene: Scene, trigger: Trigger) -> Found:
        """ "Five states have ratified the treaty: Slovakia, Hungary ...": the list that the sentence ends with."""
        lower = scene.row.lower
        openers = self._openers | self._copulative if lower[0] in self._belonging else self._openers
        colon = next((at for at in range(trigger.last, len(lower)) if lower[at] in openers), None)
        if colon is None or any(at in scene.verbs for at in range(trigger.last, colon)):
            return Found()
        for word in range(colon + 1, min(colon + 3, len(lower))):
            index = scene.actor_at(word)
            if index is not None and scene.mentions[index].kind is MentionKind.STATE:
                mentions, first = scene.gathered(index)
                return Found(mentions if len(mentions) > 1 else (), "the list after the colon", first)
        return Found()

    def counted_last(self, scene: Scene, trigger: Trigger) -> Found:
        """ "With Mali, the treaty has been ratified by a 30th country": the one that the sentence opens with."""
        lower = scene.row.lower
        by = next((at for at in range(trigger.core, len(lower)) if lower[at] in self._by), len(lower))
        is_counted = any(self._ordinals.has(one) for one in lower[by + 1 : by + 4])
        index = scene.actor_at(1) if is_counted and lower[0] == self._accompanied else None
        return Found(*scene.gathered(index)[:1], "who makes the number full", 1) if index is not None else Found()

    def listed_at_the_end(self, scene: Scene, trigger: Trigger) -> Found:
        """ "Having ratified it today: Mali, Chad and Niger": the list of states that is all that follows the colon."""
        found = self.listed_after(scene, trigger)
        if not found.mentions:
            return found
        last = scene.spans[scene.mentions.index(found.mentions[-1])][1]
        return found if not any(word[0].isalnum() for word in scene.row.lower[last:]) else Found()

    def stands_before(self, scene: Scene, group: VerbGroup, trigger: Trigger) -> bool:
        """Whether a crowd is the verb's subject; "only those countries that have ratified it" is none: it means whoever does."""
        word = self._before_day(scene, group.first - 1)
        is_relative = False
        while word > 0 and (scene.row.lower[word] in self._relatives or scene.row.lower[word] in self._copulas):
            is_relative = is_relative or scene.row.lower[word] in self._relatives
            word -= 1
        if word < 0 or (is_relative and self._is_vague(scene, word)) or before_an_aside(scene, word) != word:
            return False
        owner = scene.at[word - 1 if scene.row.lower[word] == ")" else word]
        members = scene.members_before(scene.unbracketed(owner)[0]) if owner in scene.owning else None
        return members is not None or self._is_crowd(scene, word)

    def _is_vague(self, scene: Scene, word: int) -> bool:
        """Whether "all", "those" or "only" counts a crowd, and no number."""
        before = scene.row.lower[max(0, word - 5) : word + 1]
        is_counted = any(self._counts(one) and one not in self._vague for one in before)
        return not is_counted and any(one in self._vague for one in before)

    def _is_owned(self, rest: list[str]) -> bool:
        """ "by its upstream neighbours": a noun follows the pronoun, which only owns it."""
        return bool(rest) and rest[0].isalpha() and rest[0] not in self._prepositions

    def _before_day(self, scene: Scene, word: int) -> int:
        """Leftward over a day with its preposition: "member states on Tuesday adopted"."""
        last = word
        while word > 0 and word in scene.timed:
            word -= 1
        return word - 1 if last != word and scene.row.lower[word] in scene.prepositions else word

    def _counts(self, word: str) -> bool:
        """ "56", "many", "twenty-seven": how many they are."""
        return word[0].isdigit() or word in self._counting or word.split("-")[0] in self._counting

    def _is_crowd(self, scene: Scene, word: int) -> bool:
        row = scene.row
        if row.lower[word] in self._crowd and scene.at[word] < 0:
            before = row.lower[max(0, word - 4) : word]
            is_owned = any(index in scene.owning for index in scene.at[max(0, word - 3) : word])
            return is_owned or any(self._counts(one) for one in before)
        return row.lower[word].isdigit() and len(row.lower[word]) <= 3

    def heads(self, scene: Scene, group: VerbGroup) -> bool:
        """ "ten of the countries that signed it have ratified it": a crowd at the head of the clause."""
        if scene.row.lower[group.first - 1] in self._relatives:
            return False
        for word in range(group.first - 1, max(-1, group.first - 16), -1):
            lower = scene.row.lower[word]
            if lower in scene.stops or lower == ",":
                return False
            if lower in self._crowd and scene.at[word] < 0 and self._is_crowd(scene, word):
                before = scene.row.lower[max(0, word - 3) : word]
                return before[-1:] != [] and before[-1] not in scene.prepositions and not set(before) & self._negative
        return False

    def listed_before(self, scene: Scene, group: VerbGroup) -> tuple[Mention, ...]:
        """The list of states that the sentence names first: "Mali and Niger announced that they are leaving"."""
        for index, mention in enumerate(scene.mentions):
            if mention.kind is MentionKind.STATE and scene.spans[index][1] <= group.first:
                listed = tuple(scene.gathered(index)[0])
                if len(listed) > 1:
                    return listed
        return ()

    def predicated(self, scene: Scene, trigger: Trigger, group: VerbGroup) -> Found | None:
        """ "X is the only country that has not", "X, the only state yet to": the noun says of X what it is."""
        lower = scene.row.lower
        noun = group.first - 1
        while noun > 0 and lower[noun] in self._relatives:
            noun -= 1
        if noun < 1 or lower[noun] not in self._single or scene.at[noun] >= 0:
            return None
        for word in range(noun - 1, max(0, noun - 7), -1):
            if lower[word] in self._copulative:
                return subject_of(scene, trigger, VerbGroup(word, "active", None, ()))
            if lower[word] == ",":
                index = scene.actor_at(word - 1)
                if index is None or lower[word + 1] not in self._owners:
                    return None
                return Found((scene.mentions[index],), "the name in apposition", scene.spans[index][0])
        return None

    def counted_after_by(self, scene: Scene, trigger: Trigger) -> str:
        """The noun of "by 188 members", "by 8 of the 44", or a pronoun after "by"; "" if there is none."""
        row = scene.row
        for word in range(trigger.core, min(len(row), trigger.core + 8)):
            if row.lower[word] not in self._by:
                continue
            rest = row.lower[word + 1 : word + 6]
            if in_a_score(row.lower, word + 2):
                return ""
            if rest and rest[0] in self._pronouns and not (rest[0] in self._owners and self._is_owned(rest[1:])):
                return rest[0]
            many = next((text for size in (3, 2, 1) if (text := " ".join(rest[:size])) in self._many), "")
            if many:
                return many
            counted = any(self._counts(one) for one in rest)
            noun = next((one for one in rest if one in self._crowd or one in self._voters), "")
            return noun or (self._by[0] if counted and rest[0][0].isdigit() else "")
        return ""


def _one_by_one(memory: Memory, size: int) -> tuple[Mention, ...]:
    """The states that did the same one after another, where they are as many: "Chad ratified it, and so did Mali. The two ..."."""
    told: dict[tuple[str, ...], Mention] = {}
    for act in reversed(memory.acts):
        if act.kind is not memory.acts[-1].kind:
            break
        told.update({one.states: one for one in act.actors if len(one.states) == 1})
    return tuple(reversed(told.values())) if len(told) == size > 1 else ()
