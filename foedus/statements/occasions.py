"""When an act was: which time expression of its sentence is the act's, and which day that is.

The nearest expression in the act's own clause is its time. The day of the report ("TASS said on Friday") is not, save where
a sentence has no other: then it is kept as weak evidence under the rule "time of the report". Days that hang on another
act ("a day after the vote") are counted in `event_days.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import dropwhile

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day
from foedus.reference.lexicons import Lexicon
from foedus.statements.act_outcomes import BY_NOW
from foedus.statements.asides import Asides
from foedus.statements.event_days import EventDays
from foedus.statements.memory import Act
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.narrated_days import NarratedDays
from foedus.statements.occasion_words import OccasionWords, TreatyNouns
from foedus.statements.other_times import OtherTimes
from foedus.statements.times_told import REPORT_TIME, Occasion, TimesTold
from foedus.statements.triggers import Form
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.dates import SINCE, Anchor, Direction, Timex
from foedus.terms.evidence import Factuality

BY_NAME = "the time in the treaty's name"
BY_VOTE = "the day of the vote told later"
BY_ANNOUNCING = "announcing is doing"
SAID_ON = "today, on the day of saying it"


class Occasions:
    """The words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("occasions", OccasionWords)
        self._reporting = frozenset(words.reporting)
        self._published = frozenset(words.published)
        self._by = frozenset(words.by)
        self._then = frozenset(words.then)
        self.partners = frozenset(words.partners)
        self._conjunctions = frozenset(words.conjunctions)
        self._breaks = frozenset(words.breaks)
        self._relatives = frozenset(words.relatives)
        self._asides = Asides(set(words.relatives) - {words.that})
        self._infinitive = words.infinitive
        self._announcing = frozenset(words.announcing)
        self._leading = frozenset(words.leading)
        self._that = words.that
        self._others = OtherTimes(words, lexicon.section("treaties", TreatyNouns))
        self._event_days = EventDays(words.events, self._breaks)
        self._narrated = NarratedDays(words.after, self._breaks, words.conjunctions)
        self._relative = self._breaks - {",", *words.conjunctions, *words.plain}

    def of(
        self, document: Document, analysis: Analysis, row: WordRow, acts: Sequence[Act], index: int, told: TimesTold, loose: Sequence[int] = ()
    ) -> Occasion:  # fmt: skip
        """The time of `acts[index]`; `told` is what earlier sentences said of time, for "the same day".

        loose   where verbs end that made no act: what stands right after one is its time and no act's
        """
        act = acts[index]
        chosen, rule = self._chosen(analysis, row, acts, index, loose)
        said = self._said_on(analysis, row, chosen)
        chosen, rule = (said, SAID_ON) if said is not None else (chosen, rule)
        if (chosen is None or chosen.anchor is Anchor.EVENT) and any(t.anchor is Anchor.EVENT for t in analysis.times):
            plain = [(one, self._plain(document, analysis, row, acts, n, loose)) for n, one in enumerate(acts)]
            found = self._event_days.of(document, analysis, row, plain, index, chosen, told)
            if found is not None:
                return found
        if chosen is None:
            return Occasion()
        is_since = act.verdict.rule == BY_NOW and chosen.bound == SINCE
        tense = "past" if rule in (BY_ANNOUNCING, SAID_ON) or is_since else _tense_of(act)
        settled = self._narrated.settled(chosen, document, analysis, row, act, told)
        if settled is not None:
            chosen = settled[0]
        is_anaphor = chosen.anchor is Anchor.CONTEXT and settled is None
        context = told.antecedent(chosen, analysis.times, document, _tense_of(act)) if is_anaphor else None
        context = settled[1] if settled else context
        days = alone(context, document, None, _tense_of(act)) if context else None
        hangs = is_anaphor and chosen.unit == "day" and context is None  # "on the same day", of which nothing tells
        is_open = hangs or rule == REPORT_TIME or _is_vague(chosen)
        date = alone(_whole(chosen), document, days, tense) if not is_open else None
        if settled is not None and date is not None:
            told.settle(chosen, date)
        if date is None and rule != REPORT_TIME and document.stated is None:
            date = told.in_a_year_named(chosen)
        return Occasion(timex=chosen, context=context, date=date, rule=rule)

    def _said_on(self, analysis: Analysis, row: WordRow, chosen: Timex | None) -> Timex | None:
        """ "Today we sign it," he said on Tuesday: what a quotation calls today is the day on which it was said."""
        is_today = chosen is not None and chosen.unit == "day" and chosen.offset == 0
        if chosen is None or not is_today or chosen.anchor is not Anchor.DOCUMENT or not _is_quoted(row, chosen):
            return None
        said = (one for one in self._usable(analysis) if names_a_day(one) and not _is_quoted(row, one))
        return next((one for one in said if self._is_report_time(row, one, ())), None)

    def _plain(
        self, document: Document, analysis: Analysis, row: WordRow, acts: Sequence[Act], index: int, loose: Sequence[int]
    ) -> Occasion:  # fmt: skip
        """The time of an act by its own words alone."""
        chosen, rule = self._chosen(analysis, row, acts, index, loose)
        if chosen is None or chosen.anchor in (Anchor.CONTEXT, Anchor.EVENT) or rule == REPORT_TIME:
            return Occasion()
        return Occasion(timex=chosen, date=alone(chosen, document, None, _tense_of(acts[index])), rule=rule)

    def _chosen(
        self, analysis: Analysis, row: WordRow, acts: Sequence[Act], index: int, loose: Sequence[int]
    ) -> tuple[Timex | None, str]:
        """The expression that is the act's, and by which rule."""
        if not analysis.times:
            return None, ""
        act = acts[index]
        times = [
            time
            for time in self._usable(analysis)
            if not self._others.is_one(row, time, act)
            and not self._is_dateline(row, time, acts)
            and not _is_taken(row.at(time.start), loose, acts)
        ]
        verbs = {word for one in acts for word in range(one.trigger.first, one.trigger.last)}
        own = [time for time in times if not self._is_report_time(row, time, verbs)]
        own = self._event_days.outside(row, own, acts, act)
        chosen = self._nearest(row, own, acts, index) or self._of_the_main_clause(row, own, acts, index)
        if chosen is not None:
            chosen = self._asides.comes_to(row, chosen, own) or chosen
            near = [time for time in own if not self._asides.shut_off(row, time, act, own)]
            return _more_exact(chosen, near, row), "the time in the act's clause"
        announced = [time for time in self._usable(analysis) if self._announces(row, time, act)]
        if announced:
            return announced[0], BY_ANNOUNCING
        reported = [time for time in times if time not in own] if index == 0 else []
        if reported:
            return reported[0], REPORT_TIME
        named = self._of_its_name(analysis, row, act)
        return (named, BY_NAME) if named else (None, "")

    def _of_its_name(self, analysis: Analysis, row: WordRow, act: Act) -> Timex | None:
        """ "the 1959 agreement, signed in Cairo", "signed the treaty of 3 May 1999": a treaty is named after its signature."""
        if act.kind is not Kind.SIGN or act.factuality is not Factuality.HAPPENED:
            return None
        thing = act.thing if act.thing and act.thing.end <= row.starts[act.group.first] else None
        inside = (one for one in analysis.times if thing and thing.start <= one.start < thing.end)
        return next(inside, None) or next((one for one in analysis.times if self._others.is_of_a_name(row, one)), None)

    def of_a_vote(self, document: Document, analysis: Analysis, row: WordRow) -> Occasion | None:
        """The day of a sentence that tells only how an act told before was voted on; None where it names none or several."""
        times = [
            time
            for time in self._usable(analysis)
            if names_a_day(time) and not self._is_dateline(row, time) and not self._is_report_time(row, time, ())
        ]
        if len(times) != 1 or times[0].anchor in (Anchor.CONTEXT, Anchor.EVENT):
            return None
        return Occasion(timex=times[0], date=alone(times[0], document, None, "past"), rule=BY_VOTE)

    def _usable(self, analysis: Analysis) -> list[Timex]:
        treaties = [mention for mention in analysis.mentions if mention.kind is MentionKind.TREATY]
        return [
            time
            for time in analysis.times
            if time.type in ("DATE", "TIME") and not any(one.start <= time.start < one.end for one in treaties)
        ]

    def _is_dateline(self, row: WordRow, time: Timex, acts: Sequence[Act] = ()) -> bool:
        """ "MOSCOW, Nov 10 (Wire) -", "(Wire - 17th March, 2023)": the day of writing; not "on 30 IV 2004 (30.04.2004)".

        acts   those of the sentence: what a bracket tells of one is no dateline ("Niger (ratified 12 June 2023)")
        """
        at, end = row.at(time.start), row.at(time.end)
        is_again = end + 1 < len(row) and row.lower[end + 1][0].isdigit()
        is_told = any(one.trigger.first < at for one in acts)
        is_before_bracket = end < len(row) and row.lower[end] == "(" and end <= 12 and not is_again and not is_told
        is_bare = at > _PLACE and row.lower[at - 1] == "("
        is_in_bracket = "(" in row.lower[max(0, at - 5) : at] and end < len(row) and ")" in row.lower[end : end + 2]
        is_in_bracket = is_in_bracket and not is_bare and not any(at - 5 <= one.trigger.first < at for one in acts)
        return is_before_bracket or (is_in_bracket and at <= 12)

    def _is_report_time(self, row: WordRow, time: Timex, verbs: Collection[int]) -> bool:
        """Whether the words right before or after are of reporting or publishing: "said on Friday", "published on Saturday".

        verbs   words that tell an act of the sentence: "the committee reported it on Friday"
        """
        at, end = row.at(time.start), row.at(time.end)
        before = [
            "" if word in verbs or self._is_infinitive(row, word) else row.lower[word]
            for word in range(max(0, at - 4), at)
        ]
        after = row.lower[end : end + 3]
        if any(word in self._reporting or word in self._published for word in before if word not in self._breaks):
            return not any(word in self._breaks for word in before[_last(before, self._reporting | self._published) :])
        return bool(after) and after[0] in self._reporting and end not in verbs

    def _is_infinitive(self, row: WordRow, word: int) -> bool:
        """ "that is to say": nobody's telling."""
        return word > 0 and row.lower[word - 1] == self._infinitive

    def _nearest(self, row: WordRow, times: list[Timex], acts: Sequence[Act], index: int) -> Timex | None:
        """The time that stands nearest to the act, among those that stand nearer to no other act of the sentence."""
        act = acts[index]
        best: tuple[int, Timex] | None = None
        for time in times:
            if _words_between(row, time, act) > _FAR:
                continue
            if self._event_days.opens(row, time, acts) is act or self._others.is_elsewhere(row, time, act):
                continue
            if self._asides.shut_off(row, time, act, times):
                continue
            cost = self._cost(row, time, act)
            if cost > _FAR or (best is not None and cost >= best[0]):
                continue
            near = (one for one in acts if _words_between(row, time, one) <= cost)
            open_to = [one for one in near if not self._asides.shut_off(row, time, one, times)]
            owner = min(open_to, key=lambda one: self._cost(row, time, one))
            if (
                owner is act
                or _joined(owner, act)
                or self._brings_about(row, owner, act)
                or self._in_its_clause(row, time, act, acts)
            ):
                best = (cost, time)
        return best[1] if best else None

    def _brings_about(self, row: WordRow, owner: Act, act: Act) -> bool:
        """ "brought into force by an exchange of notes in May": both were then."""
        between = row.lower[act.trigger.last : owner.trigger.first]
        is_noun = owner.trigger.form is Form.NOUN and act.kind in _BROUGHT_ABOUT
        return is_noun and 0 < len(between) <= _NEAR and between[0] in self._by

    def _of_the_main_clause(self, row: WordRow, times: list[Timex], acts: Sequence[Act], index: int) -> Timex | None:
        """ "joined on Friday, when its instrument was deposited": the clause tells what happened at the time before it."""
        act = acts[index]
        opener = next((word for word in range(act.group.first - 1, 0, -1) if row.lower[word] in self._then), 0)
        if (
            not opener
            or row.lower[opener - 1] != ","
            or any(opener < one.trigger.first < act.group.first for one in acts)
        ):
            return None
        before = [time for time in times if time.end <= row.starts[opener] and time.anchor is not Anchor.EVENT]
        if not before or before[-1] is not (times[-1] if row.at(times[-1].start) < act.trigger.last else before[-1]):
            return None
        between = row.lower[row.at(before[-1].end) : opener]
        return None if self._relative & set(between) else before[-1]

    def _announces(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "announced on Monday that it is leaving": who says that he leaves gives the day; not "confirmed that it has left"."""
        if act.kind not in _BY_ANNOUNCING or "perfect" in act.group.says:
            return False
        if act.group.first < row.at(time.start):
            return False
        if act.trigger.form is Form.NOUN:
            return self._announces_its_own(row, time, act)
        if act.group.tense == "past" and act.factuality is Factuality.HAPPENED and act.trigger.form is not Form.GERUND:
            return False
        if act.kind is Kind.SUSPEND and act.factuality is not Factuality.HAPPENED:
            return False
        at, end = row.at(time.start), row.at(time.end)
        clause = row.lower[max(0, at - _CLAUSE) : act.group.first]
        is_near = any(word in self._announcing for word in row.lower[max(0, at - 3) : at])
        is_fronted = at <= 1 and any(word in self._announcing for word in row.lower[end : act.group.first])
        return (is_near or is_fronted) and self._that in clause

    def _announces_its_own(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "announced on Monday its exit", "on Monday announced its exit"."""
        at, end = row.at(time.start), row.at(time.end)
        verb = next(
            (word for word in (at - 1, end) if 0 <= word < len(row) and row.lower[word] in self._announcing), None
        )
        return verb is not None and act.group.first - max(verb + 1, end) <= 1

    def _is_fronted(self, row: WordRow, at: int) -> bool:
        """ "On Friday, the chamber ...", "and on 6 November the upper house ...": the time opens its clause."""
        before = row.lower[at - 1] if at else ","
        return at <= 3 or before in _OPENING or before in self._conjunctions

    def _in_its_clause(self, row: WordRow, time: Timex, act: Act, acts: Sequence[Act]) -> bool:
        """ "on December 4, when the instruments were exchanged": the clause after a time tells what happened then."""
        end = row.at(time.end)
        following = [word for word in row.lower[end : end + _LEADING] if word != ","]
        opener = next(dropwhile(self._leading.__contains__, following), "")
        later = [one for one in acts if one.trigger.first >= end]
        is_cleft = row.lower[end : end + 1] == [self._that] and row.lower[row.at(time.start) - 1] in self._leading
        return (opener in self._then or is_cleft) and bool(later) and later[0] is act

    def _cost(self, row: WordRow, time: Timex, act: Act) -> int:
        """How far a time is from an act, in words; clauses between count more, and a time before its act more than one after."""
        at, end = row.at(time.start), row.at(time.end)
        first, last = act.group.first, max(act.trigger.last, *act.reaches) if act.reaches else act.trigger.last
        if at >= last:
            between, side = row.lower[last:at], 0
        elif end <= first:
            between, side = _without_actors(row, end, act), 4 if self._is_fronted(row, at) else 12
        else:
            between, side = [], 0
        if not side and at and row.lower[at - 1] in self._conjunctions and any(True for _ in between):
            side = 15
        clauses = sum(word in self._breaks for word in between[1 if side == 4 else 0 :])
        stops = 30 * sum(word == ";" for word in between)
        return (
            len(between)
            + side
            + (7 if side in (4, 12) else 4) * clauses
            + stops
            + (15 if time.anchor is Anchor.CONTEXT else 0)
            + (_BEHIND if side == 4 and self._is_in_relative(row, end, act) else 0)
        )

    def _is_in_relative(self, row: WordRow, after: int, act: Act) -> bool:
        """ "On Monday the treaty, which was signed in May, took effect": the time before is not of the relative clause."""
        return any(
            row.lower[word] in self._relatives for word in range(max(after, act.group.first - 2), act.group.first)
        )


_OPENING = frozenset({",", ":", ";", "–", "—"})
_FAR = 60
_LEADING = 6  # words up to "when" in "that being when"
_BEHIND = 40  # words that a relative clause counts for, seen from a time before it
_CLAUSE = 8
_PLACE = 4
_BY_ANNOUNCING = frozenset({Kind.WITHDRAW_NOTICE, Kind.SUSPEND, Kind.UNSIGN})
_BROUGHT_ABOUT = frozenset({Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXTEND, Kind.AMEND})
_AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED})


def _tense_of(act: Act) -> str | None:
    """What is planned or expected lies ahead: "is likely to be signed on Wednesday"."""
    return "future" if act.factuality in _AHEAD and act.group.tense in ("present", None) else act.group.tense


def _is_quoted(row: WordRow, time: Timex) -> bool:
    before = row.text[row.starts[0] : time.start]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _is_vague(time: Timex) -> bool:
    """ "within days", "in the coming weeks", "a few years ago": no days that could be named."""
    return time.unit is not None and time.offset is None


def _whole(time: Timex) -> Timex:
    """ "earlier this month" tells the month."""
    is_part = time.offset == 0 and time.unit in ("week", "month", "year") and time.direction is not Direction.WITHIN
    return msgspec.structs.replace(time, direction=Direction.WITHIN) if is_part and time.mod is None else time


def _more_exact(chosen: Timex, times: Sequence[Timex], row: WordRow) -> Timex:
    """ "in a year, on 25 June", "in May, six months after it was sent": of two that stand side by side, the one that says more."""
    beside = [
        one
        for one in times
        if one is not chosen
        and set(row.lower[row.at(min(one.end, chosen.end)) : row.at(max(one.start, chosen.start))]) == {","}
    ]
    return min([chosen, *beside], key=lambda one: (_HANGS[one.anchor], not names_a_day(one) if beside else 0))


_HANGS = {Anchor.NONE: 0, Anchor.DOCUMENT: 0, Anchor.CONTEXT: 1, Anchor.EVENT: 2}


def _words_between(row: WordRow, time: Timex, act: Act) -> int:
    """The words between a time and an act, which are the least that it costs: a page of acts and days is no square of them."""
    at, end = row.at(time.start), row.at(time.end)
    last = max(act.trigger.last, *act.reaches) if act.reaches else act.trigger.last
    if at >= last:
        return at - last
    return len(_without_actors(row, end, act)) if end <= act.group.first else 0


def _without_actors(row: WordRow, end: int, act: Act) -> list[str]:
    """The words from `end` to the act, without a list of those who act: "this week, Mali, Niger and Chad ratified"."""
    first = act.group.first
    named = [one for one in act.actors if end <= row.at(one.start) < first]
    if not named:
        return row.lower[end:first]
    opens, closes = row.at(min(one.start for one in named)), row.at(max(one.end for one in named))
    return row.lower[end:opens] + row.lower[closes:first]


def _is_taken(at: int, loose: Sequence[int], acts: Sequence[Act]) -> bool:
    """Whether a verb without an act stands nearer before the time than any act's: "approved the bill, which was signed on Monday"."""
    nearest = max((end for end in loose if 0 <= at - end <= _NEAR), default=None)
    if nearest is None:
        return False
    ends = [end for act in acts for end in (act.trigger.core, act.trigger.last, *act.reaches)]
    return not any(nearest <= end <= at for end in ends)


_NEAR = 4


def _joined(one: Act, other: Act) -> bool:
    """ "signed and ratified on Friday", "became a member on Tuesday, handing over": two verbs with one time."""
    left, right = (one, other) if one.trigger.first <= other.trigger.first else (other, one)
    if right.trigger.form is Form.GERUND and right.group.tense is None:
        return True
    return right.group.first - left.trigger.core <= 2


def _last(words: Sequence[str], wanted: frozenset[str]) -> int:
    return max((index for index, word in enumerate(words) if word in wanted), default=0)
