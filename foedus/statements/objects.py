"""What an act is about: the treaty or measure that a verb acts on, found without a parse.

The nearest treaty that no other noun carries off is the object; before a passive it is the subject; "it" is the bill or
treaty spoken of last, "participation" the report's treaty.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.participles import is_of_a_record
from foedus.statements.partners import TRANSITIVE_TOO, acts_on_it
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.terms.agents import CHAMBERS, BodyKind

INTRANSITIVE = frozenset(
    {"force", "terminate", "provisional", "become-law", "submit-moved", "unbound", "open-for-signature"}
)
_THINGS = frozenset({MentionKind.TREATY, MentionKind.MEASURE})
_YEAR = 4
_JOINED = 4  # words of the shortest clause before another: "The vote passed and it"
_PAPER = 3  # words in which a paper follows its verb: "filed its acceptance"


class Objects:
    """The pronouns and small words of one language."""

    def __init__(self, verbs: VerbWords, is_adverb: Callable[[str], bool]) -> None:
        clauses = verbs.clauses
        self._verbs = verbs
        self._is_adverb = is_adverb
        self._object_pronouns = frozenset(verbs.pronouns.object)
        self._pointing = frozenset(verbs.pronouns.pointing)
        self._bearing = frozenset(verbs.bearing)
        self._object_openers = frozenset(verbs.object_openers)
        self._instruments = frozenset(verbs.instruments)
        self._joining = frozenset(clauses.conjunctions)
        self._standing = frozenset((*verbs.texts, *verbs.bearing, *verbs.carriers, *clauses.prepositions))
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
        is_paper = trigger.class_ == "deposit" and any(word in self._instruments for word in following[:_PAPER])
        if candidates and not is_it and not (is_paper and scene.mentions[candidates[0]].kind is MentionKind.TREATY):
            return scene.mentions[_whole(scene, candidates[0], group, passive)]
        is_led = scene.row.lower[0] in self._verbs.exchanging and trigger.class_ == "exchange"
        is_of_letters = is_led and bool(following) and following[0] in self._verbs.exchanged
        if is_of_letters or (
            trigger.class_ in ("deposit", "exchange") and any(word in self._instruments for word in following)
        ):
            return implied(scene, trigger, MentionKind.MEASURE, "instrument", memory)
        if _has_refused_antecedent(scene, group):
            return None
        before = scene.row.lower[group.first - 1] if group.first else ""
        is_pronoun = before in self._object_pronouns and (
            passive or trigger.class_ in ("force", "terminate", "supersede")
        )
        if is_pronoun and self._is_of_another_noun(scene, group):
            return None
        is_alone = trigger.words.alone and not passive and self._stands_alone(scene, trigger)
        if is_alone and trigger.class_ == "deposit":
            return implied(scene, trigger, MentionKind.MEASURE, "instrument", memory)
        is_fresh = memory.age <= 1
        told = memory.act.thing if memory.act else None
        is_paper = told is not None and told.role in ("instrument", "notes") and trigger.class_ == "sign"
        if is_pronoun and is_fresh and told is not None and told.kind is MentionKind.MEASURE and not is_paper:
            return told
        is_its = (
            trigger.class_ == "force"
            and trigger.form is Form.NOUN
            and trigger.first == 1
            and before in self._verbs.pronouns.thing
        )
        is_pronoun = is_pronoun or (passive and group.first == 1 and before in self._pointing)
        if (
            passive
            and before in self._joining
            and memory.age == 0
            and memory.act
            and (memory.act.group.voice == "passive" or memory.act.trigger.class_ in INTRANSITIVE)
        ):
            return (
                memory.act.thing
            )  # "was signed in May and tabled in the Senate", "came into force and was joined by Chad"
        is_record = memory.main is not None and is_of_a_record(scene, trigger, group)
        if is_its or is_pronoun or is_alone or is_record or any(word in self._bearing for word in following):
            return implied(scene, trigger, MentionKind.TREATY, "generic", memory)
        return None

    def _is_of_another_noun(self, scene: Scene, group: VerbGroup) -> bool:
        """ "a plan for the forests, which was finalised": the antecedent is a plain noun of another matter."""
        lower = scene.row.lower
        if lower[group.first - 1] in self._verbs.pronouns.thing:
            return self._is_of_the_subject(scene, group)
        if lower[group.first - 1] not in scene.words.clauses.object_relatives or group.first < 2:
            return False
        word = group.first - 2 - (lower[group.first - 2] == ",")
        is_plain = lower[word].isalpha() and scene.at[word] < 0 and not scene.row.is_capital(word)
        return is_plain and word not in scene.timed | scene.triggered and lower[word] not in self._standing

    def _is_of_the_subject(self, scene: Scene, group: VerbGroup) -> bool:
        """ "The session was long, and it ended after midnight": "it" is what the clause before it is about."""
        lower = scene.row.lower
        if group.first < _JOINED or lower[group.first - 2] not in self._joining or lower[0] not in scene.articles:
            return False
        is_named = any(scene.spans[at][0] < group.first for at, one in enumerate(scene.mentions) if one.kind in _THINGS)
        is_plain = lower[1].isalpha() and scene.at[1] < 0 and lower[1] not in (*self._verbs.texts, *self._verbs.bearing)
        return is_plain and not is_named

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
        return implied(scene, trigger, MentionKind.TREATY, "generic", memory)

    def _stands_alone(self, scene: Scene, trigger: Trigger) -> bool:
        """Whether no object follows: "have already accepted", "signed up last month"."""
        is_noun = trigger.form is Form.NOUN and trigger.class_ != "sign"
        at = trigger.last if trigger.words.light else trigger.core
        following = scene.row.lower[at : at + 5]
        is_timed = at in scene.timed or bool(following and following[0].isdigit() and len(following[0]) == _YEAR)
        return not is_noun and (is_timed or self.takes_nothing(following))

    def takes_another(self, scene: Scene, trigger: Trigger) -> bool:
        """ "ratifies new speaker", "ratified the appointment of": what is ratified is no text."""
        at = trigger.core
        if trigger.class_ != "ratify" or trigger.form is Form.NOUN or at >= len(scene.row) or at in scene.timed:
            return False
        following = scene.row.lower[at : at + 6]
        if self.takes_nothing(following) or following[0] in self._object_pronouns | scene.barriers:
            return False
        end = next((one for one, word in enumerate(following) if word in self._ends), len(following))
        is_plain = all(scene.at[at + one] < 0 and not scene.row.is_capital(at + one) for one in range(end))
        return is_plain and not any(word in self._verbs.texts for word in following[:end])

    def ends_at(self, scene: Scene, word: int) -> bool:
        """Whether the clause ends, or only a time follows: "gave its approval last week", not "to the merger"."""
        return word >= len(scene.row) or word in scene.timed or scene.row.lower[word] in (",", ".", ";", *self._joining)

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
    if passive or (trigger.class_ in INTRANSITIVE and not acts_on_it(scene, trigger, group, passive)):
        related = _related(scene, group)
        if related:
            return related
        left = [index for index in left if not _is_of_a_person(scene, index)]
        free = [index for index in left if not scene.governed(index) and _in_clause(scene, index, trigger)]
        inside = [
            index for index in right if scene.spans[index][1] < trigger.last and not _is_in_tail(scene, index, trigger)
        ]
        inside = inside if trigger.class_ == "force" else []
        owned = (
            right[:1]
            if trigger.form is Form.NOUN and scene.row.lower[trigger.core : trigger.core + 1] == [scene.words.crowds.of]
            else []
        )
        is_inverted = group.first == 0 or trigger.form is Form.GERUND or passive
        is_its = scene.row.lower[max(0, trigger.first - 1)] in scene.words.pronouns.owners or trigger.first <= 1
        main = _subject_after(scene, trigger) if group.first == 0 or (trigger.form is Form.NOUN and is_its) else []
        is_transitive = trigger.class_ in TRANSITIVE_TOO and not passive and not left
        return [*owned, *inside[:1], *free[:1], *left[:2], *(right[:1] if is_inverted or is_transitive else ()), *main]
    if trigger.form is Form.NOUN:
        return [*right[:1], *left[:1]]
    antecedent = _object_antecedent(scene, group)
    if antecedent is not None:
        return antecedent
    return [*right[:2], *(index for index in left[:1] if _is_object_relative(scene, index, group))]


def _whole(scene: Scene, index: int, group: VerbGroup, passive: bool) -> int:
    """The measure of which a treaty is only a part: "signed the treaty law", "the decree denouncing the pact was signed"."""
    first, last = scene.spans[index]
    if scene.mentions[index].kind is not MentionKind.TREATY:
        return index
    after = scene.at[last] if last < len(scene.at) else -1
    if after >= 0 and scene.mentions[after].role in _LAWS and scene.row.starts[last] - scene.row.ends[last - 1] == 1:
        return after
    for at in range(first - 1, max(-1, first - _ABOUT), -1):
        before = scene.at[at]
        if before >= 0 and scene.mentions[before].role in _LAWS:
            is_on_it = at + 1 in scene.gerunds and last <= group.first
            return before if passive and is_on_it else index
    return index


_LAWS = ("bill", "law", "decree")
_ABOUT = 6


def _related(scene: Scene, group: VerbGroup) -> list[int]:
    """ "action on the Baltic Pact, which has since entered into force": the treaty right before the relative."""
    relative = group.first - 1
    if relative < 1 or scene.row.lower[relative] not in scene.words.clauses.object_relatives:
        return []
    comma = relative - 1 if scene.row.lower[relative - 1] == "," else relative
    index = scene.at[comma - 1]
    return [index] if index >= 0 and scene.mentions[index].kind is MentionKind.TREATY else []


def _is_in_tail(scene: Scene, index: int, trigger: Trigger) -> bool:
    """The "law" of "has become law between them" is no measure."""
    return any(tail.startswith(scene.mentions[index].text.lower()) for tail in trigger.words.tail)


def _subject_after(scene: Scene, trigger: Trigger) -> list[int]:
    """ "Adopted by consensus after five long nights, the text": the treaty that opens the clause after a participle."""
    for index, mention in enumerate(scene.mentions):
        at = scene.spans[index][0] - 1
        while at > trigger.core and scene.row.lower[at] in scene.articles:
            at -= 1
        if mention.kind is MentionKind.TREATY and at > trigger.core and scene.row.lower[at] == ",":
            return [index]
    return []


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
    return bool(gap) and (gap[0] in scene.relatives or "," not in gap)


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


def stands_next(scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, thing: Mention) -> bool:
    """Whether the object stands right after the verb; the subject of a passive stands before it, or after "Amended in May,"."""
    if trigger.class_ in _NEAR_PASSIVES and passive:
        is_told = group.voice == "passive" or scene.row.lower[trigger.core : trigger.core + 1] == list(
            scene.words.crowds.by[:1]
        )
        return group.first == 0 or (is_told and scene.row.at(thing.start) < group.first)
    is_it = scene.row.lower[trigger.core : trigger.core + 1] == list(scene.words.pronouns.object[:1])
    return is_it or stands_right_after(scene, trigger, thing)


_NEAR_PASSIVES = frozenset({"amend", "terminate"})


def stands_right_after(scene: Scene, trigger: Trigger, thing: Mention) -> bool:
    gap = scene.row.lower[trigger.core : scene.row.at(thing.start)]
    away = scene.prepositions - set(scene.words.object_openers)
    return (
        scene.row.at(thing.start) >= trigger.core
        and not any(word in away and word != "out" for word in gap)
        and len(gap) <= 5
        and not any(word in scene.subordinators or word in scene.stops or word == "," for word in gap)
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
    return implied(scene, trigger, MentionKind.TREATY, "generic", memory) if memory.main else None


def implied(scene: Scene, trigger: Trigger, kind: MentionKind, role: str, memory: Memory) -> Mention:
    """An object that the words only imply: the report's treaty, or an instrument about it."""
    start = scene.row.starts[trigger.first]
    return Mention(start=start, end=start, kind=kind, text="", treaty=memory.main, role=role)


_DESTINATIONS = frozenset({*CHAMBERS, BodyKind.COURT, BodyKind.REVIEW_BODY})


def goes_elsewhere(scene: Scene, trigger: Trigger) -> str:
    """ "was referred to a lawyer": "elsewhere" where it went to somebody who is no organ, else ""."""
    return (
        "elsewhere" if scene.row.lower[trigger.last : trigger.last + 1] == [scene.words.auxiliaries.infinitive] else ""
    )


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
