"""Persons with their offices: "President Vladimir Putin", "Leonid Slutsky, Chairman of the ... Committee", later "Slutsky".

Nobody is guessed from capitals alone: a name needs an office, a verb of speaking or an earlier full mention.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.reference.officeholders import OfficeHolder
from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import WordRow, alternation, longest_runs
from foedus.terms.agents import Agent, BodyKind

_NAME = r"[A-ZÀ-ÝŁŚŽČŠĐİĞ][\w’'-]*\.?"
_FAR = 90


class OfficeModifiers(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    gone: tuple[str, ...]


class NameWords(msgspec.Struct, frozen=True):
    particles: tuple[str, ...]
    honorifics: tuple[str, ...]
    not_names: tuple[str, ...]
    family_first: tuple[str, ...]
    needs_first: tuple[str, ...]
    links: tuple[str, ...]
    openers: tuple[str, ...]
    breaks: tuple[str, ...]


class Speaking(msgspec.Struct, frozen=True):
    verbs: tuple[str, ...]
    appositive: tuple[str, ...]


class PersonWords(msgspec.Struct, frozen=True):
    """`persons.toml`."""

    offices: dict[str, tuple[str, ...]]
    modifiers: OfficeModifiers
    names: NameWords
    speaking: Speaking


class Persons:
    """The offices and small words of one language, compiled."""

    def __init__(self, lexicon: Lexicon, holders: Iterable[OfficeHolder]) -> None:
        words = lexicon.section("persons", PersonWords)
        self.holders = {
            folded(name.split()[-1]): Agent(name=name, kind=one.kind, states=(one.state,), role=one.role)
            for one in holders
            for name in one.names
        }
        self._links = words.names.links
        self._articles = frozenset(words.names.openers)
        self._needs_first = frozenset(words.names.needs_first)
        self._family_first = frozenset(words.names.family_first)
        self._kind = {office: BodyKind(kind) for kind, listed in words.offices.items() for office in listed}
        offices, modifiers = alternation(self._kind), alternation(words.modifiers.words)
        particles, honorifics = alternation(words.names.particles), alternation(words.names.honorifics)
        links = alternation(words.names.links)
        name = rf"{_NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{_NAME}){{0,8}}"
        self._name = re.compile(name)
        self._office_before = re.compile(
            rf"(?:\b(?:{modifiers})[\s-]+)*\b({offices})(?:\s+(?:{links})\s+([\w.’'-]+(?:\s+[\w.’'-]+){{0,3}}))?,?\s+(?:(?i:{honorifics})\s+)?$",
            re.IGNORECASE,
        )
        openers = alternation(words.names.openers)
        self._opener = re.compile(rf"^(?:{openers})\s+", re.IGNORECASE)
        self._says = re.compile(rf"\s(?:{alternation(words.names.breaks)})\s")
        self._office_after = re.compile(
            rf"\s*,\s+(?:(?:{openers})\s+)?(?:[\w.’'-]+\s+){{0,7}}?({offices})\b[^,.;]{{0,160}}",
            re.IGNORECASE,
        )
        self._office_runs = longest_runs(self._kind)
        self._office = re.compile(rf"\b(?:{offices})\b", re.IGNORECASE)
        self._honorific = re.compile(rf"\b(?:{honorifics})\s+$", re.IGNORECASE)
        self._gone = re.compile(rf"\b(?:{alternation(words.modifiers.gone)})\b", re.IGNORECASE)
        self._not_names = frozenset(words.names.not_names)
        verbs = alternation(words.speaking.verbs)
        self._speaks_after = re.compile(
            rf"\s*,?\s*(?:has\s+|had\s+|also\s+)*(?:{verbs})\b|\s*,\s+(?:{alternation(words.speaking.appositive)})\b"
        )
        self._speaks_before = re.compile(rf"\b(?:{verbs})(?:\s+by)?\s+$")

    def find(self, row: WordRow, names: list[Mention], known: dict[str, Agent]) -> list[Mention]:
        """Persons of a sentence; `known` (surname -> who) is read for follow-ups and grows by every full mention."""
        if not row:
            return []
        found = []
        text, floor, limit = row.text, row.starts[0], row.ends[-1]
        offices = self._office_runs & row.letter_runs
        for start, end in self._candidates(text, floor, limit, names, offices):
            if end - start == 1:
                continue  # "posted on X, the president of Ecuador"
            agent = self._identified(text, floor, start, end, limit, names, known, offices)
            if agent:
                first = self._first(text, floor, start, names, offices) if offices else start
                found.append(
                    Mention(
                        start=first,
                        end=end,
                        kind=MentionKind.PERSON,
                        text=text[first:end],
                        agent=agent,
                        states=agent.states,
                    )
                )
        return found

    def _first(self, text: str, floor: int, start: int, names: list[Mention], offices: Set[str]) -> int:
        """Where the person's phrase begins: with the office before the name, and the state before that."""
        begin = max(floor, start - _FAR)
        office = self._office_ending(text[begin:start], offices)
        if not office:
            return start
        first = begin + office.start()
        for name in names:
            is_beside = name.end <= first and not text[name.end : first].strip(" '’s") and first - name.end < 4
            if is_beside or name.start < first < name.end:
                return name.start
        return first

    def _candidates(
        self, text: str, start: int, end: int, names: list[Mention], offices: Set[str]
    ) -> Iterator[tuple[int, int]]:
        taken = [
            (name.start, name.end) for name in names if name.role != "generic" or name.kind is not MentionKind.BODY
        ]
        for match in self._name.finditer(text, start, end):
            first, last = self._trimmed(text, match.start(), match.end(), offices)
            last = _possessive_end(text, first, last)
            if last > first and not any(first < taken_end and last > taken_start for taken_start, taken_end in taken):
                yield first, last
            elif last > first:
                yield from self._around(text, first, last, taken, offices)

    def _around(
        self, text: str, first: int, last: int, taken: list[tuple[int, int]], offices: Set[str]
    ) -> Iterator[tuple[int, int]]:
        """What is left of a run of capitals once known names are cut out: "Russian President | Vladimir Putin"."""
        cut = max((end for start, end in taken if first <= end <= last and start >= first - 60), default=first)
        if cut == last:
            return
        rest = text[cut:last]
        begin = cut + len(rest) - len(rest.lstrip(" ,'’s"))
        begin, last = self._trimmed(text, begin, last, offices)
        if begin < last and text[begin].isupper():
            yield begin, last

    def _trimmed(self, text: str, start: int, end: int, offices: Set[str]) -> tuple[int, int]:
        """Cuts offices and words that are no names off both ends: "On Tuesday Fuat Oktay" -> "Fuat Oktay"."""
        office = self._last_office(text, start, end, offices) if offices else None
        if office and office.end() < end:
            start = office.end() + len(text[office.end() : end]) - len(text[office.end() : end].lstrip())
        elif office and office.end() == end:
            return start, start
        words = text[start:end].split()
        first, last = 0, len(words)
        while first < last and words[first].lower().strip(".,'’") in self._not_names:
            first += 1
        while (
            first < last
            and words[last - 1].lower().removesuffix("'s").removesuffix("’s").strip(".,'’") in self._not_names
        ):
            last -= 1
        if first == last:
            return start, start
        for word in words[:first]:
            start = text.index(word, start) + len(word)
        for word in reversed(words[last:]):
            end = text.rindex(word, start, end)
        ending = "'’" if len(words[last - 1]) < 3 else "'’."
        return text.index(words[first], start), start + len(text[start:end].rstrip().rstrip(ending))

    def _last_office(self, text: str, start: int, end: int, offices: Set[str]) -> re.Match[str] | None:
        """The last office that reaches into the words from `start` to `end`."""
        first = max(0, start - 24)
        if not _names_any(text[first:end], offices):
            return None
        return next((one for one in reversed([*self._office.finditer(text, first, end)]) if one.end() > start), None)

    def _office_ending(self, words: str, offices: Set[str]) -> re.Match[str] | None:
        """The office that `words` end with, or None; "the President of the" is no whole office."""
        found = self._office_before.search(words) if _names_any(words, offices) else None
        return found if found and not (found[2] and found[2].split()[-1].lower() in self._articles) else None

    def _identified(
        self,
        text: str,
        floor: int,
        start: int,
        end: int,
        limit: int,
        names: list[Mention],
        known: dict[str, Agent],
        offices: Set[str],
    ) -> Agent | None:
        name = text[start:end]
        surname = folded(name.split()[-1])
        office = self._office_at(text, floor, start, end, limit, names, offices) if offices else None
        is_full = " " in name
        holder = self.holders.get(surname)
        if holder and is_full and set(holder.name.split()[:-1]) & set(name.split()) and surname not in known:
            known[surname] = msgspec.structs.replace(holder, name=name)
        if office and (is_full or surname not in known):
            agent = Agent(name=name, kind=office[1], states=office[2], role=office[0])
            return self._kept(known, surname, agent)
        if surname in known and (not is_full or known[surname].name == name):
            return self._kept(known, surname, known[surname])
        if holder and not is_full and holder.name.split()[-1] not in self._needs_first:
            return self._kept(known, surname, holder)
        if is_full and self._speaks(text, floor, start, end, limit):
            return _remember(known, surname, Agent(name=name, kind=BodyKind.PERSON))
        if not is_full and self._honorific.search(text, max(floor, start - 12), start):
            return Agent(name=name, kind=BodyKind.PERSON)
        return known.get(surname) if is_full and surname in known else None

    def _kept(self, known: dict[str, Agent], surname: str, agent: Agent) -> Agent:
        kept = _remember(known, surname, agent)
        for family in _families(kept, self._family_first):
            known.setdefault(family, kept)
        return kept

    def _speaks(self, text: str, floor: int, start: int, end: int, limit: int) -> bool:
        after = self._speaks_after.match(text, end, limit)
        before = self._speaks_before.search(text[max(floor, start - 30) : start])
        return bool(after or before)

    def _office_at(
        self, text: str, floor: int, start: int, end: int, limit: int, names: list[Mention], offices: Set[str]
    ) -> tuple[str, BodyKind, tuple[str, ...]] | None:
        """The office beside a name, what kind it is, and whose (empty where a former office acts for nobody)."""
        before = self._office_ending(text[max(floor, start - _FAR) : start], offices)
        if before:
            first = max(floor, start - _FAR) + before.start()
            states = _states_beside(text, names, first, start, end, self._links)
            kind = self._kind[" ".join(before[1].lower().split())]
            words = text[first:start].strip(" ,")
            return words, BodyKind.PERSON if self._gone.search(words) else kind, states
        after = self._office_after.match(text, end, limit)
        if after and not self._says.search(text[end : after.start(1)]):
            last = after.end()
            inside = [name for name in names if name.start >= end and name.end <= last + 1 and len(name.states) == 1]
            states = inside[0].states if inside else ()
            words = self._opener.sub("", text[end:last].strip(" ,\n"))
            kind = BodyKind.PERSON if self._gone.search(words) else self._kind[" ".join(after[1].lower().split())]
            return words, kind, states
        return None


def _names_any(words: str, offices: Set[str]) -> bool:
    """Whether one of the words of offices that a sentence has is there: most names have none beside them."""
    return any(map(words.lower().__contains__, offices))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without its accents, by which spellings of one person meet: "Erdoğan" and "Erdogan"."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("ı", "i")


def _states_beside(
    text: str, names: list[Mention], first: int, start: int, end: int, links: tuple[str, ...]
) -> tuple[str, ...]:
    """States right before an office ("Russian President"), inside it, or after the name ("President Putin of Russia")."""
    for name in names:
        if name.start < first < name.end and len(name.states) == 1:
            return name.states
        gap_left = text[name.end : first] if name.end <= first else None
        is_near = gap_left is not None and first - name.end < 24 and len(name.states) == 1
        if is_near and gap_left is not None and _is_one_word(gap_left):
            return name.states
        if first <= name.start < start and len(name.states) == 1:
            return name.states
        if name.start >= end and text[end : name.start].strip() in links and len(name.states) == 1:
            return name.states
    return ()


def _is_one_word(gap: str) -> bool:
    """Nothing but a possessive and at most one word: "Russia's | permanent | envoy"."""
    return not gap.strip(" '’s") or bool(re.fullmatch(r"\W*s?\s+[\w-]+\s*", gap))


def _possessive_end(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith(("'s", "’s")) else end


def _remember(known: dict[str, Agent], surname: str, agent: Agent) -> Agent:
    """Keeps the fullest form that the document gives: a later office or state completes an earlier name."""
    before = known.get(surname)
    if before and (before.name == agent.name or " " not in agent.name):
        agent = msgspec.structs.replace(
            before,
            kind=agent.kind if before.kind in (BodyKind.PERSON, BodyKind.OTHER) else before.kind,
            states=before.states or agent.states,
            role=before.role or agent.role,
        )
    known[surname] = agent
    return agent


def _families(agent: Agent, states: frozenset[str]) -> tuple[str, ...]:
    """The word that follow-ups use, where the family name comes first: "Kim" for "Kim Jong Un"."""
    words = agent.name.split()
    return (words[0],) if len(words) > 1 and set(agent.states) & states else ()


def fullest(mentions: Iterable[Mention], known: dict[str, Agent]) -> tuple[Mention, ...]:
    """The same mentions, every person by the fullest form that the whole document gives."""
    done = []
    for mention in mentions:
        if mention.kind is MentionKind.PERSON and mention.agent:
            whole = known.get(folded(mention.agent.name.split()[-1]))
            if whole and (whole.name == mention.agent.name or " " not in mention.agent.name):
                mention = msgspec.structs.replace(mention, agent=whole, states=whole.states)
        done.append(mention)
    return tuple(done)
