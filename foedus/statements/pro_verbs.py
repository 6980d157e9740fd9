"""Acts told without their verb: "did likewise", "nor has Norway", "China did not", "was next", "the third to do so, after A and B".

What was done is the act told last by an actor of the same sort; who did it, when and how surely is told anew.
"""

from __future__ import annotations

import msgspec

from foedus.statements.act_frames import class_of
from foedus.statements.act_outcomes import by_another, settled
from foedus.statements.actors import Actors
from foedus.statements.factuality import FactualityRules, Verdict
from foedus.statements.memory import SPOKEN_KINDS, Act, Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.subjects import subject_of
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.agents import Agent
from foedus.terms.evidence import Factuality

SAME = "the same again"
NEITHER = "neither"
INVERTED = "nor, so or as, with the verb left out"
LEFT_OUT = "the verb left out after not"
BEFORE_IT = "those who did it before"

CROWD = "crowd"
_PARTIES = frozenset({"state", "organisation", CROWD})
_BACKWARD = frozenset({"awaited by the main clause", "conditional clause", "told as done"})
"""How sure a clause is that only takes up what its own subject has been told to do: "once it has done so"."""
_AGE = 2  # sentences within which what was done is still understood
_BACK = 4  # acts among which it is looked for
_ASIDE = 9
_MARK = 2  # characters of the mark of a possessive


class ProVerbs:
    """The words of one language."""

    def __init__(self, verbs: VerbWords, facts: FactualityRules, actors: Actors) -> None:
        words = verbs.pro_verbs
        self._actors = actors
        self._facts = facts
        self._words = words
        auxiliaries = verbs.auxiliaries
        self._auxiliaries = frozenset((*auxiliaries.have, *auxiliaries.do))
        self._negative = frozenset(auxiliaries.negative)
        self._negated = frozenset((*auxiliaries.have_not, *auxiliaries.do_not))
        self._past = frozenset(auxiliaries.past)
        self._doing = frozenset((*auxiliaries.do, *words.done))
        self._present = frozenset(auxiliaries.do) - self._past
        self._either = self._auxiliaries | self._negated
        self._bare = frozenset((*self._negative, *words.done, *words.adverbs, *verbs.clauses.prepositions))
        self._denying = frozenset(words.denying)
        self._openers = frozenset((*words.denying, *words.agreeing))
        self._after = frozenset(words.after)
        self._infinitive = auxiliaries.infinitive

    def may_tell(self, row: WordRow, memory: Memory) -> bool:
        """Whether a sentence without a verb of action may still tell the act of the one before it."""
        if not memory.acts or memory.age > _AGE or self._either.isdisjoint(row.lower):
            return False
        return any(self._is_bare(row.lower, word) for word in self._auxiliaries_of(row))

    def _auxiliaries_of(self, row: WordRow) -> list[int]:
        return [word for word, lower in enumerate(row.lower) if lower in self._either]

    def _is_bare(self, lower: list[str], word: int) -> bool:
        """Whether an auxiliary may stand without its verb: after "nor", before "not", or where a clause may end."""
        before, after = lower[max(0, word - 1)], lower[word + 1 : word + 2]
        is_inverted = word > 0 and before in self._openers
        return (
            is_inverted
            or lower[word] in self._negated
            or not after
            or after[0] in self._bare
            or not after[0][0].isalnum()
        )

    def same_again(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, memory: Memory
    ) -> list[Act]:
        """ "the Federation Council followed suit", "has yet to do so", "was next": the act just told, by another."""
        after = scene.row.lower[trigger.last : trigger.last + 2]
        is_followed = after[:1] == [*scene.words.crowds.by[:1]] and not any(word[0].isdigit() for word in after)
        subject = _the_same_organ(scene, group, memory)
        if not subject.mentions:
            subject, _ = self._actors.of(scene, trigger, group, is_followed, memory)
        last = self._understood(subject, memory)
        if last is None and scene.row.lower[trigger.first] in self._doing:
            last = _spoken_of(subject, memory)
        counted = last or memory.act
        is_again = not _is_another(subject, counted)
        if is_again and "realised" in group.says and memory.act and memory.age <= _AGE:
            told = by_another(memory.act, trigger, group, Found(memory.act.actors), memory.act.verdict, SAME)
            return self._before_it(scene, told)
        if trigger.form is Form.GERUND or last is None or not self._ends(scene, trigger.last):
            return []
        is_after_aside = scene.row.lower[group.first - 1 : group.first] == [","]
        if not is_after_aside and any(subject.first < verb < group.first for verb in scene.verbs):
            return []
        own = self._facts.of_verb(scene.row, trigger, group, min(subject.first, group.first), False)
        if own.factuality is None or (is_again and (last is not memory.act or own.rule in _BACKWARD)):
            return []
        is_told = own.rule == "told as done"
        if not is_told and not trigger.words.tail and self._leads_on(scene, trigger.last):
            return []
        kept = last.verdict if is_told and not is_again and last.factuality is Factuality.DENIED else None
        verdict = kept or settled(last.kind, own, group, analysis, subject)
        return [by_another(last, trigger, group, subject, verdict, SAME)]

    def neither(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> list[Act]:
        """ "have done neither": the two acts told last, denied of others."""
        subject = subject_of(scene, trigger, group)
        kinds = {act.kind: act for act in memory.acts[-_BACK:] if act.kind in (Kind.SIGN, Kind.RATIFY)}
        denied = Verdict(Factuality.DENIED, "neither of them")
        told = kinds.values() if subject.mentions else ()
        return [by_another(act, trigger, group, subject, denied, NEITHER) for act in told]

    def told(self, scene: Scene, acts: list[Act], memory: Memory) -> list[Act]:
        """What the sentence tells by an auxiliary alone, or of those who acted before; `acts` are told by its verbs."""
        words = self._auxiliaries_of(scene.row) if memory.acts and memory.age <= _AGE else []
        found = [self._by_auxiliary(scene, word, memory) for word in words if self._is_bare(scene.row.lower, word)]
        return [one for one in found if one] + [one for act in acts for one in self._before_it(scene, act)]

    def _by_auxiliary(self, scene: Scene, word: int, memory: Memory) -> Act | None:
        if word and scene.row.lower[word - 1] in self._openers:
            return self._inverted(scene, word - 1, memory)
        return self._not_done(scene, word, memory) or self._as_done(scene, word, memory)

    def _as_done(self, scene: Scene, word: int, memory: Memory) -> Act | None:
        """ "as Chad had done in 2021", "as Chad and Mali did": the subject stands between "as" and the auxiliary."""
        lower = scene.row.lower
        end = word + 2 if lower[word + 1 : word + 2] and lower[word + 1] in self._words.done else word + 1
        group = VerbGroup(word, "active", "past" if lower[word] in self._past else "present", ())
        subject = subject_of(scene, _as_trigger(memory.acts[-1].trigger, word, end), group)
        last = self._understood(subject, memory)
        opener = lower[subject.first - 1] if subject.first else ""
        if last is None or opener not in self._words.agreeing or not self._ends(scene, end):
            return None
        if subject.first > 1 and lower[subject.first - 2] in self._words.examples:
            return None
        if word != scene.spans[scene.mentions.index(subject.mentions[-1])][1] or not self._agrees(lower[word], last):
            return None
        done = last.verdict if "denied" in last.group.says else Verdict(Factuality.HAPPENED, "told as done")
        return self._made(last, scene, word, end, end, subject, done, INVERTED)

    def _inverted(self, scene: Scene, word: int, memory: Memory) -> Act | None:
        """ "Nor has Norway.", "neither have Oman and Yemen", "so did Chile", "as have 30 others": the subject comes last."""
        lower = scene.row.lower
        first = word + 2
        while first < len(lower) and scene.at[first] < 0 and lower[first] in scene.articles:
            first += 1
        index = scene.actor_at(first)
        if index is None:
            return None
        mentions, begins = scene.gathered(index)
        end = scene.spans[scene.mentions.index(mentions[-1])][1]
        subject = Found(mentions, INVERTED, begins)
        last = self._understood(subject, memory)
        if last is None or not self._ends(scene, end) or not self._agrees(lower[word + 1], last):
            return None
        denied = Verdict(Factuality.DENIED, "neither")
        done = Verdict(Factuality.HAPPENED, "told as done")
        verdict = denied if lower[word] in self._denying else done
        return self._made(last, scene, word, word + 2, end, subject, verdict, INVERTED)

    def _agrees(self, auxiliary: str, last: Act) -> bool:
        """ "so do Chad and Mali" takes up no act of the past."""
        return auxiliary not in self._present or (last.group.tense == "present" and "perfect" not in last.group.says)

    def _not_done(self, scene: Scene, word: int, memory: Memory) -> Act | None:
        """ "Chile signed it, but Peru did not.", "Oman has not so far": an auxiliary and "not" end the clause."""
        lower = scene.row.lower
        end = word + 1
        if lower[word] not in self._negated:
            if lower[end : end + 1] == [] or lower[end] not in self._negative:
                return None
            end += 1
        if not self._ends(scene, end):
            return None
        group = VerbGroup(word, "active", "past" if lower[word] in self._past else "present", ("negative",))
        subject = subject_of(scene, _as_trigger(memory.acts[-1].trigger, word, end), group)
        last = self._understood(subject, memory)
        if last is None or word != scene.spans[scene.mentions.index(subject.mentions[-1])][1]:
            return None
        return self._made(last, scene, word, end, end, subject, Verdict(Factuality.DENIED, "negated"), LEFT_OUT)

    def _before_it(self, scene: Scene, act: Act) -> list[Act]:
        """ "It is the fifth member to do so, after Chile, Peru and Ghana": they have done it too."""
        is_counted = "realised" in act.group.says or act.trigger.class_ == "become-nth"
        is_of_party = bool(act.actors) and class_of(act.actors[0]) in _PARTIES
        if not is_counted or not is_of_party or act.factuality is not Factuality.HAPPENED:
            return []
        lower = scene.row.lower
        for word in range(act.trigger.last, min(len(lower), act.trigger.last + _ASIDE)):
            if word in scene.verbs:
                break
            if lower[word] in self._after:
                return self._those_after(scene, act, word)
        return []

    def _those_after(self, scene: Scene, act: Act, word: int) -> list[Act]:
        first = word + 1
        while first < len(scene.row) and scene.at[first] < 0 and scene.row.lower[first] in scene.articles:
            first += 1
        index = scene.actor_at(first)
        if index is None:
            return []
        mentions, begins = scene.gathered(index)
        end = scene.spans[scene.mentions.index(mentions[-1])][1]
        is_whole = all(class_of(one) in _PARTIES for one in mentions) and self._stops(scene, end)
        if not is_whole or set(mentions) & set(act.actors):
            return []
        subject = Found(mentions, BEFORE_IT, begins)
        return [self._made(act, scene, begins, end, end, subject, act.verdict, BEFORE_IT)]

    def _made(
        self, last: Act, scene: Scene, first: int, core: int, end: int, subject: Found, verdict: Verdict, rule: str
    ) -> Act:  # fmt: skip
        tense = "past" if scene.row.lower[max(first, core - 1)] in self._past else last.group.tense
        says = ("negative",) if verdict.factuality is Factuality.DENIED else ()
        group = VerbGroup(first, "active", tense, says)
        trigger = msgspec.structs.replace(last.trigger, first=first, core=core, last=end)
        return by_another(last, trigger, group, subject, verdict, rule)

    def _understood(self, subject: Found, memory: Memory) -> Act | None:
        """The act told last by an actor of the same sort as the subject."""
        if not subject.mentions or memory.age > _AGE:
            return None
        sort = sort_of(subject.mentions[0])
        for act in reversed(memory.acts[-_BACK:]):
            if (sort_of(act.actors[0]) if act.actors else CROWD if act.is_crowd else "") == sort:
                return act
        return None

    def _ends(self, scene: Scene, word: int) -> bool:
        """Whether nothing follows that could be the object of another verb: the clause's end, a time, a small word."""
        lower = scene.row.lower
        if word >= len(lower) or word in scene.timed or lower[word][0].isdigit():
            return True
        if lower[word].isalpha() and lower[word + 1 : word + 2] == [self._infinitive]:
            return False  # "as Chad has yet to sign"
        return (
            self._stops(scene, word) or lower[word] in scene.prepositions or lower[word] in self._words.adverbs
        ) and lower[word] != self._infinitive

    def _leads_on(self, scene: Scene, word: int) -> bool:
        """ "would follow with little delay": a preposition, and no time, comes after a verb that may mean much else."""
        if word >= len(scene.row) or scene.row.lower[word] not in scene.prepositions:
            return False
        return word not in scene.timed and word + 1 not in scene.timed

    def _stops(self, scene: Scene, word: int) -> bool:
        lower = scene.row.lower
        return (
            word >= len(lower)
            or lower[word] in (",", ".", ")", *scene.stops)
            or lower[word] in scene.conjunctions
            or lower[word] in scene.subordinators
        )


def _spoken_of(subject: Found, memory: Memory) -> Act | None:
    """What the verb spoken of last would tell of a party: "The pact may be ratified, but Chad will not do so"."""
    if not subject.mentions or memory.spoken is None or memory.spoken_age > 1 or memory.main is None:
        return None
    trigger, group = memory.spoken
    is_party = sort_of(subject.mentions[0]) == CROWD and subject.mentions[0].kind is not MentionKind.BODY
    states = tuple(sorted({state for one in subject.mentions for state in one.states}))
    told = Act(
        kind=SPOKEN_KINDS[trigger.class_], measure=None, verdict=Verdict(Factuality.HAPPENED, "spoken of"), trigger=trigger, group=group,
        actors=(), thing=None, treaty=memory.main, states=states, rules=(),
    )  # fmt: skip
    return told if is_party else None


def _the_same_organ(scene: Scene, group: VerbGroup, memory: Memory) -> Found:
    """ "Chad's parliament voted to leave, and Mali's followed": the owner alone stands for its organ."""
    owner = next((index for index in scene.at[max(0, group.first - 2) : group.first] if index >= 0), -1)
    organ = memory.act.actors[0] if memory.act and memory.act.actors else None
    if owner < 0 or organ is None or organ.agent is None or organ.kind is not MentionKind.BODY:
        return Found()
    state = scene.mentions[owner]
    is_next = scene.row.ends[group.first - 1] - state.end <= _MARK
    if state.kind is not MentionKind.STATE or not scene.is_possessor(owner) or not is_next:
        return Found()
    agent = Agent(name=state.text, kind=organ.agent.kind, states=state.states)
    alike = msgspec.structs.replace(state, kind=MentionKind.BODY, agent=agent)
    return Found((alike,), "the same organ of another state", scene.spans[owner][0])


def _as_trigger(trigger: Trigger, first: int, last: int) -> Trigger:
    return msgspec.structs.replace(trigger, first=first, core=last, last=last)


def _is_another(subject: Found, last: Act | None) -> bool:
    """Whether somebody else acts than in the act told last: "It is the third to do so" only counts that one."""
    actors = last.actors if last else ()
    return bool(subject.mentions) and {_whom(one) for one in subject.mentions} != {_whom(one) for one in actors}


def _whom(actor: Mention) -> tuple[tuple[str, ...], object]:
    """An organ is told from the others of its state; whoever speaks for a state is that state."""
    return actor.states, actor.agent if actor.kind is MentionKind.BODY else None


def sort_of(actor: Mention) -> str:
    """The class of an actor; parties are of one sort, whether states or organisations."""
    class_ = class_of(actor)
    return CROWD if class_ in _PARTIES else class_


def is_of_one_sort(one: Mention, other: Mention) -> bool:
    """Whether two may share a verb of which the second leaves it out: a state and an organisation, two chambers."""
    return sort_of(one) == sort_of(other)
