"""Organs and whose they are: "Russia's lower house of parliament", "parliament in Kyiv", "the chamber".

A generic organ takes its state from the words beside it; else from the one state of whose organs the report has spoken
before; else it is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from foedus.statements.gazetteer import Gazetteer
from foedus.statements.names import Mention, MentionKind
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
        self._plural = frozenset(words.plural_organs.words)
        links = "|".join(map(re.escape, words.plural_organs.links)) or "(?!)"
        self._and = re.compile(rf"\s*(?:{links})\s*(?:(?:{own})\s+)?", re.IGNORECASE)

    def joined(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        """Organs of one sentence joined with the states beside them; a state so used is no actor of its own any more."""
        text = row.text
        names = self._chain(text, names, self._joined_left)
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
                name = self._owned(text, plural, name.states, name.start, name.end)
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
            return self._owned(text, right, left.states, left.start, right.end)
        if (
            left.kind is MentionKind.BODY
            and left.agent
            and len(left.states) == 1
            and right.role == "generic"
            and text[left.end : right.start].startswith(("'", "’"))
        ):
            return self._owned(text, right, left.states, left.start, right.end) if left.agent.kind in CHAMBERS else None
        return None

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
        counts = _owners(named)
        heads = _heads_of_state(named)
        explicit = _explicit(named)
        treaties = [one for row in named for one in row if one.kind is MentionKind.TREATY]
        is_of_members = any(len(state) != 3 for one in treaties for state in one.states)
        parties = {state for one in treaties for state in one.states} if not is_of_members else set()
        done: list[list[Mention]] = []
        last: tuple[str, ...] = ()
        owned = {one.states for row in named for one in row if _is_owned_chamber(one)}
        whose: tuple[str, ...] = owned.pop() if len(owned) == 1 else ()
        chamber = whose
        for mentions in named:
            row = []
            for mention in mentions:
                is_free = mention.agent is not None and not mention.agent.states
                if is_free and mention.agent.name in explicit and not self._own_of(text, mention, mentions):  # type: ignore[union-attr]
                    mention = self._given(mention, explicit[mention.agent.name])  # type: ignore[union-attr]
                is_chamber = mention.agent is not None and mention.agent.kind in CHAMBERS
                before = (chamber or last) if is_chamber else last
                mention = _as_person(self._owner_found(text, mention, mentions, before, counts, parties, whose), heads)
                if len(mention.states) == 1 and mention.agent and mention.agent.kind in _LEADING:
                    last = mention.states
                    chamber = last if is_chamber else chamber
                row.append(mention)
            done.append(row)
        return done

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
        likely = [states for states in (last, tuple(dict.fromkeys(near)), told, tuple(counts)[:1]) if states]
        if mention.kind is MentionKind.PERSON:
            likely = [tuple(counts)] if len(counts) == 1 else [owned] if len(owned) == 1 else []
        if mention.states and mention.kind is MentionKind.BODY and not set(near) & set(choices):
            choices = last if last else choices
        for states in likely:
            fitting = tuple(state for state in states if not choices or state in choices)
            if agent.kind in CHAMBERS:
                fitting = tuple(state for state in fitting if self._gazetteer.may_have_chamber(state))
            if len(fitting) == 1:
                return self._given(mention, fitting[0])
        return mention

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


_LEADING = frozenset({*CHAMBERS, BodyKind.HEAD_OF_STATE, BodyKind.CABINET, BodyKind.COMMITTEE})


def _stateless(organ: Mention) -> Mention | None:
    """The kind of organ alone, whosever it is."""
    if organ.kind is not MentionKind.BODY or organ.agent is None or len(organ.states) != 1:
        return None
    return msgspec.structs.replace(organ, agent=msgspec.structs.replace(organ.agent, states=(), body=None))


def _is_owned_chamber(mention: Mention) -> bool:
    agent = mention.agent
    return mention.kind is MentionKind.BODY and agent is not None and agent.kind in CHAMBERS and len(agent.states) == 1


def _needs_owner(mention: Mention) -> bool:
    if mention.kind is MentionKind.PERSON:
        return bool(mention.agent and mention.agent.kind in (BodyKind.HEAD_OF_STATE, BodyKind.COMMITTEE))
    return mention.kind is MentionKind.BODY


def _explicit(named: list[list[Mention]]) -> dict[str, str]:
    """A name of many organs that the report once gives an owner: "Russia's Senate", later "the Senate"."""
    found: dict[str, str] = {}
    for mentions in named:
        for mention in mentions:
            if (
                mention.kind is MentionKind.BODY
                and mention.role == "name"
                and mention.agent
                and len(mention.agent.states) == 1
            ):
                found.setdefault(mention.agent.name, mention.agent.states[0])
                found.setdefault(mention.text.split(" ")[-1].split("’")[-1], mention.agent.states[0])
    return found


def _owners(named: list[list[Mention]]) -> dict[str, int]:
    """How often the report speaks of organs and persons of each state, most often first; of the states themselves if of none."""
    counts: Counter[str] = Counter()
    for kinds in ((MentionKind.BODY, MentionKind.PERSON), (MentionKind.STATE,)):
        for mentions in named:
            counts.update(
                mention.states[0] for mention in mentions if mention.kind in kinds and len(mention.states) == 1
            )
        if counts:
            break
    return dict(counts.most_common())


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
