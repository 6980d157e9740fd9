"""What was said: one act, provision or claim, by whom, in which words (FollowTheMoney's statement, FactBank's factuality).

A statement is never true or false; the register says what follows from all of them.
"""

from __future__ import annotations

import hashlib

import msgspec

from foedus.terms.acts import Kind, Measure, Vote
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Factuality, Quote, Source, Stance
from foedus.terms.norms import Norm


class TreatyMention(msgspec.Struct, frozen=True, kw_only=True):
    """How a report names a treaty.

    mention   the fullest name the report gives to the treaty that this statement is about
    parties   alpha-3 codes or organisations' short names, sorted, as far as the report tells
    id        the treaty's id where the treaty series knows the name; of a state's entry into an organisation, an id made of
              both ("nato-accession-swe"); else None
    forms     the other names that the same report uses for it
    years     years that the report gives to it ("the 2000 treaty", "signed in June 2024"), sorted
    """

    mention: str
    parties: tuple[str, ...] = ()
    id: str | None = None
    forms: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


class ActMention(msgspec.Struct, frozen=True, kw_only=True, tag="act"):
    """An act as a report tells it: one a verb phrase, all its states in one list.

    kind       what happened; for a state said to "ratify", `ratify`
    measure    what a domestic act is about; None for international acts
    states     whose act it is; empty where nobody is named
    actor      the organ or person that acts, or None
    agents     everybody who acts by name, the actor first (both signatories of a signature, where named)
    timex      what the words say about when, or None
    context    the time expression that an anaphoric `timex` ("the same day") hangs on, or None
    is_report_time  the time is the report's ("... on Tuesday, the agency said"): the act is no later, and may be earlier
    date       the days that the document alone gives, or None where its own date would be needed and is not known
    tense      "past", "present", "future" of the verb phrase, or None for a noun: fixes which side of the report's day it lies
    place      "Pyongyang", or None
    stage      "first reading", ..., or None
    bill       the bill's name or number, where said
    instrument "ratification", "acceptance", "approval", "confirmation", for a deposit or an exchange
    definitive whether a signature binds by itself; of an objection, whether its author refuses the treaty between the two
    against    of an objection: whose reservation, suspension or withdrawal it is against, where that is said
    vote       the tally
    verb       the words that say so ("ratified")
    """

    kind: Kind
    measure: Measure | None = None
    states: tuple[str, ...] = ()
    actor: Agent | None = None
    agents: tuple[Agent, ...] = ()
    timex: Timex | None = None
    context: Timex | None = None
    is_report_time: bool = False
    date: DateRange | None = None
    tense: str | None = None
    place: str | None = None
    stage: str | None = None
    bill: str | None = None
    instrument: str | None = None
    definitive: bool = False
    against: tuple[str, ...] = ()
    vote: Vote | None = None
    verb: str = ""


class ProvisionMention(msgspec.Struct, frozen=True, kw_only=True, tag="provision"):
    """What a report says that a treaty provides.

    kind     "articles", "duration", "area", "mutual-assistance", "consultation", "neutrality", "nonaggression",
             "entry-into-force-clause", "withdrawal-clause", "secret-clauses", "nuclear", "third-party", "supersedes",
             "domestic-requirement", "content"
    article  as printed ("4"), or None
    value    "23", "indefinite", "trade", "on exchange of instruments"; a clause in `reference/clauses.py`'s words where it has them
    norm     the duty in evaluable form, for the kinds that are duties
    absent   the report says that the treaty does not contain it
    """

    kind: str
    article: str | None = None
    value: str = ""
    norm: Norm | None = None
    absent: bool = False


class Claim(msgspec.Struct, frozen=True, kw_only=True, tag="claim"):
    """What somebody says about the treaty or the facts around it.

    speaker  as named ("Andrey Rudenko"); the outlet itself for its own reading
    stance   what the speaker does with it
    about    a scenario predicate or topic where one fits ("troop-deployment", "nuclear-umbrella", "defensive-nature"), else None
    says     the content: the words of the clause said, verbatim
    timex    when it was said, where the words tell
    context  the expression that an anaphoric `timex` hangs on
    place    where it was said
    """

    speaker: Agent
    stance: Stance
    about: str | None = None
    says: str = ""
    timex: Timex | None = None
    context: Timex | None = None
    place: str | None = None


Content = ActMention | ProvisionMention | Claim


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said by one document.

    id          hash of document, span and kind
    document    id of the document
    treaty      which treaty it is about, as the report names it; None where the report names none
    content     the act, provision or claim
    factuality  how sure, relative to the outermost source
    sources     the chain, outermost first; empty: the document says it itself
    quote       the sentence that says it
    evidence    further places it rests on: the date's words, the vote, the antecedent of a pronoun
    rules       names of the rules that made it, in order
    by_hand     the editor who entered it, or None where it was read
    """

    id: str
    document: str
    treaty: TreatyMention | None = None
    content: Content
    factuality: Factuality = Factuality.HAPPENED
    sources: tuple[Source, ...] = ()
    quote: Quote
    evidence: tuple[Quote, ...] = ()
    rules: tuple[str, ...] = ()
    by_hand: str | None = None

    @property
    def kind(self) -> str:
        """ "act", "provision" or "claim"."""
        return str(self.content.__struct_config__.tag)


def statement_id(document: str, start: int, end: int, kind: str) -> str:
    """The id of a statement: hash of document, span of the words that make it (the verb phrase, not the whole sentence) and kind."""
    return "s_" + hashlib.sha256(f"{document}:{start}:{end}:{kind}".encode()).hexdigest()[:16]
