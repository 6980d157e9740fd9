"""Sayings: the places of one sentence where somebody is said to say something, with the words that are said.

Every rule reads the sentence by itself; here their finds are put side by side: words end where the next verb of the same
speaker begins, a bare "denied the charge" gives way to the words of the denial, a state speaks through its ministry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from foedus.statements.attribution_words import AttributionWords
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.said_words import SaidWords, Saying
from foedus.statements.saying_phrases import phrases_of_saying
from foedus.statements.verbs_of_saying import verbs_of_saying
from foedus.terms.evidence import Stance

_SHORT = 60
"""Characters of a thing that is only named before the words about it follow."""
_THROUGH = 90
"""Characters after the cue in which the ministry is named through which a state speaks."""


def sayings_in(
    analysis: Analysis, text: str, words: AttributionWords, proper: frozenset[str] = frozenset()
) -> tuple[Saying, ...]:
    """The sayings of the sentence, in the order of their cues; `proper` as in `SpeakerFinder`."""
    sentence = SaidWords(analysis, text, words, proper)
    found = sorted([*verbs_of_saying(sentence), *phrases_of_saying(sentence)], key=lambda saying: saying.cue)
    return tuple(_citing(sentence, [_through(sentence, saying) for saying in _cut(sentence, found)]))


def _cut(words: SaidWords, sayings: Sequence[Saying]) -> list[Saying]:
    """Words said end where the next verb of the same speaker, or another speaker after "but", begins."""
    done: list[Saying] = []
    for number, saying in enumerate(sayings):
        ends = []
        for other in sayings[number + 1 :]:
            first = words.finder.phrase_start(other.speaker) if not other.speaker.pronoun else other.speaker.first
            if other.shared:
                ends.append(other.cue[0])
            elif words.word(first - 1) in words.words.small.coordinators and words.finder.starts[first] <= other.cue[0]:
                ends.append(words.finder.starts[first - 1])
        inside = [end for end in ends if saying.start < end < saying.end and saying.cue[0] < end]
        done.append(msgspec.structs.replace(saying, end=min(inside)) if inside else saying)
    return [saying for number, saying in enumerate(done) if not _gives_way(words, saying, done[number + 1 :])]


def _gives_way(words: SaidWords, saying: Saying, after: Sequence[Saying]) -> bool:
    """A short thing judged or denied, with the words themselves right after it: "denied the charge, stating that ..."."""
    following = after[0] if after else None
    if not following or not following.shared or not saying.nominal or saying.end - saying.start >= _SHORT:
        return False
    quoted = any(q.start == following.start for q in words.sentence.quotations)
    return quoted or (saying.stance is Stance.DENY and not following.nominal)


def _through(words: SaidWords, saying: Saying) -> Saying:
    """ "Russia has denied it through a Foreign Ministry briefing": its words come through the ministry."""
    speaker = saying.speaker
    if speaker.kind is not MentionKind.STATE or not speaker.agent:
        return saying
    first = words.tokens[speaker.last - 1].end
    end = min(words.sentence.end, first + _THROUGH)
    match = words.words.through.find(words.text, first, end)
    body = words.finder.after(words.finder.index(match.end())) if match else None
    if not body or body.kind is not MentionKind.BODY or not body.agent:
        return saying
    if not words.words.through_nouns.find(words.text, words.tokens[body.last - 1].end, end):
        return saying
    return msgspec.structs.replace(saying, through=(*saying.through, body))


def _citing(words: SaidWords, sayings: Sequence[Saying]) -> Iterator[Saying]:
    """ ", citing Xinhua," adds to the saying of the clause whom its speaker relies on."""
    match = words.words.citing.find(words.text, words.sentence.start, words.sentence.end) if sayings else None
    other = words.finder.after(words.finder.index(match.end()), reach=4) if match else None
    for number, saying in enumerate(sayings):
        relies = number == 0 and other and other.first != saying.speaker.first
        yield msgspec.structs.replace(saying, beyond=(other,)) if relies and other else saying
