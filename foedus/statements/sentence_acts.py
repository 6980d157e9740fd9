"""The acts of one sentence: each trigger with its actors, its object, its kind and how sure it is."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.act_frames import Frames, FrameWords, class_of, states_of, thing_class
from foedus.statements.act_outcomes import (
    FORESEEN,
    awaited,
    by_another,
    by_organ,
    in_the_chamber,
    outcome_of,
    passed_through,
    resigned,
    whose_law,
)
from foedus.statements.actors import Actors
from foedus.statements.clause_openers import Openers, opens_with
from foedus.statements.clause_subjects import begins, is_bare, leads_on, shared
from foedus.statements.contents import Contents
from foedus.statements.factuality import FactualityRules, Verdict
from foedus.statements.gapping import gapped
from foedus.statements.look_alikes import (
    accompanies,
    goes_on,
    is_aside,
    is_by_treaty,
    is_habit,
    is_loose,
    is_of_two,
    only_asks,
    tells_nothing,
)
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.objects import Objects, destination_of, stands_right_after
from foedus.statements.participants import (
    Found,
    Scene,
    is_reduced,
    subject_of,
)
from foedus.statements.statement import TreatyMention
from foedus.statements.trigger_groups import (
    BALLOTS,
    BECOMING,
    DECIDING,
    LEAVING,
    NEEDS_ACTOR,
    NOUNS_ALONE,
    NOUNS_OF_A_DAY,
    REACHING,
    UNDERSTOOD,
    VOTING,
)
from foedus.statements.triggers import Form, Trigger, Triggers
from foedus.statements.verb_groups import VerbGroup, VerbGroups, VerbWords
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality

_THINGS = frozenset({MentionKind.TREATY, MentionKind.MEASURE})


LAST_CHAMBER = "the chamber last named"


class Cast(NamedTuple):
    """Who acts, and which way the verb points.

    known   somebody is named, or a crowd, or both parties
    """

    passive: bool
    actors: Found
    is_crowd: bool
    known: bool


class SentenceActs:
    """The rules of one language, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = lexicon.section("verb_groups", VerbWords)
        words = lexicon.section("act_frames", FrameWords)
        self._verbs = verbs
        clauses = verbs.clauses
        self._triggers = Triggers(
            words.trigger,
            frozenset(verbs.nouns.markers),
            frozenset(clauses.prepositions) - {words.contents.infinitive},
        )
        self._groups = VerbGroups(verbs)
        self._facts = FactualityRules(verbs, words.nominal)
        self._frames = Frames(words)
        self._contents = Contents(words.contents)
        self._actors = Actors(verbs)
        self._nominal = words.nominal
        self._past = frozenset(verbs.auxiliaries.past)
        self._objects = Objects(verbs, self._groups.is_adverb)
        self._conjunctions = frozenset(clauses.conjunctions) | {","}
        self._openers = Openers(
            frozenset(verbs.pronouns.thing),
            frozenset((*verbs.auxiliaries.be, *verbs.auxiliaries.have)),
            self._conjunctions,
        )

    def read(self, analysis: Analysis, row: WordRow, memory: Memory) -> list[Act]:
        """The acts of one sentence, in order; `memory` is read and then brought up to date."""
        triggers = self._triggers.find(row)
        acts: list[Act] = []
        memory.loose_verbs = []
        if triggers:
            scene = Scene(row, analysis.mentions, self._verbs, analysis.times)
            triggers = [one for one in triggers if not self._is_named(scene, one)]
            scene.verbs = {one.first for one in triggers if one.form is not Form.NOUN}
            scene.triggered = {word for one in triggers for word in range(one.first, one.last)}
            contents, inner = self._contents.of(scene, triggers)
            decided_here = any(one.class_ in DECIDING for one in triggers)
            before: tuple[Trigger, VerbGroup] | None = None
            for index, trigger in enumerate(triggers):
                group = self._group(row, trigger, before)
                before = (trigger, group)
                if trigger.class_ in BECOMING and leads_on(scene, trigger, triggers[index + 1 :]):
                    continue
                if index not in inner:
                    told = len(acts)
                    for act in self._acts(
                        scene, analysis, trigger, group, contents.get(index, []), memory, decided_here
                    ):
                        act = awaited(act, acts, row.lower, self._verbs.clauses.temporal, self._past)
                        acts.append(act)
                        memory.keep(act)
                        acts.extend(gapped(scene, act))
                    if len(acts) == told and trigger.class_ == "sign" and trigger.form is not Form.NOUN:
                        memory.loose_verbs.append(trigger.core)
        memory.hear(analysis.mentions)
        return acts

    def _is_named(self, scene: Scene, trigger: Trigger) -> bool:
        """Inside a name ("Agreement on the extension of ..."), or an adjective to a treaty noun ("the ratified treaty")."""
        index = scene.at[trigger.first]
        if index >= 0 and scene.mentions[index].kind in (
            MentionKind.TREATY,
            MentionKind.MEASURE,
            MentionKind.ORGANISATION,
            MentionKind.BODY,
        ):
            return True
        following = scene.at[trigger.core] if trigger.core < len(scene.at) else -1
        at = trigger.first
        while at and self._groups.is_adverb(scene.row.lower[at - 1]):
            at -= 1
        before = scene.row.lower[at - 1] if at else ""
        is_attribute = (
            trigger.form in (Form.PAST, Form.PARTICIPLE, Form.NOUN)
            and before in scene.articles
            and before not in self._verbs.auxiliaries.have
            and before not in self._verbs.auxiliaries.negative
        )
        return is_attribute and following >= 0 and scene.mentions[following].kind in _THINGS

    def _group(self, row: WordRow, trigger: Trigger, before: tuple[Trigger, VerbGroup] | None) -> VerbGroup:
        """A verb's group; a bare verb joined to the one before it shares that one's auxiliaries: "has signed and ratified"."""
        group = self._groups.of(row, trigger)
        if before is None or trigger.form is Form.NOUN or before[0].form is Form.NOUN:
            return group
        earlier, shared = before
        gap = row.lower[earlier.core : group.first]
        if any(word in self._verbs.auxiliaries.do for word in row.lower[group.first : trigger.first]):
            return group
        is_led_on = shared.voice == "passive" and "," not in gap and self._leads_on(row, trigger)
        if (
            not 0 < len(gap) <= (9 if is_led_on else 5)
            or gap[-1] not in self._conjunctions
            or set(group.says) - {"negative"}
        ):
            return group
        own = row.lower[group.first : trigger.first]
        has_own = any(word in self._verbs.auxiliaries.be or word in self._verbs.auxiliaries.do for word in own)
        if trigger.form in (Form.PAST, Form.PARTICIPLE) and not has_own:
            kept = tuple(word for word in shared.says if word != "negative" or "nor" in gap)
            voice = shared.voice if shared.voice != "noun" else group.voice
            return msgspec.structs.replace(group, says=tuple(dict.fromkeys((*group.says, *kept))), voice=voice)
        return msgspec.structs.replace(group, says=shared.says) if trigger.form is Form.BASE else group

    def _leads_on(self, row: WordRow, trigger: Trigger) -> bool:
        """ "was signed in Oslo on 5 May and laid before parliament": no object follows the second verb."""
        return trigger.core < len(row) and row.lower[trigger.core] in self._verbs.clauses.prepositions

    def _acts(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, contents: list[Trigger], memory: Memory, decided_here: bool
    ) -> list[Act]:  # fmt: skip
        if trigger.class_ == "did-the-same":
            return self._same_again(scene, trigger, group, memory)
        if trigger.class_ == "did-neither":
            return self._neither(scene, trigger, group, memory)
        act = self._act(scene, analysis, trigger, group, contents, memory, decided_here)
        return by_organ(act) if act else []

    def _same_again(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> list[Act]:
        """ "the Federation Council followed suit": the act just told, by another."""
        last, subject = memory.act, subject_of(scene, trigger, group)
        if trigger.form is Form.GERUND or last is None or not subject.mentions or not last.actors:
            return []
        is_suit = trigger.last < len(scene.row) and scene.row.lower[trigger.last] in self._verbs.suit
        if (
            not is_suit
            and not self._objects.takes_nothing(scene.row.lower[trigger.last : trigger.last + 1])
            and trigger.last not in scene.timed
        ):
            return []
        if class_of(subject.mentions[0]) != class_of(last.actors[0]):
            return []
        return [by_another(last, trigger, group, subject, last.verdict, "the same again")]

    def _neither(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> list[Act]:
        """ "have done neither": the two acts told last, denied of others."""
        subject = subject_of(scene, trigger, group)
        kinds = {act.kind: act for act in memory.acts[-4:] if act.kind in (Kind.SIGN, Kind.RATIFY)}
        denied = Verdict(Factuality.DENIED, "neither of them")
        return (
            [by_another(act, trigger, group, subject, denied, "neither") for act in kinds.values()]
            if subject.mentions
            else []
        )

    def _act(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, contents: list[Trigger], memory: Memory, decided_here: bool
    ) -> Act | None:  # fmt: skip
        cast = self._cast(scene, trigger, group, memory)
        if cast is None:
            return None
        thing = self._acted_on(scene, trigger, group, cast, memory)
        if self._is_refused(scene, analysis, trigger, group, cast, thing, memory):
            return None
        if not cast.known and cast.passive and memory.chamber and in_the_chamber(scene, trigger, thing, memory):
            cast = Cast(cast.passive, Found((memory.chamber,), LAST_CHAMBER, trigger.first), cast.is_crowd, True)
        bare = is_bare(scene, trigger, memory)
        if trigger.words.near and not bare and (thing is None or not stands_right_after(scene, trigger, thing)):
            return None
        verdict = self._told_verdict(scene, analysis, trigger, group, cast, thing, contents, memory)
        if verdict is None:
            return None
        if trigger.class_ == "force" and contents and not cast.actors.mentions:
            cast = cast._replace(actors=self._actors.of_content(scene, contents[0], memory))
        return self._framed(scene, analysis, trigger, group, cast, thing, bare, verdict, contents, memory, decided_here)

    def _cast(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> Cast | None:
        """Who acts and which way the verb points; None where the words tell no act."""
        passive = trigger.form is not Form.NOUN and (trigger.words.receives or is_reduced(scene, trigger, group))
        actors, is_crowd = self._actors.of(scene, trigger, group, passive, memory)
        house = passed_through(scene, trigger, group)
        if house is not None:
            passive, actors, is_crowd = True, Found((house,), "the chamber that it passed", trigger.first), False
        if not passive and trigger.form is not Form.NOUN:
            actors = shared(scene, trigger, group, memory) or actors
        known = bool(actors.mentions) or is_crowd or actors.rule == "both parties"
        if trigger.class_ in BALLOTS and not actors.mentions and memory.chamber:
            actors, known = Found((memory.chamber,), LAST_CHAMBER, trigger.first), True
        if passive and not actors.mentions and not is_crowd and is_by_treaty(scene, trigger):
            return None
        if not self._is_told(scene, trigger, group, passive, known, actors) or is_loose(trigger, group, actors, scene):
            return None
        return Cast(passive, actors, is_crowd, known)

    def _acted_on(self, scene: Scene, trigger: Trigger, group: VerbGroup, cast: Cast, memory: Memory) -> Mention | None:
        thing = self._objects.acted_on(scene, trigger, group, cast.passive, memory)
        if thing is None and trigger.class_ == "sign" and not cast.passive:
            return self._objects.new_between(scene, trigger, cast.actors.mentions, memory)
        return thing

    def _is_refused(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, cast: Cast, thing: Mention | None, memory: Memory
    ) -> bool:  # fmt: skip
        """Whether it only looks like an act: nothing told, only asked for, a habit."""
        if tells_nothing(scene, trigger, cast.passive, thing, cast.actors, self._nominal):
            return True
        if only_asks(scene, trigger, thing, self._nominal):
            memory.is_aside = True
            return True
        return is_habit(trigger, group, thing, analysis, self._nominal.general)

    def _told_verdict(
        self,
        scene: Scene,
        analysis: Analysis,
        trigger: Trigger,
        group: VerbGroup,
        cast: Cast,
        thing: Mention | None,
        contents: list[Trigger],
        memory: Memory,
    ) -> Verdict | None:
        """How sure it is; None where it is no act after all, or that of a law or a paper."""
        subject_first = begins(
            scene, trigger, group, cast.passive, cast.actors, cast.is_crowd, thing, self._actors.crowds
        )
        verdict = self._verdict(scene, analysis, trigger, group, cast.passive, subject_first, cast.actors.mentions)
        if verdict.factuality is None or (
            trigger.class_ in DECIDING
            and is_aside(thing, cast.actors, verdict, contents, memory, trigger.class_ == "vote-against")
        ):
            return None
        if trigger.class_ == "force" and opens_with(self._nominal.laws, scene, group, thing, self._openers):
            return None
        if (
            trigger.class_ == "sign"
            and cast.passive
            and opens_with(self._nominal.papers, scene, group, thing, self._openers)
        ):
            return None
        return verdict

    def _framed(
        self,
        scene: Scene,
        analysis: Analysis,
        trigger: Trigger,
        group: VerbGroup,
        cast: Cast,
        thing: Mention | None,
        bare: bool,
        verdict: Verdict,
        contents: list[Trigger],
        memory: Memory,
        decided_here: bool,
    ) -> Act | None:
        """The act that the table of frames makes of trigger, actor and object, or None."""
        actors = cast.actors
        actor = class_of(actors.mentions[0]) if actors.mentions else "crowd" if cast.is_crowd else "nobody"
        destination = destination_of(scene, trigger, actors) or (
            memory.chamber if trigger.class_ == "submit" and thing is not None else None
        )
        is_for_signature = trigger.class_ == "submit" and any(one.class_ == "sign" for one in contents)
        if not is_for_signature and goes_on(scene, trigger, actors, destination, memory):
            return None
        acted_on = "treaty" if bare else thing_class(thing)
        whither = class_of(destination) if destination else ""
        assert verdict.factuality is not None
        frame = self._frames.fitting(trigger, group, actor, acted_on, contents, verdict.factuality, whither)
        treaty = _treaty(thing, memory) or (
            memory.main if bare or self._is_understood(trigger, actors.mentions, thing, contents) else None
        )
        if frame is None or frame.kind == "none" or treaty is None or is_of_two(frame.kind, actor, treaty):
            return None
        kind, rule = resigned(Kind(frame.kind), actors.mentions, verdict, memory, decided_here, scene)
        kind, verdict = outcome_of(
            kind, verdict, scene, analysis, trigger, group, actors, contents, memory, self._nominal
        )
        if kind is Kind.SUBMIT and is_for_signature:
            kind, verdict = Kind.PROMULGATE, Verdict(Factuality.EXPECTED, "sent for signature")
        owners = whose_law(scene, contents, memory) if kind is Kind.PROMULGATE else ()
        return Act(
            kind=kind,
            measure=self._frames.measure(kind, trigger, contents, thing),
            verdict=verdict,
            trigger=trigger,
            group=group,
            actors=() if kind in FORESEEN else actors.mentions,
            thing=thing,
            treaty=treaty,
            states=states_of(kind, actors.mentions, destination, cast.is_crowd, treaty, memory.parties) or owners,
            rules=tuple(word for word in (frame.name, rule, actors.rule, verdict.rule) if word),
            is_crowd=cast.is_crowd,
            destination=destination,
            reaches=tuple(one.core for one in contents),
        )

    def _is_told(self, scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, known: bool, actors: Found) -> bool:  # fmt: skip
        """Whether the words tell an act at all: an active verb has a subject, a noun an owner, a gerund a place in the story."""
        row = scene.row
        if trigger.class_ == "counted":
            return any(word[0].isdigit() for word in row.lower[max(0, group.first - 5) : group.first])
        if trigger.form is Form.NOUN:
            following = row.lower[trigger.core] if trigger.core < len(row) else ""
            if following in self._nominal.compounds:
                return False
            if trigger.class_ in LEAVING:
                before = row.lower[max(0, trigger.first - 5) : trigger.first]
                return any(word in self._nominal.announced or word in self._nominal.lacking for word in before)
            return known or trigger.class_ in NOUNS_ALONE
        if trigger.form is Form.GERUND and group.tense is None and not group.says:
            is_count = trigger.class_ in VOTING and any(one.role == "generic" for one in actors.mentions)
            is_named = known and actors.rule == "the name before the verb" and not is_count
            is_own = is_named and accompanies(scene, actors)
            return trigger.first > 0 and (row.lower[trigger.first - 1] == "," or is_own) and known
        return passive or known or trigger.class_ not in NEEDS_ACTOR

    def _is_understood(
        self, trigger: Trigger, actors: tuple[Mention, ...], thing: Mention | None, contents: list[Trigger]
    ) -> bool:
        """Whether the words say a treaty act though no treaty stands in the sentence."""
        if trigger.class_ in UNDERSTOOD or any(one.class_ in REACHING for one in contents):
            return True
        is_chamber = any(class_of(actor) == "chamber" for actor in actors)
        return thing is not None or (
            is_chamber and trigger.class_ in ("approve", "vote", "pass", "reject", "vote-against", *BALLOTS)
        )

    def _verdict(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, passive: bool, subject_first: int, actors: tuple[Mention, ...]
    ) -> Verdict:  # fmt: skip
        if trigger.form is Form.NOUN:
            verdict = self._facts.of_noun(scene.row, trigger, trigger.class_ in BALLOTS, scene.timed)
            if trigger.class_ == "reading" and verdict.factuality is None and analysis.times:
                verdict = Verdict(Factuality.PLANNED, "a reading on the calendar")
            needs_day = trigger.class_ in BALLOTS or (
                trigger.class_ in NOUNS_OF_A_DAY and verdict.factuality is Factuality.HAPPENED
            )
            near = range(max(0, trigger.first - 12), trigger.last + 14)
            has_day = any(word in near for word in scene.timed)
            return verdict if not needs_day or has_day else Verdict(None, "a noun without a day")
        by_chamber = any(class_of(actor) == "chamber" for actor in actors)
        verdict = self._facts.of_verb(scene.row, trigger, group, subject_first, by_chamber)
        if trigger.class_ == "force" and verdict.factuality is None and "purpose" in group.says:
            return Verdict(Factuality.EXPECTED, "a mere purpose")
        is_announced = "purpose" in group.says and verdict.factuality is None and analysis.sentence.headline
        if is_announced and actors and scene.row.at(actors[-1].end) == group.first - 1:
            return Verdict(Factuality.PLANNED, "a headline's infinitive")
        return verdict


def _treaty(thing: Mention | None, memory: Memory) -> TreatyMention | None:
    if thing is not None and thing.kind is MentionKind.TREATY:
        return thing.treaty or memory.main
    return memory.main if thing is not None else None
