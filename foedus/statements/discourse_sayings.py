"""All sayings of a document: pronouns get their speakers, quotations that run over sentences become one, and what
"this" stands for is found in the sentence before.

A quotation without a speaker in its own sentence belongs to the sentence that closes it, else to the verb with the colon
before it, else to whoever spoke last in direct speech right before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.acronyms import acronyms
from foedus.statements.attribution_words import AttributionWords, attribution_words
from foedus.statements.names import Analysis, Discourse, MentionKind
from foedus.statements.said_words import SaidWords, Saying
from foedus.statements.sayings import sayings_in
from foedus.statements.signed_posts import signed_post
from foedus.statements.speaker_names import Speaker, span
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.evidence import Stance

T = TypeVar("T")


class Attributed(msgspec.Struct, frozen=True, kw_only=True):
    """A saying whose speaker is known.

    number      index of the analysis with the cue
    speaker     who says it
    source      the name that stands for the speaker in a chain of sources
    start, end  the words said, possibly in other sentences
    cue, stance, rule, through, beyond   as in `Saying`
    quoted      the words are direct speech
    """

    number: int
    speaker: Agent
    source: str
    start: int
    end: int
    cue: tuple[int, int]
    stance: Stance
    rule: str
    through: tuple[Agent, ...] = ()
    beyond: tuple[Agent, ...] = ()
    quoted: bool = False


_HEADS = (BodyKind.HEAD_OF_STATE, BodyKind.HEAD_OF_GOVERNMENT)
SIGNED = "a signed post"
_THINGS = (MentionKind.STATE, MentionKind.BODY, MentionKind.ORGANISATION)
_ARTICLE = 4
"""Characters of an article before the first name of a sentence."""


class _Same(Generic[T]):
    """A value as a key that is compared by identity: a discourse is long, and hashing it would cost more than reading it."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def sayings_of(discourse: Discourse, reference: Reference) -> tuple[Attributed, ...]:
    """Every saying of the document, in the order of their cues. The last discourses are kept, as acts ask for each clause."""
    return _sayings_of(_Same(discourse), reference)


@lru_cache(maxsize=4)
def _sayings_of(key: _Same[Discourse], reference: Reference) -> tuple[Attributed, ...]:
    discourse = key.value
    words = attribution_words(reference, discourse.document.language)
    return tuple(_Reading(discourse, words).attributed())


class _Reading:
    """One pass over a document; remembers who spoke last."""

    def __init__(self, discourse: Discourse, words: AttributionWords) -> None:
        self.discourse, self.words = discourse, words
        self.text = discourse.document.text
        self.last_person: Agent | None = None
        self.last_thing: Agent | None = None
        self.last_subject: Agent | None = None
        self.last_many: Agent | None = None
        self.last_medium: Agent | None = None
        self.last_noun: dict[str, Agent] = {}
        self.full_names = _full_names(discourse, words)
        self.proper = _proper_words(discourse)
        self.acronyms = acronyms(discourse, words)
        self.done: list[Attributed] = []
        self.spoken_until = 0
        self.number = 0

    def attributed(self) -> Iterator[Attributed]:
        for number, analysis in enumerate(self.discourse.analyses):
            self.number = number
            sayings = sayings_in(analysis, self.text, self.words, self.proper) if self._may_say(analysis) else ()
            before = len(self.done)
            for saying in sayings:
                self._add(number, saying)
            if len(self.done) == before and not self._signed(number):
                self._orphan(number, analysis)
            self._remember_subject(analysis)
        yield from self.done

    def _may_say(self, analysis: Analysis) -> bool:
        tokens = analysis.sentence.tokens
        opens = bool(tokens) and tokens[0].lower in self.words.small.viewpoints
        return opens or not self.words.cues.isdisjoint(token.lower for token in tokens)

    def _add(self, number: int, saying: Saying) -> None:
        speaker = self._who(saying.speaker)
        if speaker is None:
            return
        if speaker.name in self.acronyms:
            speaker = msgspec.structs.replace(speaker, name=self.acronyms[speaker.name])
        start, end = self._words_said(number, saying)
        if end <= start:
            return
        self.done.append(
            Attributed(
                number=number,
                speaker=speaker,
                source=saying.speaker.named or speaker.name,
                start=start,
                end=end,
                cue=saying.cue,
                stance=saying.stance,
                rule=saying.rule,
                through=tuple(agent for one in saying.through if (agent := self._who(one))),
                beyond=tuple(agent for one in saying.beyond if (agent := self._who(one))),
                quoted=self._is_quoted(number, start),
            )
        )
        self._remember(saying.speaker, speaker)

    def _who(self, speaker: Speaker) -> Agent | None:
        """The agent; a pronoun or "the diplomat" is whoever of that kind spoke last."""
        small = self.words.small
        if not speaker.pronoun:
            return self._in_full(speaker.agent) if speaker.is_person and speaker.agent else speaker.agent
        if speaker.pronoun in small.medium_again:
            return self.last_medium or speaker.agent
        if speaker.agent:
            title = not speaker.agent.name.islower() and speaker.kind is not None
            return self.last_noun.get(speaker.pronoun) or (None if title else self.last_person) or speaker.agent
        if speaker.pronoun in small.thing_it:
            spoke = self.done and self.number - self.done[-1].number <= 1
            return self.last_thing if spoke else self.last_subject
        return self.last_many if speaker.plural else self._officer_before(speaker) or self.last_person

    def _officer_before(self, speaker: Speaker) -> Agent | None:
        """ "The president of Chad welcomed it; in May he said": the head of a state or government of whom the sentence speaks."""
        analysis = self.discourse.analyses[self.number]
        if any(one.kind is MentionKind.PERSON for one in analysis.mentions):
            return None
        place = analysis.sentence.tokens[speaker.first].start
        heads = [one.agent for one in analysis.mentions if one.kind is MentionKind.BODY and one.end <= place]
        return next((one for one in reversed(heads) if one and one.kind in _HEADS), None)

    def _in_full(self, agent: Agent) -> Agent:
        """The person whom the document names in full elsewhere: "Ban" and "Mr. Ban" are Ban Ki-moon."""
        words = agent.name.split()
        if len(words) == _PAIR and words[0].lower() in self.words.small.honorifics:
            words = words[1:]
        return self.full_names.get(words[0], agent) if len(words) == 1 else agent

    def _remember(self, speaker: Speaker, agent: Agent) -> None:
        if speaker.pronoun:
            return
        if speaker.kind is MentionKind.MEDIUM and not speaker.plural:
            self.last_medium = agent
        if speaker.guessed and speaker.is_person and " " in agent.name:
            self.full_names.setdefault(agent.name.split()[-1], agent)
        if speaker.is_person or (agent.kind is BodyKind.PERSON and not speaker.plural):
            self.last_person = agent
            for noun in (agent.role or agent.name).lower().split():
                self.last_noun[noun] = agent
        if speaker.plural:
            self.last_many = agent
        elif not speaker.is_person:
            self.last_thing = agent

    def _remember_subject(self, analysis: Analysis) -> None:
        """A person who is the first name of a sentence can be "he" in the next; a state or a body that begins it, "it"."""
        quotations = analysis.sentence.quotations
        self.last_subject = self._opening(analysis)
        self.last_many = self._many(analysis) or self.last_many
        for mention in analysis.mentions:
            if any(q.start <= mention.start < q.end for q in quotations):
                continue
            if mention.kind is MentionKind.PERSON and mention.agent and mention.role != "generic":
                self.last_person = mention.agent
                return
            if (
                mention.kind in (MentionKind.BODY, MentionKind.ORGANISATION, MentionKind.MEDIUM)
                and mention.role == "name"
            ):
                return

    def _opening(self, analysis: Analysis) -> Agent | None:
        """The state or body that begins a sentence which is no headline."""
        first = analysis.mentions[0] if analysis.mentions and not analysis.sentence.headline else None
        opens = first is not None and first.start - analysis.sentence.start <= _ARTICLE and first.role != "demonym"
        return first.agent if first and opens and first.kind in _THINGS else None

    def _many(self, analysis: Analysis) -> Agent | None:
        """The people who begin a sentence, without a name: "Villagers were angry." They can be "they" in the next."""
        tokens, small = analysis.sentence.tokens, self.words.small
        at = int(bool(tokens) and tokens[0].lower in small.determiners)
        if at >= len(tokens) or analysis.sentence.headline:
            return None
        are_people = tokens[at].lower in self.words.nouns.plurals or tokens[at].lower.endswith(small.people_endings)
        return Agent(name=span(tokens, 0, at + 1)) if are_people and tokens[at].lower not in small.silent else None

    # -- the words said ----------------------------------------------------------------------------------------------

    def _words_said(self, number: int, saying: Saying) -> tuple[int, int]:
        sentence = self.discourse.analyses[number].sentence
        if saying.start >= sentence.end or saying.end <= saying.start or self._leads_on(number, saying):
            return self._next_words(number)
        words = self.text[saying.start : saying.end].lower().split()
        bare = [word.strip(".,;:\"'”’“") for word in words]
        back = len(bare) <= _ANAPHORIC and all(word in self.words.small.anaphora for word in bare if word)
        if back and number:
            before = self.discourse.analyses[number - 1].sentence
            return before.start, before.end
        return self._run(number, saying.start, self._trimmed(saying.start, saying.end))

    def _leads_on(self, number: int, saying: Saying) -> bool:
        """ "Responding to a question, X said," with the quotation in the next paragraph."""
        sentence = self.discourse.analyses[number].sentence
        ends = self.text[saying.cue[1] : sentence.end].strip()
        return ends in (",", ":") and self._opens(number + 1) and not self._is_quoted(number, saying.start)

    def _opens(self, number: int) -> bool:
        """Whether the sentence opens with a quotation."""
        if number >= len(self.discourse.analyses):
            return False
        sentence = self.discourse.analyses[number].sentence
        return bool(sentence.quotations) and sentence.quotations[0].start - sentence.start <= _PAIR

    def _trimmed(self, start: int, end: int) -> int:
        """The end without the marks and coordinators that lead on to the next verb."""
        words = self.text[start:end].rstrip(" ,;—–-").rsplit(None, 1)
        while len(words) == _PAIR and words[1].lower() in self.words.small.coordinators:
            end = start + len(words[0])
            words = self.text[start:end].rstrip(" ,;—–-").rsplit(None, 1)
        return start + len(self.text[start:end].rstrip(" ,;—–-"))

    def _next_words(self, number: int) -> tuple[int, int]:
        """After a colon at the end of a sentence: the quotation that the next one opens, else the next sentence."""
        here = self.discourse.analyses[number].sentence
        opens = self._opens(number + 1)
        marks = (":", ",") if opens else (":",)
        if number + 1 >= len(self.discourse.analyses) or not self.text[here.start : here.end].rstrip().endswith(marks):
            return 0, 0
        after = self.discourse.analyses[number + 1].sentence
        if opens:
            return self._run(number + 1, after.quotations[0].start, after.quotations[0].end)
        return after.start, after.end

    def _run(self, number: int, start: int, end: int) -> tuple[int, int]:
        """The words with the whole quotation that they begin or end in, over as many sentences as it has."""
        analyses = self.discourse.analyses
        first = number
        while first > 0 and self._opens_before(first, start):
            first -= 1
            start = analyses[first].sentence.quotations[-1].start
        last = number
        while last + 1 < len(analyses) and self._is_open(analyses[last], end):
            last += 1
            part = analyses[last].sentence.quotations
            if not part or part[0].start > analyses[last].sentence.start + 2:
                break
            end = part[0].end
        self.spoken_until = max(self.spoken_until, end)
        return start, end

    def _opens_before(self, number: int, start: int) -> bool:
        """Whether the quotation at `start` goes on from the sentence before, which nobody is said to say."""
        here, before = self.discourse.analyses[number].sentence, self.discourse.analyses[number - 1].sentence
        part = here.quotations[0] if here.quotations else None
        earlier = before.quotations[-1] if before.quotations else None
        goes_on = part is not None and part.start == here.start and part.start == start
        claimed = any(one.number == number - 1 for one in self.done)
        return bool(goes_on and earlier and not earlier.closed and earlier.end >= before.end - 1 and not claimed)

    def _is_open(self, analysis: Analysis, end: int) -> bool:
        parts = analysis.sentence.quotations
        return bool(parts) and parts[-1].end == end and not parts[-1].closed

    def _is_quoted(self, number: int, start: int) -> bool:
        near = self.discourse.analyses[max(0, number - 8) : number + 2]
        return any(q.start == start for analysis in near for q in analysis.sentence.quotations)

    def _signed(self, number: int) -> bool:
        """Whether the sentence signs a post; what the post says is its author's."""
        post = signed_post(self.text, self.discourse.analyses, number)
        if post is None:
            return False
        agent = self._in_full(Agent(name=post.name, kind=BodyKind.PERSON))
        self.done.append(
            Attributed(
                number=number, speaker=agent, source=agent.name, start=post.start, end=post.end, cue=post.cue,
                stance=Stance.ASSERT, rule=SIGNED, quoted=True,
            )
        )  # fmt: skip
        return True

    def _orphan(self, number: int, analysis: Analysis) -> None:
        """A sentence that is all quotation, right after direct speech, in the same or the next paragraph."""
        parts = analysis.sentence.quotations
        if not parts or parts[0].end <= self.spoken_until:
            return
        sentence = analysis.sentence
        whole = parts[0].start - sentence.start <= 2 and sentence.end - parts[0].end <= 3
        if whole and self._introduced(number):
            return
        last = self.done[-1] if self.done else None
        if not last or not whole or not last.quoted or last.end < self._paragraph_before(number):
            return
        if not self._closes_unclaimed(number):
            return
        start, end = self._run(number, parts[0].start, parts[0].end)
        self.done.append(
            msgspec.structs.replace(
                last,
                number=number,
                start=start,
                end=end,
                quoted=True,
                cue=(start, start),
                rule="quotation that goes on",
            )
        )

    def _introduced(self, number: int) -> bool:
        """A colon before the quotation, and a person who is the subject of that sentence: that one speaks."""
        if number == 0:
            return False
        before = self.discourse.analyses[number - 1]
        colon = self.text[before.sentence.start : before.sentence.end].rstrip().endswith(":")
        subject = (
            SaidWords(before, self.text, self.words, self.proper).finder.first_free(len(before.sentence.tokens))
            if colon
            else None
        )
        if not subject or not subject.is_person or not subject.agent:
            return False
        quotation = self.discourse.analyses[number].sentence.quotations[0]
        self._add(
            number - 1,
            Saying(
                speaker=subject, start=before.sentence.end, end=before.sentence.end, stance=Stance.ASSERT,
                cue=(before.sentence.start, before.sentence.end), rule="colon before a quotation",
            ),
        )  # fmt: skip
        return quotation.end <= self.spoken_until

    def _closes_unclaimed(self, number: int) -> bool:
        """Whether no later sentence of the same open quotation names its speaker."""
        analyses = self.discourse.analyses
        for at in range(number, min(len(analyses), number + 12)):
            parts = analyses[at].sentence.quotations
            if not parts:
                return True
            if at > number and self._may_say(analyses[at]) and parts[0].end < analyses[at].sentence.end - 4:
                return not sayings_in(analyses[at], self.text, self.words, self.proper)
            if parts[-1].closed:
                return True
        return True

    def _paragraph_before(self, number: int) -> int:
        """Where the paragraph before that of the sentence begins."""
        here = self.discourse.analyses[number].sentence.paragraph
        near = self.discourse.analyses[max(0, number - 12) : number + 1]
        return next((a.sentence.start for a in near if here - a.sentence.paragraph <= 1), 0)


_PAIR = 2
_ANAPHORIC = 3
"""Words that a reference back to the sentence before has at most."""


def _full_names(discourse: Discourse, words: AttributionWords) -> dict[str, Agent]:
    """A part of a name -> the one person whom the document names in full so."""
    found: dict[str, Agent] = {}
    twice: set[str] = set()
    for analysis in discourse.analyses:
        for mention in analysis.mentions:
            parts = mention.agent.name.rstrip(".").split() if mention.agent else []
            if mention.kind is MentionKind.PERSON and mention.agent and len(parts) > 1:
                if parts[0].lower() in words.small.honorifics and len(parts) == _PAIR:
                    continue
                for part in parts:
                    if found.setdefault(part, mention.agent).name != mention.agent.name:
                        twice.add(part)
    return {part: agent for part, agent in found.items() if part not in twice}


def _proper_words(discourse: Discourse) -> frozenset[str]:
    """Words that a sentence writes with a capital after its first word, in lower case; headlines tell nothing."""
    sentences = (analysis.sentence for analysis in discourse.analyses if not analysis.sentence.headline)
    return frozenset(token.lower for s in sentences for token in s.tokens[1:] if token.text[0].isupper())
