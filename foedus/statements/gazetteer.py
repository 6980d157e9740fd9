"""Names that are known before reading: states with their demonyms and metonyms, organs, organisations, media, offices.

Proper names are found by their first word (only capitalised words are looked up); generic organs by one compiled pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.reference.packs import Reference
from foedus.statements.home_state import HomeState
from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import WordRow, alternation, longest_runs
from foedus.terms.agents import CHAMBERS, Agent, BodyKind

_FIRST_WORD = re.compile(r"[A-ZÀ-Ý](?:(?<![\w-].)|(?<=-[A-Z]))[^\W\d_]*")  # a capital first: it is found fastest


class Committees(msgspec.Struct, frozen=True):
    heads: tuple[str, ...]
    fields: tuple[str, ...]
    small: tuple[str, ...]


class BodyLinks(msgspec.Struct, frozen=True):
    of_state: tuple[str, ...]
    possessive: tuple[str, ...]
    between: tuple[str, ...]
    own: tuple[str, ...]
    not_before: tuple[str, ...]
    relative: tuple[str, ...]
    articles: tuple[str, ...]
    apposition: tuple[str, ...]
    governing: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    presided: tuple[str, ...] = ()


class PluralOrgans(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    links: tuple[str, ...] = ()


class BodyWords(msgspec.Struct, frozen=True):
    """`bodies.toml`. `regions` name no state, though a state's name stands in them: "North American".

    plain  words of which many bodies' names are made; a name of these alone tells no state
    styles  before any state's name: "Republic of"
    """

    generic: dict[str, tuple[str, ...]]
    committee: Committees
    links: BodyLinks
    plural_organs: PluralOrgans
    regions: tuple[str, ...] = ()
    adjectives: dict[str, tuple[str, ...]] = {}
    short: dict[str, dict[str, str]] = {}
    described: PluralOrgans = PluralOrgans(words=())
    plain: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


class MediaWords(msgspec.Struct, frozen=True):
    """`media.toml`."""

    names: tuple[str, ...]
    generic: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """A surface form and everything it may name."""

    form: str
    mentions: tuple[tuple[MentionKind, Agent, str], ...]


class Gazetteer:
    """All known names of one language, compiled."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.bodies = lexicon.section("bodies", BodyWords)
        media = lexicon.section("media", MediaWords)
        self._by_first: dict[str, tuple[Entry, ...]] = _by_first_word(
            _entries(reference, media.names, self.bodies.styles)
        )
        self._by_form = {entry.form: entry for entries in self._by_first.values() for entry in entries}
        self._sizes = {
            word: tuple(dict.fromkeys(len(entry.form) for entry in entries)) for word, entries in self._by_first.items()
        }
        self._generic_kind = by_kind(self.bodies.generic)
        self._adjective_kind = by_kind(self.bodies.adjectives)
        described = alternation(self.bodies.described.words)
        self._adjective = re.compile(
            rf"\b(?:{alternation(self._adjective_kind)})(?=\s+(?:{described})\b)" if described else "(?!)",
            re.IGNORECASE,
        )
        self._adjective_runs = longest_runs(self._adjective_kind)
        self._generic = re.compile(rf"\b(?:{alternation(self._generic_kind)})\b", re.IGNORECASE)
        self._generic_runs = longest_runs(self._generic_kind)
        self._media_runs = longest_runs(media.generic)
        self._committee_runs = longest_runs(self.bodies.committee.heads)
        self._media = re.compile(rf"\b(?:{alternation(media.generic)})\b", re.IGNORECASE)
        self.state_words = _state_words(self._by_first)
        self._body_in = _bodies_by_state(self._by_first)
        self._body_of_kind = _only_bodies(reference)
        with_chamber = {state for (_, state), agent in self._body_in.items() if agent.kind in CHAMBERS}
        self._organisations = frozenset(one.id for one in reference.directory.organisations)
        self._without_chamber = self._organisations - with_chamber
        self._regions = re.compile(rf"(?:{alternation(self.bodies.regions)})\b") if self.bodies.regions else None
        small = alternation((*self.bodies.links.of_state, *self.bodies.links.articles, *self.bodies.committee.small))
        self._trailing = re.compile(rf"(?:[\s,]+(?:{small}))*[\s,]*$", re.IGNORECASE)
        fields = alternation(self.bodies.committee.fields)
        heads = alternation(self.bodies.committee.heads)
        self._committee = re.compile(
            rf"\b(?:(?:{fields})\s+){{0,6}}(?:{heads})\b(?:['’]s\b)?(?:\s+(?:on|for|of)\s+(?:(?:{fields})\b[,\s]*){{1,7}})?",
            re.IGNORECASE,
        )

    def find(self, row: WordRow) -> list[Mention]:
        """Every known name of a row that has words, without overlaps, in order."""
        text, start, end = row.text, row.starts[0], row.ends[-1]
        found = list(self._proper(text, start, end))
        taken = _Taken(found)
        for pattern, runs, make in (
            (self._committee, self._committee_runs, self._as_committee),
            (self._generic, self._generic_runs, self._as_body),
            (self._adjective, self._adjective_runs, self._as_described),
            (self._media, self._media_runs, _as_medium),
        ):
            if runs.isdisjoint(row.letter_runs):
                continue
            for match in pattern.finditer(text, start, end):
                first, last = match.start(), match.start() + len(self._trailing.sub("", match[0]))
                if taken.free(first, last):
                    mention = make(text[first:last], first, last)
                    found.append(mention)
                    taken.add(mention)
        found.sort(key=lambda mention: mention.start)
        return found

    @cached_property
    def home(self) -> HomeState:
        """What tells whose report a text is."""
        return HomeState(
            (entry.form, entry.mentions[0][0], states, entry.mentions[0][2])
            for listed in self._by_first.values()
            for entry in listed
            if len(states := tuple({state for _, agent, _ in entry.mentions for state in agent.states})) == 1
        )

    def body_in(self, form: str, state: str) -> Agent | None:
        """The organ of `state` that goes by `form`; None where the directory has none."""
        return self._body_in.get((form, state))

    def may_have_chamber(self, owner: str) -> bool:
        """Whether a state or organisation can have a parliament: of organisations, those of which the directory knows one."""
        return owner not in self._without_chamber

    def is_organisation(self, owner: str) -> bool:
        return owner in self._organisations

    def body_of_kind(self, kind: BodyKind, state: str) -> str | None:
        """Id of the one organ of this kind that a state has; a parliament only where it has no houses."""
        return self._body_of_kind.get((kind, state))

    def _proper(self, text: str, start: int, end: int) -> Iterator[Mention]:
        position = start
        for word in _FIRST_WORD.finditer(text, start, end):
            first = word.start()
            if first < position:
                continue
            for size in self._sizes.get(word[0], ()):
                last = first + size
                entry = self._by_form.get(text[first:last]) if last <= end else None
                if (
                    entry is not None
                    and _is_boundary(text, last)
                    and not self._ends_a_surname(text, first, entry)
                    and not self._is_longer_within(text, first, last, entry)
                ):
                    yield self._unless_of_any_state(_mention(entry, first, last))
                    position = last
                    break
            else:
                region = self._regions.match(text, first, end) if self._regions else None
                position = region.end() if region else position

    def _is_longer_within(self, text: str, first: int, last: int, entry: Entry) -> bool:
        """ "The Guardian Council" is no newspaper: a longer name begins inside the medium's."""
        if entry.mentions[0][0] is MentionKind.BODY:
            return text.startswith(self.bodies.links.not_before, last + 1)
        if entry.mentions[0][0] is not MentionKind.MEDIUM:
            return False
        inside = (word for word in _FIRST_WORD.finditer(text, first + 1, last))
        return any(
            text.startswith(other.form, word.start()) and word.start() + len(other.form) > last
            for word in inside
            for other in self._by_first.get(word[0], ())
        )

    def _unless_of_any_state(self, mention: Mention) -> Mention:
        """ "The Constitutional Court" is any state's, though the directory knows only one that goes by these bare words."""
        agent = mention.agent
        if agent is None or self._generic_kind.get(mention.text.lower()) is not BodyKind.COURT:
            return mention
        return self._as_body(mention.text, mention.start, mention.end)

    def _ends_a_surname(self, text: str, first: int, entry: Entry) -> bool:
        """ "Defensor-Santiago": a city after a hyphen, where what stands before it is no known name."""
        if text[first - 1 : first] != "-" or entry.mentions[0][2] != "capital":
            return False
        before = text[max(0, first - 30) : first - 1].split()[-1:]
        return bool(before) and before[0][:1].isupper() and before[0] not in self._by_first

    def _as_body(self, words: str, start: int, end: int) -> Mention:
        kind = self._generic_kind[" ".join(words.lower().replace("’", "'").split())]
        return Mention(
            start=start, end=end, kind=MentionKind.BODY, text=words, agent=Agent(name=words, kind=kind), role="generic"
        )

    def _as_described(self, words: str, start: int, end: int) -> Mention:
        agent = Agent(name=words, kind=self._adjective_kind[words.lower()])
        return Mention(start=start, end=end, kind=MentionKind.BODY, text=words, agent=agent, role="generic")

    def _as_committee(self, words: str, start: int, end: int) -> Mention:
        agent = Agent(name=words, kind=BodyKind.COMMITTEE)
        role = "name" if words[0].isupper() else "generic"
        return Mention(start=start, end=end, kind=MentionKind.BODY, text=words, agent=agent, role=role)


class _Taken:
    """Which stretches of a text already belong to a name."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._spans = [(mention.start, mention.end) for mention in mentions]

    def free(self, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self._spans)

    def add(self, mention: Mention) -> None:
        self._spans.append((mention.start, mention.end))


def _as_medium(words: str, start: int, end: int) -> Mention:
    agent = Agent(name=words, kind=BodyKind.OTHER)
    return Mention(start=start, end=end, kind=MentionKind.MEDIUM, text=words, agent=agent, role="generic")


def _is_boundary(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() and text[at - 1].isalnum())


def _entries(reference: Reference, media: tuple[str, ...], styles: tuple[str, ...]) -> list[Entry]:
    """One entry a form: everything the directory knows by it, the states by their styles, and the media."""
    named: dict[str, list[tuple[MentionKind, Agent, str, bool]]] = {}
    for form, kind, entity, role in reference.directory.surface_forms():
        if form and form[0].isupper():
            named.setdefault(form, []).append(_known(reference, form, str(kind), entity, str(role)))
    entries = {form: Entry(form, _likeliest(known)) for form, known in named.items()}
    for state in reference.directory.states:
        for form in (f"{style} {state.name}" for style in styles if state.until is None):
            if form not in entries:
                entries[form] = Entry(form, _likeliest([_known(reference, form, "state", state.id, "name")]))
    for name in media:
        if name not in entries:
            entries[name] = Entry(name, ((MentionKind.MEDIUM, Agent(name=name), "name"),))
    return list(entries.values())


_RANK = {"name": 0, "demonym": 1, "capital": 2, "metonym": 3}


def _likeliest(known: list[tuple[MentionKind, Agent, str, bool]]) -> tuple[tuple[MentionKind, Agent, str], ...]:
    """Drops entities that ceased to exist where one that exists has the name, and weaker roles beside stronger ones."""
    alive = [one for one in known if one[3]] or known
    kind = min(alive, key=lambda one: (one[0] is MentionKind.BODY, _RANK.get(one[2], 4)))
    best = [one for one in alive if one[0] is kind[0] and one[2] == kind[2]]
    return tuple((kind, agent, role) for kind, agent, role, _ in best)


def _known(reference: Reference, form: str, kind: str, entity: str, role: str) -> tuple[MentionKind, Agent, str, bool]:
    directory = reference.directory
    if kind == MentionKind.STATE.value:
        state = directory.state(entity)
        return (
            MentionKind.STATE,
            Agent(name=state.name, kind=BodyKind.STATE, states=(entity,)),
            role,
            state.until is None,
        )
    if kind == MentionKind.BODY.value:
        body = directory.body(entity)
        agent = Agent(name=form, kind=BodyKind(body.kind), body=entity, states=(body.state,))
        return MentionKind.BODY, agent, role, body.until is None
    agent = Agent(name=form, kind=BodyKind.ORGANISATION, states=(entity,))
    return MentionKind.ORGANISATION, agent, role, True


def _by_first_word(entries: list[Entry]) -> dict[str, tuple[Entry, ...]]:
    first: dict[str, list[Entry]] = {}
    for entry in entries:
        word = _FIRST_WORD.match(entry.form)
        if word:
            first.setdefault(word[0], []).append(entry)
    return {word: tuple(sorted(listed, key=lambda entry: -len(entry.form))) for word, listed in first.items()}


def _mention(entry: Entry, start: int, end: int) -> Mention:
    """One mention; where a form names several things, states of all of them and no body until context tells."""
    kind, agent, role = entry.mentions[0]
    states = agent.states
    if len(entry.mentions) > 1:
        states = tuple(sorted({state for _, one, _ in entry.mentions for state in one.states}))
        if len(states) > 1:
            agent = msgspec.structs.replace(agent, name=entry.form, body=None, states=())
    return Mention(start=start, end=end, kind=kind, text=entry.form, agent=agent, states=states, role=role)


def _state_words(by_first: Mapping[str, tuple[Entry, ...]]) -> frozenset[str]:
    """Every word of every state's name, in lower case."""
    forms = (
        entry.form for entries in by_first.values() for entry in entries if entry.mentions[0][0] is MentionKind.STATE
    )
    return frozenset(word.strip(".,'’").lower() for form in forms for word in form.replace("-", " ").split())


def _bodies_by_state(by_first: Mapping[str, tuple[Entry, ...]]) -> dict[tuple[str, str], Agent]:
    return {
        (entry.form, state): agent
        for entries in by_first.values()
        for entry in entries
        for kind, agent, _ in entry.mentions
        if kind is MentionKind.BODY
        for state in agent.states
    }


def _only_bodies(reference: Reference) -> dict[tuple[BodyKind, str], str]:
    found: dict[tuple[BodyKind, str], list[str]] = {}
    for body in reference.directory.bodies:
        if body.until is None:
            found.setdefault((BodyKind(body.kind), body.state), []).append(body.id)
    has_houses = {state for kind, state in found if kind in (BodyKind.LOWER_HOUSE, BodyKind.UPPER_HOUSE)}
    single = (BodyKind.LOWER_HOUSE, BodyKind.UPPER_HOUSE, BodyKind.PARLIAMENT)
    return {
        key: ids[0]
        for key, ids in found.items()
        if len(ids) == 1 and key[0] in single and not (key[0] is BodyKind.PARLIAMENT and key[1] in has_houses)
    }


def by_kind(words: Mapping[str, tuple[str, ...]]) -> dict[str, BodyKind]:
    """Turns a table kind -> words round: word -> kind."""
    return {word: BodyKind(kind) for kind, listed in words.items() for word in listed}
