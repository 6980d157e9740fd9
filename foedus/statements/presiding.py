"""Who presides over a house, a court or a club: "the Senate's president", "the president of the court" is no head of state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.statements.gazetteer import BodyLinks
from foedus.statements.names import Mention, MentionKind
from foedus.statements.word_rows import alternation
from foedus.terms.agents import CHAMBERS, BodyKind

_PRESIDED = frozenset({*CHAMBERS, BodyKind.COURT, BodyKind.REVIEW_BODY, BodyKind.COMMITTEE})
_REACH = 40


class PresidingOfficers:
    """The words of one language."""

    def __init__(self, links: BodyLinks) -> None:
        presided, marks = alternation(links.presided) or "(?!)", alternation(links.possessive)
        of, articles = alternation(links.of_state), alternation(links.articles)
        self._before = re.compile(rf"\b(?:{presided})(?:{marks})\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
        self._owned = re.compile(rf"(?:{marks})\s+(?:[\w-]+\s+)?", re.IGNORECASE)
        self._of = re.compile(rf"\s+(?:{of})\s+(?:(?:{articles})\s+)?", re.IGNORECASE)
        self._after = re.compile(rf"\s+(?:{of})\s+(?:(?:{articles})\s+)?(?:{presided})\b", re.IGNORECASE)

    def left_out(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """One sentence's names without those who preside over something else than a state."""
        return [one for at, one in enumerate(mentions) if not self._presides(text, mentions, at)]

    def _presides(self, text: str, mentions: Sequence[Mention], at: int) -> bool:
        mention = mentions[at]
        kind = mention.agent.kind if mention.agent else None
        if mention.kind is not MentionKind.BODY or mention.role != "generic" or kind is not BodyKind.HEAD_OF_STATE:
            return False
        before, after = mentions[at - 1] if at else None, mentions[at + 1] if at + 1 < len(mentions) else None
        is_owned = (
            before is not None and _is_presided(before) and self._owned.fullmatch(text, before.end, mention.start)
        )
        is_of = after is not None and _is_presided(after) and self._of.fullmatch(text, mention.end, after.start)
        return bool(
            is_owned
            or is_of
            or self._before.search(text, max(0, mention.start - _REACH), mention.start)
            or self._after.match(text, mention.end)
        )


def _is_presided(mention: Mention) -> bool:
    return mention.kind is MentionKind.BODY and mention.agent is not None and mention.agent.kind in _PRESIDED
