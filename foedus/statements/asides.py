"""What stands between commas, and the times that it keeps from the acts around it.

"The president, who met reporters on Sunday, signed it": Sunday is no time of signing. "Chad ratified the treaty, which Niger
had signed in 2019, on Tuesday": the clause has its own time and is over, so that the next one belongs to what goes around it.
So does the day that a count comes to: "enters into force 90 days after the fiftieth deposit, on 22 November".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from foedus.documents.time_resolution import names_a_day
from foedus.statements.memory import Act
from foedus.statements.word_rows import WordRow
from foedus.terms.dates import Anchor, Timex

_REACH = 14  # words after "90 days after" within which what it counts from ends


class Asides:
    """The words of one language.

    relatives  words that open a relative clause after a comma: "which", not "that"
    """

    def __init__(self, relatives: Collection[str]) -> None:
        self._relatives = frozenset(relatives)

    def shut_off(self, row: WordRow, time: Timex, act: Act, times: Sequence[Timex]) -> bool:
        """Whether a comma that ends a relative clause or a count stands between `time` and `act`.

        times  all times of the sentence that an act can have
        """
        at, end = row.at(time.start), row.at(time.end)
        opener = self._opener(row, at)
        if opener is not None:
            closer = next((word for word in range(end, len(row)) if row.lower[word] == ","), None)
            return closer is not None and not opener < act.trigger.first < closer
        if at < 2 or row.lower[at - 1] != ",":
            return False
        count = next((one for one in times if self.comes_to(row, one, times) is time), None)
        if count is not None:
            return row.at(count.end) <= act.trigger.first < at
        own = next((one for one in times if row.at(one.end) == at - 1), None)
        opener = self._opener(row, row.at(own.start)) if own else None
        return opener is not None and opener < act.trigger.first < at

    def comes_to(self, row: WordRow, count: Timex, times: Sequence[Timex]) -> Timex | None:
        """The day behind the comma that ends what an event-anchored `count` counts from, unless `count` opens the sentence."""
        at, end = row.at(count.start), row.at(count.end)
        if count.anchor is not Anchor.EVENT or at <= 1:
            return None
        comma = next((word for word in range(end, min(len(row), end + _REACH)) if row.lower[word] == ","), None)
        if comma is None:
            return None
        days = (one for one in times if one.anchor in (Anchor.NONE, Anchor.DOCUMENT) and names_a_day(one))
        return next((one for one in days if row.at(one.start) == comma + 1), None)

    def _opener(self, row: WordRow, at: int) -> int | None:
        """The comma before the relative clause that the word at `at` stands in, where no other comma comes between."""
        comma = next((word for word in range(at - 1, 0, -1) if row.lower[word] == ","), None)
        return comma if comma is not None and row.lower[comma + 1] in self._relatives else None
