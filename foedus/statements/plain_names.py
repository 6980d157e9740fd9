"""Names in a language that is read by tables alone: states, organs, offices, persons and media, by their inflected forms.

The names stand in `names.toml`, by the directory's ids. A generic organ ("парламент", "el Senado") belongs to the state
named beside it; else to the one state whose organs and persons the report speaks of, or to none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from foedus.documents.document import Document
from foedus.documents.sentences import Sentence
from foedus.reference.lexicons import Lexicon
from foedus.reference.packs import Reference
from foedus.statements.names import Analysis, Discourse, Mention, MentionKind
from foedus.statements.plain_identity import identified
from foedus.statements.plain_treaties import PlainTreaties
from foedus.statements.word_forms import Entries, Folded, Inflection, by_class, inflection_of
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import CHAMBERS, Agent, BodyKind
from foedus.terms.dates import Timex


class NameLinks(msgspec.Struct, frozen=True):
    """Words between an organ and its state ("el Senado de la República de Chile"), and before the other party of a treaty."""

    of: frozenset[str]
    partner: frozenset[str]


class PlainNameWords(msgspec.Struct, frozen=True):
    """`names.toml`: by the directory's ids, by kinds of organ, or by the id of an office holder.

    local   state -> a generic noun as it is cited -> the id of the organ that it means there ("el Congreso" of Spain)
    """

    states: dict[str, tuple[str, ...]]
    capitals: dict[str, tuple[str, ...]]
    bodies: dict[str, tuple[str, ...]]
    organisations: dict[str, tuple[str, ...]]
    generic: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]
    holders: dict[str, tuple[str, ...]]
    media: tuple[str, ...]
    local: dict[str, dict[str, str]]
    links: NameLinks


class Named(msgspec.Struct, frozen=True):
    """What an entry names; an office becomes a person where a name follows."""

    kind: MentionKind
    agent: Agent
    role: str = "name"


class PlainNames:
    """The names of one language, compiled; has the shape of `Annotator`."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.forms = inflection_of(lexicon)
        words = lexicon.section("names", PlainNameWords)
        self._of = words.links.of
        self._partner = words.links.partner
        listed = list(_listed(words, self.forms, reference))
        self._entries: Entries[Named] = Entries(self.forms, listed)
        self.cited = frozenset(self.forms.folded(self.forms.cited(written).lower().split()[0]) for written, _ in listed)
        self._bodies = {
            (BodyKind(body.kind), body.state): body.id
            for body in reversed(reference.directory.bodies)
            if not body.until
        }
        states = by_class(words.states)
        halves = {form: id for written, id in states if " " not in written for form in self.forms.phrase(written)[0]}
        self._local = words.local
        self.treaties = PlainTreaties(lexicon, self.forms, halves)

    def may_speak_of_treaties(self, text: str) -> bool:
        return self.treaties.may_speak(text)

    def annotate(
        self, document: Document, sentences: Sequence[Sentence], times_of: Callable[[Sentence], tuple[Timex, ...]]
    ) -> Discourse:
        """The document with everything named in it, and its times."""
        times = [times_of(sentence) for sentence in sentences]
        rows = [Folded(WordRow(document.text, one.start, one.end), self.forms) for one in sentences]
        named = [self._names(row) for row in rows]
        home = _home(named, rows, self._partner)
        named = [[self._at_home(one, home) for one in mentions] for mentions in named]
        named = [
            self.treaties.added(row, mentions, times[index])
            for index, (row, mentions) in enumerate(zip(rows, named, strict=True))
        ]
        main, treaties, resolved = identified(named, home, self.treaties.heads)
        analyses = tuple(
            Analysis(sentence=sentence, mentions=tuple(resolved[index]), times=times[index])
            for index, sentence in enumerate(sentences)
        )
        plain = tuple(row.row for row in rows)
        return Discourse(document=document, analyses=analyses, main=main, treaties=treaties, rows=plain)

    def _names(self, words: Folded) -> list[Mention]:
        found = [_mention(words, match.first, match.last, match.value) for match in self._entries.find(words)]
        found = self._joined(words, found, lambda one: one.kind is MentionKind.BODY and one.role != _OFFICE)
        found = self._joined(words, found, lambda one: one.role == _OFFICE)
        return list(self._with_persons(words, found))

    def _joined(self, words: Folded, found: list[Mention], wants: _Test) -> list[Mention]:
        """Organs and offices together with the state or organ named right beside them."""
        joined: list[Mention] = []
        index = len(found) - 1
        while index >= 0:
            mention = found[index]
            after = joined[-1] if joined else None
            before = found[index - 1] if index else None
            if wants(mention) and after and after.states and self._owns(words, mention, after):
                joined[-1] = self._owned(words, mention, after, mention.start, after.end)
            elif wants(mention) and before and before.states and _touch(words, before, mention) and _is_state(before):
                joined.append(self._owned(words, mention, before, before.start, mention.end))
                index -= 1
            else:
                joined.append(mention)
            index -= 1
        return joined[::-1]

    def _owns(self, words: Folded, mention: Mention, owner: Mention) -> bool:
        """Only words like "of the" stand between an organ and the one it belongs to; a capital is a place."""
        if mention.states and (owner.kind is not MentionKind.STATE or mention.states != owner.states):
            return False
        is_owner = owner.kind in (MentionKind.STATE, MentionKind.BODY, MentionKind.ORGANISATION)
        between = words.lower[words.row.at(mention.end) : words.row.at(owner.start)]
        return is_owner and len(between) <= _LINKS and all(word in self._of for word in between)

    def _owned(self, words: Folded, mention: Mention, owner: Mention, start: int, end: int) -> Mention:
        assert mention.agent
        states, agent = owner.states, mention.agent
        if owner.kind is MentionKind.BODY and owner.agent and mention.role == "generic" and agent.kind in CHAMBERS:
            is_house = agent.kind is not BodyKind.PARLIAMENT and owner.agent.kind is BodyKind.PARLIAMENT
            agent = agent if is_house else owner.agent  # "deputies of the Duma" are the Duma
        body = self._body_of(agent, states[0]) if len(states) == 1 and mention.role == "generic" else None
        agent = msgspec.structs.replace(agent, states=states, body=agent.body or body)
        return msgspec.structs.replace(
            mention, start=start, end=end, text=words.row.text[start:end], states=states, agent=agent
        )

    def _with_persons(self, words: Folded, found: Sequence[Mention]) -> Iterator[Mention]:
        """An office with the name after it is a person; an office alone acts, too; an unknown name without office does not."""
        taken = 0
        for index, mention in enumerate(found):
            if mention.start < taken:
                continue
            if mention.role != _OFFICE and mention.kind is not MentionKind.PERSON:
                yield mention
                continue
            following = found[index + 1] if index + 1 < len(found) else None
            if following and following.kind is MentionKind.PERSON and self._names_it(words, mention, following):
                taken = following.end
                yield msgspec.structs.replace(
                    following, start=mention.start, text=words.row.text[mention.start : following.end]
                )
            elif mention.kind is MentionKind.PERSON:
                yield self._with_first_names(words, mention)
            else:
                limit = following.start if following else None
                yield self._person(words, mention, limit)

    def _names_it(self, words: Folded, office: Mention, person: Mention) -> bool:
        first, last = words.row.at(office.end), words.row.at(person.start)
        return last - first <= 3 and all(
            words.row.is_capital(at) or words.lower[at] == "," for at in range(first, last)
        )

    def _with_first_names(self, words: Folded, mention: Mention) -> Mention:
        first = words.row.at(mention.start)
        while first > 1 and words.row.is_capital(first - 1):
            first -= 1
        start = words.row.starts[first]
        return msgspec.structs.replace(mention, start=start, text=words.row.text[start : mention.end])

    def _person(self, words: Folded, office: Mention, limit: int | None) -> Mention:
        """The office, with the capitalised words that follow it as the holder's name."""
        assert office.agent
        at = first = words.row.at(office.end)
        if at < len(words) and words.lower[at] == ",":
            at = first = at + 1
        end = words.row.at(limit) if limit is not None else len(words)
        while at < end and words.row.is_capital(at) and at - first < _NAME:
            at += 1
        if at == first:
            return msgspec.structs.replace(office, role="generic")
        name = words.row.span(first, at)
        stop = words.row.ends[at - 1]
        agent = msgspec.structs.replace(office.agent, name=name, role=office.text)
        return Mention(
            start=office.start, end=stop, kind=MentionKind.PERSON, text=words.row.text[office.start : stop],
            agent=agent, states=office.states,
        )  # fmt: skip

    def _at_home(self, mention: Mention, home: str | None) -> Mention:
        """A generic organ that no state stands beside is the home state's."""
        agent = mention.agent
        if home is None or mention.states or agent is None or mention.kind not in _OWNED:
            return mention
        if mention.role != "generic" and mention.kind is not MentionKind.PERSON:
            return mention
        body = self._body_of(agent, home) if mention.kind is MentionKind.BODY else None
        return msgspec.structs.replace(
            mention, states=(home,), agent=msgspec.structs.replace(agent, states=(home,), body=body or agent.body)
        )

    def _body_of(self, agent: Agent, state: str) -> str | None:
        return self._local.get(state, {}).get(agent.name.lower()) or self._bodies.get((agent.kind, state))


_OFFICE = "office without a name"
_OWNED = (MentionKind.BODY, MentionKind.PERSON)
_LINKS = 4
"""Words between an organ and its state, at most."""
_NAME = 4
"""Words of a person's name, at most."""

_Test = Callable[[Mention], bool]


def _is_state(mention: Mention) -> bool:
    return mention.kind is MentionKind.STATE and mention.role != "capital"


def _touch(words: Folded, one: Mention, two: Mention) -> bool:
    return words.row.at(one.end) == words.row.at(two.start)


def _mention(words: Folded, first: int, last: int, named: Named) -> Mention:
    start, end = words.row.starts[first], words.row.ends[last - 1]
    agent = named.agent
    if named.role == "generic" and " ".join(words.lower[first:last]) == agent.name.lower():
        agent = msgspec.structs.replace(agent, name=words.row.text[start:end])
    return Mention(
        start=start, end=end, kind=named.kind, text=words.row.text[start:end], agent=agent,
        states=agent.states, role=named.role,
    )  # fmt: skip


def _listed(words: PlainNameWords, forms: Inflection, reference: Reference) -> Iterator[tuple[str, Named]]:
    """Every entry with what it names."""
    directory = reference.directory
    for table, role in ((words.states, "name"), (words.capitals, "capital")):
        for written, id in by_class(table):
            agent = Agent(name=directory.state(id).name, kind=BodyKind.STATE, states=(id,))
            yield written, Named(MentionKind.STATE, agent, role)
    for id, entries in words.bodies.items():
        body = directory.body(id)
        agent = Agent(name=forms.cited(entries[0]), kind=BodyKind(body.kind), body=id, states=(body.state,))
        yield from ((written, Named(MentionKind.BODY, agent)) for written in entries)
    for written, id in by_class(words.organisations):
        agent = Agent(name=directory.organisation(id).name, kind=BodyKind.ORGANISATION, states=(id,))
        yield written, Named(MentionKind.ORGANISATION, agent)
    yield from _kinds(words.generic, forms, MentionKind.BODY, "generic")
    yield from _kinds(words.offices, forms, MentionKind.BODY, _OFFICE)
    for written in words.media:
        yield written, Named(MentionKind.MEDIUM, Agent(name=forms.cited(written), kind=BodyKind.OTHER))
    holders = {one.id: one for one in reference.officeholders}
    for written, id in by_class(words.holders):
        one = holders.get(id)
        if one:
            agent = Agent(name=one.name, kind=one.kind, states=(one.state,), role=one.role)
            yield written, Named(MentionKind.PERSON, agent)


def _kinds(
    table: dict[str, tuple[str, ...]], forms: Inflection, kind: MentionKind, role: str
) -> Iterator[tuple[str, Named]]:
    for written, name in by_class(table):
        yield written, Named(kind, Agent(name=forms.cited(written), kind=BodyKind(name)), role)


def _home(named: Iterable[Sequence[Mention]], rows: Sequence[Folded], partner: frozenset[str]) -> str | None:
    """The one state whose organs and persons the report speaks of; else the one state that it names as nobody's partner."""
    organs: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for words, mentions in zip(rows, named, strict=True):
        for mention in mentions:
            if len(mention.states) != 1:
                continue
            at = words.row.at(mention.start)
            is_partner = at > 0 and words.lower[at - 1] in partner
            is_chamber = mention.agent is not None and mention.agent.kind in CHAMBERS
            if is_chamber:
                organs[mention.states[0]] += 1
            elif mention.kind in (MentionKind.STATE, MentionKind.PERSON) and not is_partner:
                others[mention.states[0]] += 1
    for counted in (organs, others):
        if len(counted) == 1:
            return next(iter(counted))
        if counted:
            return None
    return None
