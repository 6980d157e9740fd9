"""Numbers in words and figures, as treaties write them: "thirty-fifth", "60th", "one hundred and eighty", "sixty (60)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property


class Numerals:
    """One language's words for numbers.

    cardinals, ordinals   "twenty" -> 20, "twentieth" -> 20
    hundred               how hundreds are said, with the cardinals before and the rest after them
    """

    def __init__(self, cardinals: Mapping[str, int], ordinals: Mapping[str, int], hundred: str = "") -> None:
        self.cardinals = cardinals
        self.known = {**cardinals, **ordinals}
        self.hundred = hundred

    @cached_property
    def pattern(self) -> str:
        """An expression for any number, in a text of lower case."""
        below = rf"(?:(?:{self._tens})[ -]?(?:{self._ones})|{self._single})"
        hundreds = rf"(?:{self._single} )?{self.hundred}(?:(?: and)? {below})?|" if self.hundred else ""
        return rf"(?:\d+(?:st|nd|rd|th)?|{hundreds}{below})(?![a-z])"

    def number(self, said: str) -> int | None:
        """The number that words or figures give; None for any others.

        "thirty-fifth" is 35, "60th" is 60, "twentyseventh" (run together) is 27, "one hundred and eighty" is 180.
        """
        figures = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", said)
        if figures:
            return int(figures[1])
        if self.hundred and (found := re.fullmatch(rf"(?:(.+) )?{self.hundred}(?:(?: and)? (.+))?", said)):
            times = self.number(found[1]) if found[1] else 1
            rest = self.number(found[2]) if found[2] else 0
            return times * 100 + rest if times is not None and rest is not None else None
        if said in self.known:
            return self.known[said]
        tens = next((t for t, n in self.cardinals.items() if n >= 20 and said.startswith(t)), None)
        rest_said = said[len(tens) :].strip(" -") if tens else ""
        return self.cardinals[tens] + self.known[rest_said] if tens and 0 < self.known.get(rest_said, 10) < 10 else None

    def once(self, text: str) -> str:
        """A text in which no number is said twice, in words and figures; a pair that differs stays as it is.

        >>> Numerals({"five": 5, "sixty": 60}, {}).once("sixty (60) days, or sixty (90)")
        'sixty days, or sixty (90)'
        """
        return self._twice.sub(self._agreed, text)

    def differs(self, text: str) -> str | None:
        """A number that words and figures say differently, if a text has one."""
        pairs = (found for found in self._twice.finditer(text) if self._agreed(found) == found[0])
        return next((found[0] for found in pairs), None)

    def _agreed(self, found: re.Match[str]) -> str:
        return found[1] if self.number(found[1]) == self.number(found[2]) else found[0]

    @cached_property
    def _twice(self) -> re.Pattern[str]:
        return re.compile(rf"\b({self.pattern}) ?\(({self.pattern})\)")

    @property
    def _tens(self) -> str:
        return "|".join(word for word, n in self.cardinals.items() if n >= 20)

    @property
    def _ones(self) -> str:
        return "|".join(word for word, n in self.known.items() if n < 10)

    @property
    def _single(self) -> str:
        return "(?:" + "|".join(sorted(self.known, key=len, reverse=True)) + ")"
