"""What earlier sentences leave for pronouns, ellipsis and short names: who was spoken of last, what was done last."""

from __future__ import annotations

import msgspec

from foedus.statements.factuality import Verdict
from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import TreatyMention
from foedus.statements.triggers import Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind, Level, Measure
from foedus.terms.agents import CHAMBERS
from foedus.terms.evidence import Factuality


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
        self.loose_verbs: list[
            int
        ] = []  # where verbs of the sentence end that made no act, but have a time of their own
        self.measure: Measure | None = None  # what the bill spoken of last is about
        self.bill: Measure | None = None  # the same, told beside a bill in the sentence being read
        self.is_aside = False  # whether the resolution spoken of last decides nothing about the treaty

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
            return None
        is_plain = told in (None, Measure.RATIFICATION)
        self.measure = (self.bill if is_plain else None) or told or self.measure
        return self.measure or Measure.RATIFICATION

    def has_notice(self) -> bool:
        return any(act.kind is Kind.WITHDRAW_NOTICE and act.factuality is Factuality.HAPPENED for act in self.acts)

    def has_signature(self) -> bool:
        return any(act.kind is Kind.SIGN for act in self.acts)

    def keep(self, act: Act) -> None:
        self.acts.append(act)
        self.age = 0
        self.is_aside = False
        if act.actors:
            self.actors = act.actors

    def hear(self, mentions: tuple[Mention, ...]) -> None:
        """Takes in a sentence's names once it has been read."""
        self.age += 1
        self.measure, self.bill = self.bill or self.measure, None
        for mention in mentions:
            if mention.kind is MentionKind.PERSON:
                self.person = mention
            elif (
                mention.kind is MentionKind.BODY and mention.agent and mention.agent.kind in CHAMBERS and mention.states
            ):
                self.chamber = mention


_DECISIONS = frozenset({Kind.CHAMBER_APPROVE, Kind.RATIFY, Kind.SUBMIT, Kind.COMMITTEE_RECOMMEND})
