"""Substance of any other kind: what a treaty does, what is so under it, what its parties or organs are to do.

The treaty need not be the subject: "It bans", "Parties must phase out", "Both renounce", "A joint committee will meet" tell of
it where it is named in the sentence or in the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.documents.sentences import Sentence
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.provision_rules import ProvisionFound, ProvisionRules

_VERB = 40
"""Characters between a treaty and its verb, and the verb itself."""
_ASIDE = 90
"""Characters of an aside between two commas that may part the two: "The pact, signed in May, obliges"."""


def content(analysis: Analysis, before: Analysis | None, text: str, rules: ProvisionRules) -> ProvisionFound | None:
    """The substance that a sentence tells, or None; a headline tells none.

    before   the sentence before it in the same paragraph, or None
    """
    if analysis.sentence.headline:
        return None
    return (
        _of_the_treaty(analysis, text, rules)
        or _under_the_treaty(analysis, text, rules)
        or _of_what_it_sets_up(analysis, before, text, rules)
    )


def treaties_named(analysis: Analysis) -> Iterator[Mention]:
    """The treaties, and the bills and laws about them, that the sentence names."""
    return (one for one in analysis.mentions if one.kind in (MentionKind.TREATY, MentionKind.MEASURE))


def _of_the_treaty(analysis: Analysis, text: str, rules: ProvisionRules) -> ProvisionFound | None:
    """ "The treaty bans": it is the subject of a verb of providing."""
    sentence = analysis.sentence
    for mention in treaties_named(analysis):
        if _is_quoted(sentence, mention.start):
            continue
        for start in _verb_places(text, mention.end, sentence.end):
            match = rules.content.find(text, start, min(sentence.end, start + _VERB))
            if match and not text[start : match.start()].strip():
                return _found(text, match.start(), match.end(), sentence, "what the treaty does")
    return None


def _verb_places(text: str, end: int, stop: int) -> list[int]:
    """Where the verb of a subject that ends at `end` may stand: right behind it, or behind an aside between commas."""
    if text[end : end + 1] != ",":
        return [end]
    close = text.find(",", end + 1, min(stop, end + _ASIDE))
    return [close + 1] if close > 0 else []


def _under_the_treaty(analysis: Analysis, text: str, rules: ProvisionRules) -> ProvisionFound | None:
    """ "Under the pact London will pay 12 million a year": a sentence that opens with the treaty and words a duty."""
    sentence = analysis.sentence
    opening = rules.under.find(text, sentence.start, sentence.end)
    if not opening or opening.start() > sentence.start or not any(treaties_named(analysis)):
        return None
    duty = rules.duty.find(text, opening.end(), sentence.end)
    if not duty or _is_quoted(sentence, duty.start()):
        return None
    return _found(text, opening.start(), opening.end(), sentence, "what is so under the treaty")


def _of_what_it_sets_up(
    analysis: Analysis, before: Analysis | None, text: str, rules: ProvisionRules
) -> ProvisionFound | None:
    """What its parties or organs are to do, or what it does as "it", where the treaty is named here or just before."""
    sentence = analysis.sentence
    is_here, is_before = _names_one([analysis]), before is not None and _names_one([before])
    if not (is_here or is_before) or rules.content_against.find(text, sentence.start, sentence.end):
        return None
    told = (
        (rules.bearers, is_here or is_before, "what its parties are to do"),
        (rules.organs, is_here or is_before, "what its organs are to do"),
        (rules.back, is_before, "what the treaty named before does"),
    )
    for phrases, may_be, rule in told:
        match = phrases.find(text, sentence.start, sentence.end) if may_be else None
        if match and match.start() == sentence.start and not _is_quoted(sentence, match.start()):
            return _found(text, match.start(), match.end(), sentence, rule)
    return None


def _names_one(analyses: Sequence[Analysis]) -> bool:
    return any(mention.kind is MentionKind.TREATY for one in analyses for mention in one.mentions)


def _is_quoted(sentence: Sentence, at: int) -> bool:
    return any(quotation.start <= at < quotation.end for quotation in sentence.quotations)


def _found(text: str, start: int, verb_end: int, sentence: Sentence, rule: str) -> ProvisionFound:
    value = text[verb_end : sentence.end].strip(' .,;:"”“')
    return ProvisionFound(kind="content", value=value, start=start, end=sentence.end, rule=rule)
