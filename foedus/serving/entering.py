"""Statements entered by hand: an act, a provision or a claim, with the words or the source that say so, and their author.

They stand beside those that were read, under the same rules: each is quoted, dated from its document, and can be disputed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from foedus.datafiles import nearest
from foedus.documents.citation import Citation, citation_document
from foedus.documents.document import Document, DocumentClass
from foedus.errors import FoedusError
from foedus.reference.directory import Body, Directory, Organisation, State
from foedus.statements.statement import (
    ActMention,
    Claim,
    Content,
    ProvisionMention,
    Statement,
    TreatyMention,
    statement_id,
)
from foedus.terms.acts import Kind, Level, Measure, Vote
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Factuality, Quote, Stance

if TYPE_CHECKING:
    from foedus.journal.readings import Entry
    from foedus.journal.record import Journal
    from foedus.pipeline import Knowledge

E = TypeVar("E", bound=StrEnum)

RULE = "entered by hand"
CLAIM = "claim"
PROVISIONS = (
    "articles", "area", "consultation", "content", "domestic-requirement", "duration", "entry-into-force-clause",
    "mutual-assistance", "neutrality", "nonaggression", "nuclear", "secret-clauses", "supersedes", "third-party",
    "withdrawal-clause",
)  # fmt: skip
KINDS = (*(str(kind) for kind in Kind), *PROVISIONS, CLAIM)
"""What can be stated: kinds of act, kinds of provision, and a claim."""
_TALLY = re.compile(r"(\d{1,6}):(\d{1,6})(?::(\d{1,6}))?")


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor states, in words; empty where nothing is said.

    kind     one of `KINDS`
    states   codes or names, for an act: whose it is
    against  of an objection: codes or names of those whose acts it is against, with commas
    definitive  anything: a signature binds by itself, an objection refuses the treaty between the two
    date     EDTF
    vote     "for:against", or "for:against:abstain"
    article, value                of a provision
    speaker, role, stance, about, says  of a claim
    """

    kind: str
    states: tuple[str, ...] = ()
    actor: str = ""
    date: str = ""
    measure: str = ""
    factuality: str = Factuality.HAPPENED
    vote: str = ""
    instrument: str = ""
    against: str = ""
    definitive: str = ""
    place: str = ""
    article: str = ""
    value: str = ""
    speaker: str = ""
    role: str = ""
    stance: str = Stance.ASSERT
    about: str = ""
    says: str = ""


def enter(
    journal: Journal, knowledge: Knowledge, treaty: str, stated: Stated, source: Citation | str, quote: str, author: str
) -> Entry:
    """Appends a statement entered by hand, and the document that stands for its source where that is only cited.

    treaty   id, or words that single one out; one of the treaty series need not be in the journal yet
    source   a citation, or the id of a document of the journal
    quote    words of that document that say so
    raises   FoedusError if anything does not fit, and then nothing is appended
    """
    if not author.strip():
        raise FoedusError("a statement entered by hand needs its author; give a name")
    content = content_of(stated, knowledge.reference.directory)
    factuality = _one_of(Factuality, stated.factuality, "factuality")
    mention = mention_of(treaty, knowledge)
    if isinstance(source, Citation):
        document, original = citation_document(source)
        words = quoted(document, source.words or source.title)
        journal.append([(document, original)])
    else:
        document = journal.document(source)
        words = quoted(document, quote)
    statement = Statement(
        id=statement_id(document.id, words.start, words.end, f"{stated.kind} by hand"),
        document=document.id,
        treaty=mention,
        content=content,
        factuality=factuality,
        quote=words,
        rules=(RULE,),
        by_hand=author,
    )
    return journal.append_statement(statement, author=author)


def source_of(
    document: str, title: str, words: str, publisher: str, url: str, class_: str, published: date | None
) -> Citation | str:
    """The id of the document that says so, or a citation where the journal does not hold it.

    raises   FoedusError if neither or both are given
    """
    if bool(document.strip()) == bool(title.strip()):
        raise FoedusError("what says so? give the id of a report of the journal and a quote, or the title of a source")
    if document.strip():
        return document.strip()
    return Citation(
        title=title.strip(),
        words=words.strip() or None,
        publisher=publisher.strip() or None,
        url=url.strip() or None,
        class_=_one_of(DocumentClass, class_, "class of source"),
        published=DateRange.of(published) if published else None,
    )


def content_of(stated: Stated, directory: Directory) -> Content:
    """The act, provision or claim that an editor states.

    raises   FoedusError if a field does not fit, saying what would
    """
    if stated.kind == CLAIM:
        return _claim(stated)
    if stated.kind in PROVISIONS:
        if not stated.value.strip():
            raise FoedusError(f'what does the treaty provide? give a value for "{stated.kind}", such as "5 years"')
        return ProvisionMention(kind=stated.kind, article=stated.article.strip() or None, value=stated.value.strip())
    if stated.kind not in KINDS:
        raise FoedusError(f'"{stated.kind}" is no kind{nearest(stated.kind, KINDS)}; there is {", ".join(KINDS)}')
    return _act(stated, Kind(stated.kind), directory)


def mention_of(treaty: str, knowledge: Knowledge) -> TreatyMention:
    """How the statement names its treaty: as the reports do that name it most fully.

    raises   NoSuchTreaty if neither the journal nor the treaty series has it
    """
    record = next((r for r in knowledge.reference.series if r.id == treaty.strip().lower()), None)
    if record is not None and all(one.id != record.id for one in knowledge.treaties):
        return TreatyMention(mention=record.names[0], parties=record.parties, id=record.id)
    found = knowledge.treaty(treaty)
    told = knowledge.around(found.id).of(found.id).documents
    names = {name.text for name in found.names}
    mentions = [s.treaty for d in told for s in knowledge.statements_of(d.id) if s.treaty]
    fitting = [m for m in mentions if m.mention in names and set(m.parties) <= set(found.parties)]
    if not fitting:
        return TreatyMention(mention=found.names[0].text if found.names else found.id, parties=found.parties)
    return max(fitting, key=lambda m: (m.id or "", len(m.parties), len(m.years), len(m.forms), m.mention))


def quoted(document: Document, words: str) -> Quote:
    """Where words stand in a document; white space may differ.

    raises   FoedusError if they do not stand there
    """
    pieces = [re.escape(piece) for piece in words.split()]
    found = re.search(r"\s+".join(pieces), document.text) if pieces else None
    if found is None:
        raise FoedusError(f'"{words[:60]}" does not stand in {document.name}; copy the words as they stand there')
    return document.quote(*found.span())


def state_codes(words: Iterable[str], directory: Directory) -> tuple[str, ...]:
    """The codes of states and organisations given by code or name, sorted.

    raises   FoedusError if one of them is none, or may be several
    """
    return tuple(sorted({_state_code(word.strip(), directory) for word in words if word.strip()}))


def _state_code(word: str, directory: Directory) -> str:
    if isinstance(directory.find(word.upper()), State | Organisation):
        return word.upper()
    named = [entity for entity in directory.named(word) if isinstance(entity, State | Organisation)]
    found = {entity.id for entity in named if entity.until is None} or {entity.id for entity in named}
    if len(found) != 1:
        several = f"; it may be {', '.join(sorted(found))}" if found else ""
        raise FoedusError(f'"{word}" is no state{several}; write an alpha-3 code, such as KOR')
    return found.pop()


def _act(stated: Stated, kind: Kind, directory: Directory) -> ActMention:
    states = state_codes(stated.states, directory)
    actor = _actor(stated.actor.strip(), states, directory)
    measure = _one_of(Measure, stated.measure, "measure") if stated.measure else None
    return ActMention(
        kind=kind,
        measure=measure or (Measure.RATIFICATION if kind.level is Level.DOMESTIC else None),
        states=states,
        actor=actor,
        agents=(actor,) if actor else (),
        timex=Timex(value=stated.date, words=stated.date, rule=RULE) if stated.date else None,
        date=_days(stated.date) if stated.date else None,
        place=stated.place.strip() or None,
        instrument=stated.instrument.strip() or None,
        definitive=bool(stated.definitive.strip()),
        against=state_codes(stated.against.split(","), directory),
        vote=_vote(stated.vote) if stated.vote else None,
    )


def _claim(stated: Stated) -> Claim:
    if not stated.speaker.strip() or not stated.says.strip():
        raise FoedusError("a claim needs its speaker and what is said")
    return Claim(
        speaker=Agent(name=stated.speaker.strip(), kind=BodyKind.PERSON, role=stated.role.strip() or None),
        stance=_one_of(Stance, stated.stance, "stance"),
        about=stated.about.strip() or None,
        says=stated.says.strip(),
    )


def _actor(name: str, states: tuple[str, ...], directory: Directory) -> Agent | None:
    if not name:
        return None
    meant = [e for e in directory.named(name) if isinstance(e, Body | State)]
    meant = [e for e in meant if not states or (e.state if isinstance(e, Body) else e.id) in states]
    if len(meant) != 1:
        return Agent(name=name, states=states)
    (one,) = meant
    if isinstance(one, State):
        return Agent(name=name, kind=BodyKind.STATE, states=(one.id,))
    return Agent(name=name, kind=BodyKind(one.kind), body=one.id, states=(one.state,))


def _days(words: str) -> DateRange:
    try:
        return DateRange.parse(words)
    except ValueError as error:
        raise FoedusError(f"the date: {error}") from error


def _vote(words: str) -> Vote:
    tally = _TALLY.fullmatch(words.strip())
    if tally is None:
        raise FoedusError(f'"{words}" is no vote; write it as FOR:AGAINST or FOR:AGAINST:ABSTAIN, such as 140:12')
    for_, against, abstain = tally.groups()
    return Vote(for_=int(for_), against=int(against), abstain=int(abstain) if abstain else None)


def _one_of(kinds: type[E], value: str, field: str) -> E:
    try:
        return kinds(value)
    except ValueError:
        listed = ", ".join(str(kind) for kind in kinds)
        raise FoedusError(f'"{value}" is no {field}; there is {listed}') from None
