"""The acts of one sentence: each trigger with its actors, its object, its kind and how sure it is."""

from __future__ import annotations

from foedus.reference.lexicons import Lexicon
from foedus.statements.act_frames import Frames, FrameWords, class_of, thing_class
from foedus.statements.act_outcomes import (
    CONDITIONS,
    FORESEEN,
    at_the_polls,
    awaited,
    by_consent_told,
    by_its_council,
    by_organ,
    for_one,
    in_the_chamber,
    is_understood,
    outcome_of,
    passed_through,
    resigned,
    sends_for_signature,
    whose_law,
)
from foedus.statements.actors import Actors
from foedus.statements.bills_told import BillsTold
from foedus.statements.clause_openers import Openers, opens_with
from foedus.statements.clause_subjects import begins, is_bare, leads_on, shared
from foedus.statements.contents import Contents
from foedus.statements.factuality import AHEAD, AWAITED, STANDS, STILL_REQUIRED, FactualityRules, Verdict, is_none_of
from foedus.statements.gapping import told_apart
from foedus.statements.joined_treaties import on_each, treaty_of
from foedus.statements.joined_verbs import group_of
from foedus.statements.look_alikes import (
    goes_on,
    is_aside,
    is_by_somebody,
    is_by_treaty,
    is_habit,
    is_loose,
    is_minority,
    is_named,
    is_of_a_third,
    is_of_other_parties,
    is_of_other_work,
    is_of_two,
    is_provided,
    is_scheduled,
    of_text,
    only_asks,
    takes_place,
    tells_nothing,
)
from foedus.statements.memory import Act, Memory
from foedus.statements.motions import Motions
from foedus.statements.names import Analysis, Mention
from foedus.statements.objects import Objects, destination_of, goes_elsewhere, stands_next
from foedus.statements.other_matters import OtherMatters
from foedus.statements.participants import Found, Scene, SceneWords
from foedus.statements.participles import is_reduced
from foedus.statements.partners import excepted
from foedus.statements.pro_verbs import ProVerbs
from foedus.statements.pronouns import BOTH_SIDES
from foedus.statements.told_acts import Cast, is_no_leaving, is_told, of_what_is_held, whose
from foedus.statements.trigger_groups import (
    BALLOTS,
    BECOMING,
    DECIDING,
    LEFT_OR_HELD,
    NOUNS_OF_A_DAY,
    OF_A_LEAVING,
    PEOPLE_SAY,
    SUBMITTING,
    holds_a_bond,
)
from foedus.statements.triggers import Form, Trigger, Triggers
from foedus.statements.unreal import is_asked, is_of_any
from foedus.statements.verb_groups import VerbGroup, VerbGroups
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality

LAST_CHAMBER = "the chamber last named"


class SentenceActs:
    """The rules of one language, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = lexicon.section("verb_groups", VerbWords)
        words = lexicon.section("act_frames", FrameWords)
        self._verbs = verbs
        self._scene = SceneWords(verbs)
        clauses = verbs.clauses
        self._triggers = Triggers(words.trigger, verbs, words.contents.infinitive)
        self._groups = VerbGroups(verbs)
        self._facts = FactualityRules(verbs, words.nominal, words.unreal)
        self._frames = Frames(words)
        self._contents = Contents(words.contents)
        self._actors = Actors(verbs)
        self._pro_verbs = ProVerbs(verbs, self._facts, self._actors)
        self._motions = Motions(words.motions)
        self._bills = BillsTold(words.bills, words.measures, words.contents.undoing)
        self._nominal = words.nominal
        self._unreal = words.unreal
        self._past = frozenset(verbs.auxiliaries.past)
        self._objects = Objects(verbs, self._groups.is_adverb)
        self._others = OtherMatters(
            words.matters,
            (*verbs.texts, *verbs.bearing),
            (*verbs.auxiliaries.be, *verbs.auxiliaries.future),
            words.motions.opposing,
        )
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
        is_told = not is_asked(row, analysis.sentence.headline, self._unreal)
        if is_told and (triggers or self._pro_verbs.may_tell(row, memory)):
            scene = Scene(row, analysis.mentions, self._scene, analysis.times)
            memory.bill = self._bills.told(scene, triggers)
            triggers = [one for one in triggers if not is_named(scene, one, self._groups.is_adverb, len(triggers) == 1)]
            scene.verbs = {one.first for one in triggers if one.form is not Form.NOUN}
            scene.gerunds = {one.first for one in triggers if one.form is Form.GERUND}
            scene.triggered = {word for one in triggers for word in range(one.first, one.last)}
            contents, inner = self._contents.of(scene, triggers)
            decided_here = any(one.class_ in DECIDING for one in triggers)
            before: tuple[Trigger, VerbGroup] | None = None
            for index, trigger in enumerate(triggers):
                group = group_of(self._groups, self._verbs, row, trigger, before)
                before = (trigger, group)
                memory.speak_of(trigger, group)
                if trigger.class_ in BECOMING and leads_on(scene, trigger, triggers[index + 1 :]):
                    continue
                if index not in inner:
                    told = len(acts)
                    for act in self._acts(
                        scene, analysis, trigger, group, contents.get(index, []), memory, decided_here
                    ):
                        act = awaited(act, acts, row.lower, self._verbs.clauses.temporal, self._past)
                        memory.keep(act)
                        acts += [each for one in told_apart(scene, act) for each in on_each(scene, one)]
                    if len(acts) == told:
                        inner -= self._contents.released(trigger, contents.get(index, []), triggers)
                    if len(acts) == told and trigger.class_ == "sign" and trigger.form is not Form.NOUN:
                        memory.loose_verbs.append(trigger.core)
            for act in self._pro_verbs.told(scene, acts, memory):
                memory.keep(act)
                acts.extend(told_apart(scene, act))
        self._motions.hear(row, memory)
        memory.hear(analysis.mentions, row)
        return by_consent_told(acts)

    def _acts(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, contents: list[Trigger], memory: Memory, decided_here: bool
    ) -> list[Act]:  # fmt: skip
        if trigger.class_ == "did-the-same":
            return self._pro_verbs.same_again(scene, analysis, trigger, group, memory)
        if trigger.class_ == "did-neither":
            return self._pro_verbs.neither(scene, trigger, group, memory)
        act = self._act(scene, analysis, trigger, group, contents, memory, decided_here)
        return by_organ(act) if act else []

    def _act(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, contents: list[Trigger], memory: Memory, decided_here: bool
    ) -> Act | None:  # fmt: skip
        cast = self._cast(scene, trigger, group, memory)
        if cast is None:
            return None
        cast = of_what_is_held(scene, trigger, cast, contents, self._actors.owner_of)
        thing = self._acted_on(scene, trigger, group, cast, memory)
        if self._is_refused(scene, analysis, trigger, group, cast, thing, memory):
            return None
        if is_of_any(scene, trigger, group, contents, self._unreal) or is_provided(
            scene, trigger, group, bool(cast.actors.mentions), self._unreal
        ):
            return None
        if not cast.known and cast.passive and memory.chamber and in_the_chamber(scene, trigger, thing, memory):
            cast = Cast(cast.passive, Found((memory.chamber,), LAST_CHAMBER, trigger.first), cast.is_crowd, True)
        bare = is_bare(scene, trigger, group, memory)
        if (
            trigger.words.near
            and not bare
            and not holds_a_bond(contents)
            and (thing is None or not stands_next(scene, trigger, group, cast.passive, thing))
        ):
            return None
        if self._others.is_infinitive(scene, trigger, thing, contents):
            return None
        verdict = self._told_verdict(scene, analysis, trigger, group, cast, thing, contents, memory)
        if verdict is None:
            return None
        if contents and cast.passive and is_none_of(scene.row, contents[0], self._unreal.none):
            verdict = Verdict(Factuality.DENIED, "none of them")
        if is_no_leaving(contents, memory):
            return None
        is_leaving = trigger.class_ in OF_A_LEAVING and any(one.class_ in LEFT_OR_HELD for one in contents[:1])
        if is_leaving and not cast.actors.mentions and not cast.is_crowd:
            cast = cast._replace(actors=self._actors.of_content(scene, contents[0], memory))
        return self._framed(scene, analysis, trigger, group, cast, thing, bare, verdict, contents, memory, decided_here)

    def _cast(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> Cast | None:
        """Who acts and which way the verb points; None where the words tell no act."""
        passive = trigger.form is not Form.NOUN and (trigger.words.receives or is_reduced(scene, trigger, group))
        actors, is_crowd = self._actors.of(scene, trigger, group, passive, memory)
        house = passed_through(scene, trigger, group)
        if house is not None:
            passive, actors, is_crowd = True, Found((house,), "the chamber that it passed", trigger.first), False
        elif trigger.words.house:
            return None
        if not passive and trigger.form is not Form.NOUN:
            actors = shared(scene, trigger, group, memory) or actors
        known = bool(actors.mentions) or is_crowd or actors.rule == BOTH_SIDES
        if trigger.class_ in BALLOTS and not actors.mentions and memory.chamber:
            actors, known = Found((memory.chamber,), LAST_CHAMBER, trigger.first), True
        if passive and not actors.mentions and not is_crowd and is_by_treaty(scene, trigger):
            return None
        if not is_told(scene, trigger, group, passive, known, actors, self._nominal, self._facts) or is_loose(
            trigger, group, actors, scene
        ):
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
        is_after_talks = scene.row.lower[max(0, group.first - 1)] in self._verbs.pronouns.many[:1] and memory.told_last(
            Kind.NEGOTIATE
        )
        if tells_nothing(scene, trigger, cast.passive, thing, cast.actors, self._nominal, is_after_talks):
            return True
        if is_of_other_parties(scene, trigger, memory.parties):
            return True
        if trigger.words.subject and (thing is None or scene.row.at(thing.end) != group.first):
            return True
        if thing is None and not cast.passive and self._objects.takes_another(scene, trigger):
            return True
        is_other = self._others.is_one(scene, trigger, group, cast.passive, thing, memory.main)
        if is_other or self._motions.is_of_another_matter(scene, trigger, group, memory):
            return True
        if is_minority(scene, trigger, group, self._nominal) or is_by_somebody(
            scene, trigger, cast.passive, cast.actors
        ):
            return True
        if only_asks(scene, trigger, thing, self._nominal):
            memory.is_aside = True
            return True
        if trigger.form is Form.THIRD and scene.row.lower[max(0, group.first - 2)] in self._unreal.each:
            return True  # "the notes by which each government informs the other"
        return cast.actors.rule != BOTH_SIDES and is_habit(trigger, group, thing, analysis, self._nominal)

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
        verdict = excepted(scene, cast.actors, verdict)
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
        contents = [one for one in contents if not is_of_other_work(scene, one, self._nominal)]
        if trigger.class_ == "take-back":
            contents = [one for one in contents if one.form is Form.NOUN]
        actor = class_of(actors.mentions[0]) if actors.mentions else "crowd" if cast.is_crowd else "nobody"
        if actor == "state" and (
            at_the_polls(scene, self._nominal)
            or (trigger.class_ in PEOPLE_SAY and actors.mentions[0].role == "demonym")
        ):
            actor = "people"
        is_for_signature = sends_for_signature(trigger, contents)
        destination = destination_of(scene, trigger, actors) or (
            memory.chamber
            if trigger.class_ in SUBMITTING and thing is not None and (is_for_signature or not trigger.words.destined)
            else None
        )
        if not is_for_signature and goes_on(scene, trigger, actors, destination, memory):
            return None
        acted_on = "treaty" if bare else thing_class(thing)
        whither = class_of(destination) if destination else goes_elsewhere(scene, trigger)
        assert verdict.factuality is not None
        frame = self._frames.fitting(trigger, group, actor, acted_on, contents, verdict.factuality, whither)
        treaty = treaty_of(thing, memory, scene) or (
            memory.main
            if bare or is_understood(scene, trigger, actors.mentions, thing, contents, self._objects)
            else None
        )
        if (
            frame is None
            or frame.kind == "none"
            or treaty is None
            or is_of_two(frame.kind, trigger.class_, actor, treaty)
            or is_of_a_third(trigger, actors.mentions, treaty)
        ):
            return None
        kind = of_text(Kind(frame.kind), scene, trigger, actor, actors.mentions, treaty, memory.parties)
        if kind in CONDITIONS and verdict.rule == AWAITED and not actors.mentions:
            return None  # "takes effect when two-thirds of them have ratified it"
        kind = for_one(kind, actors, treaty)
        kind, rule = resigned(kind, actors.mentions, verdict, memory, decided_here, scene)
        kind, verdict = outcome_of(
            kind, verdict, scene, analysis, trigger, group, actors, contents, memory, self._nominal
        )
        kind, verdict = self._motions.decided(kind, verdict, scene, trigger, group, contents, memory)
        if kind is Kind.SUBMIT and is_for_signature:
            kind, verdict = Kind.PROMULGATE, Verdict(Factuality.EXPECTED, "sent for signature")
        kind, owners = by_its_council(kind, trigger, actors.mentions, cast.is_crowd, scene, group)
        owners = whose_law(scene, contents, memory, thing) if kind in (Kind.PROMULGATE, Kind.SUBMIT) else owners
        return Act(
            kind=kind,
            measure=memory.measure_of(kind, self._frames.measure(trigger, contents, thing)),
            verdict=verdict,
            trigger=trigger,
            group=group,
            actors=() if kind in FORESEEN else actors.mentions,
            thing=thing,
            treaty=treaty,
            states=whose(scene, trigger, kind, cast, thing, treaty, destination, memory) or owners,
            rules=tuple(word for word in (frame.name, rule, actors.rule, verdict.rule) if word),
            is_crowd=cast.is_crowd,
            destination=destination,
            reaches=tuple(one.core for one in contents),
        )

    def _verdict(
        self, scene: Scene, analysis: Analysis, trigger: Trigger, group: VerbGroup, passive: bool, subject_first: int, actors: tuple[Mention, ...]
    ) -> Verdict:  # fmt: skip
        if trigger.form is Form.NOUN:
            verdict = self._facts.of_noun(scene.row, trigger, trigger.class_ in BALLOTS, scene.timed)
            if verdict.factuality is Factuality.HAPPENED and is_scheduled(scene, trigger, self._nominal):
                return Verdict(Factuality.PLANNED, "a signing on the calendar")
            if trigger.class_ == "reading" and verdict.factuality is None and analysis.times:
                verdict = Verdict(Factuality.PLANNED, "a reading on the calendar")
            is_done = verdict.factuality is Factuality.HAPPENED
            is_done = is_done or (trigger.class_ == "sign-into-law" and verdict.rule == STILL_REQUIRED)
            needs_day = trigger.class_ in BALLOTS or (trigger.class_ in NOUNS_OF_A_DAY and is_done)
            near = range(max(0, trigger.first - 12), trigger.last + 14)
            has_day = any(word in near for word in scene.timed)
            has_day = has_day or takes_place(scene, trigger, self._nominal)
            return verdict if not needs_day or has_day else Verdict(None, "a noun without a day")
        by_chamber = any(class_of(actor) == "chamber" for actor in actors)
        verdict = self._facts.of_verb(scene.row, trigger, group, subject_first, by_chamber)
        is_past = group.tense == "past" and trigger.words.stands == AHEAD
        if trigger.words.stands in STANDS and verdict.factuality is Factuality.HAPPENED and not is_past:
            return STANDS[trigger.words.stands]
        is_dated = trigger.class_ == "consider" and trigger.form is Form.THIRD and bool(analysis.times)
        if is_dated and verdict.rule == "told as done":
            return STANDS[AHEAD]
        if trigger.class_ == "force" and verdict.factuality is None and "purpose" in group.says:
            return Verdict(Factuality.EXPECTED, "a mere purpose")
        is_announced = "purpose" in group.says and verdict.factuality is None and analysis.sentence.headline
        if is_announced and actors and scene.row.at(actors[-1].end) == group.first - 1:
            return Verdict(Factuality.PLANNED, "a headline's infinitive")
        return verdict
