"""Reading: a document's statements, each with its quote, its chain of sources and the rules that made it.

Acts are read here (names, act frames, times, votes); provisions and claims come from their own rules over the same names.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import msgspec

from foedus.documents.document import Document
from foedus.documents.sentences import sentences
from foedus.documents.time_expressions import time_tagger
from foedus.reference.packs import Reference
from foedus.statements.accessions import as_told
from foedus.statements.act_details import ActDetails
from foedus.statements.act_outcomes import FELL_SHORT, LOOKS_AHEAD, told_ahead, with_its_event
from foedus.statements.gapping import RULE as GAPPED
from foedus.statements.grammars import grammar_of
from foedus.statements.joined_treaties import RULE as ON_EACH
from foedus.statements.joined_treaties import is_joined
from foedus.statements.memory import Act, Memory
from foedus.statements.motions import FELL
from foedus.statements.names import Analysis, Discourse, MentionKind
from foedus.statements.narrated_days import heading
from foedus.statements.occasions import BY_VOTE, SAID_ON, Occasions
from foedus.statements.statement import ActMention, Statement, statement_id
from foedus.statements.times_told import REPORT_TIME, Occasion, TimesTold
from foedus.statements.told_days import ToldDays
from foedus.statements.vote_tallies import Tallies, Tally, merged
from foedus.statements.votes_told import VotesTold, Waiting
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind, Vote
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
        self._votes_told = VotesTold(lexicon)
        self._details = ActDetails(lexicon)
        self._occasions = Occasions(lexicon)
        self._told_days = ToldDays(lexicon)

    def read(self, document: Document, reference: Reference) -> tuple[Statement, ...]:
        if not self._grammar.may_speak_of_treaties(document.text):
            return ()
        discourse = self.discourse(document)
        if discourse.main is None:
            return ()
        acts = self._acts(discourse, reference)
        if acts and not discourse.is_about_a_treaty:  # "signed a treaty of friendship": it is about that one
            discourse = msgspec.structs.replace(discourse, treaties=(discourse.main,))
        said = (*acts, *self._grammar.besides(discourse))
        return tuple(sorted(map(as_told, said), key=lambda one: (one.quote.start, one.kind, one.id)))

    def discourse(self, document: Document) -> Discourse:
        parts = sentences(document, self._lexicon)
        return self._grammar.annotate(document, parts, lambda one: self._tagger.tag(document.text, one.start, one.end))

    def _acts(self, discourse: Discourse, reference: Reference) -> list[Statement]:
        """Act statements in reading order; a vote told in another sentence enriches the act it belongs to."""
        memory = Memory(discourse.main)
        made: list[Statement] = []
        waiting = Waiting()
        times = TimesTold(time for analysis in discourse.analyses for time in analysis.times)
        for analysis, row in zip(discourse.analyses, discourse.rows, strict=True):
            acts = self._grammar.acts(analysis, row, memory)
            times.heading = (
                heading(discourse.document.text, analysis.sentence.start, analysis.sentence.end) or times.heading
            )
            told, dated = [], []
            for index in range(len(acts)):
                act, occasion = self._timed(discourse.document, analysis, row, acts, index, times, memory)
                dated.append((act, occasion))
                told.append((act, self._statement(discourse, analysis, row, act, occasion, reference)))
            self._date_the_last(discourse.document, analysis, row, made, {act.kind for act in acts})
            made.extend(self._with_votes(discourse, analysis, row, told, made, memory, waiting))
            times.hear(analysis.times, dated)
        return made

    def _timed(
        self, document: Document, analysis: Analysis, row: WordRow, acts: list[Act], index: int, times: TimesTold, memory: Memory
    ) -> tuple[Act, Occasion]:  # fmt: skip
        """The act at `index` with its time: ahead where that lies ahead, and done where it is the day of what was done."""

        def occasion_now() -> Occasion:
            return self._occasions.of(document, analysis, row, acts, index, times, memory.loose_verbs)

        act, occasion = acts[index], occasion_now()
        if occasion.rule not in (REPORT_TIME, SAID_ON):
            acts[index] = told_ahead(act, occasion.timex, document, analysis)
        if acts[index] is not act:
            return acts[index], occasion_now()
        done = with_its_event(act, occasion.timex)
        if done is not act:
            acts[index], stated = done, document.stated
            counted = occasion_now()
            if counted.date and stated and counted.date.latest <= stated.on.latest:
                return done, counted
            acts[index] = act
        return act, occasion

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
        content = self._details.told(content, act, row, analysis.mentions)
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

    def _date_the_last(
        self, document: Document, analysis: Analysis, row: WordRow, made: list[Statement], told: set[Kind]
    ) -> None:
        """Gives the latest act without a day the one that this sentence tells of it.

        told   what the sentence tells itself, for which its times are
        """
        for at in range(len(made) - 1, max(-1, len(made) - 1 - _LATELY), -1):
            content = made[at].content
            if not isinstance(content, ActMention) or content.kind in told or not _is_undated(made[at]):
                continue
            occasion = self._told_days.of(document, analysis, row, content.kind)
            if occasion is not None:
                made[at] = _with_day(made[at], occasion, document.quote(analysis.sentence.start, analysis.sentence.end))
                return

    def _with_votes(
        self,
        discourse: Discourse,
        analysis: Analysis,
        row: WordRow,
        told: list[tuple[Act, Statement]],
        made: list[Statement],
        memory: Memory,
        waiting: Waiting,
    ) -> list[Statement]:
        """Gives the sentence's tally to its own act of voting, else to the latest one told before, else an act of its own.

        A sentence that tells only how the deputies voted adds to the act told before it, and makes none of its own.
        """
        document, sentence = discourse.document, analysis.sentence
        new = [statement for _, statement in told]
        agenda = self._tallies.agenda(document.text, sentence.start, sentence.end)
        tally = self._tallies.find(document.text, sentence.start, sentence.end)
        if tally is None and agenda is None:
            return _with_vote_before(document.text, new, told, waiting)
        vote = msgspec.structs.replace(tally.vote if tally else Vote(), agenda=agenda)
        rule = tally.rule if tally else "item of the agenda"
        shared = self._each_its_own(document.text, sentence.start, sentence.end, told)
        if shared:
            return shared
        own = _own_vote(document.text, told, tally)
        earlier = _latest_vote(made)
        if vote.for_ is None and vote.against is not None and (earlier is None or _is_open(made[earlier]) is False):
            return new
        if own is None and told and tally is not None and tally.vote.for_ is None and tally.vote.against is None:
            return new
        if own is not None and not (earlier is not None and _only_tells_votes(told[own], made[earlier], made)):
            joined = (at for at, (act, _) in enumerate(told) if at == own or is_joined(act, told[own][0]))
            for at in joined:
                new[at] = _with_vote(new[at], vote, rule, None)
        elif (
            earlier is not None and not _is_of_another(analysis, made[earlier]) and not _is_another(made[earlier], vote)
        ):
            made[earlier] = _with_vote(made[earlier], vote, rule, document.quote(sentence.start, sentence.end))
            if own is not None:
                made[earlier] = _with_day_of(made[earlier], new[own])
            elif not told and _is_undated(made[earlier]):
                made[earlier] = self._with_day_of_vote(document, analysis, row, made[earlier])
            new = [statement for index, statement in enumerate(new) if index != own]
        elif own is None and tally is not None and not any(_is_of_voting(one) for one in new):
            new.extend(self._told_by_numbers(discourse, analysis, row, tally, memory, waiting))
        return new

    def _told_by_numbers(
        self, discourse: Discourse, analysis: Analysis, row: WordRow, tally: Tally, memory: Memory, waiting: Waiting
    ) -> list[Statement]:  # fmt: skip
        """The act that a sentence tells by its tally alone; a tally that names nothing waits for the sentence after it."""
        document = discourse.document
        occasion = self._occasions.of_a_vote(document, analysis, row)
        sources = self._grammar.sources(discourse, analysis, tally.start, tally.end)
        at = discourse.analyses.index(analysis)
        before = discourse.analyses[at - 1] if at else None
        voted = self._votes_told.of(document, analysis, tally, memory, occasion, sources, before)
        if voted is None:
            waiting.tally = tally
            waiting.quote = document.quote(analysis.sentence.start, analysis.sentence.end)
        return [voted] if voted else []

    def _with_day_of_vote(self, document: Document, analysis: Analysis, row: WordRow, voted: Statement) -> Statement:
        """The sentence that tells how an act was voted on, and no act, tells its day too."""
        occasion = self._occasions.of_a_vote(document, analysis, row)
        quote = document.quote(analysis.sentence.start, analysis.sentence.end)
        return _with_day(voted, occasion, quote) if occasion else voted

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
    """Where the clause of an act begins: after the comma before its body and its verb; with its body where the verb is left out."""
    places = [one.start for one in act.actors if one.start] or [act.thing.start if act.thing else 0]
    if GAPPED in act.rules:
        return min(places)
    return max(text.rfind(",", 0, min(places)), text.rfind(";", 0, min(places)), 0)


_VOTED = frozenset({Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT, Kind.COMMITTEE_RECOMMEND, Kind.ADOPT})
_LATELY = 3


def _may_carry(statement: Statement) -> bool:
    content = statement.content
    is_decided = statement.factuality is Factuality.HAPPENED or FELL in statement.rules
    return isinstance(content, ActMention) and content.kind in _VOTED and is_decided


def _is_of_voting(statement: Statement) -> bool:
    return isinstance(statement.content, ActMention) and statement.content.kind in _VOTED


def _is_another(statement: Statement, vote: Vote) -> bool:
    """Whether both sides of its vote are counted, and otherwise than in `vote`."""
    before = statement.content.vote if isinstance(statement.content, ActMention) else None
    if before is None or None in (before.for_, before.against, vote.for_, vote.against):
        return False
    return {before.for_, before.against} != {vote.for_, vote.against}


def _with_vote_before(
    text: str, new: list[Statement], told: list[tuple[Act, Statement]], waiting: Waiting
) -> list[Statement]:  # fmt: skip
    """The tally that waits goes to the act of voting told after it, and waits for no other."""
    tally, quote = waiting.tally, waiting.quote
    waiting.tally = None
    own = _own_vote(text, told, None)
    if tally is not None and own is not None:
        new[own] = _with_vote(new[own], tally.vote, tally.rule, quote)
    return new


def _is_open(statement: Statement) -> bool:
    """Whether the votes for are counted and those against are not yet."""
    vote = statement.content.vote if isinstance(statement.content, ActMention) else None
    return vote is not None and vote.for_ is not None and vote.against is None


def _own_vote(text: str, told: list[tuple[Act, Statement]], tally: Tally | None) -> int | None:
    """The act of voting that stands last before the tally, else the first of the sentence."""
    votes = [
        index
        for index, (act, statement) in enumerate(told)
        if _may_carry(statement) or _was_lost(act, statement, tally)
    ]
    before = [index for index in votes if tally is not None and _begins(text, told[index][0]) <= tally.start]
    nearest = max(before, key=lambda index: _begins(text, told[index][0]), default=None)
    return nearest if nearest is not None else votes[0] if votes else None


def _was_lost(act: Act, statement: Statement, tally: Tally | None) -> bool:
    """ "The pact failed in the House: 81 opposed it and 59 were in favour": the approval that was denied was voted on."""
    if tally is None or act.kind is not Kind.CHAMBER_APPROVE or act.group.tense != "past":
        return False
    is_fewer = None not in (tally.vote.for_, tally.vote.against) and (tally.vote.for_ or 0) < (tally.vote.against or 0)
    return is_fewer and statement.factuality is Factuality.DENIED


def _is_of_another(analysis: Analysis, statement: Statement) -> bool:
    """Whether the sentence names chambers or states, and none of those that the vote told before is of."""
    content = statement.content
    assert isinstance(content, ActMention)
    named = [
        one.states for one in analysis.mentions if one.kind in (MentionKind.STATE, MentionKind.BODY) and one.states
    ]
    return bool(named) and bool(content.states) and not any(set(states) & set(content.states) for states in named)


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


def _is_undated(statement: Statement) -> bool:
    """Whether it tells an act that happened, and no time of it."""
    content = statement.content
    has_none = isinstance(content, ActMention) and (content.timex is None or content.is_report_time)
    return has_none and statement.factuality is Factuality.HAPPENED


def _with_day_of(earlier: Statement, later: Statement) -> Statement:
    """An act told without a day has that of the sentence that tells its vote."""
    content = later.content
    assert isinstance(content, ActMention)
    if not _is_undated(earlier) or content.timex is None or content.is_report_time:
        return earlier
    occasion = Occasion(timex=content.timex, context=content.context, date=content.date, rule=BY_VOTE)
    return _with_day(earlier, occasion, later.quote)


def _with_day(statement: Statement, occasion: Occasion, evidence: Quote) -> Statement:
    content = statement.content
    assert isinstance(content, ActMention)
    return msgspec.structs.replace(
        statement,
        content=msgspec.structs.replace(
            content, timex=occasion.timex, context=occasion.context, date=occasion.date, is_report_time=False
        ),
        evidence=(*statement.evidence, evidence),
        rules=(*statement.rules, occasion.rule),
    )


def _with_vote(statement: Statement, vote: Vote, rule: str, evidence: Quote | None) -> Statement:
    content = statement.content
    assert isinstance(content, ActMention)
    is_rejected = content.kind is Kind.CHAMBER_REJECT and FELL_SHORT not in statement.rules
    if is_rejected and vote.for_ is not None and vote.against is not None:
        fewer, more = sorted((vote.for_, vote.against))
        is_kept = FELL in statement.rules
        vote = msgspec.structs.replace(vote, for_=more if is_kept else fewer, against=fewer if is_kept else more)
    whole = merged(content.vote, vote)
    return msgspec.structs.replace(
        statement,
        content=msgspec.structs.replace(content, vote=whole),
        evidence=(*statement.evidence, evidence) if evidence else statement.evidence,
        rules=(*statement.rules, rule),
    )


def _span(act: Act, start: int, end: int) -> tuple[int, int]:
    """The words that make the statement: the verb phrase, and the organ or treaty where a list of them is told one by one."""
    if ON_EACH in act.rules and act.thing is not None:
        start, end = min(start, act.thing.start), max(end, act.thing.end)
    if act.kind.level != "D" or len(act.actors) != 1:
        return start, end
    return min(start, act.actors[0].start), max(end, act.actors[0].end)


def _timed(act: Act, occasion: Occasion, document: Document) -> Factuality:
    """A present that looks ahead ("the treaty takes effect on 4 December") looks back once its day is over."""
    stated = document.stated
    if act.verdict.rule != LOOKS_AHEAD or occasion.date is None or stated is None:
        return act.factuality
    is_today = act.trigger.class_ == "force" and occasion.date.latest == stated.on.earliest
    if is_today or occasion.date.latest < stated.on.earliest:
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
