"""The score of the register: are the acts of whole stories dated to the day, with publication dates given, removed or wrong?

An act of the register is right when some annotated report of its story gives the same kind, states and body with the same
exact day; acts that nobody annotates exactly are left out. The reports are not part of Foedus.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from foedus.documents.document import Document
from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.pipeline import Knowledge, load_reference
from foedus.register.entries import Register
from foedus.statements.accessions import parts_of_entry
from foedus.statements.reading import read
from foedus.terms.acts import DOMESTIC

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
TABLE = HERE / "stories.json"
TODAY = date(2026, 11, 22)
WRONG = timedelta(days=28)
IN_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b|\d[/-]\d", re.IGNORECASE)
RELATIVE = re.compile(
    r"\b(?:today|yesterday|tonight|tomorrow|last night|this week|last week|[a-z]*day)\b(?! of)", re.IGNORECASE
)


class Row(msgspec.Struct, kw_only=True):
    """One act of the register against the annotations."""

    story: str
    act: str
    said: str | None
    annotated: tuple[str, ...]
    reports: int

    @property
    def is_right(self) -> bool:
        return self.said in self.annotated


class Flags(msgspec.Struct, kw_only=True):
    """Reports whose wrong date their text or story contradicts, and those of them that are flagged."""

    contradicted: set[str]
    flagged: set[str]


class Scorer:
    """The corpus's own notions of the same states and the same body."""

    def __init__(self, corpus: Path) -> None:
        self.names: dict[str, Any] = {"__name__": "score"}
        exec(compile((corpus / "score.py").read_text(encoding="utf-8"), "score.py", "exec"), self.names)

    def is_same(self, gold: dict[str, Any], kind: str, states: tuple[str, ...], actor: str | None) -> bool:
        if gold["type"] != kind or gold["factuality"] != "happened" or gold.get("optional"):
            return False
        mine, its = frozenset(states), self.names["states"](gold.get("party"))
        if self.names["jaccard"](mine, its) < 0.5:
            return False
        known = kind in DOMESTIC and gold.get("actor") and actor
        return not known or bool(self.names["same_body"](gold["actor"], actor))


def main() -> int:
    options = _options()
    if not (options.corpus / "score.py").exists():
        print(f"skipped: no annotated reports at {options.corpus} (they are not part of Foedus)")
        return 0
    scorer, began = Scorer(options.corpus), time.perf_counter()
    rows: list[Row] = []
    flags = Flags(contradicted=set(), flagged=set())
    for story in sorted((options.folder or options.corpus / "dev").iterdir()):
        if story.is_dir() and story.name not in options.without:
            found = _scored(story, scorer, options, flags)
            rows += found
    _print(rows, flags, options)
    print(f"read and reconciled in {time.perf_counter() - began:.1f} s")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with score.py and dev/")
    parser.add_argument("--folder", type=Path, help="other stories in the same form (default: dev/ of the corpus)")
    parser.add_argument("--without", nargs="*", default=[], help="stories to leave out (set aside unread)")
    parser.add_argument("--dates", choices=["given", "none", "wrong"], default="given")
    parser.add_argument(
        "--errors", action="store_true", help="print every act that is dated wrongly, and unflagged dates"
    )
    parser.add_argument("--save", action="store_true", help=f"commit this run's figures to scores/{TABLE.name}")
    return parser.parse_args()


def _scored(story: Path, scorer: Scorer, options: argparse.Namespace, flags: Flags) -> list[Row]:
    golds = {g.name.removesuffix(".gold.json"): json.loads(g.read_text("utf-8")) for g in story.glob("*.gold.json")}
    reports = _emitted(story, options)
    reference = load_reference()
    arrivals = [a for a in gather(["-"], stdin=io.BytesIO(reports.encode())) if not isinstance(a, InputError)]
    documents = [a.document for a in arrivals]
    statements = [s for d in documents for s in read(d, reference)]
    register = Knowledge.over(documents, statements, reference, day=TODAY).register()
    if options.dates == "wrong":
        _flag(story, golds, documents, register, scorer, flags)
    return list(_rows(story.name, register, golds, scorer, {s.id: s.document for s in statements}))


def _emitted(story: Path, options: argparse.Namespace) -> str:
    """The reports of one story as the corpus's scorer emits them."""
    script = str(options.corpus / "score.py")
    command = [sys.executable, script, "emit", str(story.parent), "--dates", options.dates]
    emitted = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return "".join(line for line in emitted.splitlines(keepends=True) if json.loads(line)["id"].startswith(story.name))


def _rows(
    story: str, register: Register, golds: dict[str, Any], scorer: Scorer, document_of: dict[str, str]
) -> Iterator[Row]:
    main = _main_treaties(register)
    for act in register.acts:
        if act.factuality != "happened" or not act.states:
            continue  # what nobody in particular did is no act with a day
        actor = act.actor.name if act.actor else None
        alike = [
            (name, g)
            for name, gold in golds.items()
            for g in gold["acts"]
            if scorer.is_same(g, str(act.kind), act.states, actor) and bool(g.get("treaty")) == (act.treaty not in main)
        ]
        exact = tuple(sorted({g["date"] for _, g in alike if _is_day(g.get("date"))}))
        if exact:
            reports = {document_of[s] for s in act.supported_by if s in document_of}
            title = f"{act.kind} {'+'.join(act.states)} {actor or ''}"
            yield Row(
                story=story, act=title, said=act.on.edtf if act.on else None, annotated=exact, reports=len(reports)
            )


def _main_treaties(register: Register) -> set[str]:
    """The treaty that most reports tell of; where it is an entry into an organisation, every entry into the same one."""
    counted = {
        t.id: len({q.document for a in register.acts if a.treaty == t.id for q in a.quotes}) for t in register.treaties
    }
    main = max(counted, key=lambda t: (counted[t], t), default="")
    entry = parts_of_entry(main)
    fellows = {t for t in counted if entry and (parts := parts_of_entry(t)) and parts[0] == entry[0]}
    return {main, *fellows}


def _is_day(edtf: str | None) -> bool:
    return bool(edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf))


# Wrong dates


def _flag(
    story: Path, golds: dict[str, Any], documents: list[Document], register: Register, scorer: Scorer, flags: Flags
) -> None:
    """Counts a report's wrong date as contradicted where its own page states the true day, or where it dates an act by a
    weekday or "yesterday" that some report of the story dates by the calendar."""
    refuted = {d for issue in register.issues if issue.kind == "date-refuted" for d in issue.about}
    for document in documents:
        name = document.name.rpartition("/")[2]
        true = json.loads((story / f"{name}.json").read_text("utf-8")).get("published")
        if not true or len(true) < 10:
            continue
        own = any(c.quote and c.on.is_day and c.on.edtf == true[:10] for c in document.published)
        if own or any(_is_told_by_calendar(g, golds, scorer) for g in golds[name]["acts"]):
            flags.contradicted.add(document.name)
        if document.id in refuted:
            flags.flagged.add(document.name)


def _is_told_by_calendar(gold: dict[str, Any], golds: dict[str, Any], scorer: Scorer) -> bool:
    words = gold.get("date_words") or ""
    if not _is_day(gold.get("date")) or not RELATIVE.search(words) or IN_MONTH.search(words):
        return False
    states = tuple(scorer.names["states"](gold.get("party")))
    return any(
        g.get("date") in (gold["date"], f"XXXX{gold['date'][4:]}") and IN_MONTH.search(g.get("date_words") or "")
        for other in golds.values()
        for g in other["acts"]
        if scorer.is_same(g, gold["type"], states, gold.get("actor"))
    )


# What is printed


def _print(rows: list[Row], flags: Flags, options: argparse.Namespace) -> None:
    figures: dict[str, float] = {}
    print(f"{'story':32} {'acts':>5} {'right':>6} {'share':>6}   {'of two reports':>14} {'share':>6}")
    for story in [*sorted({r.story for r in rows}), "TOTAL"]:
        mine = [r for r in rows if story in (r.story, "TOTAL")]
        witnessed = [r for r in mine if r.reports > 1]
        shares = [_share(sum(r.is_right for r in some), len(some)) for some in (mine, witnessed)]
        print(
            f"{story:32} {len(mine):5} {sum(r.is_right for r in mine):6} {shares[0]:6.3f}   {len(witnessed):14} {shares[1]:6.3f}"
        )
        figures |= {f"{story}": shares[0], f"{story}, two reports": shares[1]}
    if options.dates == "wrong":
        flagged = _share(len(flags.flagged & flags.contradicted), len(flags.contradicted))
        print(
            f"wrong dates flagged: {flagged:.3f} of {len(flags.contradicted)} reports whose text or story contradicts them; "
            f"{len(flags.flagged - flags.contradicted)} more"
        )
        figures["flagged"] = flagged
    if options.errors:
        for r in rows:
            if not r.is_right:
                annotated = ", ".join(r.annotated)
                print(f"WRONG     {r.story}: {r.act}: said {r.said}, annotated {annotated} ({r.reports} reports)")
        print("\n".join(f"UNFLAGGED {name}" for name in sorted(flags.contradicted - flags.flagged)))
    _compare(figures, sorted(f"{r.story}: {r.act} {r.annotated[0]}" for r in rows if r.is_right), options)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _compare(figures: dict[str, float], right: list[str], options: argparse.Namespace) -> None:
    """Gains and losses against the committed table, and the new table where asked."""
    whose = f" of {options.folder.name}" if options.folder else ""
    key = options.dates + whose + (f" without {' '.join(sorted(options.without))}" if options.without else "")
    tables = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    before = tables.get(key)
    if before is not None:
        changes = [
            f"{n} {figures[n] - v:+.3f}"
            for n, v in before["figures"].items()
            if n in figures and abs(figures[n] - v) >= 0.0005
        ]
        print("against the committed table:", ", ".join(changes) or "no change")
        print(
            "\n".join(
                [f"GAINED    {r}" for r in right if r not in before["right"]]
                + [f"LOST      {r}" for r in before["right"] if r not in right]
            )
        )
    if options.save:
        table = tables | {key: {"figures": figures, "right": right}}
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
