"""Speed and memory of importing and computing all 324 status tables of the UN depositary, against limits and against pandas.

    python benchmarks/status.py [--shared ../shared]

Measures, on one core: reading every table and computing where every state stands towards every treaty (limits: 3 s, 300 MB), and
one standing with its proof, warm (limit: a median of 1 ms). Seconds are those of the processor, so that whatever else runs
beside it does not count; the time on the wall is printed too. pandas, where it can be imported, does the naive computation on the
same files in the same run: the n-th date of a column, a constant number of days, a status by comparing dates. It knows no
succession, withdrawal, dependence, knowledge or proof.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
ON = date(2015, 3, 14)
LIMIT_SECONDS, LIMIT_MEGABYTES, LIMIT_MILLISECONDS = 3.0, 300.0, 1.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=SHARED)
    options.add_argument("--only", choices=["foedus", "pandas"])
    given = options.parse_args()
    folder = given.shared / "data" / "untc" / "participation_2015"
    if not folder.is_dir():
        print(f"skipped: {folder} is not at hand; it is no part of Foedus")
        return 0
    if given.only == "pandas":
        return with_pandas(folder)
    if given.only == "foedus":
        return with_foedus(folder)
    codes = [_alone(name, given.shared) for name in ("foedus", "pandas")]
    return codes[0]


def _alone(name: str, shared: Path) -> int:
    """In a process of its own, so that the one's memory is not the other's; on one core where the system can pin it."""
    return subprocess.run([sys.executable, __file__, "--only", name, "--shared", str(shared)], check=False).returncode


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def with_foedus(folder: Path) -> int:
    """Prints the figures; 1 where one is over its limit."""
    _pin()
    wall, began = time.perf_counter(), time.process_time()
    from foedus.exchange.participation import document_of, register_of
    from foedus.pipeline import load_reference
    from foedus.status.standings import concerned, standing_of, status_of

    reference = load_reference()
    loaded = time.process_time()
    files = sorted(folder.glob("*.csv"))
    register = register_of((document_of(f.read_bytes(), f.name, reference) for f in files), reference)
    imported = time.process_time()
    pairs = [(t.id, s) for t in register.treaties for s in concerned(t.id, register, reference)]
    parties = sum(status_of(s, t, ON, register, reference).party for t, s in pairs)
    computed, walled = time.process_time(), time.perf_counter() - wall
    for treaty, state in pairs:
        standing_of(state, treaty, ON, register, reference)
    proven = time.process_time()
    single = sorted(_one(standing_of, s, t, register, reference) for t, s in pairs[:: len(pairs) // 2000 or 1])
    median, worst = statistics.median(single) * 1000, single[int(len(single) * 0.99)] * 1000
    total, memory = computed - began, _megabytes()
    print(
        f"foedus: {len(files)} tables, {len(register.acts)} acts, {len(pairs)} pairs of state and treaty, {parties} parties"
    )
    print(f"  start {loaded - began:.2f} s, import {imported - loaded:.2f} s, standings {computed - imported:.2f} s")
    print(f"  on the wall {walled:.2f} s")
    print(f"  total {total:.2f} s (limit {LIMIT_SECONDS}), peak memory {memory:.0f} MB (limit {LIMIT_MEGABYTES:.0f})")
    print(f"  every standing with its whole proof: {proven - computed:.2f} s more")
    print(
        f"  one standing with proof, warm: median {median:.3f} ms (limit {LIMIT_MILLISECONDS}), 99th percentile {worst:.3f} ms"
    )
    over = total > LIMIT_SECONDS or memory > LIMIT_MEGABYTES or median > LIMIT_MILLISECONDS
    return 1 if over else 0


def _one(standing_of: object, state: str, treaty: str, register: object, reference: object) -> float:
    began = time.perf_counter()
    standing_of(state, treaty, ON, register, reference)  # type: ignore[operator]
    return time.perf_counter() - began


def with_pandas(folder: Path) -> int:
    """The naive computation: dates by regular expression, the 20th instrument and thirty days for every treaty."""
    _pin()
    began = time.process_time()
    try:
        import pandas as pd
    except ImportError:
        print("pandas: not installed; pip install pandas to compare")
        return 0
    loaded = time.process_time()
    pairs = parties = 0
    for file in sorted(folder.glob("*.csv")):
        table = pd.read_csv(file, dtype=str).set_index("Participant")
        if table.empty or not len(table.columns):
            continue
        dates = table.apply(
            lambda column: pd.to_datetime(
                column.str.extract(r"(\d{1,2} [A-Z][a-z]{2} \d{4})")[0], format="%d %b %Y", errors="coerce"
            )
        )
        consent = dates.iloc[:, -1].groupby(level=0).min()
        in_order = consent.dropna().sort_values()
        entered = in_order.iloc[19] + pd.Timedelta(days=30) if len(in_order) >= 20 else pd.NaT
        since = (consent + pd.Timedelta(days=30)).where(consent > entered, entered)
        pairs += len(consent)
        parties += int(((since <= pd.Timestamp(ON)) & consent.notna()).sum())
    done = time.process_time()
    print(f"pandas {pd.__version__}, naive: {pairs} pairs of state and treaty, {parties} parties")
    print(
        f"  start {loaded - began:.2f} s, all tables {done - loaded:.2f} s, total {done - began:.2f} s, peak memory {_megabytes():.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
