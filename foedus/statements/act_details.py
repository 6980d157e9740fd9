"""What a report says of an act besides who did it: a bill's reading, an instrument's kind, a binding signature, an objection's target.

Each is read only from the act's own sentence, and only where nothing else stands nearer to the words that say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.memory import Act
from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import ActMention
from foedus.statements.word_rows import WordRow, alternation
from foedus.terms.acts import Kind

_NEAR = 110  # code points between an act and what is said of it
_DECIDED = frozenset({Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT, Kind.COMMITTEE_RECOMMEND})
_HANDED_OVER = frozenset({Kind.DEPOSIT, Kind.EXCHANGE})


class ObjectionWords(msgspec.Struct, frozen=True):
    """What objections are against, and how they say that the treaty shall not be in force between the two.

    owner    after a name: what the state declared ("'s reservation")
    author   before a name: who declared it ("the reservation made by")
    joined   between names that share what stands before or after them
    opposes  the words of a definite opposition
    """

    owner: str
    author: str
    joined: str
    opposes: str


class DetailWords(msgspec.Struct, frozen=True):
    """`act_details.toml`: names of results -> as reports print them; `bills.names` and `objections` are regular expressions."""

    stages: dict[str, tuple[str, ...]]
    instruments: dict[str, tuple[str, ...]]
    signatures: dict[str, tuple[str, ...]]
    bills: dict[str, tuple[str, ...]]
    objections: ObjectionWords | None = None


class ActDetails:
    """The words of one language, compiled; a language without them says nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("act_details", DetailWords) if "act_details" in lexicon.tables else None
        self._stages = _by_form(words.stages if words else {})
        self._instruments = _by_form(words.instruments if words else {})
        self._signatures = _by_form(words.signatures if words else {})
        self._bill = re.compile("|".join(words.bills["names"])) if words else None
        self._objections = words.objections if words else None

    def told(self, content: ActMention, act: Act, row: WordRow, mentions: Sequence[Mention]) -> ActMention:
        """The act with what its own sentence says of it besides."""
        first, last = row.starts[act.group.first], row.ends[act.trigger.last - 1]
        if act.kind in _DECIDED or act.kind is Kind.SUBMIT:
            stage = _nearest(self._stages, row, first, last) if act.kind in _DECIDED else None
            return msgspec.structs.replace(content, stage=stage, bill=self._number(row))
        if act.kind in _HANDED_OVER:
            return msgspec.structs.replace(content, instrument=_nearest(self._instruments, row, first, last))
        if act.kind is Kind.SIGN:
            return msgspec.structs.replace(content, definitive=bool(_nearest(self._signatures, row, first, last)))
        if act.kind is Kind.OBJECT and self._objections:
            return self._objection(content, row, last, mentions, self._objections)
        return content

    def _objection(
        self, content: ActMention, row: WordRow, last: int, mentions: Sequence[Mention], words: ObjectionWords
    ) -> ActMention:
        """Against whom an objection is: the states that the words after it name as those who declared something."""
        after = [m for m in mentions if m.kind is MentionKind.STATE and m.start >= last and m.role in _NAMES]
        against: dict[str, None] = {}
        for index, mention in enumerate(after):
            group = _joined(after[index:], row.text, words.joined)
            before = re.search(rf"(?:{words.author})\s*$", row.text[last : mention.start])
            behind = re.match(words.owner, row.text[group[-1].end : row.ends[-1]])
            if before or behind:
                against |= dict.fromkeys(state for named in group for state in named.states)
        opposes = bool(re.search(words.opposes, row.text[row.starts[0] : row.ends[-1]]))
        others = tuple(state for state in against if state not in content.states)
        return msgspec.structs.replace(content, against=others, definitive=opposes)

    def _number(self, row: WordRow) -> str | None:
        found = self._bill.search(row.text, row.starts[0], row.ends[-1]) if self._bill else None
        return found[0] if found else None


_NAMES = frozenset({"name", "demonym", "capital", "metonym"})


def _joined(mentions: Sequence[Mention], text: str, joined: str) -> list[Mention]:
    """The first of the mentions and those that follow it as one list: "Peru, Chile and Bolivia"."""
    group = [mentions[0]]
    for mention in mentions[1:]:
        if not re.fullmatch(joined, text[group[-1].end : mention.start]):
            break
        group.append(mention)
    return group


class _Forms(msgspec.Struct, frozen=True):
    pattern: re.Pattern[str] | None
    names: dict[str, str]


def _by_form(words: dict[str, tuple[str, ...]]) -> _Forms:
    names = {form: name for name, forms in words.items() for form in forms}
    return _Forms(re.compile(rf"\b(?:{alternation(names)})\b", re.IGNORECASE) if names else None, names)


def _nearest(forms: _Forms, row: WordRow, first: int, last: int) -> str | None:
    """The name of the form that stands nearest to the act's words, or None where none is near."""
    if forms.pattern is None:
        return None
    found = [
        (max(match.start() - last, first - match.end(), 0), match[0])
        for match in forms.pattern.finditer(row.text, row.starts[0], row.ends[-1])
    ]
    near = min((one for one in found if one[0] <= _NEAR), default=None)
    return forms.names[" ".join(near[1].lower().split())] if near else None
