"""Names of treaties, and of laws and instruments about them, in a language that is read by tables alone.

A name is a head noun ("договор", "tratado") with its adjectives and with what follows as far as the table's words allow:
links, parties, capitals, fields; after a word like "о" or "sobre" anything that is no stop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.names import Mention, MentionKind
from foedus.statements.plain_triggers import plain_verbs
from foedus.statements.statement import TreatyMention
from foedus.statements.treaty_words import KnownName
from foedus.statements.word_forms import Entries, Folded, Inflection, Match, by_class
from foedus.statements.word_rows import alternation
from foedus.terms.dates import Timex


class PlainHeads(msgspec.Struct, frozen=True):
    """Head nouns; `anaphors` stand for a treaty named before ("документ"), and are none by themselves."""

    words: tuple[str, ...]
    anaphors: tuple[str, ...] = ()


class PlainTails(msgspec.Struct, frozen=True):
    """What may follow a head: `links` before a party or capital, `about` before anything but `stops`, `fields` by themselves.

    modifiers   adjectives on either side of the head
    quotes, closing   marks around a title
    """

    links: tuple[str, ...]
    about: tuple[str, ...]
    fields: tuple[str, ...]
    modifiers: tuple[str, ...]
    stops: tuple[str, ...]
    quotes: str
    closing: str


class PlainRefused(msgspec.Struct, frozen=True):
    """Words that make a head no treaty: right before it, right after it, or anywhere near in its phrase."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class PlainMeasures(msgspec.Struct, frozen=True):
    """Laws and instruments by their role; all but instruments need one of `about` near them."""

    roles: dict[str, tuple[str, ...]]
    about: tuple[str, ...]


class PlainKnown(msgspec.Struct, frozen=True):
    """Treaties known by name: as `treaties.toml` of English, whose `full` name is the one that joins the languages."""

    name: tuple[KnownName, ...]


class PlainTreatyWords(msgspec.Struct, frozen=True):
    """`treaties.toml`."""

    gate: tuple[str, ...]
    heads: PlainHeads
    tails: PlainTails
    refused: PlainRefused
    measures: PlainMeasures
    known: PlainKnown


class PlainTreaties:
    """The words of one language, compiled."""

    def __init__(self, lexicon: Lexicon, forms: Inflection, halves: Mapping[str, str]) -> None:
        """`halves`: words that are a state's name or half of a compound of two, in lower case."""
        words = lexicon.section("treaties", PlainTreatyWords)
        self.words, self.forms = words, forms
        known = [forms.cited(form) for name in words.known.name for form in name.forms]
        self._gate = re.compile(rf"\b(?:{alternation([*words.gate, *known])})", re.IGNORECASE)
        self._heads = _flags(forms, words.heads.words)
        self._anaphors = _flags(forms, words.heads.anaphors)
        self._fields = _flags(forms, words.tails.fields)
        self._modifiers = _flags(forms, words.tails.modifiers)
        self._before = _flags(forms, words.refused.before)
        self._after = _flags(forms, words.refused.after)
        self._about = _flags(forms, words.measures.about)
        self._links = _flags(forms, words.tails.links)
        self._free = _flags(forms, words.tails.about)
        self._stops = _flags(forms, (*words.tails.stops, *plain_verbs(lexicon)))
        self._halves = halves
        self.heads = frozenset(form[:STEM] for word in words.heads.words for form in forms.phrase(word)[0])
        self._measures: Entries[str] = Entries(forms, by_class(words.measures.roles))
        self._known = Entries(forms, [(form, name) for name in words.known.name for form in name.forms])

    def may_speak(self, text: str) -> bool:
        return bool(self._gate.search(text))

    def added(self, words: Folded, names: Sequence[Mention], times: Sequence[Timex]) -> list[Mention]:
        """The names of a sentence with its treaties and measures among them; names inside a treaty's are dropped."""
        by_word = {words.row.at(name.start): name for name in names}
        timed = {at for time in times for at in range(words.row.at(time.start), words.row.at(time.end))}
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._known_at(words, at) or self._measure(words, at) or self._treaty(words, at, by_word, timed)
            if mention:
                found.append(mention)
                at = max(at + 1, words.row.at(mention.end))
            else:
                at += 1
        free = [name for name in names if not any(one.start <= name.start < one.end for one in found)]
        return sorted([*free, *found], key=lambda one: one.start)

    def _known_at(self, words: Folded, at: int) -> Mention | None:
        match = self._known.at(words, at)
        if match is None:
            return None
        name = match.value
        treaty = TreatyMention(mention=name.full, parties=tuple(sorted(name.parties)), id=name.id)
        return _mention(words, match.first, match.last, MentionKind.TREATY, treaty, "known")

    def _measure(self, words: Folded, at: int) -> Mention | None:
        """A law, a bill or an instrument; its words run on to what it is about ("закон о ратификации")."""
        match = self._measures.at(words, at)
        if match is None:
            return None
        near = range(match.last, min(len(words), match.last + _NEAR))
        about = next((found for index in near if (found := self._about.at(words, index))), None)
        if about is not None and not self._is_stopped(words, match.last, about.first):
            return _mention(words, match.first, about.last, MentionKind.MEASURE, None, match.value)
        if match.value == _INSTRUMENT:
            return _mention(words, match.first, match.last, MentionKind.MEASURE, None, match.value)
        return None

    def _is_stopped(self, words: Folded, first: int, last: int) -> bool:
        return any(word in ".;,:" for word in words.lower[first:last])

    def _treaty(self, words: Folded, at: int, names: dict[int, Mention], timed: set[int]) -> Mention | None:
        head = self._heads.at(words, at)
        if head is None:
            anaphor = self._anaphors.at(words, at)
            return _mention(words, at, anaphor.last, MentionKind.TREATY, None, "generic") if anaphor else None
        if (at and self._before.at(words, at - 1)) or (head.last < len(words) and self._after.at(words, head.last)):
            return None
        first = self._first(words, at, names)
        last = self._last(words, head, names, timed)
        inside = [name for index, name in names.items() if first <= index < last]
        parties = {state for name in inside for state in name.states if self._is_party(words, name, head)}
        parties |= {state for index in range(first, last) for state in self._in_compound(words.lower[index])}
        is_titled = any(words.row.is_capital(index) for index in range(max(first, 1), last))
        is_told = any(self._links.at(words, index) or self._free.at(words, index) for index in range(head.last, last))
        is_bare = not (parties or is_titled or is_told)
        treaty = TreatyMention(mention=words.row.span(first, last), parties=tuple(sorted(parties)))
        return _mention(
            words, first, last, MentionKind.TREATY, None if is_bare else treaty, "generic" if is_bare else "name"
        )

    def _is_party(self, words: Folded, name: Mention, head: Match[bool]) -> bool:
        """A state or organisation named as one, or by an adjective before the head."""
        at = words.row.at(name.start)
        return name.kind in _PARTIES and (at < head.first or words.row.is_capital(at) or at == head.last)

    def _first(self, words: Folded, at: int, names: dict[int, Mention]) -> int:
        """Where the adjectives before the head begin."""
        while at > 0:
            before = at - 1
            name = names.get(before)
            is_state = name is not None and name.kind is MentionKind.STATE and not words.row.is_capital(before)
            if not (self._modifiers.at(words, before) or is_state or "-" in words.lower[before]):
                break
            at = before
        return at

    def _in_compound(self, word: str) -> list[str]:
        """The states of a compound like "российско-иранский"."""
        return [state for half in word.split("-") if (state := self._halves.get(half))] if "-" in word else []

    def _last(self, words: Folded, head: Match[bool], names: dict[int, Mention], timed: set[int]) -> int:
        """Where the name ends: behind the last word that belongs to it by itself."""
        tails, last, at = self.words.tails, head.last, head.last
        is_free, linked = False, False
        is_title = words.row.is_capital(head.first)
        while at < min(len(words), head.last + _LONGEST):
            word = words.lower[at]
            name = names.get(at)
            if word in tails.quotes and at == head.last:
                at = last = self._closing(words, at)
            elif at in timed and not (linked and _YEAR.fullmatch(word)):
                break
            elif is_free and name is not None and not words.row.is_capital(at):
                at = last = words.row.at(name.end)  # an adjective: "of the Russian air group"
            elif name is not None and name.kind in _PARTIES and (linked or name.role != "capital"):
                at = last = words.row.at(name.end)
                is_free = False
            elif field := (self._fields.at(words, at) or self._modifiers.at(words, at)):
                at = last = field.last
            elif about := self._free.at(words, at):
                is_free, linked, at = True, True, about.last
                continue
            elif link := self._links.at(words, at):
                linked, at = True, link.last
                continue
            elif is_free and word == "," and self._goes_on(words, at):
                at += 1
                continue
            elif self._stops.at(words, at) or not word[0].isalnum():
                break
            elif is_free or (words.row.is_capital(at) and (linked or is_title)) or (linked and _YEAR.fullmatch(word)):
                at = last = at + 1
            else:
                break
            linked = False
        return last

    def _goes_on(self, words: Folded, comma: int) -> bool:
        """ "friendship, cooperation and mutual help": another comma or a link follows the next word or two."""
        following = words.lower[comma + 1 : comma + 4]
        if not following or self._stops.at(words, comma + 1):
            return False
        return any(word == "," or self._links.at(words, comma + 2 + at) for at, word in enumerate(following[1:]))

    def _closing(self, words: Folded, at: int) -> int:
        for index in range(at + 1, min(len(words), at + _LONGEST)):
            if words.lower[index] in self.words.tails.closing:
                return index + 1
        return at + 1


STEM = 5
"""Letters by which inflected names are compared."""
_PARTIES = (MentionKind.STATE, MentionKind.ORGANISATION)
_INSTRUMENT = "instrument"
_LONGEST = 28
_NEAR = 6
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def _flags(forms: Inflection, listed: Sequence[str]) -> Entries[bool]:
    return Entries(forms, [(written, True) for written in listed])


def _mention(
    words: Folded, first: int, last: int, kind: MentionKind, treaty: TreatyMention | None, role: str
) -> Mention:
    start, end = words.row.starts[first], words.row.ends[last - 1]
    text = words.row.text[start:end]
    return Mention(start=start, end=end, kind=kind, text=text, treaty=treaty, role=role)
