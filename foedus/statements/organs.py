"""Organs and whose they are: "Russia's lower house of parliament", "parliament in Kyiv", "the chamber".

A generic organ takes its state from the words beside it; else from the one state of whose organs the report has spoken
before; else it is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from foedus.statements.country_organs import CountryOrgans, is_governed
from foedus.statements.gazetteer import Gazetteer
from foedus.statements.names import Mention, MentionKind
from foedus.statements.owners import one_owner, owners, owners_by_name, with_union
from foedus.statements.parties import UNIONS
from foedus.statements.presiding import PresidingOfficers
from foedus.statements.word_rows import WordRow, alternation
from foedus.terms.agents import CHAMBERS, Agent, BodyKind

_OWNERS = (MentionKind.STATE, MentionKind.ORGANISATION)


class Organs:
    """The links of one language, compiled."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        words = gazetteer.bodies
        between = alternation(words.links.between)
        own = alternation((*words.links.own, *words.links.articles))
        self._before = re.compile(rf"(?:['’]s?)?\s+(?:(?:{between})\s+)*", re.IGNORECASE)
        self._of = re.compile(rf"\)?\s+(?:{alternation(words.links.of_state)})\s+(?:(?:{own})\s+)?", re.IGNORECASE)
        self._apposition = re.compile(
            rf"\s*[,(–—-]\s*(?:(?:{alternation(words.links.apposition)})\s+)*",
            re.IGNORECASE,
        )
        self._relative = re.compile(rf"\b(?:{alternation(words.links.relative)})\b", re.IGNORECASE)
        self._own = words.links.own[0]
        self._places = frozenset(words.links.of_state)
        self._governing = frozenset(words.links.governing)
        self._plural = frozenset(words.plural_organs.words)
        self._plain = frozenset(words.plain)
        self._with = frozenset(words.links.partner)
        self._presiding = PresidingOfficers(words.links)
        self._country = CountryOrgans(words.links, gazetteer.is_organisation)
        links = "|".join(map(re.escape, words.plural_organs.links)) or "(?!)"
        self._and = re.compile(rf"\s*(?:{links})\s*(?:(?:{own})\s+)?", re.IGNORECASE)

    def joined(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        """Organs of one sentence joined with the states beside them; a state so used is no actor of its own any more."""
        text = row.text
        names = self._chain(text, self._presiding.left_out(text, names), self._joined_left)
        names = self._chain(text, names, self._joined_right)
        names = self._chain(text, names, self._joined_left)
        return self._appositions(text, self._shared(text, names))

    def _shared(self, text: str, names: list[Mention]) -> list[Mention]:
        """ "the parliaments of Peru and Chile": the plural is an organ of each state of the list."""
        done: list[Mention] = []
        plural: Mention | None = None
        for name in names:
            is_more = plural is not None and self._and.fullmatch(text, done[-1].end, name.start)
            if plural is not None and is_more and name.kind is MentionKind.STATE and len(name.states) == 1:
                name = msgspec.structs.replace(
                    self._owned(text, plural, name.states, name.start, name.end), role="shared"
                )
            else:
                plural = _stateless(name) if name.text.lower().startswith(tuple(self._plural)) else None
            done.append(name)
        return done

    def _chain(self, text: str, names: list[Mention], join: object) -> list[Mention]:
        done: list[Mention] = []
        for name in names:
            merged = join(text, done[-1], name) if done else None  # type: ignore[operator]
            if merged:
                done[-1] = merged
            else:
                done.append(name)
        return done

    def _joined_left(self, text: str, left: Mention, right: Mention) -> Mention | None:
        """ "Russian parliament", "Russia's State Duma", "parliament's lower house": the right one is the organ."""
        if right.kind is not MentionKind.BODY or not self._before.fullmatch(text, left.end, right.start):
            return None
        if left.kind in _OWNERS and len(left.states) == 1:
            is_another = right.agent is not None and right.agent.body is not None and left.states != right.agent.states
            if is_another:
                return None
            start = right.start if self._is_the_place(text, left) else left.start
            return self._owned(text, right, left.states, start, right.end)
        if (
            left.kind is MentionKind.BODY
            and left.agent
            and len(left.states) == 1
            and right.role == "generic"
            and text[left.end : right.start].startswith(("'", "’"))
        ):
            return self._owned(text, right, left.states, left.start, right.end) if left.agent.kind in CHAMBERS else None
        return None

    def _is_the_place(self, text: str, city: Mention) -> bool:
        """ "In La Paz both chambers approved it": the city tells where, and whose chambers, but is no part of their name."""
        opener = text[: city.start].rstrip().rsplit(maxsplit=1)[-1:]
        return city.role == "capital" and bool(opener) and opener[0].istitle() and opener[0].lower() in self._places

    def _joined_right(self, text: str, left: Mention, right: Mention) -> Mention | None:
        """ "the parliament of Armenia", "parliament in Kyiv", "lower house of the Russian parliament": the left one is the organ."""
        if (
            left.kind is not MentionKind.BODY
            or left.agent is None
            or not self._of.fullmatch(text, left.end, right.start)
        ):
            return None
        if (
            right.kind in _OWNERS
            and len(right.states) == 1
            and (not left.agent.states or right.states == left.agent.states)
        ):
            return self._owned(text, left, right.states, left.start, right.end)
        if (
            right.kind is MentionKind.BODY
            and right.agent
            and right.agent.kind in CHAMBERS
            and right.agent.states
            and not left.agent.states
        ):
            return self._owned(text, left, right.agent.states, left.start, right.end)
        return None

    def _appositions(self, text: str, names: list[Mention]) -> list[Mention]:
        """ "the State Duma, the lower house": one organ; both mentions stay, the generic one with the name of the other."""
        done = list(names)
        for index in range(len(names) - 1):
            left, right = done[index], done[index + 1]
            if (
                left.kind is not MentionKind.BODY
                or right.kind is not MentionKind.BODY
                or not left.agent
                or not right.agent
            ):
                continue
            if not self._apposition.fullmatch(text, left.end, right.start) or not _same_organ(left.agent, right.agent):
                continue
            named = left.agent if left.role != "generic" else right.agent
            other = right.agent if named is left.agent else left.agent
            whole = msgspec.structs.replace(
                named, states=named.states or other.states, kind=_finer(named.kind, other.kind)
            )
            done[index] = msgspec.structs.replace(left, agent=whole, states=whole.states)
            done[index + 1] = msgspec.structs.replace(right, agent=whole, states=whole.states)
        return done

    def resolved(self, text: str, named: list[list[Mention]]) -> list[list[Mention]]:
        """Over the whole document: each organ that nobody owned yet gets the one owner that the report leaves."""
        named = self._country.owned(text, _founded(named, self._plain), self._given)
        partner = self._partner(text, named)
        counts = with_union(named, owners(named, partner), self._gazetteer.may_have_chamber)
        heads = _heads_of_state(named)
        by_name = owners_by_name(named)
        treaties = [one for row in named for one in row if one.kind is MentionKind.TREATY]
        is_of_members = any(len(state) != 3 for one in treaties for state in one.states)
        parties = {state for one in treaties for state in one.states} - {partner} if not is_of_members else set()
        done: list[list[Mention]] = []
        home = self._gazetteer.home.of(text, named)
        if home and home not in parties and not _is_of_parties(treaties):
            is_other = len(home) == _ALPHA_3 and _with_one_other(treaties)
            counts = counts | {home: 0} if is_other or not counts else counts
            parties = set()
        last: tuple[str, ...] = (home,) if home in counts or home in parties else ()
        whose = one_owner(named, CHAMBERS)
        chamber = last or whose
        court = one_owner(named, _COURTS)
        for mentions in named:
            row = []
            for mention in mentions:
                is_free = mention.agent is not None and not mention.agent.states
                if is_free and mention.agent.name in by_name and not self._own_of(text, mention, mentions):  # type: ignore[union-attr]
                    mention = self._given(mention, by_name[mention.agent.name])  # type: ignore[union-attr]
                is_chamber = mention.agent is not None and mention.agent.kind in CHAMBERS
                before = (chamber or last) if is_chamber else last or (court if _is_court(mention) else ())
                mention = _as_person(self._owner_found(text, mention, mentions, before, counts, parties, whose), heads)
                is_abroad = mention.kind is MentionKind.PERSON and mention.states == (partner,)
                if len(mention.states) == 1 and mention.agent and mention.agent.kind in _LEADING and not is_abroad:
                    last = mention.states
                    chamber = last if is_chamber else chamber
                row.append(mention)
            done.append(row)
        return done

    def _partner(self, text: str, named: list[list[Mention]]) -> str:
        """ "the agreement with the United States": the other side of a report told at home, to whom no bare "parliament" belongs."""
        treaties = [one for row in named for one in row if one.kind is MentionKind.TREATY and len(one.states) == 1]
        partners = {one.states[0] for one in treaties if self._with & set(one.text.lower().split())}
        home = self._gazetteer.home.of(text, named)
        return partners.pop() if len(partners) == 1 and home not in partners else ""

    def _owner_found(
        self,
        text: str,
        mention: Mention,
        sentence: Sequence[Mention],
        last: tuple[str, ...],
        counts: dict[str, int],
        parties: set[str],
        owned: tuple[str, ...],
    ) -> Mention:
        agent = mention.agent
        if agent is None or agent.states or mention.text.lower() in self._plural or not _needs_owner(mention):
            return mention
        related = self._related(text, mention, sentence) or self._own_of(text, mention, sentence)
        if related and mention.kind is MentionKind.BODY:
            return self._given(mention, related)
        spoken_of = self._subjects(text, mention, sentence)
        is_free = bool(spoken_of) and not mention.states and (len(parties) < 2 or spoken_of[0] in parties)
        if is_free and self._may_have(spoken_of[0], agent.kind):
            return self._given(mention, spoken_of[0])
        near = [
            state
            for other in sentence
            if other is not mention and other.kind is not MentionKind.TREATY and len(other.states) == 1
            for state in other.states
        ]
        choices = mention.states or tuple(counts)
        if mention.states and len(parties) > 1 and set(choices) & parties:
            choices = tuple(state for state in choices if state in parties)
        is_of_states = all(self._gazetteer.may_have_chamber(state) for state in parties)
        if mention.kind is MentionKind.BODY and len(parties) > 1 and is_of_states and set(choices) & parties:
            choices = tuple(state for state in choices if state in parties)
        told = tuple(state for other in sentence if other.kind is MentionKind.TREATY for state in other.states)
        told = told if len(set(told)) > 1 else ()
        foremost = tuple(state for state in counts if self._may_have(state, agent.kind))[:1]
        likely = [states for states in (spoken_of, last, tuple(dict.fromkeys(near)), told, foremost, choices) if states]
        if mention.kind is MentionKind.PERSON:
            acting = tuple(state for state, times in counts.items() if times)
            likely = [acting] if len(acting) == 1 else [owned] if len(owned) == 1 else []
        if len(choices) > 1 and mention.states and mention.kind is MentionKind.BODY and not set(near) & set(choices):
            choices = last if last else choices
        for states in likely:
            fitting = tuple(
                state for state in states if (not choices or state in choices) and self._may_have(state, agent.kind)
            )
            if len(fitting) == 1:
                return self._given(mention, fitting[0])
        return mention

    def _may_have(self, owner: str, kind: BodyKind) -> bool:
        """Whether a state or organisation can have such an organ: a cabinet, a head or a court is a state's, or a union's."""
        if kind in CHAMBERS or kind is BodyKind.COMMITTEE:
            return self._gazetteer.may_have_chamber(owner)
        return kind not in _OF_STATES or owner in UNIONS or not self._gazetteer.is_organisation(owner)

    def _subjects(self, text: str, mention: Mention, sentence: Sequence[Mention]) -> tuple[str, ...]:
        """ "Kyiv announced that the president had signed": the one state that acts in the sentence before the organ."""
        before = [one for one in sentence if one.end <= mention.start and _may_act(one)]
        acting: set[str] = set()
        hangs, end = False, 0
        for one in before:
            is_joined = bool(end) and bool(self._and.fullmatch(text, end, one.start))
            hangs = is_governed(text, one, self._governing) or (is_joined and hangs)
            end = one.end
            acting |= set(one.states[:1]) if len(one.states) == 1 and not hangs else set()
        return tuple(acting) if len(acting) == 1 else ()

    def _related(self, text: str, mention: Mention, sentence: Sequence[Mention]) -> str:
        """ "Hungary, where parliament ...", "Russia, whose lower house ...": the state before the relative."""
        for other in reversed(sentence):
            if other.end <= mention.start and other.kind is MentionKind.STATE and len(other.states) == 1:
                is_related = self._relative.search(text, other.end, mention.start) and mention.start - other.end < 70
                return other.states[0] if is_related else ""
        return ""

    def _own_of(self, text: str, mention: Mention, sentence: Sequence[Mention]) -> str:
        """ "Mexico ratified it when its Senate backed it", "In Canada the government ...": the state that the sentence is about."""
        before = [one for one in sentence if one.end <= mention.start]
        states = [one for one in before if one.kind is MentionKind.STATE and len(one.states) == 1]
        if not states:
            return ""
        opener = text[: states[0].start].rstrip().rsplit(maxsplit=1)[-1:]
        is_placed = states[0] is before[0] and opener and opener[0].istitle() and opener[0].lower() in self._places
        is_own = text[: mention.start].rstrip().rsplit(maxsplit=1)[-1:] == [self._own]
        return states[0].states[0] if is_own or is_placed else ""

    def _given(self, mention: Mention, state: str) -> Mention:
        agent = mention.agent or Agent(name=mention.text)
        known = self._gazetteer.body_in(agent.name, state)
        body = agent.body or self._gazetteer.body_of_kind(agent.kind, state)
        whole = known or msgspec.structs.replace(agent, states=(state,), body=body)
        return msgspec.structs.replace(mention, agent=whole, states=(state,))

    def _owned(self, text: str, organ: Mention, states: tuple[str, ...], start: int, end: int) -> Mention:
        agent = organ.agent or Agent(name=organ.text)
        known = self._gazetteer.body_in(agent.name, states[0])
        name = agent.name if organ.role != "generic" else " ".join(text[start:end].split())
        body = agent.body or self._gazetteer.body_of_kind(agent.kind, states[0])
        whole = known or msgspec.structs.replace(agent, states=states, name=name, body=body)
        if whole.kind in CHAMBERS and not self._gazetteer.may_have_chamber(states[0]):
            whole = msgspec.structs.replace(whole, kind=BodyKind.ORGANISATION)
        return msgspec.structs.replace(organ, start=start, end=end, text=text[start:end], states=states, agent=whole)


def _founded(named: list[list[Mention]], plain: frozenset[str]) -> list[list[Mention]]:
    """Without bodies that only a plain name gives a state of which the report says nothing else: "the General Council"."""
    known = {one.states for row in named for one in row if one.states and not _is_plainly_named(one, plain)}
    known |= {(state,) for row in named for one in row if one.kind is MentionKind.TREATY for state in one.states}
    return [
        [_of_union(one, known) for one in row if one.states in known or not _is_plainly_named(one, plain)]
        for row in named
    ]


def _of_union(mention: Mention, known: set[tuple[str, ...]]) -> Mention:
    """ "the General Assembly" is the United Nations' where the report says nothing of the state that has one too."""
    union = [state for state in mention.states if len(state) < _ALPHA_3]
    is_open = mention.kind is MentionKind.BODY and len(mention.states) == _PAIR and len(union) == 1
    if not is_open or any((state,) in known for state in mention.states if state not in union):
        return mention
    agent = Agent(name=mention.text, kind=BodyKind.ORGANISATION, states=(union[0],))
    return msgspec.structs.replace(mention, agent=agent, states=(union[0],))


_ALPHA_3 = 3
_PAIR = 2


def _is_plainly_named(mention: Mention, plain: frozenset[str]) -> bool:
    is_name = mention.kind is MentionKind.BODY and mention.role == "name" and len(mention.states) == 1
    return is_name and all(word in plain for word in mention.text.lower().split())


_COURTS = (BodyKind.COURT, BodyKind.REVIEW_BODY)
_LEADING = frozenset({*CHAMBERS, BodyKind.HEAD_OF_STATE, BodyKind.CABINET, BodyKind.COMMITTEE, *_COURTS})


_OF_STATES = frozenset({BodyKind.CABINET, BodyKind.HEAD_OF_STATE, BodyKind.HEAD_OF_GOVERNMENT, *_COURTS})
_ALPHA_3 = 3


def _with_one_other(treaties: list[Mention]) -> bool:
    """Whether the treaty that a report names first is told by one party: "the treaty with China", at home with the other."""
    first = next((one for one in treaties if one.role != "generic"), None)
    return first is not None and first.role == "description" and len(first.states) == 1


def _is_of_parties(treaties: list[Mention]) -> bool:
    """Whether the treaty that a report names first is one between states that it names."""
    first = next((one for one in treaties if one.role != "generic"), None)
    return first is not None and len(first.states) > 1


def _may_act(mention: Mention) -> bool:
    """A demonym only describes what stands after it; a treaty does nothing."""
    return mention.kind is not MentionKind.TREATY and mention.role != "demonym"


def _stateless(organ: Mention) -> Mention | None:
    """The kind of organ alone, whosever it is."""
    if organ.kind is not MentionKind.BODY or organ.agent is None or len(organ.states) != 1:
        return None
    return msgspec.structs.replace(organ, agent=msgspec.structs.replace(organ.agent, states=(), body=None))


def _is_court(mention: Mention) -> bool:
    return mention.agent is not None and mention.agent.kind in _COURTS


def _needs_owner(mention: Mention) -> bool:
    if mention.kind is MentionKind.PERSON:
        return bool(mention.agent and mention.agent.kind in (BodyKind.HEAD_OF_STATE, BodyKind.COMMITTEE))
    return mention.kind is MentionKind.BODY


def _same_organ(one: Agent, other: Agent) -> bool:
    if one.states and other.states and one.states != other.states:
        return False
    return one.kind == other.kind or (one.kind in CHAMBERS and other.kind in CHAMBERS)


def _finer(one: BodyKind, other: BodyKind) -> BodyKind:
    """A house is finer than a parliament."""
    return other if one is BodyKind.PARLIAMENT else one


def _heads_of_state(named: list[list[Mention]]) -> dict[str, Agent]:
    """State -> its one head of state that the report names; states with two are left out."""
    found: dict[str, set[str]] = {}
    agents: dict[str, Agent] = {}
    for mentions in named:
        for mention in mentions:
            if mention.kind is MentionKind.PERSON and mention.agent and mention.agent.kind is BodyKind.HEAD_OF_STATE:
                for state in mention.states:
                    found.setdefault(state, set()).add(mention.agent.name)
                    agents[state] = mention.agent
    return {state: agents[state] for state, who in found.items() if len(who) == 1}


def _as_person(mention: Mention, heads: dict[str, Agent]) -> Mention:
    """ "the Russian president" is the one whom the report names as such."""
    agent = mention.agent
    if (
        mention.kind is not MentionKind.BODY
        or agent is None
        or agent.kind is not BodyKind.HEAD_OF_STATE
        or len(agent.states) != 1
    ):
        return mention
    person = heads.get(agent.states[0])
    return msgspec.structs.replace(mention, agent=person) if person else mention
