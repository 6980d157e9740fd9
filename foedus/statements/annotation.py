"""From sentences to a discourse: every name in every sentence, and what the report's short names stand for.

Order: known names, treaties, persons; then organs are joined to their states; last, over the whole document, generic
names ("the upper house", "the pact", "Slutsky") get the one antecedent that remains, or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

import msgspec

from foedus.documents.document import Document
from foedus.documents.sentences import Sentence
from foedus.reference.lexicons import Lexicon
from foedus.reference.packs import Reference
from foedus.statements.gazetteer import Gazetteer
from foedus.statements.names import Analysis, Discourse, Mention, MentionKind
from foedus.statements.organs import Organs
from foedus.statements.persons import Persons, folded, fullest
from foedus.statements.short_names import ShortNames
from foedus.statements.treaty_identity import TreatyIdentity
from foedus.statements.treaty_names import TreatyNames
from foedus.statements.treaty_nicknames import TreatyNicknames
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import CHAMBERS, Agent, BodyKind
from foedus.terms.dates import Timex


class Annotator:
    """All that naming needs, compiled once for a reference and a language."""

    def __init__(self, reference: Reference, language: str) -> None:
        lexicon: Lexicon = reference.lexicon(language)
        self.gazetteer = Gazetteer(reference, lexicon)
        self.treaties = TreatyNames(reference, lexicon)
        self.persons = Persons(lexicon, reference.officeholders)
        self.organs = Organs(self.gazetteer)
        self.short = ShortNames(self.gazetteer.bodies.short, self.gazetteer.body_in)
        self.nicknames = TreatyNicknames(self.treaties.words.nicknames)

    def annotate(
        self, document: Document, sentences: Sequence[Sentence], times_of: Callable[[Sentence], tuple[Timex, ...]]
    ) -> Discourse:
        """The document with everything named in it; times are asked for only where it has a main treaty."""
        known: dict[str, Agent] = {}
        rows = [WordRow(document.text, sentence.start, sentence.end) for sentence in sentences]
        named = [self._names(document.text, row, known) for row in rows]
        named = [
            self._names(document.text, row, known) if self._is_late(row, mentions, known) else mentions
            for row, mentions in zip(rows, named, strict=True)
        ]
        settled = {one.states[0] for row in named for one in row if len(one.states) == 1}
        named = [
            self._names(document.text, row, known, settled) if _is_open(mentions) else mentions
            for row, mentions in zip(rows, named, strict=True)
        ]
        named = [list(fullest(mentions, known)) for mentions in named]
        named = self.short.added(rows, named)
        named = self.organs.resolved(document.text, named)
        named = _with_initials(document.text, rows, named)
        named = self.nicknames.added(document.text, rows, named)
        identity = TreatyIdentity(
            self.treaties, self.gazetteer.state_words, named, rows, document.text, _year_of(document)
        )
        times = [times_of(sentence) if identity.main else () for sentence in sentences]
        analyses = tuple(
            Analysis(sentence=sentence, mentions=tuple(identity.resolved(index)), times=times[index])
            for index, sentence in enumerate(sentences)
        )
        return Discourse(
            document=document, analyses=analyses, main=identity.main, treaties=identity.all, rows=tuple(rows)
        )

    def _is_late(self, row: WordRow, mentions: Sequence[Mention], known: dict[str, Agent]) -> bool:
        """Whether a sentence has the surname of somebody whose full name comes only later: a headline's "Putin"."""
        if not row or not known:
            return False
        words = row.text[row.starts[0] : row.ends[-1]]
        late = [surname for surname in known if surname in words]
        named = {folded(one.text.split()[-1]) for one in mentions if one.kind is MentionKind.PERSON} if late else set()
        return any(surname not in named for surname in late)

    def _names(
        self, text: str, row: WordRow, known: dict[str, Agent], settled: Set[str] = frozenset()
    ) -> list[Mention]:
        if not row:
            return []
        proper = [_settled(one, settled) for one in self.gazetteer.find(row)]
        treaties = self.treaties.find(row, proper)
        proper = [name for name in proper if not _inside(name, treaties)]
        persons = self.persons.find(row, sorted([*proper, *treaties], key=lambda one: one.start), known)
        organs = self.organs.joined(row, [name for name in proper if not _inside(name, persons)])
        organs = [one for one in organs if not _is_title(text, one, persons)]
        treaties = [one for one in treaties if one.kind is MentionKind.TREATY or not _inside(one, organs)]
        return sorted([*organs, *treaties, *persons], key=lambda one: one.start)


def _is_open(mentions: Sequence[Mention]) -> bool:
    """Whether a state is named by a name that two share ("Korea"), or a treaty's name may hide one."""
    return any(
        (one.kind is MentionKind.STATE and len(one.states) > 1)
        or (one.kind is MentionKind.TREATY and len(one.states) == 1)
        for one in mentions
    )


def _settled(name: Mention, states: Set[str]) -> Mention:
    """A shared name means the state that the report also names in full, where there is just one."""
    meant = [state for state in name.states if state in states]
    if name.kind is not MentionKind.STATE or len(name.states) < 2 or len(meant) != 1:
        return name
    agent = Agent(name=name.text, kind=BodyKind.STATE, states=(meant[0],))
    return msgspec.structs.replace(name, states=(meant[0],), agent=agent)


def _with_initials(text: str, rows: Sequence[WordRow], named: list[list[Mention]]) -> list[list[Mention]]:
    """ "European Parliament (EP)", later "the EP": initials in brackets stand for the body before them in all the report."""
    bodies: dict[str, Mention] = {}
    for mentions in named:
        for one in mentions:
            initials = _INITIALS.match(text, one.end) if one.kind is MentionKind.BODY and one.agent else None
            if initials:
                bodies.setdefault(initials[1], one)
    if not bodies:
        return named
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, bodies))})(?![\w-])")
    return [_with_bodies(text, row, mentions, bodies, found) for row, mentions in zip(rows, named, strict=True)]


def _with_bodies(
    text: str, row: WordRow, mentions: list[Mention], bodies: dict[str, Mention], found: re.Pattern[str]
) -> list[Mention]:
    spots = list(found.finditer(text, row.starts[0], row.ends[-1])) if row else []
    for spot in spots:
        body = bodies[spot[0]]
        held = [one for one in mentions if one.start < spot.end() and spot.start() < one.end]
        if any(one.kind is not MentionKind.BODY or (one.start, one.end) != spot.span() for one in held):
            continue
        made = msgspec.structs.replace(body, start=spot.start(), end=spot.end(), text=spot[0], role="name")
        mentions = [one for one in mentions if one not in held] + [made]
    return sorted(mentions, key=lambda one: one.start)


_FULL_NAME = re.compile(r"\s+[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
_INITIALS = re.compile(r"\s*\(([A-Z][A-Za-z]{0,3}[A-Z])\)")


def _is_title(text: str, organ: Mention, persons: Sequence[Mention]) -> bool:
    """ "Senators Ann Lee and Bo Day voted against": the members' noun is only the title of those named after it."""
    if organ.role != "generic" or organ.agent is None or organ.agent.kind not in CHAMBERS:
        return False
    is_before_name = bool(_FULL_NAME.match(text, organ.end))
    return is_before_name or any(not text[organ.end : one.start].strip() for one in persons if one.start > organ.end)


def _inside(name: Mention, others: Sequence[Mention]) -> bool:
    return any(other.start <= name.start and name.end <= other.end and other is not name for other in others)


def _year_of(document: Document) -> int:
    """The year the document was published in, as far as a candidate says; 0 where none does."""
    return max(
        (candidate.on.latest.year for candidate in document.published if candidate.on.latest.year < _OPEN), default=0
    )


_OPEN = 9999
