"""The day of an act that another sentence tells: "The ruling was given on Friday", "The notice is dated 17 March".

Such a sentence opens with what the act made or took place as (a notice, a ruling, a vote), taken up with "the" or "its",
and tells when that was given, received or held; or it names it with its day: "Friday's signing had been put off".
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day
from foedus.reference.lexicons import Lexicon
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.times_told import Occasion
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.dates import Anchor, Timex

BY_INSTRUMENT = "the day told of its instrument"
BORNE = "the date a document bears"
_OPENING = 5  # words among which the sentence names what it is about
_OWNED = 3  # words after the day that a sentence opens with
_VERB, _TIME = 9, 8  # words from there to the verb, and from the verb to the time
_LAWS = frozenset({Kind.RATIFY, Kind.PROMULGATE, Kind.GOVERNMENT_APPROVE})


class ToldDayWords(msgspec.Struct, frozen=True):
    """What `occasions.toml` says of days told in a sentence of their own.

    dated        verbs that give a law or decree its day
    anaphors     words that take up what was told
    instruments  a noun -> the kinds of act that it is the instrument or occasion of
    given        verbs that give an instrument its day
    """

    dated: tuple[str, ...]
    breaks: tuple[str, ...] = ()
    anaphors: tuple[str, ...] = ()
    instruments: Mapping[str, tuple[Kind, ...]] = {}
    given: tuple[str, ...] = ()


class ToldDays:
    """The words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.section("occasions", ToldDayWords)
        self._breaks = frozenset(self._words.breaks) - {","}

    def of(self, document: Document, analysis: Analysis, row: WordRow, kind: Kind) -> Occasion | None:
        """The occasion that the sentence gives to an act of this kind told before it, or None."""
        time, rule = self._time(analysis, row, kind) or self._owned(analysis, row, kind), BY_INSTRUMENT
        if time is None and kind in _LAWS:
            time, rule = self._borne(analysis, row), BORNE
        return Occasion(timex=time, date=alone(time, document, None, "past"), rule=rule) if time else None

    def _time(self, analysis: Analysis, row: WordRow, kind: Kind) -> Timex | None:
        head = next((at for at in range(min(_OPENING, len(row))) if row.lower[at] in self._words.instruments), None)
        if not head or kind not in self._words.instruments[row.lower[head]]:
            return None
        if not any(word in self._words.anaphors for word in row.lower[:head]):
            return None
        verb = next(
            (at for at in range(head + 1, min(head + _VERB, len(row))) if row.lower[at] in self._words.given), None
        )
        if verb is None or self._breaks & set(row.lower[head:verb]):
            return None
        for time in analysis.times:
            at = row.at(time.start)
            is_near = head < at <= verb + _TIME and not self._breaks & set(row.lower[verb + 1 : at])
            if is_near and time.type in ("DATE", "TIME") and time.anchor in (Anchor.NONE, Anchor.DOCUMENT):
                return time
        return None

    def _owned(self, analysis: Analysis, row: WordRow, kind: Kind) -> Timex | None:
        """ "Monday's vote", "The Friday signing": the day before what took place, where the sentence opens with it."""
        time = next((one for one in analysis.times if one.type in ("DATE", "TIME")), None)
        if time is None or not time.modifier or row.at(time.start) > 1 or not names_a_day(time):
            return None
        noun = next((word for word in row.lower[row.at(time.end) :][:_OWNED] if word in self._words.instruments), None)
        return time if noun and kind in self._words.instruments[noun] else None

    def _borne(self, analysis: Analysis, row: WordRow) -> Timex | None:
        """ "The decree is dated Monday, 11 November": the only time of a sentence about a law or decree."""
        measures = [one for one in analysis.mentions if one.kind is MentionKind.MEASURE]
        if not measures or not any(word in self._words.dated for word in row.lower):
            return None
        treaties = [one for one in analysis.mentions if one.kind is MentionKind.TREATY]
        times = [
            time
            for time in analysis.times
            if time.type in ("DATE", "TIME") and not any(one.start <= time.start < one.end for one in treaties)
        ]
        return times[0] if len(times) == 1 else None
