"""A vote that a report tells by its numbers alone: "The bill was carried by 92 to 58", "Nays 61, yeas 33".

Where a sentence counts the votes and no verb of it is read as the act of voting, the numbers say what was done: a chamber
approved or rejected what the report is about.
"""

from __future__ import annotations

import re

import msgspec

from foedus.documents.document import Document
from foedus.reference.lexicons import Lexicon
from foedus.statements.act_frames import class_of
from foedus.statements.memory import Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.statement import ActMention, Statement, TreatyMention, statement_id
from foedus.statements.times_told import Occasion
from foedus.statements.vote_tallies import Tally, VoteWords
from foedus.statements.word_rows import alternation
from foedus.terms.acts import Kind, Measure, Vote, VoteOn
from foedus.terms.evidence import Quote, Source

TOLD_BY_NUMBERS = "a vote told by its numbers"
_BILL = "bill"
_CHAMBERS = {"chamber": (Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT), "committee": (Kind.COMMITTEE_RECOMMEND, None)}


class VotesTold:
    """The words of one language that tell a vote which is still to come."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("votes", VoteWords)
        self._ahead = re.compile(rf"\b(?:{alternation(words.ahead)})\b", re.IGNORECASE)
        self._other = re.compile(rf"\s*,?\s*(?:{alternation(words.other)})\s", re.IGNORECASE)
        self._known = re.compile(rf"\b(?:{alternation(words.known)})\s+$", re.IGNORECASE)

    def of(
        self,
        document: Document,
        analysis: Analysis,
        tally: Tally,
        memory: Memory,
        occasion: Occasion | None,
        sources: tuple[Source, ...],
        before: Analysis | None,
    ) -> Statement | None:
        """The act of the chamber; None where nothing says what was voted on, or by whom, or that it was.

        occasion   the day of the vote, where the sentence tells it
        before     the sentence before it, which may name what was voted on
        """
        sentence, vote = analysis.sentence, tally.vote
        text = document.text
        is_ahead = self._ahead.search(text, sentence.start, tally.start)
        is_day = any(time.start <= tally.start < time.end for time in analysis.times)
        body, matter = _body(analysis, tally), self._matter(text, analysis)
        before_it = self._matter(text, before) if before and not self._other.match(text, tally.end) else None
        if vote.on is not VoteOn.MEASURE or is_ahead or is_day or not _is_whole(vote, body, matter, before_it):
            return None
        approve, reject = _CHAMBERS[class_of(body)] if body else _CHAMBERS["chamber"]
        kind = reject if (vote.against or 0) > (vote.for_ or 0) else approve
        if kind is None or memory.main is None:
            return None
        states = body.states if body and len(body.states) == 1 else ()
        agent = body.agent if body else None
        content = ActMention(
            kind=kind,
            measure=memory.measure or Measure.RATIFICATION,
            states=states or (memory.chamber.states if memory.chamber else ()),
            actor=agent,
            agents=(agent,) if agent else (),
            timex=occasion.timex if occasion else None,
            date=occasion.date if occasion else None,
            tense="past",
            verb=document.text[tally.start : tally.end],
            vote=vote,
        )
        return Statement(
            id=statement_id(document.id, tally.start, tally.end, kind),
            document=document.id,
            treaty=_treaty(matter, memory.main),
            content=content,
            sources=sources,
            quote=document.quote(sentence.start, sentence.end),
            rules=(TOLD_BY_NUMBERS, tally.rule, *((occasion.rule,) if occasion and occasion.rule else ())),
        )

    def _matter(self, text: str, analysis: Analysis) -> Mention | None:
        """The treaty that the sentence names, else a bill that is known already: "the bill", not "a bill to fund roads"."""
        treaty = next((one for one in analysis.mentions if one.kind is MentionKind.TREATY), None)
        bills = (one for one in analysis.mentions if one.kind is MentionKind.MEASURE and one.role == _BILL)
        begin = analysis.sentence.start
        return treaty or next((one for one in bills if self._known.search(text[begin : one.start])), None)


def _is_whole(vote: Vote, body: Mention | None, matter: Mention | None, before: Mention | None) -> bool:
    """Whether enough is told beside the vote: the fewer the numbers, the more names it takes.

    before   what the sentence before it names to vote on
    """
    if vote.for_ is None:
        return bool(vote.unanimous and body and matter)
    return matter is not None or (vote.against is not None and before is not None)


def _body(analysis: Analysis, tally: Tally) -> Mention | None:
    """The chamber or committee that the sentence names; without a name, the voters who stand nearest to their numbers."""
    bodies = [one for one in analysis.mentions if one.kind is MentionKind.BODY and class_of(one) in _CHAMBERS]
    named = [one for one in bodies if one.role == "name"]
    return min(named or bodies, key=lambda one: abs(one.start - tally.start), default=None)


def _treaty(matter: Mention | None, main: TreatyMention) -> TreatyMention:
    return matter.treaty if matter and matter.treaty else main


class Waiting(msgspec.Struct):
    """A tally told before its act: "48 in favour, 47 against. With that the chamber passed it".

    tally, quote   of the last sentence that counted votes and named nothing; None once another has been read
    """

    tally: Tally | None = None
    quote: Quote | None = None
