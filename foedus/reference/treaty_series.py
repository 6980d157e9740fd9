"""Treaties that Foedus knows before it reads: names, parties, clauses and norms, each with its source.

A treaty file is Markdown: TOML front matter between `+++` lines, a heading per article with our own paraphrase and its
citation, and a fenced `norm` block (TOML) under the words it encodes.

    +++
    id = "prk-rus-2000"
    ...
    +++
    # Title, and a word about the treaty

    ## Article 2: what it is about
    Our paraphrase.

    Source: where the text was seen.

    ```norm
    duty = "consultation"
    ```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from foedus.datafiles import record
from foedus.errors import DataFileError
from foedus.reference.clauses import ForceClause, WithdrawalClause, parse_force_clause, parse_withdrawal_clause
from foedus.reference.durations import Term, parse_term
from foedus.terms.acts import Kind
from foedus.terms.norms import Norm
from foedus.terms.treaties import Binding


class TreatyArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One article, paraphrased, with its citation and the norms it holds."""

    number: str
    heading: str = ""
    paraphrase: str = ""
    source: str = ""
    norms: tuple[Norm, ...] = ()


def cited(source: str, verified: bool) -> str:
    """
    >>> cited("UNTS 999, p. 172", True), cited("from memory", False)
    ('UNTS 999, p. 172', 'from memory (unverified)')
    """
    return source if verified else f"{source} (unverified)"


class RecordedAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act under a treaty that the series records: of a state that depositaries no longer list, or where no table is at hand.

    effective  for a succession: the day from which it holds, where it is not the day on which it was received
    verified   somebody has seen it in the source it names; what nobody saw rests on memory
    """

    kind: Kind
    states: tuple[str, ...]
    on: date
    effective: date | None = None
    note: str = ""
    source: str
    verified: bool


class Measurement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quantity of which a clause asks a share, by state; who is not named has none that counts.

    total   of all who count, in the same unit
    """

    id: str
    unit: str
    total: float
    values: dict[str, float]
    source: str
    verified: bool


class ThresholdNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A depositary's word that the conditions for entry into force were met (VCLT 77(1)(f)).

    on      the day on which they were met, by whose instruments
    public  the day on which it could be known, where it is later
    """

    on: date
    by: str
    states: tuple[str, ...] = ()
    says: str
    public: date | None = None
    source: str
    verified: bool

    @property
    def known_from(self) -> date:
        return self.public or self.on


class TreatyRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A treaty of the series.

    id           "prk-rus-2000"
    names        every name it goes by, the official one first
    parties      alpha-3 codes or organisations; for an open multilateral those that its source lists, as of `parties_as_of`
    signed_only  states that had signed and not ratified by then
    not_party    states that its source does not list at all by then, where that matters
    bilateral    only its parties can ever be
    binding      what its source says of its force at law; None where it says nothing
    adopted, signed, in_force  dates where known
    in_force_by  where the day itself is not known: it was in force on this day at the latest
    ended        the day it ceased, with `ended_by` the treaty or act that ended it
    force_clause its entry-into-force clause, or None where not recorded
    reservations  "prohibited", "authorised", or "unless:1/3" (that part of the parties refuses one); None: the VCLT's rules
    in_parts     a state may bind itself to a part of it (VCLT 17)
    withdrawal_clause  how it may be left
    term         how long it is concluded for, and how it goes on after that
    expires, renewal  the day it ended or ends by itself, and how it may be renewed, for people
    acts         acts that tables do not show, each with its source
    measures     quantities of which the clause asks a share
    notices      the depositary's word that the conditions were met
    negotiating  who took part in making it, where that matters for the clause
    members_of   the organisation whose members may join
    opened       the day on which it was opened for signature
    amends       id of the treaty that it amends (VCLT 40)
    tables       names of the depositaries' tables: "un:4-4", "wipo:Beijing"
    articles     in order
    since        when this record's facts begin to hold (its conclusion)
    """

    id: str
    names: tuple[str, ...]
    parties: tuple[str, ...] = ()
    signed_only: tuple[str, ...] = ()
    not_party: tuple[str, ...] = ()
    parties_as_of: date | None = None
    bilateral: bool = False
    classes: tuple[str, ...] = ()
    binding: Binding | None = None
    adopted: date | None = None
    signed: date | None = None
    in_force: date | None = None
    in_force_by: date | None = None
    ended: date | None = None
    ended_by: str | None = None
    force_clause: ForceClause | None = None
    reservations: str | None = None
    in_parts: bool = False
    withdrawal_clause: WithdrawalClause | None = None
    term: Term | None = None
    expires: date | None = None
    renewal: str | None = None
    acts: tuple[RecordedAct, ...] = ()
    measures: tuple[Measurement, ...] = ()
    notices: tuple[ThresholdNotice, ...] = ()
    negotiating: tuple[str, ...] = ()
    members_of: str | None = None
    opened: date | None = None
    amends: str | None = None
    tables: tuple[str, ...] = ()
    articles: tuple[TreatyArticle, ...] = ()
    since: date
    until: date | None = None
    source: str
    verified: bool = True

    @property
    def cited(self) -> str:
        """Its source, for people; what nobody saw there says so."""
        return cited(self.source, self.verified)

    def article(self, number: str) -> TreatyArticle | None:
        return next((article for article in self.articles if article.number == number), None)


def treaty_from(text: str, name: str) -> TreatyRecord:
    """The treaty that a file of the series records.

    name     the file, for messages: "treaties/prk-rus-2000.md"
    raises   DataFileError naming the place, the fault and the remedy
    """
    found = _FILE.fullmatch(text)
    if not found:
        raise DataFileError(f"{name}: a treaty file begins with TOML between two lines of +++")
    front = _toml(found["front"], f"{name}, front matter")
    stem = name.rpartition("/")[2].removesuffix(".md")
    if front.get("id") != stem:
        raise DataFileError(f'{name}: its id is "{front.get("id")}"; a treaty file is named by its id')
    front["articles"] = [_article(part, stem, name) for part in _ARTICLE.finditer(found["body"])]
    for field, parse in CLAUSES.items():
        clause = front.get(field)
        if isinstance(clause, str):
            parsed = parse(clause)
            if parsed is None:
                raise DataFileError(
                    f'{name}: {field} "{clause}" is no clause; they are written as in reference/clauses.py ("exchange") and '
                    'reference/durations.py ("10y;renews:5y")'
                )
            front[field] = parsed
    return record(front, TreatyRecord, name, stem)


CLAUSES: dict[str, Callable[[str], ForceClause | WithdrawalClause | Term | None]] = {
    "force_clause": parse_force_clause,
    "withdrawal_clause": parse_withdrawal_clause,
    "term": parse_term,
}

_FILE = re.compile(r"\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<body>.*)", re.DOTALL)
_ARTICLE = re.compile(
    r"^## Article (?P<number>[^\s:]+)(?:: (?P<heading>[^\n]*))?\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
_NORM = re.compile(r"^```norm\n(?P<norm>.*?)^```\n?", re.MULTILINE | re.DOTALL)
_SOURCE = re.compile(r"^Source: (?P<source>.+)$", re.MULTILINE)


def _article(found: re.Match[str], treaty: str, name: str) -> TreatyArticle:
    number, body = found["number"], found["body"]
    where = f"{name}, Article {number}"
    source = _SOURCE.search(body)
    if not source:
        raise DataFileError(f'{where}: an article needs a line "Source: ..." that says where its text was seen')
    paraphrase = _SOURCE.sub("", _NORM.sub("", body))
    norms = tuple(
        record({"treaty": treaty, "article": number, **_toml(norm["norm"], where)}, Norm, where, "norm")
        for norm in _NORM.finditer(body)
    )
    return TreatyArticle(
        number=number,
        heading=(found["heading"] or "").strip(),
        paraphrase=" ".join(paraphrase.split()),
        source=source["source"].strip(),
        norms=norms,
    )


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{where}: {error}") from error
