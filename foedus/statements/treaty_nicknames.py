"""Short names that a report gives a treaty itself: "the Upper River Treaty (URT)", "the pact, popularly known as Clean Flow".

Later mentions of the short name are the treaty's. Initials must be those of the name; what already names a state, a person
or an organisation is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import WordRow, alternation

_INITIALS = re.compile(r"\s*,?\s*[(\[]\s*(?:(?:the|or)\s+)?[\"“']?([A-Z][A-Z-]{1,8})[\"”']?\s*[)\]]")
_NAME = r"(?:[\"“‘']([A-Z][\w'’-]*(?: [\w'’-]+){0,3})[\"”’']|([A-Z][\w’-]+(?: [A-Z0-9][\w’-]*){0,2}))"


class Nicknames(msgspec.Struct, frozen=True):
    """`[nicknames]` of `treaties.toml`.

    called       what opens the short name: "known as", "dubbed"
    adverbs      what may stand before: "popularly"
    articles     what may stand between the two
    alternative  what opens initials without a bracket: ", or URT,"
    listed       what makes two treaties of two names: "and"
    definite     what stands before a title in small letters: "the air services agreement"
    """

    called: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    alternative: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()


class TreatyNicknames:
    """The words of one language, compiled."""

    def __init__(self, words: Nicknames) -> None:
        self._called: re.Pattern[str] | None = None
        self._or: re.Pattern[str] | None = None
        self._definite = frozenset(words.definite)
        if words.called:
            adverbs, articles = alternation(words.adverbs), alternation(words.articles)
            self._called = re.compile(
                rf"(?:\s*\([^)]{{1,30}}\))?,?\s+(?:(?:{adverbs})\s+)*(?:{alternation(words.called)})\s+(?:(?:{articles})\s+)?{_NAME}"
            )
            self._or = re.compile(
                rf",?\s+(?:{alternation(words.alternative)})\s+(?:(?:{articles})\s+)?([A-Z]{{2,8}})\b"
            )

    def added(self, text: str, rows: Sequence[WordRow], named: list[list[Mention]]) -> list[list[Mention]]:
        """The mentions of each sentence with those of the short names that the report introduces."""
        short = self._introduced(text, named)
        if not short:
            return named
        found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(short, key=len, reverse=True)))})(?![\w-])")
        return [self._with(text, row, mentions, short, found) for row, mentions in zip(rows, named, strict=True)]

    def _with(
        self, text: str, row: WordRow, mentions: list[Mention], short: dict[str, Mention], found: re.Pattern[str]
    ) -> list[Mention]:
        spots = list(found.finditer(text, row.starts[0], row.ends[-1])) if row else []
        for spot in spots:
            if spot[0].islower() and row.lower[max(0, row.at(spot.start()) - 1)] not in self._definite:
                continue
            held = [one for one in mentions if one.start < spot.end() and spot.start() < one.end]
            if any(not _is_mere_name(one) for one in held):
                continue
            made = msgspec.structs.replace(
                short[spot[0]], start=spot.start(), end=spot.end(), text=spot[0], role="name"
            )
            mentions = [*(one for one in mentions if one not in held), made]
        return sorted(mentions, key=lambda one: one.start) if spots else mentions

    def _introduced(self, text: str, named: Sequence[Sequence[Mention]]) -> dict[str, Mention]:
        """Short name -> the mention that introduces it; what other names are made of is left out."""
        short: dict[str, Mention] = {}
        others = {one.text for mentions in named for one in mentions if not _is_mere_name(one)}
        for mentions in named:
            for one in mentions:
                if one.kind is MentionKind.TREATY and one.role in ("name", "description") and one.treaty:
                    for name in (*self._after(text, one), *_in_small_letters(one)):
                        if name not in others:
                            short.setdefault(name, one)
        return short

    def _after(self, text: str, treaty: Mention) -> list[str]:
        """The initials and the nickname right after a name."""
        initials = _INITIALS.match(text, treaty.end) or (self._or.match(text, treaty.end) if self._or else None)
        called = self._called.match(text, treaty.end) if self._called else None
        found = [initials[1]] if initials and _are_initials(initials[1], treaty.text) else []
        return [*found, called[1] or called[2]] if called else found


def _in_small_letters(treaty: Mention) -> tuple[str, ...]:
    """ "the air services agreement", after "the Air Services Agreement"."""
    small = treaty.text.lower()
    return (small,) if treaty.role == "name" and treaty.text.istitle() and " " in small else ()


def _is_mere_name(mention: Mention) -> bool:
    """Two capitals side by side that nobody gives an office or a state: taken for a person, but for no other reason."""
    return mention.kind is MentionKind.PERSON and not mention.states


def _are_initials(short: str, name: str) -> bool:
    """Whether the letters stand in order at the beginnings of the name's words."""
    words = iter(word[0].upper() for word in re.split(r"[\s-]+", name) if word)
    return all(letter in words for letter in short if letter.isalpha())
