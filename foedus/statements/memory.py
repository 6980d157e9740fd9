"""What earlier sentences leave for pronouns, ellipsis and short names: who was spoken of last, what was done last."""

from __future__ import annotations

import msgspec

from foedus.statements.factuality import Verdict
from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import TreatyMention
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind, Level, Measure
from foedus.terms.agents import CHAMBERS
from foedus.terms.evidence import Factuality

_LEAVING = frozenset({Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE})


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An act read in one sentence, before times, votes and sources are attached.

    actors       who acts, all names of the list
    thing        the treaty or measure acted on, as named in the sentence
    destination  the chamber a bill goes to
    reaches      where its contents end ("voted to ratify": after "ratify"), in words
    """

    kind: Kind
    measure: Measure | None
    verdict: Verdict
    trigger: Trigger
    group: VerbGroup
    actors: tuple[Mention, ...]
    thing: Mention | None
    treaty: TreatyMention | None
    states: tuple[str, ...]
    rules: tuple[str, ...]
    is_crowd: bool = False
    destination: Mention | None = None
    reaches: tuple[int, ...] = ()

    @property
    def factuality(self) -> Factuality:
        assert self.verdict.factuality is not None
        return self.verdict.factuality


class Memory:
    """A report's short-term memory, sentence after sentence."""

    def __init__(self, main: TreatyMention | None) -> None:
        self.main = main
        self.person: Mention | None = None
        self.chamber: Mention | None = None
        self.actors: tuple[Mention, ...] = ()
        self.acts: list[Act] = []
        self.age = 0  # sentences read since the last act
        self.spoken: tuple[Trigger, VerbGroup] | None = None  # the verb of ratifying or signing spoken of last
        self.spoken_age = 0  # sentences read since then
        self.topic: Mention | None = None  # the state or organ that opened the sentence before
        self.loose_verbs: list[
            int
        ] = []  # where verbs of the sentence end that made no act, but have a time of their own
        self.measure: Measure | None = None  # what the bill spoken of last is about
        self.bill: Measure | None = None  # the same, told beside a bill in the sentence being read
        self.is_aside = False  # whether the resolution spoken of last decides nothing about the treaty
        self.is_opposed: bool | None = None  # whether the motion spoken of last is against the treaty, if on it at all

    @property
    def parties(self) -> tuple[str, ...]:
        """Both parties, where the report's treaty has exactly two."""
        return self.main.parties if self.main and len(self.main.parties) == 2 else ()

    @property
    def act(self) -> Act | None:
        return self.acts[-1] if self.acts else None

    def decided(self, states: tuple[str, ...]) -> bool:
        """Whether the report has told of a domestic decision or a ratification by one of `states` (of anyone, if empty)."""
        return any(act.kind in _DECISIONS and (not states or set(states) & set(act.states)) for act in self.acts)

    def measure_of(self, kind: Kind, told: Measure | None) -> Measure | None:
        """What a domestic act is about: what its sentence says, else what the report said of the bill before.

        A bill that takes a ratification back names the ratification too.
        """
        if kind.level is not Level.DOMESTIC:
            return told if kind is Kind.SUSPEND and told is Measure.DENUNCIATION else None
        is_plain = told in (None, Measure.RATIFICATION)
        self.measure = (self.bill if is_plain else None) or told or self.measure
        return self.measure or Measure.RATIFICATION

    def has_notice(self) -> bool:
        return any(act.kind is Kind.WITHDRAW_NOTICE and act.factuality is Factuality.HAPPENED for act in self.acts)

    @property
    def is_named(self) -> bool:
        """Whether the report's treaty has a name of its own, or one by which it is known."""
        return self.main is not None and (self.main.id is not None or any(map(str.isupper, self.main.mention)))

    def tells_of_leaving(self) -> bool:
        """Whether somebody's withdrawal was told before: "its notification" is of that."""
        return any(act.kind in _LEAVING or act.measure is Measure.DENUNCIATION for act in self.acts)

    def has_signature(self) -> bool:
        return any(act.kind is Kind.SIGN for act in self.acts)

    def told_last(self, kind: Kind) -> bool:
        """Whether an act of this kind is what this sentence or the two before it told last."""
        return bool(self.acts) and self.acts[-1].kind is kind and self.age <= 1

    def keep(self, act: Act) -> None:
        self.acts.append(act)
        self.age = 0
        self.is_aside = False
        if act.actors:
            self.actors = act.actors

    @property
    def newest(self) -> Mention | None:
        """Who opened the sentence before, where that told no act: "Norway likes it. It will ratify in June"."""
        return self.topic if self.age > 1 or not self.acts else None

    @property
    def last_state(self) -> str | None:
        """The one state of which the last act was told: "It entered into force for Tonga in May. The country ..."."""
        states = self.acts[-1].states if self.acts else ()
        return states[0] if len(states) == 1 else None

    def speak_of(self, trigger: Trigger, group: VerbGroup) -> None:
        """Keeps a verb that "do so" may take up, though it tells no act: "Under the law the pact may be ratified"."""
        if trigger.class_ in SPOKEN_KINDS and trigger.form is not Form.NOUN:
            self.spoken, self.spoken_age = (trigger, group), 0

    def hear(self, mentions: tuple[Mention, ...], row: WordRow) -> None:
        """Takes in a sentence's names once it has been read."""
        opens = bool(mentions) and mentions[0].kind in _TOPICS and row.at(mentions[0].start) <= 1
        self.topic = mentions[0] if opens else None
        self.age += 1
        self.spoken_age += 1
        self.measure, self.bill = self.bill or self.measure, None
        for mention in mentions:
            if mention.kind is MentionKind.PERSON:
                self.person = mention
            elif (
                mention.kind is MentionKind.BODY and mention.agent and mention.agent.kind in CHAMBERS and mention.states
            ):
                self.chamber = mention


_TOPICS = frozenset({MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.BODY})
SPOKEN_KINDS = {"ratify": Kind.RATIFY, "sign": Kind.SIGN, "accede": Kind.ACCEDE}
_DECISIONS = frozenset({Kind.CHAMBER_APPROVE, Kind.RATIFY, Kind.SUBMIT, Kind.COMMITTEE_RECOMMEND})
