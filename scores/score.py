"""Scores what a reader says about annotated reports: precision, recall, F1 and the accuracy of dates, bodies and votes.

An annotation says what a text states, by the conventions of `README.md`. An act is found when its kind is the annotated
one, its states share at least half of all that either names, and its factuality is of the same class: happened, denied,
or not realised (planned, expected, possible). The columns of the table are explained there too.
"""

from __future__ import annotations

import calendar
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DIRECTORY = Path(__file__).resolve().parent.parent / "foedus/data/directory"

DOMESTIC = frozenset(
    {"submit", "committee-recommend", "chamber-approve", "chamber-reject", "government-approve"}
    | {"review", "refer", "return", "referendum", "promulgate"}
)
UNREALISED = frozenset({"planned", "expected", "possible"})
GENERAL = frozenset({"UN", "ICC", "UNFCCC", "NATO members", "UNSG"})
"""Stand-ins for the parties of a treaty in general, or for its depositary: nobody in particular."""

NO_NAME_WORDS = frozenset({"the", "and", "house", "national"})
COUNTED_VALUES = frozenset({"articles", "duration"})
SAME, OVERLAPS, SILENT, CONFLICTS = 2, 1, 0, -1


# --- what is read from files


@dataclass(frozen=True)
class Report:
    """An annotated report of a corpus; `story` is its folder."""

    name: str
    story: str
    text: str
    about: Mapping[str, Any]
    annotation: Mapping[str, Any]


def reports(corpus: Path, without: Iterable[str] = ()) -> Iterator[Report]:
    """The reports under `corpus/<story>/`, in the order of their names."""
    left_out = frozenset(without)
    for gold in sorted(corpus.glob("*/*.gold.json")):
        story, stem = gold.parent.name, gold.name.removesuffix(".gold.json")
        if story in left_out:
            continue
        yield Report(
            name=f"{story}/{stem}",
            story=story,
            text=gold.with_name(f"{stem}.txt").read_text(encoding="utf-8"),
            about=json.loads(gold.with_name(f"{stem}.json").read_text(encoding="utf-8")),
            annotation=json.loads(gold.read_text(encoding="utf-8")),
        )


def as_input(report: Report, dates: str = "given") -> str:
    """The report as a JSON line for `foedus read -`.

    dates   "given" passes its publication day; "none" passes neither day nor address (which may hold one);
            "wrong" passes a day four weeks late, as a crawler's stamp would be, on the same weekday
    """
    day = (report.about.get("published") or "")[:10] if dates != "none" else ""
    if dates == "wrong" and len(day) == len("2024-10-24"):
        day = str(date.fromisoformat(day) + timedelta(weeks=4))
    row = {
        "id": report.name,
        "text": report.text,
        "publisher": report.about.get("publisher") or report.about.get("outlet"),
        "url": report.about.get("url") if dates == "given" or (dates == "wrong" and not day) else None,
    }
    return json.dumps(row | ({"published": day} if day else {}), ensure_ascii=False)


# --- comparing one thing with another


@cache
def _alpha_3() -> dict[str, str]:
    records = tomllib.loads((DIRECTORY / "states.toml").read_text(encoding="utf-8"))
    return {record["iso2"]: alpha_3 for alpha_3, record in records.items() if "iso2" in record}


def states(named: str | Sequence[str] | None) -> frozenset[str]:
    """Alpha-3 codes and names of organisations; empty for nobody in particular.

    >>> sorted(states(["RU", "KP", "NATO"]))
    ['NATO', 'PRK', 'RUS']
    """
    each = [named] if isinstance(named, str) else named or ()
    return frozenset(_alpha_3().get(one, one) for one in each if one and one not in GENERAL)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of all named states that both name (Jaccard); 1 where both name nobody."""
    return len(one & other) / len(one | other) if one or other else 1.0


def certainty(factuality: str) -> str:
    return "unrealised" if factuality in UNREALISED else factuality


def name_words(name: str | None) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", (name or "").lower()) if len(word) > 2) - NO_NAME_WORDS


def is_same_body(one: str | None, other: str | None) -> bool:
    mine, yours = name_words(one), name_words(other)
    return bool(mine & yours) if mine and yours else (one or "").lower() == (other or "").lower()


def days(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of an EDTF date or interval; None where there is none or a digit is open.

    >>> days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if not edtf or "X" in edtf:
        return None
    first, _, last = edtf.partition("/")
    try:
        return _end(first, is_last=False), _end(last or first, is_last=True)
    except ValueError:
        return None


def _end(words: str, is_last: bool) -> date:
    words = words.strip().rstrip("?~%")
    if words in ("", ".."):
        return date.max if is_last else date.min
    year, month, day = [*map(int, words.split("-")), 0, 0][:3]
    month = month or (12 if is_last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if is_last else 1))


def agreement(annotated: str | None, said: str | None) -> int:
    """SAME, OVERLAPS, SILENT (one side has none) or CONFLICTS; an open digit agrees with any."""
    if not annotated or not said:
        return SILENT
    if annotated == said:
        return SAME
    if "X" in annotated or "X" in said:
        fits = SAME if "X" in annotated else OVERLAPS
        return fits if _digits_agree(annotated, said) else CONFLICTS
    mine, yours = days(annotated), days(said)
    if mine is None or yours is None:
        return CONFLICTS
    if mine == yours:
        return SAME
    return OVERLAPS if mine[0] <= yours[1] and yours[0] <= mine[1] else CONFLICTS


def _digits_agree(one: str, other: str) -> bool:
    mine, yours = ([end.split("-") for end in words.split("/")] for words in (one, other))
    return [len(end) for end in mine] == [len(end) for end in yours] and all(
        "X" in a or "X" in b or a == b
        for left, right in zip(mine, yours, strict=True)
        for a, b in zip(left, right, strict=True)
    )


# --- acts


@dataclass(frozen=True)
class ActRow:
    """An act, annotated or said, as far as it is compared."""

    kind: str
    states: frozenset[str]
    date: str | None
    factuality: str
    actor: str | None
    treaty: str | None = field(default=None, compare=False)
    optional: bool = field(default=False, compare=False)
    words: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal keys are one act told twice."""
        body = (self.actor or "").lower() if self.kind in DOMESTIC else ""
        return self.kind, self.states, self.date, self.factuality, body, self.treaty

    def line(self) -> str:
        return f"{self.kind} {'+'.join(sorted(self.states)) or '-'} {self.date or 'undated'} {self.factuality}"


def annotated_acts(annotation: Mapping[str, Any]) -> list[ActRow]:
    rows = (
        ActRow(
            kind=act["type"],
            states=states(act.get("party")),
            date=act.get("date"),
            factuality=act["factuality"],
            actor=act.get("actor"),
            treaty=act.get("treaty"),
            optional=bool(act.get("optional")),
            words=f"{act.get('reported_verb')!r}, {act.get('date_words')!r}",
        )
        for act in annotation["acts"]
    )
    return _once(rows)


def said_acts(statements: Iterable[Mapping[str, Any]]) -> list[ActRow]:
    rows = (
        ActRow(
            kind=one["act"]["kind"],
            states=states(one["act"].get("states")),
            date=one["act"].get("date"),
            factuality=one["factuality"],
            actor=one["act"].get("actor"),
            words=repr(one["quote"]["exact"][:100]),
        )
        for one in statements
        if one["kind"] == "act"
    )
    return _once(rows)


def _once(rows: Iterable[ActRow]) -> list[ActRow]:
    kept: dict[tuple[Any, ...], ActRow] = {}
    for row in rows:
        kept.setdefault(row.key, row)
    return list(kept.values())


def matched(annotated: Sequence[ActRow], said: Sequence[ActRow]) -> dict[int, int]:
    """Index of an annotated act -> index of the said act that is it; the likeliest pairs are taken first.

    Candidates have the kind and at least half of the states. Among them, in this order: class of factuality, date,
    states, body, an act that counts before an optional one, the place in the text.
    """
    likeness = []
    for mine, gold in enumerate(annotated):
        for yours, other in enumerate(said):
            overlap = shared(gold.states, other.states)
            if gold.kind != other.kind or overlap < 0.5:
                continue
            alike = (
                certainty(gold.factuality) == certainty(other.factuality),
                agreement(gold.date, other.date),
                overlap,
                is_same_body(gold.actor, other.actor),
                not gold.optional,
                -abs(mine - yours),
            )
            likeness.append((alike, mine, yours))
    pairs: dict[int, int] = {}
    for _, mine, yours in sorted(likeness, reverse=True):
        if mine not in pairs and yours not in pairs.values():
            pairs[mine] = yours
    return pairs


def retells(row: ActRow, told: ActRow) -> bool:
    """Whether a said act only says again, perhaps with less, what another one says."""
    return (
        row.kind == told.kind
        and (not row.states or shared(row.states, told.states) >= 0.5)
        and agreement(told.date, row.date) != CONFLICTS
        and certainty(row.factuality) == certainty(told.factuality)
    )


# --- one report


@dataclass(frozen=True)
class Result:
    """Counts to add up, and what went wrong, each error with its class."""

    counts: Counter[str]
    errors: tuple[tuple[str, str], ...]


def result_of(report: Report, statements: Sequence[Mapping[str, Any]]) -> Result:
    counts, errors = Counter({"reports": 1}), list[tuple[str, str]]()
    gold, said = annotated_acts(report.annotation), said_acts(statements)
    pairs = matched(gold, said)
    _count_annotated(gold, said, pairs, counts, errors)
    _count_said(gold, said, pairs, counts, errors)
    for count in (_votes, _provisions, _claims):
        count(report.annotation, statements, counts, errors)
    for one in statements:
        quote = one.get("quote") or {}
        counts["quotes"] += 1
        counts["verbatim"] += bool(quote) and report.text[quote["start"] : quote["end"]] == quote["exact"]
    return Result(counts, tuple((kind, f"{report.name}: {words}") for kind, words in errors))


def _count_annotated(
    gold: list[ActRow], said: list[ActRow], pairs: dict[int, int], counts: Counter[str], errors: list[tuple[str, str]]
) -> None:
    for index, row in enumerate(gold):
        if row.optional:
            continue
        counts["acts"] += 1
        counts["dated"] += bool(row.date)
        if index not in pairs:
            errors.append(("missed", f"{row.line()} ({row.words})"))
            continue
        found = said[pairs[index]]
        is_right, agrees = certainty(found.factuality) == certainty(row.factuality), agreement(row.date, found.date)
        counts["paired"] += 1
        counts["found"] += is_right
        counts["same factuality"] += found.factuality == row.factuality
        counts["same date"] += is_right and agrees == SAME
        counts["near date"] += is_right and agrees >= OVERLAPS
        counts["invented"] += found.factuality == "happened" != row.factuality
        if row.kind in DOMESTIC and row.actor:
            counts["bodies"] += 1
            counts["same body"] += is_same_body(row.actor, found.actor)
            if not is_same_body(row.actor, found.actor):
                errors.append(("body", f"{row.line()} by {row.actor}, said by {found.actor}: {found.words}"))
        if found.factuality != row.factuality:
            errors.append(("factuality", f"{row.line()}, said {found.factuality}: {found.words}"))
        if row.date and agrees != SAME:
            errors.append(("date", f"{row.line()} ({row.words}), said {found.date}: {found.words}"))


def _count_said(
    gold: list[ActRow], said: list[ActRow], pairs: dict[int, int], counts: Counter[str], errors: list[tuple[str, str]]
) -> None:
    taken = set(pairs.values())
    not_counted = {yours for mine, yours in pairs.items() if gold[mine].optional}
    for index, row in enumerate(said):
        is_spare = index not in taken
        if index in not_counted or (is_spare and any(retells(row, said[told]) for told in taken)):
            continue
        counts["said"] += 1
        counts["said dated"] += bool(row.date)
        counts["said happened"] += row.factuality == "happened"
        if is_spare:
            counts["invented"] += row.factuality == "happened"
            errors.append(("invented", f"{row.line()}: {row.words}"))


def _tally(vote: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    if not vote:
        return None
    if vote.get("for") is not None:
        return vote["for"], vote.get("against")
    return ("unanimous",) if vote.get("unanimous") else None


def _is_tally(gold: tuple[Any, ...], said: tuple[Any, ...]) -> bool:
    return gold == said or (len(gold) == len(said) == 2 and gold[0] == said[0] and gold[1] is None)


def _votes(
    annotation: Mapping[str, Any], statements: Iterable[Mapping[str, Any]], counts: Counter[str], errors: list[tuple[str, str]]
) -> None:  # fmt: skip
    gold = dict.fromkeys(filter(None, map(_tally, annotation.get("votes", ()))))
    said = dict.fromkeys(filter(None, (_tally(one["act"].get("vote")) for one in statements if one["kind"] == "act")))
    counts["votes"] += len(gold)
    counts["said votes"] += len(said)
    for tally in gold:
        hit = any(_is_tally(tally, other) for other in said)
        counts["same votes"] += hit
        if not hit:
            errors.append(("vote", f"{tally} annotated, {list(said)} said"))


def _provision(one: Mapping[str, Any]) -> tuple[str, str, str]:
    number = re.search(r"\d+", str(one.get("value"))) if one["kind"] in COUNTED_VALUES else None
    return one["kind"], str(one.get("article") or ""), number[0] if number else ""


def _provisions(
    annotation: Mapping[str, Any], statements: Iterable[Mapping[str, Any]], counts: Counter[str], errors: list[tuple[str, str]]
) -> None:  # fmt: skip
    gold = {_provision(one) for one in annotation.get("provisions", ()) if one["kind"] != "content"}
    rows = (one["provision"] for one in statements if one["kind"] == "provision")
    said = {_provision(one) for one in rows if one["kind"] != "content"}
    hits = {row for row in gold if any(_is_provision(row, other) for other in said)}
    counts["provisions"] += len(gold)
    counts["said provisions"] += len(said)
    counts["same provisions"] += min(len(hits), len(said))
    errors.extend(("provision", f"missed {row}") for row in sorted(gold - hits))
    spare = (row for row in sorted(said) if not any(_is_provision(mine, row) for mine in gold))
    errors.extend(("provision", f"invented {row}") for row in spare)


def _is_provision(gold: tuple[str, str, str], said: tuple[str, str, str]) -> bool:
    return gold[0] == said[0] and gold[2] == said[2] and ("" in (gold[1], said[1]) or gold[1] == said[1])


def _claims(
    annotation: Mapping[str, Any], statements: Iterable[Mapping[str, Any]], counts: Counter[str], errors: list[tuple[str, str]]
) -> None:  # fmt: skip
    claims = [one["claim"] for one in statements if one["kind"] == "claim"]
    for gold in annotation.get("claims", ()):
        stances = {one["stance"] for one in claims if name_words(gold["speaker"]) & name_words(one.get("speaker"))}
        counts["claims"] += 1
        counts["speakers"] += bool(stances)
        counts["stances"] += gold["stance"] in stances
        if gold["stance"] not in stances:
            errors.append(("claim", f"{gold['speaker']} {gold['stance']}, said {sorted(stances) or 'nothing'}"))


# --- the table


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def f1(hits: float, annotated: float, said: float) -> float | None:
    return ratio(2 * hits, annotated + said)


def figures(c: Mapping[str, int]) -> dict[str, float | None]:
    """The columns of the table; None where there was nothing to measure."""
    return {
        "acts": c["acts"],
        "prec": ratio(c["found"], c["said"]),
        "rec": ratio(c["found"], c["acts"]),
        "F1": f1(c["found"], c["acts"], c["said"]),
        "loose": f1(c["paired"], c["acts"], c["said"]),
        "date": f1(c["same date"], c["dated"], c["said dated"]),
        "date~": f1(c["near date"], c["dated"], c["said dated"]),
        "fact": ratio(c["same factuality"], c["paired"]),
        "actor": ratio(c["same body"], c["bodies"]),
        "invent": ratio(c["invented"], c["said happened"]),
        "votes": f1(c["same votes"], c["votes"], c["said votes"]),
        "prov": f1(c["same provisions"], c["provisions"], c["said provisions"]),
        "speak": ratio(c["speakers"], c["claims"]),
        "claims": ratio(c["stances"], c["claims"]),
        "quote": ratio(c["verbatim"], c["quotes"]),
    }


@dataclass(frozen=True)
class Table:
    """The figures of every story, and of all together."""

    stories: Mapping[str, Counter[str]]
    errors: tuple[tuple[str, str], ...]

    @property
    def total(self) -> Counter[str]:
        return sum(self.stories.values(), Counter[str]())

    def lines(self) -> Iterator[str]:
        rows = [*sorted(self.stories.items()), ("TOTAL", self.total)]
        heads = figures(self.total)
        yield f"{'story':30} {'reports':>7} " + " ".join(f"{head:>6}" for head in heads)
        for story, counts in rows:
            yield f"{story:30.30} {counts['reports']:7} " + " ".join(map(_cell, figures(counts).values()))


def _cell(value: float | None) -> str:
    return f"{'-':>6}" if value is None else f"{value:6}" if isinstance(value, int) else f"{value:6.3f}"


def table_of(corpus: Iterable[Report], statements: Iterable[Mapping[str, Any]]) -> Table:
    """Scores of all reports; statements belong to the report whose name their document has."""
    by_report: dict[str, list[Mapping[str, Any]]] = {}
    for one in statements:
        if one.get("kind") in ("act", "provision", "claim"):
            by_report.setdefault(one["document"]["name"], []).append(one)
    stories: dict[str, Counter[str]] = {}
    errors: list[tuple[str, str]] = []
    for report in corpus:
        result = result_of(report, by_report.get(report.name, ()))
        stories.setdefault(report.story, Counter()).update(result.counts)
        errors += result.errors
    return Table(stories, tuple(errors))
