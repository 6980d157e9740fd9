"""Which act the words make: from trigger, actor and object to a kind (contracts: kinds of act).

"Ratified" decides nothing by itself: a row of `act_frames.toml` gives the kind from the trigger, the class of who acts
and the class of what is acted on. A chamber that "ratifies" approves; a head of state who signs a law promulgates it.
"""

from __future__ import annotations

import msgspec

from foedus.statements.bills_told import BillWords
from foedus.statements.contents import ContentWords
from foedus.statements.factuality import NominalWords
from foedus.statements.motions import MotionWords
from foedus.statements.names import Mention, MentionKind
from foedus.statements.other_matters import MatterWords
from foedus.statements.parties import UNIONS
from foedus.statements.statement import TreatyMention
from foedus.statements.triggers import Form, Trigger, TriggerWords
from foedus.statements.unreal import UnrealWords
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind, Measure
from foedus.terms.agents import BodyKind
from foedus.terms.evidence import Factuality


class FrameRow(msgspec.Struct, frozen=True):
    """One `[[frame]]`: empty lists fit anything; `kind` "none" says that the words are no act.

    besides  contents of which one must stand beside one of `contents`
    verbs    base forms: the trigger is of one of these, not of another of its class
    """

    name: str
    kind: str
    triggers: tuple[str, ...]
    actors: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()


class FrameWords(msgspec.Struct, frozen=True):
    """`act_frames.toml`."""

    trigger: tuple[TriggerWords, ...]
    frame: tuple[FrameRow, ...]
    measures: dict[str, str]
    contents: ContentWords
    nominal: NominalWords
    unreal: UnrealWords = UnrealWords()
    matters: MatterWords = MatterWords()
    stages: tuple[str, ...] = ()
    bills: BillWords = BillWords()
    motions: MotionWords = MotionWords()


class Frames:
    """The table of one language."""

    def __init__(self, words: FrameWords) -> None:
        self._rows: dict[str, list[FrameRow]] = {}
        for row in words.frame:
            for trigger in row.triggers:
                self._rows.setdefault(trigger, []).append(row)
        self._measures = {name: Measure(value) for name, value in words.measures.items()}

    def fitting(
        self, trigger: Trigger, group: VerbGroup, actor: str, thing: str, contents: list[Trigger], sure: Factuality, destination: str
    ) -> FrameRow | None:  # fmt: skip
        """The first row that fits, or None."""
        inner = {one.class_ for one in contents}
        for row in self._rows.get(trigger.class_, ()):
            if (
                (not row.verbs or any(verb.split()[0] in row.verbs for verb in trigger.words.verbs))
                and (not row.actors or actor in row.actors)
                and (not row.objects or thing in row.objects)
                and (not row.contents or inner & set(row.contents))
                and (not row.besides or inner & set(row.besides))
                and (not row.forms or set(row.forms) & _forms_of(trigger, group))
                and (not row.adverbs or set(group.adverbs) & set(row.adverbs))
                and (not row.only or sure in row.only)
                and (not row.to or destination in row.to or ("ratification" in row.to and "ratify" in inner))
            ):
                return row
        return None

    def measure(self, trigger: Trigger, contents: list[Trigger], thing: Mention | None) -> Measure | None:
        """What a domestic act is about, by its contents and its object; None where the sentence does not say."""
        classes = [*(one.class_ for one in contents), trigger.class_]
        if "revoke" in classes or ("withdraw" in classes and "ratify" in classes):
            return Measure.REVOCATION
        if "suspend" in classes and _LEAVING & set(classes):
            return Measure.DENUNCIATION
        is_whole = any(one.class_ == "ratify" for one in contents) or (
            thing is not None and thing_class(thing) == "treaty" and thing.role != "generic"
        )
        told = (self._measures[name] for name in classes if name in self._measures)
        return next(told, Measure.RATIFICATION if is_whole else None)


_LEAVING = frozenset({"withdraw", "terminate", "leave-notice"})


def _forms_of(trigger: Trigger, group: VerbGroup) -> set[str]:
    if trigger.form is Form.NOUN:
        return {"noun"}
    is_done = trigger.form in (Form.PAST, Form.PARTICIPLE) or trigger.is_past_too or "realised" in group.says
    is_past = is_done and (group.tense == "past" or "realised" in group.says)
    return {"verb", *(["past"] if is_past else ()), *(["active"] if group.voice == "active" else ())}


_ACTOR_CLASS = {
    BodyKind.PARLIAMENT: "chamber",
    BodyKind.LOWER_HOUSE: "chamber",
    BodyKind.UPPER_HOUSE: "chamber",
    BodyKind.COMMITTEE: "committee",
    BodyKind.CABINET: "cabinet",
    BodyKind.HEAD_OF_STATE: "head",
    BodyKind.HEAD_OF_GOVERNMENT: "head-of-government",
    BodyKind.FOREIGN_MINISTRY: "minister",
    BodyKind.MINISTRY: "minister",
    BodyKind.COURT: "court",
    BodyKind.REVIEW_BODY: "court",
    BodyKind.STATE: "state",
    BodyKind.ORGANISATION: "organisation",
    BodyKind.OTHER: "organisation",
    BodyKind.PEOPLE: "people",
}


def class_of(mention: Mention) -> str:
    """The class of an actor that frames go by."""
    kind = mention.agent.kind if mention.agent else BodyKind.OTHER
    known = _ACTOR_CLASS.get(kind, "person")
    if mention.kind is MentionKind.PERSON:
        return known if known in ("head", "head-of-government") else "person"
    return known


def thing_class(thing: Mention | None) -> str:
    """The class of an object that frames go by."""
    if thing is None:
        return "nothing"
    if thing.kind is MentionKind.TREATY:
        return thing.role if thing.role in ("membership", "body") else "treaty"
    return thing.role


BOTH_PARTIES = frozenset(
    {
        Kind.SIGN,
        Kind.INITIAL,
        Kind.EXCHANGE,
        Kind.ENTER_INTO_FORCE,
        Kind.TERMINATE,
        Kind.EXTEND,
        Kind.PROVISIONAL_APPLICATION,
        Kind.NEGOTIATE,
        Kind.AMEND,
    }
)
_FEW = 5
_OF_THE_TREATY = frozenset({Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.PROVISIONAL_APPLICATION})


def states_of(
    kind: Kind,
    actors: tuple[Mention, ...],
    destination: Mention | None,
    is_crowd: bool,
    treaty: TreatyMention | None,
    both: tuple[str, ...],
) -> tuple[str, ...]:
    """Whose act it is: the actors' states; both parties of a bilateral treaty for what both do; else nobody's.

    both   the parties of the report's own treaty, for another of theirs whose parties nobody names
    """
    states = {state for mention in actors if len(mention.states) == 1 for state in mention.states}
    own = treaty.parties if treaty else ()
    is_of_others = len(own) == 1 and len(both) > 1 and not set(own) <= set(both)
    parties = own if is_of_others or 2 <= len(own) <= _FEW else both if len(own) < 2 else ()
    parties = parties if all(len(one) == 3 or one in UNIONS for one in parties) else ()
    if kind in _OF_THE_TREATY:
        return tuple(sorted(states)) if states else () if is_crowd else parties
    if kind in BOTH_PARTIES and parties and not is_crowd and states <= set(parties):
        return parties
    if kind is Kind.ADOPT:
        named = [one for one in actors if one.kind is not MentionKind.ORGANISATION and class_of(one) != "organisation"]
        return tuple(sorted({state for one in named for state in one.states}))
    if kind in (Kind.SUBMIT, Kind.REFER) and not states and destination is not None:
        states = set(destination.states) if len(destination.states) == 1 else set()
    return tuple(sorted(states))
