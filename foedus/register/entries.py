"""What happened, as all statements together have it: acts, findings, claims, and the day each document was published.

Nothing here is stored: the register is computed from statements and rulings, in any order of reading, with the same result.
"""

from __future__ import annotations

from datetime import date

import msgspec

from foedus.documents.document import Basis, DocumentClass
from foedus.terms.acts import Kind, Level, Measure, Vote
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote, Source, Stance
from foedus.terms.norms import Norm
from foedus.terms.proof import Issue, Proof, Truth
from foedus.terms.treaties import Treaty


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """When something was: the likeliest day or days, and what is still possible.

    likeliest  the days that all evidence together makes likeliest (one day, where it settles one)
    possible   every day that no evidence of weight excludes
    is_exact   the search behind both was run to its end; else they are the best that it found
    proof      every constraint used, and those that were overruled
    """

    likeliest: DateRange
    possible: DateRange
    is_exact: bool = True
    proof: Proof


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the register sees it.

    published        solved together with all others; None where nothing bounds it
    published_basis  which of the document's own candidates the answer agrees with, else `inferred`
    copy_of          id of the document that this one repeats: copies are no witnesses of their own
    """

    id: str
    name: str
    publisher: str | None = None
    class_: DocumentClass = DocumentClass.OUTLET
    title: str | None = None
    url: str | None = None
    published: Dated | None = None
    published_basis: Basis | None = None
    copy_of: str | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act that the statements agree or disagree on.

    on               the days likeliest, or None where nothing dates it
    dated            the same with what is possible and why, or None
    factuality       the strongest that a report known gives it
    truth            TRUE reported as happened and not contradicted by weightier evidence; FALSE denied only; UNKNOWN otherwise
    reported_first   the earliest day on which a document that reports it as happened was published (likeliest), or None
    supported_by     ids of statements
    contradicted_by  ids of statements
    against          of an objection: whose acts it is against, where that is said
    quotes           the words of every statement it rests on
    overtaken_by     for an expectation: id of the act that has made it moot, or None
    """

    id: str
    kind: Kind
    level: Level
    treaty: str
    measure: Measure | None = None
    states: tuple[str, ...] = ()
    actor: Agent | None = None
    agents: tuple[Agent, ...] = ()
    on: DateRange | None = None
    dated: Dated | None = None
    factuality: Factuality
    truth: Truth
    vote: Vote | None = None
    place: str | None = None
    stage: str | None = None
    instrument: str | None = None
    definitive: bool = False
    against: tuple[str, ...] = ()
    reported_first: date | None = None
    supported_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    overtaken_by: str | None = None
    quotes: tuple[Quote, ...] = ()
    proof: Proof


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the treaty provides, as far as reports tell; `variants` are the same provision in other words."""

    id: str
    treaty: str
    kind: str
    article: str | None = None
    value: str = ""
    norm: Norm | None = None
    truth: Truth
    supported_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    variants: tuple[Quote, ...] = ()
    proof: Proof


class ClaimEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker said; the same speech in two reports or translations is one entry with two witnesses.

    args         of whom it speaks, in the order of the predicate `about`, where the words tell; else empty
    sources      chain of each witness, in the order of `supported_by`
    answered_by  ids of claims of other speakers that contradict it
    """

    id: str
    treaty: str
    speaker: Agent
    stance: Stance
    about: str | None = None
    args: tuple[str, ...] = ()
    says: str = ""
    on: DateRange | None = None
    sources: tuple[tuple[Source, ...], ...] = ()
    supported_by: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    proof: Proof


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known on a day.

    known      only documents published by this day count; None: all
    silent     documents that are not known by then
    """

    treaties: tuple[Treaty, ...] = ()
    acts: tuple[Act, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    documents: tuple[Publication, ...] = ()
    issues: tuple[Issue, ...] = ()
    known: date | None = None
    silent: tuple[str, ...] = ()

    def of(self, treaty: str) -> Register:
        """Only what concerns one treaty."""
        acts = tuple(a for a in self.acts if a.treaty == treaty)
        findings = tuple(f for f in self.findings if f.treaty == treaty)
        claims = tuple(c for c in self.claims if c.treaty == treaty)
        ids = {treaty} | {a.id for a in acts} | {f.id for f in findings} | {c.id for c in claims}
        used = {q.document for a in acts for q in a.quotes} | {q.document for c in claims for q in c.quotes}
        used |= {q.document for f in findings for q in f.proof.all_quotes()}
        documents = tuple(d for d in self.documents if d.id in used)
        issues = tuple(i for i in self.issues if not i.about or ids & set(i.about) or used & set(i.about))
        treaties = tuple(t for t in self.treaties if t.id == treaty)
        return msgspec.structs.replace(
            self, treaties=treaties, acts=acts, findings=findings, claims=claims, documents=documents, issues=issues
        )

    @property
    def entries(self) -> tuple[Act | Finding | ClaimEntry, ...]:
        """All acts, findings and claims."""
        return (*self.acts, *self.findings, *self.claims)

    def treaty(self, id_: str) -> Treaty | None:
        return next((t for t in self.treaties if t.id == id_), None)


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """An editor's decision, dated and undoable; it changes what is computed, never what was said.

    verb      "same", "different", "reject", "set", "undo"
    args      ids of statements or entries; for "set" the id, the field and the value
    recorded  when it entered the journal, ISO 8601 with zone
    """

    id: str
    verb: str
    args: tuple[str, ...]
    author: str = ""
    note: str | None = None
    source: str | None = None
    recorded: str = ""
