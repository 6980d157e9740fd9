"""Prints the scores of reading, by story, and what was gained or lost against the committed `table.json`.

Reads every annotated report with the reader as a user would (`foedus read - --json`) and scores what it says. Our own
reports (`corpus/`) are always read. Those that were reworded from real ones are not part of Foedus; where they are not
at hand the run says so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from score import Report, Table, as_input, figures, reports, table_of

HERE = Path(__file__).resolve().parent
OWN, REWORDED = HERE / "corpus", HERE.parent.parent / "shared" / "corpus" / "dev"
COMMITTED = HERE / "table.json"
SET_ASIDE = ("japan-philippines-raa", "tpnw")
"""Stories that nobody opens while the reader is being made, so that the last figures are of unseen text."""


def main() -> int:
    options = _options()
    corpora = {"own": OWN, "reworded": options.reworded}
    totals: dict[str, dict[str, float | None]] = {}
    for name, folder in corpora.items():
        if options.only and name != options.only:
            continue
        left_out = options.without if name == "reworded" else ()
        chosen = list(reports(folder, left_out))
        if not chosen:
            print(f"\n{name}: skipped, there are no annotated reports in {folder} (they are not part of Foedus)")
            continue
        without = f", without {', '.join(left_out)}" if left_out else ""
        print(f"\n{name}: {folder}{without}; publication day {options.dates}")
        table = table_of(chosen, _said(chosen, options.dates))
        print("\n".join(table.lines()))
        if options.errors:
            _print_errors(table)
        key = f"{name}, {options.dates}"
        totals[key] = figures(table.total)
        print(_changes(totals[key], _committed().get(key)))
    if options.save:
        COMMITTED.write_text(json.dumps(_committed() | totals, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reworded", type=Path, default=REWORDED, help="folder of the reworded stories")
    parser.add_argument("--only", choices=["own", "reworded"], help="read only one of the two")
    parser.add_argument("--without", nargs="*", default=SET_ASIDE, help="reworded stories to leave out")
    parser.add_argument("--dates", choices=["given", "none", "wrong"], default="given", help="publication days")
    parser.add_argument("--errors", action="store_true", help="print every error, by class")
    parser.add_argument("--save", action="store_true", help="record this run's figures in scores/table.json")
    return parser.parse_args()


def _said(chosen: Iterable[Report], dates: str) -> list[dict[str, Any]]:
    """What `foedus read` says about the reports, with the time it took."""
    given = "\n".join(as_input(report, dates) for report in chosen)
    began = time.perf_counter()
    command = [sys.executable, "-m", "foedus", "read", "-", "--json"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", cwd=HERE.parent)
    if done.returncode:
        sys.exit(f"foedus read ended with {done.returncode}:\n{done.stderr[-2000:]}")
    print(f"read {len(given.encode()) / 1e6:.2f} MB in {time.perf_counter() - began:.1f} s, start-up included")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _print_errors(table: Table) -> None:
    for kind, found in groupby(sorted(table.errors), key=lambda error: error[0]):
        rows = list(found)
        print(f"\n{kind} ({len(rows)})")
        print("\n".join(f"  {words}" for _, words in rows))
    print()


def _committed() -> dict[str, Any]:
    return json.loads(COMMITTED.read_text(encoding="utf-8")) if COMMITTED.exists() else {}


def _changes(now: dict[str, float | None], before: dict[str, float | None] | None) -> str:
    """Gains and losses, column by column."""
    if not before:
        return "against the committed table: nothing to compare with"
    pairs = {name: (now.get(name), before.get(name)) for name in now}
    changes = [
        f"{name} {a - b:+.3f}"
        for name, (a, b) in pairs.items()
        if a is not None and b is not None and abs(a - b) >= 5e-4
    ]
    return f"against the committed table: {', '.join(changes) or 'no change'}"


if __name__ == "__main__":
    sys.exit(main())
