"""Who says what in a language that is read by tables alone: claims, and the chain through which an act is told.

Three shapes: a verb of saying with its speaker and "that ..." or a quotation; the words first, then the verb and speaker
behind a comma; "according to X, ...". A speaker is a known name, an office with a name, or capitals beside the verb.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.names import Analysis, Discourse, Mention, MentionKind
from foedus.statements.statement import Claim, Statement, statement_id
from foedus.statements.word_forms import Entries, Folded, Match, by_class, inflection_of
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.evidence import Relation, Source, Stance


class PlainSayingWords(msgspec.Struct, frozen=True):
    that: tuple[str, ...]
    according_to: tuple[str, ...]
    so: tuple[str, ...]
    coming: tuple[str, ...]
    denying: tuple[str, ...]
    opening: str
    closing: str
    dashes: str


class PlainAttributionWords(msgspec.Struct, frozen=True):
    """`attribution.toml`: verbs of saying by stance, and the small words around them."""

    verbs: dict[str, tuple[str, ...]]
    words: PlainSayingWords


class Saying(msgspec.Struct, frozen=True):
    """Somebody says the words from `start` to `end` of a text; `cue` is where the verb stands."""

    start: int
    end: int
    cue: int
    speaker: Agent
    stance: Stance
    quoted: bool
    rule: str


_SPEAKING = (MentionKind.PERSON, MentionKind.MEDIUM, MentionKind.BODY, MentionKind.STATE, MentionKind.ORGANISATION)
_NEAR = 6
"""Words between a verb of saying and its speaker, at most."""
_FEWEST = 2


class PlainSayings:
    """The words of one language, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.section("attribution", PlainAttributionWords)
        self._forms = inflection_of(lexicon)
        self._verbs: Entries[str] = Entries(self._forms, by_class(table.verbs))
        self._words = table.words
        self._discourse: Discourse | None = None
        self._found: dict[int, tuple[Saying, ...]] = {}
        cases = self._forms.words.cases
        self._prepositions = cases.prepositions if cases else frozenset()
        small = table.words
        self._that, self._according, self._coming, self._denying = (
            Entries(self._forms, [(written, True) for written in listed])
            for listed in (small.that, small.according_to, small.coming, small.denying)
        )

    def claims(self, discourse: Discourse) -> tuple[Statement, ...]:
        """What anybody says, in reading order; none without a treaty."""
        if discourse.main is None:
            return ()
        return tuple(
            claim for analysis in discourse.analyses for saying in self._said(discourse, analysis)
            if (claim := self._claim(discourse, analysis, saying))
        )  # fmt: skip

    def sources(self, discourse: Discourse, analysis: Analysis, start: int, end: int) -> tuple[Source, ...]:
        """Through whom the words from `start` to `end` of a sentence come."""
        around = (one for one in self._said(discourse, analysis) if one.start <= start and end <= one.end)
        return tuple(
            Source(
                name=one.speaker.name,
                relation=Relation.QUOTED if one.quoted or one.rule == _ACCORDING else Relation.REPORTED,
                role=one.speaker.role,
            )
            for one in around
        )

    def _claim(self, discourse: Discourse, analysis: Analysis, saying: Saying) -> Statement | None:
        document = discourse.document
        says = document.quote(saying.start, saying.end)
        if len(says.exact.split()) < _FEWEST:
            return None
        row = Folded(WordRow(document.text, saying.start, saying.end), self._forms)
        stance = saying.stance
        if stance is Stance.ASSERT and self._denying.any_in(row, 0, _NEAR):
            stance = Stance.DENY
        elif stance is Stance.ASSERT and self._coming.any_in(row, 0, len(row)):
            stance = Stance.EXPECT
        return Statement(
            id=statement_id(document.id, saying.start, saying.end, f"claim {saying.cue}"),
            document=document.id,
            treaty=discourse.main,
            content=Claim(speaker=saying.speaker, stance=stance, says=says.exact),
            quote=document.quote(analysis.sentence.start, analysis.sentence.end),
            rules=(saying.rule,),
        )

    def _said(self, discourse: Discourse, analysis: Analysis) -> tuple[Saying, ...]:
        """The sayings of a sentence; those of the discourse in hand are found once."""
        if self._discourse is not discourse:
            self._discourse, self._found = discourse, {}
        index = analysis.sentence.index
        if index not in self._found:
            self._found[index] = tuple(self._told(Folded(discourse.rows[index], self._forms), analysis))
        return self._found[index]

    def _told(self, words: Folded, analysis: Analysis) -> Iterator[Saying]:
        taken = -1
        for index in range(len(words)):
            if index < taken:
                continue
            if match := self._according.at(words, index):
                if saying := self._according_to(words, analysis, match):
                    yield saying
            elif verb := self._verbs.at(words, index):
                saying = self._with_verb(words, analysis, verb)
                if saying:
                    taken = words.row.at(saying.end)
                    yield saying

    def _according_to(self, words: Folded, analysis: Analysis, match: Match[bool]) -> Saying | None:
        """ "according to X, ...": the rest of the sentence behind the comma, or all before."""
        speaker = self._speaker(words, analysis, match.last, match.last + 3)
        if speaker is None:
            return None
        agent, last = speaker
        row = words.row
        comma = next((at for at in range(last, min(len(words), last + _NEAR)) if words.lower[at] == ","), None)
        if match.first <= 1 or comma is not None:
            first = comma + 1 if comma is not None else last
            start, end = row.starts[first] if first < len(words) else row.ends[-1], row.ends[-1]
            if match.first > 1 and len(words) - first < _NEAR:
                start, end = row.starts[0], row.starts[match.first]
        else:
            start, end = row.starts[0], row.starts[match.first]
        return _saying(words, start, end, match.first, agent, Stance.ASSERT, False, _ACCORDING) if start < end else None

    def _with_verb(self, words: Folded, analysis: Analysis, verb: Match[str]) -> Saying | None:
        """ "X said that ..." or "..., said X"."""
        that = next(
            (at for at in range(verb.last, min(len(words), verb.last + 2 * _NEAR)) if self._that.at(words, at)), None
        )
        limit = verb.last + _NEAR - 2
        after = self._speaker(words, analysis, verb.last, limit if that is None else min(limit, that))
        before = self._speaker_before(words, analysis, verb.first)
        row, stance = words.row, Stance(verb.value)
        if verb.first and words.lower[verb.first - 1] in self._words.so:
            far = self._speaker(words, analysis, verb.last, verb.last + 2 * _NEAR)
            return self._behind_comma(words, far, verb.first, stance) if far else None
        is_inverted = verb.first > 0 and words.lower[verb.first - 1] in (",", *self._words.dashes, *self._words.closing)
        if is_inverted and after and that is None:
            end = row.starts[verb.first - 1]
            start = row.starts[0]
            quoted = words.lower[0] in self._words.opening
            return _saying(words, start, end, verb.first, after[0], stance, quoted, "verb of saying after the words")
        speaker = before or after
        if speaker is None:
            return None
        if that is not None and that + 1 < len(words):
            return _saying(
                words, row.starts[that + 1], row.ends[-1], verb.first, speaker[0], stance, False,
                "verb of saying before the words",
            )  # fmt: skip
        opening = next((at for at in range(verb.last, len(words)) if words.lower[at] in self._words.opening), None)
        if opening is not None and opening - verb.last <= 2 * _NEAR and opening + 1 < len(words):
            return _saying(
                words, row.starts[opening + 1], row.ends[-1], verb.first, speaker[0], stance, True,
                "verb of saying before the words",
            )  # fmt: skip
        return None

    def _behind_comma(self, words: Folded, speaker: tuple[Agent, int], cue: int, stance: Stance) -> Saying | None:
        """ "As X said, ...": all that follows the comma after the speaker."""
        agent, last = speaker
        row = words.row
        comma = next((at for at in range(last, min(len(words), last + 2 * _NEAR)) if words.lower[at] == ","), None)
        if comma is None or comma + 1 >= len(words):
            return None
        start, end = row.starts[comma + 1], row.ends[-1]
        return _saying(words, start, end, cue, agent, stance, False, "as somebody says")

    def _speaker(self, words: Folded, analysis: Analysis, first: int, last: int) -> tuple[Agent, int] | None:
        """The first name that begins between two words, with where it ends; capitals where nothing is known."""
        row = words.row
        for mention in analysis.mentions:
            at = row.at(mention.start)
            is_place = at > first and words.lower[at - 1] in self._prepositions
            if mention.kind in _SPEAKING and mention.agent and first <= at < last and not is_place:
                return _named(mention), row.at(mention.end)
        named = (place for place in range(first, min(last, len(words))) if row.is_capital(place))
        start = next(named, None)
        if start is None or start > first + 1:
            return None
        end = at = start
        while end < len(words) and row.is_capital(end) and end - at < 4:
            end += 1
        return (Agent(name=row.span(at, end), kind=BodyKind.PERSON), end) if end - at >= 2 else None

    def _speaker_before(self, words: Folded, analysis: Analysis, verb: int) -> tuple[Agent, int] | None:
        """The name that ends right before a verb of saying, or capitals there."""
        row = words.row
        near = [
            one for one in analysis.mentions
            if one.kind in _SPEAKING and one.agent and 0 <= verb - row.at(one.end) <= 1
        ]  # fmt: skip
        if near:
            return _named(near[-1]), row.at(near[-1].end)
        verb -= verb > 0 and words.lower[verb - 1] == ","
        first = verb
        while first > 0 and row.is_capital(first - 1) and verb - first < 4:
            first -= 1
        return (Agent(name=row.span(first, verb), kind=BodyKind.PERSON), verb) if verb - first >= 2 else None


_ACCORDING = "according to"


def _named(mention: Mention) -> Agent:
    assert mention.agent
    if mention.role != "generic" and (mention.kind in (MentionKind.PERSON, MentionKind.MEDIUM) or mention.agent.body):
        return mention.agent
    return msgspec.structs.replace(mention.agent, name=mention.text)


def _saying(
    words: Folded, start: int, end: int, cue: int, speaker: Agent, stance: Stance, quoted: bool, rule: str
) -> Saying:
    text = words.row.text
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Saying(
        start=start, end=end, cue=words.row.starts[cue], speaker=speaker, stance=stance, quoted=quoted, rule=rule
    )
