"""Speakers that a sentence names: the names of `names.py` that can speak, names it does not know, and pairs of them.

A name that nobody introduced ("Erdogan declared") is taken only where a verb of saying stands beside it; whether it does
is for `speakers.py` to see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from foedus.documents.sentences import Token
from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Mention, MentionKind
from foedus.terms.agents import Agent, BodyKind

_SPEAKING = (MentionKind.PERSON, MentionKind.BODY, MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.MEDIUM)
_LONGEST_NAME = 6
_OFFICE = 4
"""Words between the names of two persons who speak together: "and her Peruvian counterpart"."""


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who speaks, and where the words that name them stand.

    first, last  indices of the tokens, half-open
    agent        who; None for a pronoun
    pronoun      the pronoun, or "the diplomat": the document must tell whom it stands for
    plural       more than one speaks
    document     a paper, a site or a text speaks
    named        the one source that is named among several ("media including TASS"); else empty
    kind         of the mention; None for a noun, a pronoun or an unknown name
    guessed      the name is in capitals, and no more is known of it
    """

    first: int
    last: int
    agent: Agent | None = None
    pronoun: str = ""
    plural: bool = False
    document: bool = False
    named: str = ""
    kind: MentionKind | None = None
    guessed: bool = False

    @property
    def is_person(self) -> bool:
        return self.kind is MentionKind.PERSON


def named_speakers(
    mentions: Sequence[Mention], tokens: Sequence[Token], quoted: Sequence[bool], words: AttributionWords
) -> list[Speaker]:
    """The names of a sentence outside its quotations, in order and without overlaps; coordinated ones are one."""
    starts = [token.start for token in tokens]
    found: list[Speaker] = []
    for mention in sorted(mentions, key=lambda m: (m.kind is not MentionKind.PERSON, m.start - m.end)):
        first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
        if mention.kind not in _SPEAKING or not mention.agent or first >= last or quoted[first]:
            continue
        led = 0 if mention.kind is MentionKind.PERSON else _leading(tokens, first, last, words)
        mention, first = _without(mention, tokens, led, first), first + led
        of = mention.role == "generic" and last < len(tokens) and tokens[last].lower in words.small.of_links
        nobody = first > 0 and tokens[first - 1].lower in words.small.distributive
        if mention.role != "demonym" and not of and not nobody and not _met(found, first, last):
            pronoun = _again(mention, tokens[max(0, last - 2) : last], words)
            found.append(
                _organ(
                    Speaker(first=first, last=last, agent=_agent(mention), kind=mention.kind, pronoun=pronoun),
                    tokens,
                    words,
                )
            )
    taken = [(bisect_left(starts, m.start), bisect_left(starts, m.end)) for m in mentions]
    found += [s for s in _unknown(tokens, quoted, words) if not any(s.first < b and a < s.last for a, b in taken)]
    return _joined(sorted(found, key=lambda s: s.first), tokens, words)


def _leading(tokens: Sequence[Token], first: int, last: int, words: AttributionWords) -> int:
    """How many prepositions a mention begins with: "of the commission" names the commission."""
    return next((n for n, at in enumerate(range(first, last)) if tokens[at].lower not in words.small.links), 0)


def _without(mention: Mention, tokens: Sequence[Token], led: int, first: int) -> Mention:
    if not led or not mention.agent:
        return mention
    text = mention.text[tokens[first + led].start - mention.start :]
    name = text if mention.agent.name == mention.text else mention.agent.name
    return msgspec.structs.replace(mention, text=text, agent=msgspec.structs.replace(mention.agent, name=name))


def _organ(speaker: Speaker, tokens: Sequence[Token], words: AttributionWords) -> Speaker:
    """A "person" whose last name is a body's noun is that body: "the Cluster Munition Coalition"."""
    if not speaker.is_person or not speaker.agent or tokens[speaker.last - 1].lower not in words.nouns.bodies:
        return speaker
    agent = Agent(name=speaker.agent.name, kind=BodyKind.OTHER, states=speaker.agent.states)
    return msgspec.structs.replace(speaker, agent=agent, kind=MentionKind.ORGANISATION)


def _again(mention: Mention, ending: Sequence[Token], words: AttributionWords) -> str:
    """The noun of "the paper" or "the president" that stand for somebody named before; "" for all else."""
    noun = ending[-1].lower
    known = noun in words.small.medium_again or noun in words.nouns.persons
    definite = len(ending) > 1 and ending[0].lower in words.small.determiners
    unnamed = mention.role == "generic" and mention.agent is not None and noun in mention.agent.name.lower().split()
    return noun if known and definite and unnamed else ""


def span(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words from token `first` to before `last`, with single blanks."""
    words: list[str] = []
    for at in range(first, last):
        glued = words and tokens[at].start == tokens[at - 1].end
        words.append(tokens[at].text if glued else " " + tokens[at].text)
    return "".join(words).strip()


def _met(found: Sequence[Speaker], first: int, last: int) -> bool:
    return any(s.first < last and first < s.last for s in found)


def _agent(mention: Mention) -> Agent:
    """Who is named; a state by the words that name it ("Kyiv"), as its agent has it under its own name."""
    assert mention.agent
    if mention.kind is MentionKind.STATE:
        return msgspec.structs.replace(mention.agent, name=mention.text)
    name = mention.agent.name
    return mention.agent if "." in name[:-1] else msgspec.structs.replace(mention.agent, name=name.rstrip("."))


def _unknown(tokens: Sequence[Token], quoted: Sequence[bool], words: AttributionWords) -> Iterator[Speaker]:
    """Runs of two capitalised words or more, and one such word after a noun that speaks ("the opposition party Syriza").

    A run may not begin with the sentence's first small word.
    """
    capitals = [at for at, token in enumerate(tokens) if token.text != token.lower]
    named = [at for at in capitals if _is_name_word(tokens, quoted, words, at)]
    end = 0
    for number, at in enumerate(named):
        if at < end:
            continue
        end = at + 1
        while end in named[number + 1 : number + _LONGEST_NAME] and end - at < _LONGEST_NAME:
            end += 1
        end = _with_purpose(tokens, quoted, words, end)
        if end - at > 1:
            yield _run(tokens, at, end, words)
        elif at and _is_title(tokens[at - 1].lower, words):
            person = tokens[at - 1].lower in words.nouns.persons
            yield Speaker(
                first=at, last=end, agent=Agent(name=tokens[at].text, kind=BodyKind.PERSON if person else BodyKind.OTHER),
                kind=MentionKind.PERSON if person else MentionKind.ORGANISATION,
            )  # fmt: skip


def _with_purpose(tokens: Sequence[Token], quoted: Sequence[bool], words: AttributionWords, end: int) -> int:
    """Where "the Committee to Protect Journalists" ends, if a name up to `end` may go on so; else `end`."""
    is_open = tokens[end - 1].lower in words.nouns.purposes and end + 1 < len(tokens)
    if not is_open or tokens[end].lower != words.small.infinitive or not _is_name_word(tokens, quoted, words, end + 1):
        return end
    last = end + 1
    while last < len(tokens) and last - end < _LONGEST_NAME and _is_name_word(tokens, quoted, words, last):
        last += 1
    return last


def _is_title(word: str, words: AttributionWords) -> bool:
    return word in words.nouns.persons or word in words.nouns.bodies


def _run(tokens: Sequence[Token], first: int, last: int, words: AttributionWords) -> Speaker:
    """A run of capitalised words: an office and a name ("Public Works Chairman Ana Ruiz"), a body, or a name."""
    ending = tokens[last - 1].lower
    offices = [at for at in range(first, last - 1) if tokens[at].lower in words.nouns.persons]
    name = offices[-1] + 1 if offices and ending not in words.heads else first
    person = ending not in words.heads or ending in words.nouns.persons
    agent = Agent(
        name=span(tokens, name, last),
        kind=BodyKind.PERSON if person else BodyKind.OTHER,
        role=span(tokens, first, name) or None,
    )
    kind = None if ending in words.heads else MentionKind.PERSON
    return Speaker(first=first, last=last, agent=agent, kind=kind, guessed=True)


def _is_name_word(tokens: Sequence[Token], quoted: Sequence[bool], words: AttributionWords, at: int) -> bool:
    word = tokens[at]
    return word.text[0].isupper() and word.text[0].isalpha() and not quoted[at] and not words.is_small(word.lower)


def _joined(found: list[Speaker], tokens: Sequence[Token], words: AttributionWords) -> list[Speaker]:
    """ "Seoul, Kyiv and Washington" speaks as one."""
    done: list[Speaker] = []
    for number, speaker in enumerate(found):
        if done and _coordinated(done[-1], speaker, found[number + 1 :], tokens, words):
            before = done.pop()
            speaker = msgspec.structs.replace(
                before,
                last=speaker.last,
                plural=True,
                agent=_both(before, speaker, span(tokens, before.first, speaker.last)),
            )
        done.append(speaker)
    return done


def _both(one: Speaker, other: Speaker, name: str) -> Agent:
    states = {state for speaker in (one, other) if speaker.agent for state in speaker.agent.states}
    return Agent(name=name, kind=BodyKind.OTHER, states=tuple(sorted(states)))


def _coordinated(
    one: Speaker, other: Speaker, after: Sequence[Speaker], tokens: Sequence[Token], words: AttributionWords
) -> bool:
    """Of one kind, with "and" between them, or a comma in a list of states that an "and" ends."""
    if one.kind is not other.kind or one.guessed or other.guessed:
        return False
    between = _between(one, other, tokens, words)
    if one.is_person and other.is_person and between and between[0] in words.small.conjunctions:
        return len(between) <= _OFFICE and not any(word in (",", *words.verbs) for word in between[1:])
    if between == [","]:
        return one.kind is MentionKind.STATE and _list_goes_on(other, after, tokens, words)
    return bool(between) and between[-1] in words.small.conjunctions and between[:-1] in ([], [","])


def _between(one: Speaker, other: Speaker, tokens: Sequence[Token], words: AttributionWords) -> list[str]:
    return [token.lower for token in tokens[one.last : other.first] if token.lower not in words.small.determiners]


def _list_goes_on(one: Speaker, after: Sequence[Speaker], tokens: Sequence[Token], words: AttributionWords) -> bool:
    """Whether states follow with commas between them, and an "and" at the end."""
    for other in after:
        between = _between(one, other, tokens, words)
        if other.kind is not MentionKind.STATE or not between:
            break
        if between[-1] in words.small.conjunctions:
            return between[:-1] in ([], [","])
        if between != [","]:
            break
        one = other
    return one.last < len(tokens) and tokens[one.last].lower in words.small.conjunctions
