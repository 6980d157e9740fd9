"""What the API answers with, beyond the shapes of the commands: types from which its OpenAPI document is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

import msgspec

from foedus.documents.document import Basis, DocumentClass
from foedus.obligations.scenario import Answer, Fact
from foedus.register.entries import Act, ClaimEntry, Finding
from foedus.serving.comparing import Accord
from foedus.serving.dossier_json import CandidateJson, IssueJson
from foedus.serving.translated import Translated
from foedus.status.standings import Status
from foedus.terms.evidence import Quote
from foedus.terms.proof import Truth

SCHEMA_VERSION = 1
T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some of a list, in a fixed order.

    total  how many there are
    next   the address of what follows, or null at the end
    """

    items: tuple[T, ...]
    total: int
    offset: int
    limit: int
    next: str | None = None
    schema_version: int = SCHEMA_VERSION


class StandingCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many states stand alike; `word` as people read it."""

    word: str
    states: int


class TreatyItem(msgspec.Struct, frozen=True, kw_only=True):
    """A treaty in a few lines, on the days asked."""

    id: str
    title: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    standings: tuple[StandingCount, ...]
    force: Truth
    last_day: date | None
    last_title: str
    awaits: tuple[str, ...]
    in_motion: bool
    documents: int
    issues: int


class ActDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An act with its proof."""

    treaty: str
    act: Act
    schema_version: int = SCHEMA_VERSION


class FindingDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A provision with its proof."""

    treaty: str
    finding: Finding
    schema_version: int = SCHEMA_VERSION


class ClaimDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its proof."""

    treaty: str
    claim: ClaimEntry
    schema_version: int = SCHEMA_VERSION


class DocumentItem(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A document without its text; `published` as all documents together have it, EDTF."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    class_: DocumentClass
    published: str | None
    published_basis: Basis | None
    url: str | None
    copy_of: str | None


class DocumentDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A document with every candidate for its day; `text` is null where only quotes may be shown.

    translated  statement id -> that its words are a translation or likely one, and why; `said_in`: the report's own words for it
    """

    document: DocumentItem
    language: str
    candidates: tuple[CandidateJson, ...]
    statements: tuple[str, ...]
    text: str | None
    translated: Mapping[str, Translated]
    schema_version: int = SCHEMA_VERSION


class QuoteDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a document, and the statements that quote any of them; `translated`: whether one that is a translation, or likely one, does."""

    quote: Quote
    statements: tuple[str, ...]
    translated: Translated | None
    schema_version: int = SCHEMA_VERSION


class FoundItem(msgspec.Struct, frozen=True, kw_only=True):
    """A document, or a statement entered by hand, that holds the words; `excerpt` is null where only quotes may be shown."""

    id: str
    name: str
    title: str | None
    excerpt: Quote | None
    statements: tuple[str, ...]


class StateItem(msgspec.Struct, frozen=True, kw_only=True):
    """A state or an organisation that can be a party."""

    code: str
    name: str


class StateTreaty(msgspec.Struct, frozen=True, kw_only=True):
    """Where a state stands towards one treaty, without the proof."""

    treaty: str
    title: str
    status: Status
    party: bool
    since: date | None


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Who owes what to whom in a scenario."""

    on: date
    facts: tuple[Fact, ...]
    answers: tuple[Answer, ...]
    schema_version: int = SCHEMA_VERSION


class SayingItem(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement says of the row's subject; `against`: another report disputes it."""

    statement: str
    said: str
    against: bool


class CellItem(msgspec.Struct, frozen=True, kw_only=True):
    """One report on one subject; without sayings where it is silent."""

    document: str
    sayings: tuple[SayingItem, ...]


class RowItem(msgspec.Struct, frozen=True, kw_only=True):
    """One act, provision or topic in all the reports compared."""

    heading: str
    kind: str
    treaty: str
    when: str
    accord: Accord
    cells: tuple[CellItem, ...]
    issues: tuple[IssueJson, ...]


class ComparisonDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Two to six reports side by side, contradictions first."""

    documents: tuple[DocumentItem, ...]
    rows: tuple[RowItem, ...]
    schema_version: int = SCHEMA_VERSION


class ScenarioFact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One supposed fact; `truth` may be "unknown"."""

    predicate: str
    args: tuple[str, ...]
    truth: bool | Truth = True
    source: str = "supposed"


class ScenarioBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario, as `foedus oblige FILE` takes it; `on` is today where it is missing."""

    on: date | None = None
    fact: tuple[ScenarioFact, ...] = ()
