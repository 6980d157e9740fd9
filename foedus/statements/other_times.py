"""Times of a sentence that are not the act's: of a treaty's name, of the telling, of a term, of another clause."""

from __future__ import annotations

from itertools import dropwhile, takewhile

from foedus.statements.memory import Act
from foedus.statements.occasion_words import OccasionWords, TreatyNouns
from foedus.statements.word_rows import WordRow, around_aside
from foedus.terms.dates import Timex
from foedus.terms.evidence import Factuality

_CLAUSE = 8  # words before a time in which somebody is told to tell
_RELATIVE = 3  # words before the verb of a relative clause: "Norway, which"
_OPENING = 4  # words at a sentence's beginning in which no clause has ended


class OtherTimes:
    """The words of one language."""

    def __init__(self, words: OccasionWords, treaties: TreatyNouns) -> None:
        self._until = frozenset(words.until)
        self._made = frozenset(words.made)
        self._dating = frozenset(words.dating)
        self._conjunctions = frozenset(words.conjunctions)
        self._breaks = frozenset(words.breaks)
        self._telling = frozenset((*words.telling, *words.reporting, *words.published))
        self._turns = frozenset(words.turns)
        self._that = words.that
        self._after, self._anterior = frozenset(words.after), frozenset(words.anterior)
        self._ahead = frozenset(words.ahead)
        self._led = frozenset((*words.anaphors, *words.between_names, words.infinitive))
        self._events = frozenset((*words.events, *words.to_come))
        self._standing = tuple(words.standing)
        self._of = frozenset(words.of)
        self._treaties = frozenset(treaties.heads.words)
        self._relatives = frozenset(words.relatives) - {words.that}
        self._between_names = frozenset(words.between_names)

    def is_one(self, row: WordRow, time: Timex, act: Act) -> bool:
        """Whether a time is surely none of the act's."""
        return (
            self._ends_it(row, time, act)
            or self.is_of_a_name(row, time)
            or self._is_of_the_telling(row, time, act)
            or self._is_standing(time, act)
            or self._went_before(row, time, act)
            or self._closes_a_clause(row, time, act)
            or self._is_of_what_came_later(row, time, act)
        )

    def is_of_a_name(self, row: WordRow, time: Timex) -> bool:
        """ "the agreement of 3 May 1999": the time is the treaty's, not that of what is done to it."""
        at = row.at(time.start)
        return at > 1 and row.lower[at - 1] in self._of and row.lower[at - 2] in self._treaties

    def _is_standing(self, time: Timex, act: Act) -> bool:
        """ "By Friday three states had ratified it": how it stood then, not when it was done."""
        is_done = act.factuality is Factuality.HAPPENED and "perfect" in act.group.says
        return is_done and time.words.lower().startswith(self._standing)

    def _ends_it(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "until February 2026": the end of a term, not the day of an act."""
        at = row.at(time.start)
        own = range(act.trigger.first, act.trigger.last)
        is_of_treaty = any(row.lower[word] in self._made and word not in own for word in range(max(0, at - 2), at))
        is_led = at > 0 and row.lower[at - 1] in self._until and row.lower[at] in self._dating
        return is_of_treaty or (not is_led and any(word in self._until for word in row.lower[max(0, at - 1) : at + 1]))

    def _is_of_the_telling(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "Officials revealed on Sunday that Niger had withdrawn", "The gazette of Wednesday shows that": no time of the act.

        Not "it was on 6 November that the treaty was signed", nor "on Monday the bill that ratifies it was passed".
        """
        at, end = row.at(time.start), row.at(time.end)
        opener = next((word for word in range(end, act.group.first) if row.lower[word] == self._that), None)
        if opener is None:
            return False
        clause = row.lower[max(0, at - _CLAUSE) : opener]
        if opener == end:
            return any(word in self._telling for word in clause)
        return row.lower[opener - 1] in self._telling and not any(
            word in self._breaks - {","} for word in row.lower[end:opener]
        )

    def is_elsewhere(self, row: WordRow, time: Timex, act: Act) -> bool:
        """A time behind "because" or "but" is not of the act before; what was not done has only the times of its own clause."""
        at = row.at(time.start)
        between = (
            around_aside(row.lower[act.trigger.last : at])
            if at >= act.trigger.last
            else row.lower[row.at(time.end) : act.group.first]
        )
        if between.count(")") > between.count("(") and at >= act.trigger.last:
            return True  # "(signed by 80 states) opens in May"
        if act.factuality is Factuality.DENIED:
            return at > 1 and bool(self._breaks & set(between))
        if at >= act.trigger.last and (";" in between or self._is_of_another(row, act.trigger.last, at)):
            return True
        if at >= act.trigger.last and self._is_of_the_main_clause(row, time, act):
            return True
        return at >= act.trigger.last and bool(self._turns & set(between))

    def _is_of_the_main_clause(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "Norway, which signed it, hosted a summit on Monday", "which signed it, on Monday hosted": behind the relative clause."""
        first, at, end = act.group.first, row.at(time.start), row.at(time.end)
        while first > _RELATIVE and (row.is_capital(first - 1) or row.lower[first - 1] in self._between_names):
            first -= 1  # "which Chad and the Republic of Niger have signed"
        if first < _RELATIVE or row.lower[first - 1] not in self._relatives or row.lower[first - 2] != ",":
            return False
        comma = next((word for word in range(act.trigger.last, at) if row.lower[word] == ","), None)
        if comma is None or row.lower[comma + 1] in self._conjunctions:
            return False
        has_verb = any(row.lower[word] not in (",", *self._dating) for word in range(comma + 1, at - 1))
        goes_on = end < len(row) and row.lower[end] != "," and row.lower[end].isalpha()
        return has_verb or goes_on

    def _is_of_another(self, row: WordRow, start: int, at: int) -> bool:
        """ "... will leave it, and Togo will go in January": after a comma and "and" somebody else does something then."""
        comma = next((word for word in range(start, at - 3) if row.lower[word] == ","), None)
        if comma is None or row.lower[comma + 1] not in self._conjunctions or not row.is_capital(comma + 2):
            return False
        return any(not row.is_capital(word) and len(row.lower[word]) > 1 for word in range(comma + 3, at - 1))

    def _went_before(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "passed it after the minister had warned on Sunday": a time behind the verb of what went before is not of the act."""
        between = around_aside(row.lower[act.trigger.last : row.at(time.start)])
        opener = next((at for at, word in enumerate(between) if word in self._after), None)
        clause = between[opener + 1 :] if opener is not None else []
        return bool(clause) and (not self._anterior.isdisjoint(clause) or clause[-1] in self._telling)

    def _is_of_what_came_later(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "suspended it before its expiry in May", "before the session of 3 May": not "signed it ahead of its rivals on 3 May"."""
        between = around_aside(row.lower[act.trigger.last : row.at(time.start)])
        opener = next((at for at, word in enumerate(between) if word in self._ahead), None)
        later = list(dropwhile(self._led.__contains__, between[opener + 1 :] if opener is not None else ()))
        named = list(takewhile(lambda word: word not in self._dating and word not in self._of, later))
        return bool(named) and (later[-1] in self._of or named[-1] in self._events)

    def _closes_a_clause(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "It has been open for signature since May 2018, and 24 countries have signed it": the clause before ends with its time."""
        at, end = row.at(time.start), row.at(time.end)
        is_closing = row.lower[end : end + 1] == [","] and row.lower[end + 1 : end + 2] != []
        has_subject = end + 2 < act.group.first
        return is_closing and has_subject and at >= _OPENING and row.lower[end + 1] in self._conjunctions
