"""Whose report it is: the state of the letterhead or of the dateline, to whose organs bare "parliament" or "the cabinet" refers.

"TEHRAN – The parliament ...", "SEIMAS OF THE REPUBLIC OF LITHUANIA": names in capitals, which are no names elsewhere, and
the place before the day of writing. It is a last resort: organs that the report gives an owner keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from foedus.statements.names import Mention, MentionKind

_HEAD = 600
_CAPITALS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}(?:[ '’-]+[^\W\d_]{2,})*")
_PLACE = re.compile(
    r"(?m)^[ \t]*([A-ZÀ-Ý][\w'’.-]+(?: [A-ZÀ-Ý][\w'’.-]+){0,2})(?:,[^.\n]{0,30}\d|,?[^.\n,]{0,20}\s[–—-]\s)"
)
_LINES = 2


class HomeState:
    """The names of one language, by how they look in capitals."""

    def __init__(self, forms: Iterable[tuple[str, MentionKind, tuple[str, ...], str]]) -> None:
        """`forms`: surface form, kind, owners and role of every known name."""
        self._organs: dict[str, str] = {}
        self._places: dict[str, str] = {}
        for form, kind, states, role in forms:
            if len(states) != 1:
                continue
            if kind is MentionKind.BODY:
                self._organs.setdefault(form.upper(), states[0])
            elif kind is MentionKind.STATE and role in ("name", "capital"):
                self._places.setdefault(form.upper(), states[0])

    def of(self, text: str, named: Sequence[Sequence[Mention]]) -> str:
        """Id of the state or organisation, "" where the head of the text names none or several."""
        first = [row[0] for row in named[:_LINES] if row]
        letterhead = [one.states[0] for one in first if _is_letterhead(text, one)]
        if letterhead:
            return letterhead[0]
        head = text[:_HEAD]
        runs = [run[0] for run in _CAPITALS.finditer(head) if run[0].isupper()]
        for known in (self._organs, self._places):
            found = {known[name] for run in runs for name in _parts(run) if name in known}
            if len(found) == 1:
                return found.pop()
        places = {self._places[name] for one in _PLACE.finditer(head) if (name := one[1].upper()) in self._places}
        return places.pop() if len(places) == 1 else ""


def _is_letterhead(text: str, mention: Mention) -> bool:
    """An organ's own page opens with its name on a line that says nothing of it."""
    if mention.kind is not MentionKind.BODY or len(mention.states) != 1 or text[: mention.start].strip():
        return False
    following = text[mention.end :].lstrip(" ")
    return following[:1] in ("\n", "–", "—", "|", "/")


def _parts(run: str) -> list[str]:
    """Every stretch of words of a run of capitals, the longest first."""
    words = run.split(" ")
    size = len(words)
    return [" ".join(words[at : at + long]) for long in range(size, 0, -1) for at in range(size - long + 1)]
