"""What a bill, a vote or a law is about: "voted to ratify", "approved revoking the ratification", "a bill that suspends".

A trigger that is only the content of another makes no act of its own; it says what the other's measure is.
"""

from __future__ import annotations

import msgspec

from foedus.statements.names import MentionKind
from foedus.statements.participants import Scene
from foedus.statements.trigger_groups import PRO_VERBS
from foedus.statements.triggers import Form, Trigger
from foedus.statements.word_rows import around_aside
from foedus.terms.agents import BodyKind

_FAR = 16


class ContentWords(msgspec.Struct, frozen=True):
    """`[contents]` of `act_frames.toml`."""

    outer: tuple[str, ...]
    clausal: tuple[str, ...]
    holders: tuple[str, ...]
    no_gerund: tuple[str, ...]
    links: tuple[str, ...]
    relatives: tuple[str, ...]
    modals: tuple[str, ...]
    breaks: tuple[str, ...]
    infinitive: str
    whose: str
    telling: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    effective: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    for_signature: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    undoing: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    papers_on: tuple[str, ...] = ()


class Contents:
    """The words of one language."""

    def __init__(self, words: ContentWords) -> None:
        self._outer = frozenset(words.outer)
        self._holders = frozenset(words.holders)
        self._no_gerund = frozenset(words.no_gerund)
        self._clausal = frozenset(words.clausal)
        self._links = frozenset(words.links)
        self._relatives = frozenset(words.relatives)
        self._modals = frozenset(words.modals)
        self._breaks = frozenset(words.breaks)
        self._infinitive = words.infinitive
        self._whose = words.whose
        self._telling = frozenset(words.telling)
        self._effects = frozenset(words.effects)
        self._effective = frozenset(words.effective)
        self._waits = frozenset(words.waits)
        self._handed = frozenset(words.handed)
        self._for_signature = frozenset(words.for_signature)
        self._signing = frozenset(words.signing)
        self._undoing = frozenset(words.undoing)
        self._events = frozenset(words.events)
        self._papers_on = frozenset(words.papers_on)

    def released(self, outer: Trigger, within: list[Trigger], triggers: list[Trigger]) -> set[int]:
        """What is told after "informed" is an act of its own where the telling is none: "informed us that it will not sign"."""
        is_told = outer.class_ in self._telling
        return {index for index, one in enumerate(triggers) if is_told and one in within}

    def of(self, scene: Scene, triggers: list[Trigger]) -> tuple[dict[int, list[Trigger]], set[int]]:
        """Index of a trigger -> its contents, and the indexes of all triggers that are only contents."""
        found: dict[int, list[Trigger]] = {}
        inner: set[int] = set()
        for index, outer in enumerate(triggers):
            if index in inner:
                continue
            if outer.class_ in self._holders and index + 1 < len(triggers) and _is_next(outer, triggers[index + 1]):
                inner.add(index + 1)
            if outer.class_ not in self._outer | self._for_signature:
                continue
            at = outer.core
            for later in range(index + 1, len(triggers)):
                if not self._is_content(scene, outer, at, triggers[later]):
                    break
                is_signing = triggers[later].form is Form.NOUN and triggers[later].class_ in self._signing
                if outer.class_ in self._for_signature and not is_signing:
                    break
                found.setdefault(index, []).append(triggers[later])
                inner.add(later)
                at = triggers[later].core
        for index, outer in enumerate(triggers):
            for earlier in _turned(outer, triggers[:index]):
                inner.add(earlier)
                if triggers[earlier].class_ != outer.class_:
                    found.setdefault(index, []).append(triggers[earlier])
        for index in range(1, len(triggers)):
            if self._is_subject(scene, triggers[index - 1], triggers[index]) and index - 1 not in inner:
                found.setdefault(index, []).append(triggers[index - 1])
                inner.add(index - 1)
            subject = self._subject_of_effect(scene, triggers, index)
            is_shared = subject < index - 1 and triggers[subject] in found.get(index - 1, [])
            if self._takes_effect(scene, triggers[subject], triggers[index]) and (is_shared or subject not in inner):
                found.setdefault(index, []).append(triggers[subject])
                inner.add(subject)
        of_measures = self._of_measures(scene, triggers)
        return found, inner | of_measures

    def _is_content(self, scene: Scene, outer: Trigger, start: int, inner: Trigger) -> bool:
        gap = scene.row.lower[start : inner.first]
        if len(gap) > _FAR or any(word in scene.stops or word == "." for word in gap):
            return False
        measured = any(
            mention.kind is MentionKind.MEASURE and start - 1 <= scene.spans[at][0] < inner.first
            for at, mention in enumerate(scene.mentions)
        )
        if inner.class_ in PRO_VERBS and len(gap) > 1:
            return False  # "approved it, and the Senate is to do likewise"
        if inner.form is Form.GERUND and outer.class_ in self._no_gerund:
            return False
        if outer.class_ in self._undoing and scene.row.lower[inner.first] in self._events:
            return False
        if outer.class_ in self._clausal and inner.form is not Form.BASE and not _is_advice(scene, outer, gap):
            return False
        if outer.class_ in self._clausal and gap[:1] and gap[0] in self._relatives:
            return True
        if outer.class_ in self._telling and any(word in self._relatives for word in gap):
            return inner.form is not Form.PAST or inner.class_ == "complete"
        if inner.form in (Form.PAST, Form.PARTICIPLE, Form.THIRD):
            is_in_relative = measured and any(word in self._relatives for word in gap)
            is_passive = bool(gap) and gap[-1] in scene.words.auxiliaries.be
            return is_in_relative and (is_passive or not self._has_free_actor(scene, start, inner.first))
        if any(word in self._breaks for word in gap) or (
            not measured
            and outer.class_ not in self._telling
            and any(word == "," or word in self._relatives for word in gap)
        ):
            return False
        if inner.form is Form.BASE:
            return bool(gap) and (
                self._infinitive in gap[-3:]
                or (
                    measured
                    and any(word in self._modals for word in gap)
                    and any(word in self._relatives for word in gap)
                )
            )
        return inner.form is Form.GERUND or bool(gap) or inner.first == start

    def _is_subject(self, scene: Scene, noun: Trigger, outer: Trigger) -> bool:
        """ "the ratification of the pact was approved": a noun of action as the subject of a passive."""
        if (
            noun.form is not Form.NOUN
            or outer.form not in (Form.PAST, Form.PARTICIPLE)
            or not (outer.class_ in self._outer or (outer.class_ in self._handed and noun.class_ in self._papers_on))
        ):
            return False
        gap = scene.row.lower[noun.core : outer.first]
        has_be = any(word in scene.words.auxiliaries.be for word in gap[-4:])
        return (
            has_be
            and len(gap) <= 14
            and not any(word in scene.stops or word in self._breaks or word == "," for word in gap)
        )

    def _takes_effect(self, scene: Scene, noun: Trigger, outer: Trigger) -> bool:
        """ "its withdrawal from the convention takes effect in a year": what takes effect is an act, not the treaty."""
        if noun.form is not Form.NOUN or outer.class_ not in self._effects or noun.class_ not in self._effective:
            return False
        gap = around_aside(scene.row.lower[noun.core : outer.first])
        return len(gap) <= _FAR and not any(word in scene.stops or word in self._breaks or word == "," for word in gap)

    def _subject_of_effect(self, scene: Scene, triggers: list[Trigger], index: int) -> int:
        """Index of the noun that may take effect: past a first verb of it, or an aside ("Its notice, given in May, runs out")."""
        if index < 2:
            return index - 1
        gap = scene.row.lower[triggers[index - 2].core : triggers[index].first]
        own = around_aside(gap)
        is_aside = len(own) < len(gap) and triggers[index - 1].first >= triggers[index - 2].core + len(own)
        return index - 2 if is_aside or self._goes_on(scene, triggers[index - 1], triggers[index]) else index - 1

    def _goes_on(self, scene: Scene, earlier: Trigger, later: Trigger) -> bool:
        """ "Its notice was delivered on Thursday and [takes effect] in May": a second verb of the same subject."""
        gap = scene.row.lower[earlier.core : later.first]
        joint = [word for word in gap[-2:] if word not in self._modals]
        return earlier.form is not Form.NOUN and joint[-1:] != [] and joint[-1] in scene.conjunctions

    def _of_measures(self, scene: Scene, triggers: list[Trigger]) -> set[int]:
        inner: set[int] = set()
        for at, mention in enumerate(scene.mentions):
            if mention.kind is not MentionKind.MEASURE or mention.role in ("instrument", "notes"):
                continue
            start = scene.spans[at][1]
            in_relative = self._is_relative(scene, start)
            is_told = False  # whether a verb of the relative clause has been met
            for index, trigger in enumerate(triggers):
                is_main = is_told and self._is_of_the_main_clause(scene, start, trigger)
                if trigger.first >= start and not is_main and self._opens(scene, start, trigger, in_relative):
                    inner.add(index)
                    start = trigger.core
                    is_told = trigger.form is not Form.NOUN
        return inner

    def _is_of_the_main_clause(self, scene: Scene, start: int, trigger: Trigger) -> bool:
        """ "A bill that ratifies the pact was passed": a finite verb behind that of the relative clause, joined to it by nothing."""
        gap = scene.row.lower[start : trigger.first]
        is_finite = trigger.form in (Form.PAST, Form.THIRD) and any(
            word in scene.words.auxiliaries.be or word in scene.words.auxiliaries.have for word in gap
        )
        return is_finite and not any(word in scene.conjunctions or word in self._relatives for word in gap)

    def _is_relative(self, scene: Scene, start: int) -> bool:
        """Whether a relative clause follows: "a bill that", "the law under which"."""
        following = scene.row.lower[start : start + 2]
        return bool(following) and (following[0] in self._relatives or self._whose in following[1:])

    def _opens(self, scene: Scene, start: int, trigger: Trigger, is_relative: bool) -> bool:
        gap = scene.row.lower[start : trigger.first]
        if len(gap) > _FAR or any(word in scene.stops for word in gap):
            return False
        if not gap:
            return trigger.form is Form.GERUND
        # "a bill from the president that extends"
        is_sent = gap[0] in scene.prepositions and gap[-1] in self._relatives
        is_relative = is_relative or is_sent
        if gap[0] not in self._links and not is_relative:
            return False
        if gap[0] in self._links and gap[1:2] == [self._whose]:
            return True
        if trigger.form is Form.NOUN and not is_relative and any(word in self._waits for word in gap):
            return False
        is_passive = trigger.is_past_too and gap[-1] in scene.words.auxiliaries.be  # "the bill was read a first time"
        if trigger.form in (Form.NOUN, Form.GERUND, Form.BASE) and not is_passive:
            return is_relative or "," not in gap
        return is_relative and not self._has_free_actor(scene, start, trigger.first)

    def _has_free_actor(self, scene: Scene, start: int, end: int) -> bool:
        """Somebody acts in the relative clause: "the bill that the Duma passed" is about an act, not its content."""
        return any(
            scene.actor_at(word) is not None
            and not scene.governed(scene.at[word])
            and not scene.is_possessor(scene.at[word])
            for word in range(start, end)
        )


def _turned(outer: Trigger, before: list[Trigger]) -> list[int]:
    """Nouns in the subject of a passive that holds its meaning: "an objection to Qatar's reservation was lodged"."""
    nouns = enumerate(before) if outer.turned_at >= 0 else ()
    return [index for index, one in nouns if one.first >= outer.turned_at and one.form is Form.NOUN]


def _is_advice(scene: Scene, outer: Trigger, gap: list[str]) -> bool:
    """A committee's report or a wish ("that it be ratified"); not the news that "media reported that it was ratified"."""
    committees = any(one.agent and one.agent.kind is BodyKind.COMMITTEE for one in scene.mentions)
    return committees or outer.form is Form.NOUN or scene.words.auxiliaries.bare in gap


def _is_next(outer: Trigger, inner: Trigger) -> bool:
    return inner.form is Form.NOUN and inner.first - outer.core <= 2
