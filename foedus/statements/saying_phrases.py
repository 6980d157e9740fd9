"""Phrases of saying without a verb: "according to X", "in X's words", "X's answer is that", "was the comment of X"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from foedus.statements.names import MentionKind
from foedus.statements.said_words import SaidWords, Saying
from foedus.statements.speaker_names import Speaker, span
from foedus.terms.evidence import Stance

_ASIDE = 6
"""Words after the phrase from which on the clause goes on."""
_OFFICE = 12
"""Words of an office between commas after a name."""
_VIEWER = 12
"""Words of whoever sees it."""
_COLON = ":"
_JUDGED = 16
"""Words among which a judgment has its "is"."""
_BACK = 7
"""Words from "that" to the noun of saying."""
_NEAR = 16
"""Characters in which "including" must follow."""


def phrases_of_saying(words: SaidWords) -> Iterator[Saying]:
    """The sayings of a sentence that phrases tell."""
    text, start, end = words.text, words.sentence.start, words.sentence.end
    index = words.finder.index
    for match in words.words.according.find_all(text, start, end):
        yield from _according(words, index(match.start()), index(match.end()))
    for match in words.words.possessive_after.find_all(text, start, end):
        yield from _possessive(words, index(match.start()), index(match.end()))
    for match in words.words.nouns_of_saying.find_all(text, start, end):
        yield from _noun_of_saying(words, index(match.start()), index(match.end()))
    for match in words.words.nouns_then_words.find_all(text, start, end):
        after = index(match.end())
        yield from _noun_of_saying(words, index(match.start()), after) if words.word(after) == _COLON else ()
    for match in words.words.seen_so.find_all(text, start, end):
        yield from _seen_so(words, index(match.start()), index(match.end()))
    yield from _viewpoint(words)
    for match in words.words.nouns_of_x.find_all(text, start, end):
        yield from _of_x(words, index(match.start()), index(match.end()))


def _according(words: SaidWords, at: int, after: int) -> Iterator[Saying]:
    speaker = words.finder.after(after, reach=4)
    if speaker and not words.quoted[at]:
        speaker = _including(words, speaker)
        yield _around(words, speaker, at, speaker.last, "according to")


def _seen_so(words: SaidWords, at: int, after: int) -> Iterator[Saying]:
    """ "As the mayor of Ulm sees it, ...": whose view a clause with "as" tells."""
    small = words.words.small
    first = next((i for i in range(at - 1, max(-1, at - _VIEWER), -1) if words.lower[i] in small.seen_as), None)
    speaker = words.finder.after(first + 1, reach=4) if first is not None and not words.quoted[at] else None
    is_aside = words.word(after) == ","  # "saw it coming" is no view
    if first is not None and speaker and speaker.agent and speaker.last <= at and is_aside:
        yield _around(words, speaker, first, after, "as somebody sees it")


def _viewpoint(words: SaidWords) -> Iterator[Saying]:
    """ "For the union it is a black day", "To the bishops, the pact is rash": a judgment that opens with whose it is."""
    small = words.words.small
    if words.word(0) not in small.viewpoints or words.quoted[0]:
        return
    speaker = words.finder.after(1, reach=4)
    if not speaker or not speaker.agent or speaker.kind is MentionKind.STATE or speaker.document:
        return
    at = speaker.last + (words.word(speaker.last) == ",")
    judges = set(words.lower[at + 1 : at + _JUDGED]) & small.judging
    if (
        words.word(at) in small.views
        and judges
        and not words.finder.skipped[speaker.last - 1]
        and words.finder.phrase_start(speaker) == 1
    ):
        yield words.saying(
            speaker, (words.tokens[at].start, words.stop), 0, speaker.last, Stance.ASSERT, "for somebody it is so"
        )


def _possessive(words: SaidWords, at: int, after: int) -> Iterator[Saying]:
    """ "in Kim Jong-un's words": a speaker between the preposition and the noun."""
    if at < 2 or words.quoted[at]:
        return
    small = words.words.small
    speaker: Speaker | None = None
    if words.lower[at - 1] in small.possessive_he:
        speaker = Speaker(first=at - 1, last=at, pronoun=words.lower[at - 1])
    elif words.lower[at - 1] in words.words.small.possessives:
        speaker = words.finder.possessor(at - 2)
    if not speaker:
        return
    first = (words.finder.phrase_start(speaker) if not speaker.pronoun or speaker.agent else speaker.first) - 1
    if words.word(first) in words.words.possessive_before:
        yield _around(words, speaker, first, after, "in somebody's words")


def _noun_of_saying(words: SaidWords, at: int, after: int) -> Iterator[Saying]:
    if at > 1 and words.lower[at - 1] in words.words.small.possessives and not words.quoted[at]:
        speaker = words.finder.possessor(at - 2)
        if speaker:
            yield words.saying(speaker, words.following(after), at, at + 1, Stance.ASSERT, "noun of saying")


def _of_x(words: SaidWords, at: int, after: int) -> Iterator[Saying]:
    """ "..., was the comment of X"; "following a remark of Putin's: ..."; "These were the words of X" means those before."""
    speaker = words.finder.after(after)
    if not speaker or words.quoted[at]:
        return
    colon = next((i for i in range(speaker.last, speaker.last + 3) if words.word(i) == ":"), None)
    back = next((words.tokens[i] for i in range(at, after) if words.lower[i] in words.words.small.anaphora), None)
    if back is not None:
        if words.count(words.sentence.start, back.start) <= after - at:
            yield words.saying(speaker, (back.start, back.end), at, after, Stance.ASSERT, "words of somebody")
    elif colon is not None:
        yield words.saying(speaker, words.following(colon + 1), at, after, Stance.ASSERT, "words of somebody")
    elif words.quotes_before(at) and set(words.lower[max(0, at - 3) : at]) & words.words.small.passive:
        yield words.saying(speaker, words.preceding(at), at, after, Stance.ASSERT, "words of somebody")
    elif (told := _told_before(words, at)) is not None:
        yield words.saying(speaker, told, at, after, Stance.ASSERT, "words of somebody")


def _told_before(words: SaidWords, at: int) -> tuple[int, int] | None:
    """ "..., that at least is the opinion of X": what "that" stands for, which may be the sentence before."""
    small = words.words.small
    back = next((i for i in range(at - 1, max(-1, at - _BACK), -1) if words.lower[i] in small.anaphora), None)
    if back is None or not set(words.lower[back:at]) & small.passive:
        return None
    if back == 0:
        return words.tokens[0].start, words.tokens[0].end
    return words.preceding(back) if words.is_mark(back - 1) else None


def _around(words: SaidWords, speaker: Speaker, at: int, after: int, rule: str) -> Saying:
    """The words around an aside: after it where it opens the sentence, else before it, or on both sides."""
    whole = (words.start, words.stop)
    comma = _aside_end(words, after)
    if words.count(words.sentence.start, words.tokens[at].start) < 2:
        start = words.tokens[comma].end if comma is not None else words.tokens[min(after, len(words.tokens) - 1)].start
        span_said = (start, words.stop)
    elif comma is not None and comma - after < _ASIDE and len(words.lower) - comma - 1 > _ASIDE:
        span_said = whole
    else:
        span_said = words.preceding(at)
    return words.saying(speaker, span_said, at, after, Stance.ASSERT, rule)


def _aside_end(words: SaidWords, after: int) -> int | None:
    """The comma that ends the aside; one that opens a relative clause does not."""
    commas = [i for i in range(after, len(words.lower)) if words.lower[i] == ","]
    if len(commas) > 1:
        between = words.lower[commas[0] + 1 : commas[1]]
        office = len(between) <= _OFFICE and bool(set(between) & words.words.nouns.persons)
        if between and (between[0] in words.words.small.relatives or office):
            return commas[1]
    return commas[0] if commas else None


def _including(words: SaidWords, speaker: Speaker) -> Speaker:
    """ "major foreign media including TASS" speak together; the one that is named is the source."""
    if speaker.last >= len(words.tokens) or not speaker.agent:
        return speaker
    place = words.tokens[speaker.last].start
    match = words.words.including.find(words.text, place, min(words.sentence.end, place + _NEAR))
    named = words.finder.after(words.finder.index(match.end())) if match else None
    if not match or match.start() > place + 2 or not named or not named.agent:
        return speaker
    agent = msgspec.structs.replace(speaker.agent, name=span(words.tokens, speaker.first, named.last))
    return msgspec.structs.replace(speaker, last=named.last, agent=agent, named=named.agent.name)
