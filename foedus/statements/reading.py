"""Reading: a document's statements, each with its quote, its chain of sources and the rules that made it.

Acts are read here (names, act frames, times, votes); provisions and claims come from their own rules over the same names.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import msgspec

from foedus.documents.document import Document
from foedus.documents.sentences import sentences
from foedus.documents.time_expressions import time_tagger
from foedus.documents.time_resolution import names_a_day
from foedus.reference.packs import Reference
from foedus.statements.act_details import ActDetails
from foedus.statements.act_outcomes import FELL_SHORT, LOOKS_AHEAD, told_ahead
from foedus.statements.grammars import grammar_of
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Discourse, MentionKind
from foedus.statements.occasions import REPORT_TIME, Occasion, Occasions
from foedus.statements.statement import ActMention, Statement, statement_id
from foedus.statements.vote_tallies import Tallies, merged
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind, Vote
from foedus.terms.dates import Anchor, Timex
from foedus.terms.evidence import Factuality, Quote


def read(document: Document, reference: Reference) -> tuple[Statement, ...]:
    """Everything a document says, in reading order: acts, provisions and claims; nothing in a language without a pack."""
    if document.language not in reference.lexicons:
        return ()
    return reader_of(reference, document.language).read(document, reference)


def discourse_of(document: Document, reference: Reference) -> Discourse:
    """The document's sentences with everything named in them, before any statement is made."""
    if document.language not in reference.lexicons:
        return Discourse(document=document, analyses=())
    return reader_of(reference, document.language).discourse(document)


class Reader:
    """All rules of one language, compiled once for a reference."""

    def __init__(self, reference: Reference, language: str) -> None:
        lexicon = reference.lexicon(language)
        self._lexicon = lexicon
        self._tagger = time_tagger(lexicon)
        self._grammar = grammar_of(reference, language)
        self._tallies = Tallies(lexicon)
        self._details = ActDetails(lexicon)
        self._occasions = Occasions(lexicon)

    def read(self, document: Document, reference: Reference) -> tuple[Statement, ...]:
        if not self._grammar.may_speak_of_treaties(document.text):
            return ()
        discourse = self.discourse(document)
        if discourse.main is None:
            return ()
        acts = self._acts(discourse, reference)
        said = (*acts, *self._grammar.besides(discourse))
        return tuple(sorted(said, key=lambda one: (one.quote.start, one.kind, one.id)))

    def discourse(self, document: Document) -> Discourse:
        parts = sentences(document, self._lexicon)
        times = [self._tagger.tag(document.text, part.start, part.end) for part in parts]
        return self._grammar.annotate(document, parts, times)

    def _acts(self, discourse: Discourse, reference: Reference) -> list[Statement]:
        """Act statements in reading order; a vote told in another sentence enriches the act it belongs to."""
        memory = Memory(discourse.main)
        made: list[Statement] = []
        last: Timex | None = None
        for analysis, row in zip(discourse.analyses, discourse.rows, strict=True):
            acts = self._grammar.acts(analysis, row, memory)
            told = []
            for index, act in enumerate(acts):
                occasion = self._occasions.of(discourse.document, analysis, row, acts, index, last, memory.loose_verbs)
                ahead = (
                    act
                    if occasion.rule == REPORT_TIME
                    else told_ahead(act, occasion.timex, discourse.document, analysis)
                )
                if ahead is not act:
                    act = acts[index] = ahead
                    occasion = self._occasions.of(
                        discourse.document, analysis, row, acts, index, last, memory.loose_verbs
                    )
                told.append((act, self._statement(discourse, analysis, row, act, occasion, reference)))
            if not acts and made and made[-1].factuality is Factuality.HAPPENED:
                made[-1] = self._dated(discourse.document, analysis, row, made[-1])
            made.extend(self._with_votes(discourse.document, analysis, told, made))
            days = (t for t in reversed(analysis.times) if names_a_day(t) and t.anchor is not Anchor.CONTEXT)
            last = next(days, last)
        return made

    def _statement(
        self, discourse: Discourse, analysis: Analysis, row: WordRow, act: Act, occasion: Occasion, reference: Reference
    ) -> Statement:  # fmt: skip
        document, sentence = discourse.document, analysis.sentence
        first, last = act.group.first, act.trigger.last
        start, end = row.starts[first], row.ends[last - 1]
        agents = tuple(dict.fromkeys(mention.agent for mention in act.actors if mention.agent))
        content = ActMention(
            kind=act.kind,
            measure=act.measure,
            states=act.states,
            actor=agents[0] if agents else None,
            agents=agents,
            timex=occasion.timex,
            context=occasion.context,
            is_report_time=occasion.rule == REPORT_TIME,
            date=occasion.date,
            tense=act.group.tense,
            place=_place(analysis, row, act, self._occasions.partners),
            verb=row.span(first, last),
            vote=None,
        )
        content = self._details.told(content, act, row)
        rules = tuple(dict.fromkeys((*act.rules, *((occasion.rule,) if occasion.rule else ()))))
        return Statement(
            id=statement_id(document.id, *_span(act, start, end), act.kind),
            document=document.id,
            treaty=act.treaty,
            content=content,
            factuality=_timed(act, occasion, document),
            sources=self._grammar.sources(discourse, analysis, start, end),
            quote=document.quote(sentence.start, sentence.end),
            rules=rules,
        )

    def _dated(self, document: Document, analysis: Analysis, row: WordRow, told: Statement) -> Statement:
        """The act told last, with the day that its decree or law is said to bear."""
        content = told.content
        if not isinstance(content, ActMention) or content.kind not in _BY_DOCUMENT or content.date is not None:
            return told
        occasion = self._occasions.of_a_document(document, analysis, row)
        if occasion.timex is None:
            return told
        evidence = document.quote(analysis.sentence.start, analysis.sentence.end)
        return msgspec.structs.replace(
            told,
            content=msgspec.structs.replace(content, timex=occasion.timex, context=None, date=occasion.date),
            evidence=(*told.evidence, evidence),
            rules=(*told.rules, occasion.rule),
        )

    def _with_votes(
        self, document: Document, analysis: Analysis, told: list[tuple[Act, Statement]], made: list[Statement]
    ) -> list[Statement]:
        """Gives the sentence's tally to its own act of voting, else to the latest one told before.

        A sentence that tells only how the deputies voted adds to the act told before it, and makes none of its own.
        """
        sentence = analysis.sentence
        new = [statement for _, statement in told]
        agenda = self._tallies.agenda(document.text, sentence.start, sentence.end)
        tally = self._tallies.find(document.text, sentence.start, sentence.end)
        if tally is None and agenda is None:
            return new
        vote = msgspec.structs.replace(tally.vote if tally else Vote(), agenda=agenda)
        rule = tally.rule if tally else "item of the agenda"
        shared = self._each_its_own(document.text, sentence.start, sentence.end, told)
        if shared:
            return shared
        own = _own_vote(told)
        earlier = _latest_vote(made)
        if vote.for_ is None and vote.against is not None and (earlier is None or _is_open(made[earlier]) is False):
            return new
        if own is None and told and tally is not None and tally.vote.for_ is None and tally.vote.against is None:
            return new
        if own is not None and not (earlier is not None and _only_tells_votes(told[own], made[earlier], made)):
            new[own] = _with_vote(new[own], vote, rule, None)
        elif earlier is not None:
            made[earlier] = _with_vote(made[earlier], vote, rule, document.quote(sentence.start, sentence.end))
            new = [statement for index, statement in enumerate(new) if index != own]
        return new

    def _each_its_own(
        self, text: str, start: int, end: int, told: list[tuple[Act, Statement]]
    ) -> list[Statement]:  # fmt: skip
        """ "In the Senate 66 voted for it, while in the lower house 115 did": each vote of a sentence with its own tally.

        Empty where not every act of voting has one.
        """
        spots = [(_begins(text, act), index) for index, (act, statement) in enumerate(told) if _may_carry(statement)]
        if len(spots) < 2:
            return []
        spots.sort()
        ends = [spot for spot, _ in spots[1:]] + [end]
        done = [statement for _, statement in told]
        for (spot, index), stop in zip(spots, ends, strict=True):
            tally = self._tallies.find(text, start if spot == spots[0][0] else spot, stop)
            if tally is None or tally.vote.for_ is None:
                return []
            done[index] = _with_vote(done[index], tally.vote, tally.rule, None)
        return done


def _begins(text: str, act: Act) -> int:
    """Where the clause of an act begins: after the comma before its body and its verb."""
    places = [one.start for one in act.actors if one.start] or [act.thing.start if act.thing else 0]
    return max(text.rfind(",", 0, min(places)), text.rfind(";", 0, min(places)), 0)


_BY_DOCUMENT = frozenset({Kind.RATIFY, Kind.PROMULGATE, Kind.GOVERNMENT_APPROVE})
_VOTED = frozenset({Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT, Kind.COMMITTEE_RECOMMEND})
_LATELY = 3


def _may_carry(statement: Statement) -> bool:
    content = statement.content
    return isinstance(content, ActMention) and content.kind in _VOTED and statement.factuality is Factuality.HAPPENED


def _is_open(statement: Statement) -> bool:
    """Whether the votes for are counted and those against are not yet."""
    vote = statement.content.vote if isinstance(statement.content, ActMention) else None
    return vote is not None and vote.for_ is not None and vote.against is None


def _own_vote(told: list[tuple[Act, Statement]]) -> int | None:
    return next((index for index, (_, statement) in enumerate(told) if _may_carry(statement)), None)


def _latest_vote(made: list[Statement]) -> int | None:
    return next((index for index in range(len(made) - 1, -1, -1) if _may_carry(made[index])), None)


def _only_tells_votes(told: tuple[Act, Statement], earlier: Statement, made: list[Statement]) -> bool:
    """ "All 397 deputies present voted in favor": voters of the body just told, and nothing new voted on."""
    act, statement = told
    content, before = statement.content, earlier.content
    assert isinstance(content, ActMention) and isinstance(before, ActMention)
    is_late = earlier in made[-_LATELY:]
    is_generic = bool(content.actor) and content.actor is not None and content.actor.body is None
    return is_late and is_generic and act.thing is None and not act.reaches and content.states == before.states


def _with_vote(statement: Statement, vote: Vote, rule: str, evidence: Quote | None) -> Statement:
    content = statement.content
    assert isinstance(content, ActMention)
    is_lost = content.kind is Kind.CHAMBER_REJECT and FELL_SHORT not in statement.rules
    if is_lost and (vote.for_ or 0) > (vote.against or 0) and vote.against is not None:
        vote = msgspec.structs.replace(vote, for_=vote.against, against=vote.for_)
    whole = merged(content.vote, vote)
    return msgspec.structs.replace(
        statement,
        content=msgspec.structs.replace(content, vote=whole),
        evidence=(*statement.evidence, evidence) if evidence else statement.evidence,
        rules=(*statement.rules, rule),
    )


def _span(act: Act, start: int, end: int) -> tuple[int, int]:
    """The words that make the statement: the verb phrase, and the organ where a list of organs acts one by one."""
    if act.kind.level != "D" or len(act.actors) != 1:
        return start, end
    return min(start, act.actors[0].start), max(end, act.actors[0].end)


def _timed(act: Act, occasion: Occasion, document: Document) -> Factuality:
    """A present that looks ahead ("the treaty takes effect on 4 December") looks back once its day is over."""
    stated = document.stated
    if act.verdict.rule == LOOKS_AHEAD and occasion.date and stated and occasion.date.latest < stated.on.earliest:
        return Factuality.HAPPENED
    return act.factuality


def _place(analysis: Analysis, row: WordRow, act: Act, partners: frozenset[str]) -> str | None:
    """The city an international act is said to have been done in; not one that stands for a state ("with Ankara")."""
    if act.kind not in (Kind.SIGN, Kind.EXCHANGE, Kind.DEPOSIT, Kind.ADOPT):
        return None
    cities = [
        mention for mention in analysis.mentions if mention.kind is MentionKind.STATE and mention.role == "capital"
    ]
    free = [
        city for city in cities if city not in act.actors and row.lower[max(0, row.at(city.start) - 1)] not in partners
    ]
    return free[0].text if free else None


_readers: WeakKeyDictionary[Reference, dict[str, Reader]] = WeakKeyDictionary()


def reader_of(reference: Reference, language: str) -> Reader:
    """The compiled rules for a reference and a language; kept as long as the reference lives."""
    known = _readers.setdefault(reference, {})
    if language not in known:
        known[language] = Reader(reference, language)
    return known[language]
