"""Status tables of depositaries (UN as CSV or XML, WIPO) in, as documents with statements of the strongest class.

A table is a document like any other: it was published on a day, and what it says is known from then on. Every cell with a date
is one statement, quoted with its line. A participant whose name the directory does not know, or knows for more than one state,
is an error that names the line: a wrong state is worse than no import. Names are resolved through the directory, and through
`depositaries/un.toml` where tables have a use of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import msgspec

from foedus.datafiles import DATA, read_tables
from foedus.documents.document import Basis, DateCandidate, Document, DocumentClass, document_id
from foedus.errors import InputError
from foedus.exchange.depositary_xml import is_treaty_xml, table_of
from foedus.exchange.end_notes import NoteWords
from foedus.exchange.status_tables import Column, Entry, Note, Words, entries_in, is_status_table
from foedus.reference.directory import Body, Role
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Act, Publication, Register
from foedus.statements.statement import ActMention, Statement, TreatyMention, statement_id
from foedus.terms.acts import Kind, Level
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Issue, Proof, Truth
from foedus.terms.treaties import Treaty, TreatyName

RULE = "a date in a depositary's status table"


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """One table as a document with its statements; `notes` say which cells were left out, and why."""

    document: Document
    statements: tuple[Statement, ...]
    notes: tuple[Issue, ...] = ()


def import_table(
    content: bytes, name: str, reference: Reference, title: str | None = None, published: date | None = None
) -> Imported:
    """A status table as a document with statements.

    name       the file's; the United Nations' tables are told by it ("4-4.csv" and "IV-4.en.xml" are chapter IV, 4)
    title      what the treaty is called; by default as in the treaty series, else the table's own name
    published  the day as of which the table stands
    raises     InputError if it is no status table, or a participant cannot be told
    """
    document = document_of(content, name, reference, title, published)
    found, notes = _read(document, reference)
    return Imported(
        document=document, statements=tuple(_statement(e, s, document, reference) for e, s in found), notes=notes
    )


def statements_of(document: Document, reference: Reference) -> tuple[Statement, ...]:
    """The statements of a table that is a document already."""
    return tuple(_statement(e, s, document, reference) for e, s in _read(document, reference)[0])


def is_participation(document: Document) -> bool:
    return document.class_ is DocumentClass.DEPOSITARY and is_status_table(document.text)


def document_of(
    content: bytes, name: str, reference: Reference, title: str | None = None, published: date | None = None
) -> Document:
    """A table as a document; of XML its text is the table with the end notes below it.

    raises   InputError if it cannot be read as either
    """
    offsets: tuple[tuple[int, int], ...] = ()
    if is_treaty_xml(content):
        text, own_title, offsets = table_of(content, name)
        title = title or own_title
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}: is no UTF-8 text ({error.reason}); save the table as CSV in UTF-8") from error
    on = DateRange.of(published) if published else None
    return Document(
        id=document_id(content),
        name=name,
        text=text,
        offsets=offsets,
        title=title,
        publisher="World Intellectual Property Organization" if text.startswith("Contracting") else "United Nations",
        class_=DocumentClass.DEPOSITARY,
        published=(DateCandidate(on=on, basis=Basis.GIVEN),) if on else (),
    )


def register_of(documents: Iterable[Document], reference: Reference, known: date | None = None) -> Register:
    """The register of status tables alone: each cell is one act, because a depositary's table has each act once.

    It is what reconciling their statements gives, without asking which of them tell of one act.
    """
    acts: list[Act] = []
    treaties: dict[str, Treaty] = {}
    publications: list[Publication] = []
    issues: list[Issue] = []
    for document in documents:
        found, notes = _read(document, reference)
        issues += notes
        publications.append(
            Publication(id=document.id, name=document.name, publisher=document.publisher, class_=document.class_)
        )
        seen: defaultdict[tuple[str, str, Kind], int] = defaultdict(int)
        for entry, state in found:
            treaty = treaties.get(entry.table) or _treaty(entry.table, document, reference)
            treaties[entry.table] = treaty
            seen[treaty.id, state, entry.what.kind or Kind.DECLARE] += 1
            acts.append(_act(entry, state, treaty.id, document, seen))
    return Register(
        treaties=tuple({t.id: t for t in treaties.values()}.values()),
        acts=tuple(acts),
        documents=tuple(publications),
        issues=tuple(issues),
        known=known,
    )


def _read(document: Document, reference: Reference) -> tuple[list[tuple[Entry, str]], tuple[Issue, ...]]:
    """The acts with the ids of those who did them (none: the whole treaty's), and what was left out."""
    found: list[tuple[Entry, str]] = []
    notes: list[Issue] = []
    ceased: dict[str, Entry] = {}
    names = participants(reference)
    for entry in entries_in(document.text, document.name, column_words()):
        if isinstance(entry, Note):
            notes.append(_issue(entry, document))
            continue
        why = _left_out(entry, names, document)
        if why:
            notes.append(_issue(Note(entry.participant, why, entry.start, entry.end), document))
            continue
        state = names.id_of(entry.participant, document.name, entry.day) if entry.participant else ""
        found.append((entry, state))
        if entry.ceased:
            ceased.setdefault(state, entry)
    notes += [
        _issue(
            Note(entry.participant, "in brackets: it has left, but no end note says when", entry.start, entry.end),
            document,
        )
        for state, entry in ceased.items()
        if not any(e.what.kind in LEAVING and s == state for e, s in found)
    ]
    return found, tuple(dict.fromkeys(notes))


LEAVING = (Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE)


def _left_out(entry: Entry, names: Participants, document: Document) -> str | None:
    """Why an entry is none of a state or organisation; a note may name whom the directory does not know."""
    if entry.participant in territories():
        return f"a territory of {territories()[entry.participant]}, and no participant"
    if not entry.noted or not entry.participant:
        return None
    try:
        names.id_of(entry.participant, document.name, entry.day)
    except InputError as error:
        return f"an end note tells of it; {error}"
    return None


def _issue(note: Note, document: Document) -> Issue:
    quote = Quote(document.id, note.start, note.end, document.text[note.start : note.end])
    return Issue(kind="table-entry-left-out", says=f"{document.name}: {note.words}: {note.why}", quotes=(quote,))


NAMES: tuple[Role, ...] = ("name",)


class Participants:
    """Names of participants to ids; each name is looked up once."""

    def __init__(self, reference: Reference) -> None:
        self.directory = reference.directory
        self.known = {name: str(row["id"]) for name, row in _un_names().get("names", {}).items()}
        self.once: dict[tuple[str, date | None], str] = {}

    def id_of(self, name: str, where: str, day: date | None = None) -> str:
        """The id of a state or organisation.

        day      of its act: of states that are no more, and were called the same, the one that there was on that day

        raises   InputError if none has the name, or more than one
        """
        found = self.known.get(name) or self.once.get((name, day))
        if found is None:
            found, by_day = self._resolve(name, where, day)
            if by_day:
                self.once[name, day] = found
            else:
                self.known[name] = found
        return found

    def _resolve(self, name: str, where: str, day: date | None) -> tuple[str, bool]:
        named = [e for e in self.directory.named(name, roles=NAMES) if not isinstance(e, Body)]
        present = [e for e in named if e.until is None] if len(named) > 1 else named
        if len(present) == 1:
            return present[0].id, False
        then = [e for e in named if day and e.since <= day and (e.until is None or day <= e.until)]
        if len(then) == 1 and not present:
            return then[0].id, True
        if not named:
            raise InputError(
                f'{where}: nobody is called "{name}" in the directory; add the name to directory/states.toml or '
                "organisations.toml, or to depositaries/un.toml"
            )
        listed = ", ".join(sorted(e.id for e in named))
        raise InputError(f'{where}: "{name}" may be {listed}; say which in depositaries/un.toml')


@lru_cache(maxsize=4)
def participants(reference: Reference) -> Participants:
    return Participants(reference)


@lru_cache(maxsize=1)
def _un_names() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    return read_tables(DATA / "depositaries")["un.toml"]


@lru_cache(maxsize=1)
def territories() -> Mapping[str, str]:
    return {name: str(row["state"]) for name, row in _un_names().get("territories", {}).items()}


@lru_cache(maxsize=1)
def column_words() -> Words:
    """The words of depositaries' headings and end notes."""
    files = read_tables(DATA / "depositaries")
    return Words(
        column=msgspec.convert(files["columns.toml"]["column"], tuple[Column, ...]),
        instruments=msgspec.convert(files["columns.toml"]["instruments"], dict[str, str]),
        notes=msgspec.convert(files["notes.toml"], NoteWords),
    )


@lru_cache(maxsize=4)
def _records(reference: Reference) -> Mapping[str, TreatyRecord]:
    return {table: record for record in reference.series for table in record.tables}


def _treaty(table: str, document: Document, reference: Reference) -> Treaty:
    record = _records(reference).get(table)
    name = document.title or (record.names[0] if record else table)
    id_ = record.id if record else table.replace(":", "-").replace(" ", "-").lower()
    return Treaty(id=id_, names=(TreatyName(text=name, documents=(document.id,)),))


def _statement(entry: Entry, state: str, document: Document, reference: Reference) -> Statement:
    treaty, kind = _treaty(entry.table, document, reference), entry.what.kind or Kind.DECLARE
    at = document.text.find(entry.words, entry.start, entry.end)
    quote = Quote(document.id, entry.start, entry.end, document.text[entry.start : entry.end])
    iso = entry.day.isoformat()
    return Statement(
        id=statement_id(document.id, at, at + len(entry.words), kind),
        document=document.id,
        treaty=TreatyMention(mention=treaty.names[0].text, id=treaty.id),
        content=ActMention(
            kind=kind,
            states=(state,) if state else (),
            timex=Timex(value=iso, start=at, end=at + len(entry.words), words=entry.words, rule=RULE),
            date=DateRange.of(entry.day),
            tense="past",
            instrument=entry.what.instrument,
            definitive=entry.what.definitive,
            verb=entry.words,
        ),
        factuality=Factuality.HAPPENED,
        quote=quote,
        rules=(RULE,),
    )


def _act(entry: Entry, state: str, treaty: str, document: Document, seen: Mapping[tuple[str, str, Kind], int]) -> Act:
    kind = entry.what.kind or Kind.DECLARE
    number = seen[treaty, state, kind]
    on = DateRange(entry.day, entry.day)
    return Act(
        id=f"a_{treaty}.{state}.{kind}" + (f".{number}" if number > 1 else ""),
        kind=kind,
        level=Level.INTERNATIONAL,
        treaty=treaty,
        states=(state,) if state else (),
        on=on,
        factuality=Factuality.HAPPENED,
        truth=Truth.TRUE,
        instrument=entry.what.instrument,
        definitive=entry.what.definitive,
        quotes=(Quote(document.id, entry.start, entry.end, document.text[entry.start : entry.end]),),
        proof=LISTED,
    )


LISTED = Proof(says="the depositary's table lists it", truth=Truth.TRUE, by=RULE)
