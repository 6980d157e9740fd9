"""What each operation of the API answers, made from an edition: the shapes of the commands, and parts of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from foedus.documents.document import Document
from foedus.obligations.scenario import scenario_from
from foedus.pipeline import Picture
from foedus.reference.directory import Organisation, State
from foedus.register.entries import Act, ClaimEntry, Finding, Publication, Ruling
from foedus.serving.catalogue import CatalogueEntry
from foedus.serving.comparing import Comparison
from foedus.serving.comparison_page import LEAST, compared
from foedus.serving.dossier_json import (
    CandidateJson,
    IssueJson,
    as_json,
)
from foedus.serving.home_page import deadlines, found_treaties, found_words, many_found
from foedus.serving.library import Edition
from foedus.serving.rest_operations import ROOT, Call
from foedus.serving.rest_shapes import (
    ActDetail,
    Answers,
    CellItem,
    ClaimDetail,
    ComparisonDetail,
    DocumentDetail,
    DocumentItem,
    FindingDetail,
    FoundItem,
    Page,
    QuoteDetail,
    RowItem,
    SayingItem,
    ScenarioBody,
    StandingCount,
    StateItem,
    StateTreaty,
    TreatyItem,
)
from foedus.serving.site_parts import title_of
from foedus.serving.state_page import treaties_of
from foedus.serving.statement_json import StatementShape, statement_shape
from foedus.statements.statement import Statement
from foedus.status.deadlines import Deadline
from foedus.status.standings import Change, Standing, status_of

SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


# Treaties


def treaties(call: Call) -> Page[TreatyItem]:
    found = found_treaties(call.edition, call["q"].strip(), call.asked)
    part = found[call["offset"] : call["offset"] + call["limit"]]
    entries = (call.edition.entry(id_, call.asked) for id_ in part)
    return call.paged([_treaty(entry) for entry in entries if entry], len(found))


def dossier(call: Call) -> dict[str, Any]:
    picture = picture_of(call)
    shown = call.edition.dossier(picture.treaty.id, call.asked)
    assert shown is not None
    return as_json(shown, call.edition.ask(lambda knowledge: knowledge.deadlines(picture)))


def part_of_dossier(name: str) -> Callable[[Call], Page[Any]]:
    return lambda call: call.page(dossier(call)[name])


def status(call: Call) -> Page[Standing]:
    picture, edition = picture_of(call), call.edition
    if call["state"]:
        states: Sequence[str] = [_state(call)]
    else:
        states = edition.ask(lambda knowledge: knowledge.concerned(picture))
    part = states[call["offset"] : call["offset"] + call["limit"]]
    return call.paged(edition.ask(lambda knowledge: knowledge.standings(picture, part)), len(states))


def history(call: Call) -> Page[Change]:
    picture, state = picture_of(call), _state(call)
    return call.page(call.edition.ask(lambda knowledge: knowledge.history(picture, state)))


def picture_of(call: Call) -> Picture:
    """Everything about the treaty that the address names.

    raises   HTTPException 404 if no report that counts tells of it
    """
    id_ = call.edition.treaty(call["treaty"]).id
    picture = call.edition.picture(id_, call.asked)
    if picture is None:
        first = call.edition.ask(lambda knowledge: knowledge.first_report(knowledge.treaty(id_)))
        raise HTTPException(
            404,
            f"no report known by {call.asked.known} tells of {id_}; the first is of {first}; ask with a later known",
        )
    return picture


def _treaty(entry: CatalogueEntry) -> TreatyItem:
    return TreatyItem(
        id=entry.treaty.id,
        title=entry.title,
        names=tuple(name.text for name in entry.treaty.names),
        parties=entry.treaty.parties,
        standings=tuple(StandingCount(word=word, states=count) for word, count in entry.standings),
        force=entry.force,
        last_day=entry.last_day,
        last_title=entry.last_title,
        awaits=entry.awaits,
        in_motion=entry.in_motion,
        documents=entry.documents,
        issues=entry.issues,
    )


def due(call: Call) -> Page[Deadline]:
    return call.page(deadlines(call.edition.catalogue(), call.edition.today))


# Entries of the register


def act(call: Call) -> ActDetail:
    entry = _entry(call, Act)
    return ActDetail(treaty=entry.treaty, act=entry)


def finding(call: Call) -> FindingDetail:
    entry = _entry(call, Finding)
    return FindingDetail(treaty=entry.treaty, finding=entry)


def claim(call: Call) -> ClaimDetail:
    entry = _entry(call, ClaimEntry)
    return ClaimDetail(treaty=entry.treaty, claim=entry)


def _entry(call: Call, kind: type[Any]) -> Any:
    entry = call.edition.ask(lambda knowledge: knowledge.entry(call["id"]))
    if not isinstance(entry, kind):
        raise HTTPException(404, f'nothing here has the id "{call["id"]}"; ids stand in the dossiers of treaties')
    return entry


def rulings(call: Call) -> Page[Ruling]:
    return call.page(call.site.library.journal.all_rulings())


# Documents and what they say


def documents(call: Call) -> Page[DocumentItem]:
    words, journal = call["q"].split(), call.site.library.journal
    listed = journal.listed(words, limit=call["limit"], offset=call["offset"])
    publications = (call.edition.publication(one.id) for one in listed)
    return call.paged([_document(p) for p in publications if p], journal.many_listed(words))


def document(call: Call) -> DocumentDetail:
    held = document_of(call)
    publication = call.edition.publication(held.id)
    assert publication is not None
    return DocumentDetail(
        document=_document(publication),
        language=held.language,
        candidates=tuple(CandidateJson(on=c.on.edtf, basis=c.basis) for c in held.published),
        statements=tuple(s.id for s in call.edition.statements_of(held.id)),
        translated=call.edition.translated(held.id),
        text=held.text if call.site.settings.shows_full_text else None,
    )


def statements(call: Call) -> Page[StatementShape]:
    held = document_of(call)
    said = call.edition.statements_of(held.id)
    part = said[call["offset"] : call["offset"] + call["limit"]]
    return call.paged([statement_shape(s, held) for s in part], len(said))


def statement(call: Call) -> StatementShape:
    found = statement_of(call)
    held = call.edition.document(found.document)
    assert held is not None
    return statement_shape(found, held)


def quote(call: Call) -> QuoteDetail:
    held, span = document_of(call), SPAN.fullmatch(call["span"])
    start, end = (int(span[1]), int(span[2])) if span else (0, 0)
    if not start < end <= len(held.text):
        raise HTTPException(
            404, f"this is no place in the document; write START-END, with END at most {len(held.text)}"
        )
    said = call.edition.statements_of(held.id)
    quoting = [s for s in said if any(q.start < end and start < q.end for q in (s.quote, *s.evidence))]
    whole = any(q.start <= start and end <= q.end for s in quoting for q in (s.quote, *s.evidence))
    if not whole and not call.site.settings.shows_full_text:
        raise HTTPException(403, "this site shows only sentences that statements quote")
    translated = call.edition.translated(held.id)
    marks = (translated[s.id] for s in quoting if s.id in translated)
    return QuoteDetail(
        quote=held.quote(start, end), statements=tuple(s.id for s in quoting), translated=next(marks, None)
    )


def search(call: Call) -> Page[FoundItem]:
    words = call["q"].strip()
    total = many_found(call.site, words) or 0
    found = found_words(call.site, call.edition, words, call["limit"], call["offset"]) if total else []
    return call.paged(
        [
            FoundItem(
                id=one.id,
                name=one.name,
                title=one.title,
                excerpt=one.excerpt if one.excerpt.exact else None,
                statements=one.statements,
            )
            for one in found
        ],
        total,
    )


def document_of(call: Call) -> Document:
    """The document that the address names.

    raises   JournalError if there is none, or it was redacted
    """
    held = call.edition.document(call["document"])
    return held or call.site.library.journal.document(call["document"])


def statement_of(call: Call) -> Statement:
    """The statement that the address names.

    raises   HTTPException 404 if there is none
    """
    found = call.edition.ask(lambda knowledge: knowledge.statement(call["id"]))
    if found is None:
        raise HTTPException(404, f'no statement has the id "{call["id"]}"')
    return found


def _document(publication: Publication) -> DocumentItem:
    return DocumentItem(
        id=publication.id,
        name=publication.name,
        title=publication.title,
        publisher=publication.publisher,
        class_=publication.class_,
        published=publication.published.likeliest.edtf if publication.published else None,
        published_basis=publication.published_basis,
        url=publication.url,
        copy_of=publication.copy_of,
    )


def compare(call: Call) -> ComparisonDetail:
    chosen = list(dict.fromkeys(call["r"]))
    if len(chosen) < LEAST:
        raise HTTPException(409, "a report is not compared with itself; name two to six different ones")
    missing = [id_ for id_ in chosen if call.edition.publication(id_) is None]
    if missing:
        raise HTTPException(404, f'the journal holds no document "{missing[0]}"; {ROOT}/documents lists them')
    return _comparison(compared(call.edition, chosen))


def _comparison(comparison: Comparison) -> ComparisonDetail:
    return ComparisonDetail(
        documents=tuple(_document(p) for p in comparison.documents),
        rows=tuple(
            RowItem(
                heading=row.heading,
                kind=row.kind,
                treaty=row.treaty,
                when=row.when,
                accord=row.accord,
                cells=tuple(
                    CellItem(
                        document=cell.document,
                        sayings=tuple(
                            SayingItem(statement=s.statement.id, said=s.said, against=s.against) for s in cell.sayings
                        ),
                    )
                    for cell in row.cells
                ),
                issues=tuple(IssueJson(kind=i.kind, says=i.says, quotes=i.quotes, about=i.about) for i in row.issues),
            )
            for row in comparison.rows
        ),
    )


# States and obligations


def states(call: Call) -> Page[StateItem]:
    directory = call.edition.reference.directory
    listed = [StateItem(code=one.id, name=one.name) for one in directory.states]
    listed += [StateItem(code=one.id, name=one.name) for one in directory.organisations]
    wanted = call["q"].lower().split()
    fitting = [one for one in listed if all(word in f"{one.code} {one.name}".lower() for word in wanted)]
    return call.page(sorted(fitting, key=lambda one: (one.name, one.code)))


def treaties_of_state(call: Call) -> Page[StateTreaty]:
    code, edition = _state(call), call.edition
    concerned = treaties_of(edition, code)
    part = concerned[call["offset"] : call["offset"] + call["limit"]]
    pictures = [picture for id_ in part if (picture := edition.picture(id_, call.asked))]
    return call.paged([_stands(code, picture, edition) for picture in pictures], len(concerned))


def _stands(code: str, picture: Picture, edition: Edition) -> StateTreaty:
    treaty = picture.treaty
    stands = edition.ask(lambda k: status_of(code, treaty.id, picture.on, picture.around, k.reference))
    return StateTreaty(
        treaty=treaty.id, title=title_of(treaty), status=stands.status, party=stands.party, since=stands.since
    )


def obligations(call: Call) -> Answers:
    body: ScenarioBody = call.body
    on, directory = body.on or call.edition.today, call.edition.reference.directory
    told = {(f.predicate, f.args): f.truth for f in body.fact}
    if any(told[f.predicate, f.args] != f.truth for f in body.fact):
        raise HTTPException(409, "two of the facts contradict each other; keep one of them")
    facts = [
        {"predicate": f.predicate, "args": list(f.args), "truth": f.truth if isinstance(f.truth, bool) else f.truth.value,
         "source": f.source} for f in body.fact
    ]  # fmt: skip
    scenario = scenario_from({"on": on, "fact": facts}, directory)
    treaty = call.edition.treaty(call["treaty"]).id if call["treaty"] else None
    answers = call.edition.ask(lambda knowledge: knowledge.answers(scenario, treaty, call.asked.known))
    return Answers(on=scenario.on, facts=scenario.facts, answers=answers)


def _state(call: Call) -> str:
    code: str = call["state"]
    if not isinstance(call.edition.reference.directory.find(code), State | Organisation):
        raise HTTPException(404, f'"{code}" is no state or organisation; {ROOT}/states lists their codes')
    return code
