"""The acts of a sentence in a language that is read by tables alone: trigger x actor x object, as `act_frames.py`, but word order is free.

Who acts is told by the form of the name or by the words before it, not by its place: a subject is cited or has an ending of
the subject, an agent has an ending or a preposition of its own (`[cases]` of `language.toml`).
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reference.lexicons import Lexicon
from foedus.statements.act_frames import FrameRow, class_of, states_of, thing_class
from foedus.statements.act_outcomes import FORESEEN, by_organ, settled
from foedus.statements.factuality import Verdict
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.participants import Found
from foedus.statements.plain_factuality import PlainFactuality
from foedus.statements.plain_triggers import PlainForm, PlainFrameWords, PlainTrigger, PlainTriggers
from foedus.statements.triggers import Form, Trigger, TriggerWords
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.word_forms import Entries, Folded, by_class, inflection_of
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind, Measure
from foedus.terms.agents import CHAMBERS
from foedus.terms.evidence import Factuality

_TENSE = {PlainForm.PAST: "past", PlainForm.PASSIVE: "past", PlainForm.PRESENT: "present", PlainForm.FUTURE: "future"}
_ACTING = (MentionKind.STATE, MentionKind.BODY, MentionKind.PERSON, MentionKind.ORGANISATION)
_THINGS = (MentionKind.TREATY, MentionKind.MEASURE)
_FAR = 30
_CONTENT_REACH = 9
_DESTINATION_REACH = 14


class PlainActs:
    """The rules of one language, compiled; has the shape of `SentenceActs`."""

    def __init__(self, lexicon: Lexicon, cited: frozenset[str]) -> None:
        """`cited`: first words of names as they are cited, folded."""
        self._cited = cited
        words = lexicon.section("act_frames", PlainFrameWords)
        self._forms = inflection_of(lexicon)
        cases = self._forms.words.cases
        assert cases is not None, "language.toml of a language that is read plainly has [cases]"
        self._cases = cases
        self._triggers = PlainTriggers(words, self._forms)
        self._facts = PlainFactuality(words.clauses, self._forms)
        self._contents: Entries[str] = Entries(self._forms, by_class(words.contents.classes))
        self._outer = words.contents.outer
        self._needs_actor = words.needs_actor
        self._frames = words.frame
        self._measures = {name: Measure(value) for name, value in words.measures.items()}
        clauses = {name: [(written, True) for written in listed] for name, listed in words.clauses.items()}
        self._and: Entries[bool] = Entries(self._forms, clauses.get("and", []))
        self._relative: Entries[bool] = Entries(self._forms, clauses.get("relative", []))
        self._toward: Entries[bool] = Entries(self._forms, clauses.get("toward", []))
        self._it: Entries[bool] = Entries(self._forms, clauses.get("it", []))
        self._both: Entries[bool] = Entries(self._forms, clauses.get("both", []))

    def read(self, analysis: Analysis, row: WordRow, memory: Memory) -> list[Act]:
        """The acts of one sentence, in order; `memory` is read and then brought up to date."""
        words = Folded(row, self._forms)
        triggers = self._free(words, analysis.mentions, self._triggers.find(words))
        acts: list[Act] = []
        for index, trigger in enumerate(triggers):
            if self._is_content(words, triggers, index):
                continue
            future = any(one.form is PlainForm.FUTURE for one in triggers if one is not trigger)
            verdict = self._facts.of(words, trigger, future)
            if verdict.factuality is not None:
                act = self._act(words, analysis, trigger, triggers, verdict, memory)
                for one in by_organ(act) if act else []:
                    acts.append(one)
                    memory.keep(one)
        memory.hear(analysis.mentions, row)
        return acts

    def _free(self, words: Folded, mentions: Sequence[Mention], triggers: list[PlainTrigger]) -> list[PlainTrigger]:
        """The triggers that stand in no name."""
        spans = [(words.row.at(one.start), words.row.at(one.end)) for one in mentions if one.kind in _THINGS]
        return [one for one in triggers if not any(first <= one.first < last for first, last in spans)]

    def _is_content(self, words: Folded, triggers: Sequence[PlainTrigger], index: int) -> bool:
        """An infinitive right after a trigger of voting or submitting is what that one is about."""
        trigger = triggers[index]
        is_noun = any(self._contents.at(words, at) for at in (trigger.first, trigger.first - 1) if at > 0)
        if index == 0 or not (is_noun or trigger.form in (PlainForm.INFINITIVE, PlainForm.NOUN)):
            return False
        before = triggers[index - 1]
        return before.class_ in self._outer and trigger.first - before.last <= _CONTENT_REACH

    def _act(
        self, words: Folded, analysis: Analysis, trigger: PlainTrigger, triggers: Sequence[PlainTrigger],
        verdict: Verdict, memory: Memory,
    ) -> Act | None:  # fmt: skip
        assert verdict.factuality is not None
        thing = self._object(words, analysis.mentions, trigger, triggers)
        actors = self._actors(words, analysis.mentions, trigger, triggers)
        contents = self._contents_of(words, trigger, thing)
        destination = self._destination(words, analysis.mentions, trigger, actors)
        is_open = trigger.class_ in self._needs_actor and not actors and trigger.form not in _WITHOUT_ACTOR
        if is_open and not self._says_both(words, trigger):
            return None
        treaty = thing.treaty if thing else memory.main
        if treaty is None or (thing is None and not (actors and contents) and not self._is_understood(words, trigger)):
            return None
        actor = class_of(actors[0]) if actors else "nobody"
        class_ = _TREATY if thing is None and trigger.class_ in _SUBJECT_IS_TREATY else thing_class(thing)
        frame = self._frame(trigger, actor, class_, contents, verdict.factuality, destination is not None)
        if frame is None or frame.kind == "none":
            return None
        kind = Kind(frame.kind)
        group = VerbGroup(first=trigger.first, voice="active", tense=_TENSE.get(trigger.form), says=())
        verdict = settled(kind, verdict, group, analysis, Found(tuple(actors), "", trigger.first))
        return Act(
            kind=kind,
            measure=self._measure(kind, trigger, contents),
            verdict=verdict,
            trigger=_as_trigger(trigger),
            group=group,
            actors=() if kind in FORESEEN else tuple(actors),
            thing=thing,
            treaty=treaty,
            states=states_of(
                kind, () if kind in FORESEEN else tuple(actors), destination, False, treaty, memory.parties
            ),
            rules=(frame.name, verdict.rule),
            destination=destination,
        )

    def _is_understood(self, words: Folded, trigger: PlainTrigger) -> bool:
        """Whether no thing need be named: "it will enter into force" after a sentence about the treaty."""
        if trigger.class_ not in _SUBJECT_IS_TREATY:
            return trigger.class_ in _UNDERSTOOD
        return trigger.first == 0 or self._it.any_in(words, trigger.first - 3, trigger.first)

    def _frame(
        self, trigger: PlainTrigger, actor: str, thing: str, contents: Sequence[str], sure: Factuality, destination: bool
    ) -> FrameRow | None:  # fmt: skip
        """The first row that fits, or None."""
        form = "noun" if trigger.form is PlainForm.NOUN else "verb"
        for row in self._frames:
            if (
                trigger.class_ in row.triggers
                and (not row.actors or actor in row.actors)
                and (not row.objects or thing in row.objects)
                and (not row.contents or set(contents) & set(row.contents))
                and (not row.forms or form in row.forms)
                and (not row.only or sure in row.only)
                and (not row.to or destination or "ratify" in contents)
            ):
                return row
        return None

    def _measure(self, kind: Kind, trigger: PlainTrigger, contents: Sequence[str]) -> Measure | None:
        if kind.level != "D":
            return None
        classes = [*contents, trigger.class_]
        if "revoke" in classes or ("withdraw" in classes and "ratify" in classes):
            return Measure.REVOCATION
        return next((self._measures[name] for name in classes if name in self._measures), Measure.RATIFICATION)

    def _contents_of(self, words: Folded, trigger: PlainTrigger, thing: Mention | None) -> list[str]:
        """What the act is about: in the words after the trigger, and in those of the law it is done to."""
        spans = [(trigger.core, min(len(words), trigger.core + _CONTENT_REACH))]
        if thing is not None and thing.kind is MentionKind.MEASURE:
            spans.append((words.row.at(thing.start), words.row.at(thing.end)))
        elif thing is not None and self._is_passive(trigger):
            spans.append((max(0, words.row.at(thing.start) - 3), words.row.at(thing.start)))
        return [match.value for start, end in spans for match in self._contents.find(words, start, end)]

    # what is acted on

    def _object(
        self, words: Folded, mentions: Sequence[Mention], trigger: PlainTrigger, triggers: Sequence[PlainTrigger]
    ) -> Mention | None:
        """The treaty or measure nearest to the trigger: behind an active verb, before a passive one, else on the other side."""
        kinds = (MentionKind.TREATY,) if trigger.class_ in _SUBJECT_IS_TREATY else _THINGS
        things = [one for one in mentions if one.kind in kinds]
        after = [one for one in things if words.row.at(one.start) >= trigger.core]
        before = [one for one in things if words.row.at(one.end) <= trigger.first]
        limit = min((one.first for one in triggers if one.first > trigger.first), default=len(words))
        near = [one for one in after if words.row.at(one.start) < limit or trigger.last > limit]
        if self._is_passive(trigger):
            return _whole(words, before) if before else near[0] if near else None
        if trigger.class_ in _SUBJECT_IS_TREATY:
            return _whole(words, before) if before else near[0] if near else after[0] if after else None
        if near:
            return near[0]
        return _whole(words, before) if before else after[0] if after else None

    def _is_passive(self, trigger: PlainTrigger) -> bool:
        return trigger.form is PlainForm.PASSIVE

    def _destination(
        self, words: Folded, mentions: Sequence[Mention], trigger: PlainTrigger, actors: Sequence[Mention]
    ) -> Mention | None:
        """The chamber that something is laid before."""
        for mention in mentions:
            first = words.row.at(mention.start)
            is_chamber = (
                mention.kind is MentionKind.BODY and mention.agent is not None and mention.agent.kind in CHAMBERS
            )
            is_near = trigger.first - _DESTINATION_REACH < first < trigger.core + _DESTINATION_REACH
            if is_chamber and is_near and mention not in actors and self._is_toward(words, first):
                return mention
        return None

    def _is_toward(self, words: Folded, first: int) -> bool:
        return any(self._toward.at(words, index) for index in range(max(0, first - 3), first))

    # who acts

    def _actors(
        self, words: Folded, mentions: Sequence[Mention], trigger: PlainTrigger, triggers: Sequence[PlainTrigger]
    ) -> list[Mention]:
        """Who acts, with everybody joined to them by "and"; nobody for a noun of action."""
        acting = [one for one in mentions if one.kind in _ACTING and not _is_bracketed(words, one)]
        if self._is_passive(trigger):
            return self._agents(words, acting, trigger)
        if trigger.form is PlainForm.NOUN:
            return []
        before = [one for one in acting if words.row.at(one.end) <= trigger.first and self._is_subject(words, one)]
        after = [one for one in acting if words.row.at(one.start) >= trigger.core and self._is_subject(words, one)]
        limit = min((one.first for one in triggers if one.first > trigger.first), default=len(words))
        near = [one for one in after if words.row.at(one.start) < limit and words.row.at(one.start) - trigger.last < 4]
        earlier = max((one.core for one in triggers if one.core <= trigger.first), default=0)
        own = [one for one in before if words.row.at(one.start) >= earlier]
        if own and not self._opens_relative(words, words.row.at(own[-1].end), trigger.first, mentions):
            return self._joined(words, acting, self._unexplained(words, own), backwards=True)
        if near:
            return self._joined(words, acting, near[0], backwards=False)
        if before and trigger.first - words.row.at(before[-1].end) <= _FAR:
            return self._joined(words, acting, before[-1], backwards=True)
        return []

    def _unexplained(self, words: Folded, names: Sequence[Mention]) -> Mention:
        """The last name; of "the Congress of Deputies, the lower house of parliament, rejected" the one before the comma."""
        last = names[-1]
        if len(names) < 2 or last.kind is not MentionKind.BODY or names[-2].kind is not MentionKind.BODY:
            return last
        between = words.lower[words.row.at(names[-2].end) : words.row.at(last.start)]
        is_apposition = between[:1] == [","] and len(between) <= 2 and names[-2].states == last.states
        after = words.row.at(last.end)
        return names[-2] if is_apposition and words.lower[after : after + 1] == [","] else last

    def _opens_relative(self, words: Folded, start: int, end: int, mentions: Sequence[Mention]) -> bool:
        """Whether a relative clause about a treaty begins between: its subject stands inside it."""
        for index in range(start, end):
            if self._relative.at(words, index):
                return any(one.kind in _THINGS and 0 <= index - words.row.at(one.end) <= 1 for one in mentions)
        return False

    def _is_subject(self, words: Folded, mention: Mention) -> bool:
        """Cited, or with an ending of the subject, and without a preposition."""
        first = words.row.at(mention.start)
        if first and words.lower[first - 1] in self._cases.prepositions:
            return False
        if not self._cases.subject_endings:
            return True
        word = words.lower[first]
        return word in self._cited or word.endswith(self._cases.subject_endings)

    def _agents(self, words: Folded, acting: Sequence[Mention], trigger: PlainTrigger) -> list[Mention]:
        """Who did what is told in the passive: the nearest name with an agent's ending or preposition."""
        best: tuple[int, Mention] | None = None
        endings = self._cases.organ_endings
        for mention in acting:
            first = words.row.at(mention.start)
            before = words.lower[max(0, first - 2) : first]
            by_word = any(word in self._cases.agent_prepositions for word in before)
            is_chamber = mention.agent is not None and mention.agent.kind in CHAMBERS
            word = words.lower[first]
            is_inside = not endings or (word.endswith(endings) and not word.endswith(self._cases.subject_endings))
            is_chamber = is_chamber and is_inside
            by_word = by_word or (is_chamber and any(word in self._cases.organ_prepositions for word in before))
            bare = not before or before[-1] not in self._cases.prepositions
            by_ending = bare and words.lower[first].endswith(self._cases.agent_endings or ("\0",))
            distance = first - trigger.last if first >= trigger.core else trigger.first - first
            if (by_word or by_ending) and distance <= _FAR and (best is None or distance < best[0]):
                best = (distance, mention)
        return self._joined(words, acting, best[1], backwards=False) if best else []

    def _joined(self, words: Folded, acting: Sequence[Mention], one: Mention, *, backwards: bool) -> list[Mention]:
        """One name with those joined to it by a comma or "and"."""
        found = [one]
        for other in sorted(acting, key=lambda name: name.start, reverse=backwards):
            left, right = (other, found[0]) if backwards else (found[-1], other)
            first, last = words.row.at(left.end), words.row.at(right.start)
            between = words.lower[first:last]
            joins = 0 < len(between) <= 3 and all(
                word == "," or self._and.at(words, first + index) for index, word in enumerate(between)
            )
            is_list = joins and (len(found) > 1 or any(self._and.at(words, at) for at in range(first, last)))
            if other.end <= found[0].start and backwards and is_list:
                found.insert(0, other)
            elif other.start >= found[-1].end and not backwards and is_list:
                found.append(other)
        return found

    def _says_both(self, words: Folded, trigger: PlainTrigger) -> bool:
        return any(
            self._both.at(words, at) for at in range(max(0, trigger.first - 6), min(len(words), trigger.last + 4))
        )


_TREATY = "treaty"
_WITHOUT_ACTOR = (PlainForm.PASSIVE, PlainForm.NOUN)
_SUBJECT_IS_TREATY = frozenset({"force", "terminate"})
_UNDERSTOOD = frozenset({"ratify", "exchange"})


def _is_bracketed(words: Folded, mention: Mention) -> bool:
    before = words.lower[: words.row.at(mention.start)]
    return before.count("(") > before.count(")")


def _whole(words: Folded, before: Sequence[Mention]) -> Mention:
    """The last thing named; a law, where the treaty after it only says what the law is about."""
    last = before[-1]
    if len(before) < 2 or last.kind is MentionKind.MEASURE or before[-2].kind is not MentionKind.MEASURE:
        return last
    return before[-2] if words.row.at(last.start) - words.row.at(before[-2].end) <= _OF_A_LAW else last


_OF_A_LAW = 2


def _as_trigger(trigger: PlainTrigger) -> Trigger:
    form = Form.NOUN if trigger.form is PlainForm.NOUN else Form.PAST
    words = TriggerWords(class_=trigger.class_)
    return Trigger(trigger.first, trigger.last, trigger.core, form, trigger.class_, words)
