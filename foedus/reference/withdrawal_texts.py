"""Final clauses of treaties, read: how a treaty may be left, and for how long it is concluded, as data (VCLT 54, 56).

As with entry into force, a sentence is read whole or the clause is declined with the words that were not understood; sentences
of exceptions ("shall not take effect until peace") are named beside what was read. Words and patterns are a language's data.
"""

from __future__ import annotations

import re

import msgspec

from foedus.reference.clause_reader import ClauseReader, Declined, reader_of, sentences_of
from foedus.reference.clause_words import ClauseTextWords
from foedus.reference.clauses import WithdrawalClause
from foedus.reference.durations import Renewal, Term


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form of words; its fields say what is the same in all its cases."""

    pattern: str
    rule: str = ""
    month_start: int | None = None
    ground: str | None = None
    renewal: Renewal = Renewal.UNSTATED


class RenewalWords(msgspec.Struct, frozen=True, kw_only=True):
    tacit: str
    endless: str
    agreed: str
    notice: str


class WithdrawalTextWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `withdrawal_clauses.toml` of a language."""

    speaks: str
    leaves: str
    fragments: dict[str, str]
    effect: tuple[Form, ...]
    notice: tuple[Form, ...]
    after: tuple[Form, ...]
    ground: tuple[Form, ...]
    tail: Form
    other: Form
    exception: Form
    about: Form
    term: tuple[Form, ...]
    renewal: RenewalWords


class WithdrawalReading(msgspec.Struct, frozen=True, kw_only=True):
    """How a treaty may be left.

    clause   what was read, or why it was not
    unread   sentences that make exceptions, for people
    """

    clause: WithdrawalClause | Declined
    unread: tuple[str, ...] = ()


def read_withdrawal(text: str, words: WithdrawalTextWords, numbers: ClauseTextWords) -> WithdrawalReading:
    """When a notice of withdrawal takes effect, by the article's whole text.

    numbers   the language's `force_clauses.toml`, which has its numbers and units
    """
    reader = _Forms(words, reader_of(numbers))
    found: dict[str, WithdrawalClause] = {}
    after, ground, unread = None, None, []
    for sentence in sentences_of(text):
        plain = reader.plain(sentence)
        if not re.search(words.speaks, plain):
            continue
        if re.search(words.leaves, plain):
            after = after or reader.months(reader.first(words.after, plain), "after")
            ground = ground or next((g.ground for g in words.ground if reader.first((g,), plain)), None)
        if reader.whole(words.other, plain):
            continue
        clause = reader.clause(plain, sentence)
        if clause is None and reader.whole(words.exception, plain):
            unread.append(sentence)
            continue
        if clause:
            found.setdefault(f"{clause.days}/{clause.months}/{clause.month_start}", clause)
        elif reader.whole(words.about, plain):
            declined = Declined(reason="the effect of a notice is said in words that are not known", words=sentence)
            return WithdrawalReading(clause=declined, unread=tuple(unread))
    if len(found) != 1:
        reason = "two sentences say it differently" if found else "no sentence says when a notice takes effect"
        return WithdrawalReading(clause=Declined(reason=reason, words=text[:200]), unread=tuple(unread))
    (clause,) = found.values()
    clause = msgspec.structs.replace(clause, after_months=after, ground=ground)
    return WithdrawalReading(clause=clause, unread=tuple(unread))


def read_term(text: str, words: WithdrawalTextWords, numbers: ClauseTextWords) -> Term | Declined:
    """For how long a treaty is concluded, and how it goes on, by the article's whole text."""
    reader = _Forms(words, reader_of(numbers))
    plain = reader.plain(text)
    for form in words.term:
        found = reader.first((form,), plain)
        if not found:
            continue
        months = reader.months(found, "length")
        renewed = {
            how: reader.first((Form(pattern=pattern),), plain)
            for how, pattern in ((Renewal.TACIT, words.renewal.tacit), (Renewal.AGREED, words.renewal.agreed))
        }
        how = next((how for how, match in renewed.items() if match), None)
        if how is None and reader.first((Form(pattern=words.renewal.endless),), plain):
            how = Renewal.TACIT
            renewed[how] = None
        if months and form.renewal is Renewal.TACIT and how is None:
            continue
        notice = reader.months(reader.first((Form(pattern=words.renewal.notice),), plain), "notice")
        by = reader.months(renewed[how], "by") if how else None
        return Term(months=months, renewal=how or Renewal.UNSTATED, by_months=by, notice_months=notice if how else None)
    return Declined(reason="no sentence says for how long", words=text[:200])


class _Forms:
    """The forms of one language over its numbers."""

    def __init__(self, words: WithdrawalTextWords, reader: ClauseReader) -> None:
        self.words, self.reader = words, reader

    def plain(self, sentence: str) -> str:
        return self.reader.plain(sentence).strip(" .;")

    def clause(self, plain: str, sentence: str) -> WithdrawalClause | None:
        cut = re.sub(self._pattern(self.words.tail).pattern, "", plain)
        for form in (*self.words.effect, *self.words.notice):
            found = self._pattern(form).fullmatch(cut)
            if found:
                days = self.reader.number(found["days"]) if found.groupdict().get("days") else None
                months = self.months(found, "period")
                if months is None and days is None and found.groupdict().get("period"):
                    days = self.reader.number(found["period"])
                return WithdrawalClause(days=days, months=months, month_start=form.month_start, words=sentence)
        return None

    def first(self, forms: tuple[Form, ...], plain: str) -> re.Match[str] | None:
        return next((found for form in forms if (found := self._pattern(form).search(plain))), None)

    def whole(self, form: Form, plain: str) -> bool:
        return self._pattern(form).fullmatch(plain) is not None

    def months(self, found: re.Match[str] | None, name: str) -> int | None:
        """The length that a match gives in months; None for days, or where it gives none."""
        groups = found.groupdict() if found else {}
        number = self.reader.number(groups[name]) if groups.get(name) else None
        unit = groups.get(f"{name}_unit") or groups.get("unit") or ""
        if number is None or unit.startswith("day"):
            return None
        return number * 12 if unit.startswith("year") else number

    def _pattern(self, form: Form) -> re.Pattern[str]:
        text = form.pattern
        for _ in range(2):  # a fragment may stand in another one
            for name, fragment in self.words.fragments.items():
                text = text.replace(f"<{name}>", f"(?:{fragment})")
        return self.reader.compiled(text)
