"""The outlet's own readings and doubts: what a report judges or leaves open in its own words, with no speaker named."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.documents.sentences import Sentence
from foedus.reference.packs import Reference
from foedus.statements.attribution_words import AttributionWords
from foedus.statements.claim_topics import topic_of
from foedus.statements.discourse_sayings import Attributed
from foedus.statements.names import Discourse
from foedus.statements.statement import Claim, Statement, statement_id
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.evidence import Stance


def outlet_readings(
    discourse: Discourse, sayings: tuple[Attributed, ...], words: AttributionWords, reference: Reference
) -> Iterator[Statement]:
    """Claims of the outlet itself, one a sentence; none where somebody is said to say it.

    A judgement needs a sentence in which nobody speaks, unless its words say that something is read so ("is interpreted as").
    """
    text = discourse.document.text
    spoken = {saying.number for saying in sayings}
    for number, analysis in enumerate(discourse.analyses):
        sentence = analysis.sentence
        if sentence.headline:
            continue
        for phrases, stance in ((words.doubt, Stance.DOUBT), (words.interpret, Stance.INTERPRET)):
            match = phrases.find(text, sentence.start, sentence.end)
            if not match or _is_said(match.start(), sayings, sentence):
                continue
            if stance is Stance.INTERPRET and number in spoken and not words.interpreted.find(match[0]):
                continue
            start = _clause_start(sentence, match.start(), words) if stance is Stance.DOUBT else sentence.start
            yield _claim(discourse, sentence, start, stance, reference)
            break


def _is_said(at: int, sayings: tuple[Attributed, ...], sentence: Sentence) -> bool:
    return any(q.start <= at < q.end for q in sentence.quotations) or any(s.start <= at < s.end for s in sayings)


def _clause_start(sentence: Sentence, at: int, words: AttributionWords) -> int:
    """After the last ", but" before the words, where there is one."""
    start = sentence.start
    tokens = sentence.tokens
    for index in range(1, len(tokens) - 1):
        if tokens[index].start >= at:
            break
        if tokens[index].lower in words.small.coordinators and tokens[index - 1].text in (",", ";", "—", "–"):
            start = tokens[index + 1].start
    return start


def _claim(discourse: Discourse, sentence: Sentence, start: int, stance: Stance, reference: Reference) -> Statement:
    document = discourse.document
    says = document.quote(start, sentence.end)
    topic = topic_of(says.exact, reference, document.language)
    outlet = Agent(name=document.publisher or document.name, kind=BodyKind.OTHER)
    return Statement(
        id=statement_id(document.id, start, sentence.end, f"claim {stance}"),
        document=document.id,
        treaty=discourse.main,
        content=Claim(speaker=outlet, stance=stance, about=topic.name if topic else None, says=says.exact),
        quote=document.quote(sentence.start, sentence.end),
        rules=("the outlet's own words",),
    )
