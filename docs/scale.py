"""Writes docs/scale.md: what scanning costs, and the plan for whole crawls, from the measurement in docs/scale.json.

`make scale` measures anew (`benchmarks/scanning.py --json`) and writes both; a test holds the page against the measurement.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent
MEASURED = HERE / "scale.json"
PAGE = HERE / "scale.md"

MONTH = 2e12  # bytes of archives in a month of a news crawl
MONTHS = 120
MACHINES = (1, 4, 16)
CORES = 16  # of one machine
SHARES = (0.01, 0.03)
"""Of the pages that are relevant: what `benchmarks/reading.py` finds of other news is below the larger one."""

TEXT = """# Scanning at scale

`foedus scan ARCHIVE... -o DIR` reads archives of any size: WARC and JSON Lines, also in gzip. This page says what that costs
and what a month and ten years of a news crawl take. `make scale` measures on the machine it runs on and writes the page
anew, all figures included.

## How it works

* An archive is read in shards of at most 64 MB. One shard in, one Parquet file and one done-marker out, each written aside
  and renamed into place. A shard without a marker is read again, which gives the same: nothing that ends a process, or all
  of them, loses or doubles anything, and the same command goes on where it stood.
* Every page is looked at fast: its text as resiliparse finds it, against the words of the relevance filter. What passes is
  extracted with care (trafilatura), looked at once more, and read in full.
* Workers are processes. One that is killed, crashes or hangs is replaced and its shard read again; a record that ends its
  reader twice is left out, a shard that ends three readers is set aside. Both are reported with file and byte, and the
  next run tries what was set aside again.
* A page may take 30 seconds and have 20 MB, unpacked; a damaged record costs one line, and reading goes on with the next.
* Where a shard's first record begins is searched for, and a page may hold what looks like a record. Neighbouring shards are
  therefore held against each other, and one that was misled is read again from the right byte.
* Documents that state something go into the journal (`--into`), each with its bytes, so that every quote leads back to them.
  The Parquet files keep all documents that were read, and `archive` and `record_at` say where each came from.

```console
$ foedus scan crawl/ -o found --into news.db
$ foedus scan crawl/ -o /shared/found --cluster tcp://10.0.0.5:8786 --into postgresql://team@host/foedus
```

On a cluster (`pip install "foedus[cluster]"`, `dask scheduler`, `dask worker ADDRESS --nworkers N --nthreads 1`) the same
function reads the same shards; archives and `-o` are on a disk that all machines see under the same path.

## Measured

By `benchmarks/scanning.py`, on made archives of news pages of {page_bytes} kB ({packed_bytes} kB in the archive), processor
time of one core (Python {python}):

| | |
|---|---|
| pages a second, one in a hundred relevant | {rate_few} |
| pages a second, every page relevant | {rate_all} |
| a page that is not relevant | {other_ms} ms |
| a page that is relevant, read in full | {relevant_ms} ms |
| a million pages, one in a hundred relevant | {million} core hours |
| a GB of archive, one in a hundred relevant | {gigabyte} core seconds |
| Parquet for a relevant page | {kept} kB |
| a document into the journal | {journal_ms} ms, {journal_kb} kB on the disk |

## Plan

A month of a news crawl is about 2 TB of archives: {pages_month} million such pages. Cores are those measured here; where one
page in a hundred is relevant, each reads {read_mb} MB of archives a second, which is what disk and network must give.

{plan}

**Storage**, beside the archives themselves:

{storage}

**The journal.** One process writes what was found into a journal: {merge}.
That is little beside the reading. A team takes PostgreSQL, where several scans (a month each) may write at once; documents
that state nothing stay in the Parquet files.

**Order of work.** One folder a month: a month is then repeated, moved or deleted alone. A new version of the reader reads
everything anew; to read only what was relevant before, export `original` from the Parquet files and add it.

What these figures leave out: fetching the archives; crawls whose pages are larger or smaller than these, or of which more are
relevant; and whatever many workers on one machine cost each other (two cost each other next to nothing here). Measure with
some archives of your own first:
`foedus scan ONE.warc.gz -o try --no-journal` prints pages a second of processor time.
"""


def page(measured: dict[str, Any]) -> str:
    """The page that a measurement gives."""
    other, relevant = costs(measured)
    few = measured["seconds_few"]
    pages = MONTH / measured["packed_bytes"]
    return TEXT.format(
        page_bytes=f"{measured['page_bytes'] / 1e3:.0f}",
        packed_bytes=f"{measured['packed_bytes'] / 1e3:.1f}",
        python=measured["python"],
        rate_few=f"{1 / few:.0f}",
        rate_all=f"{1 / measured['seconds_all']:.0f}",
        other_ms=f"{other * 1e3:.2f}",
        relevant_ms=f"{relevant * 1e3:.1f}",
        million=f"{few * 1e6 / 3600:.2f}",
        gigabyte=f"{few * 1e9 / measured['packed_bytes']:.0f}",
        kept=f"{measured['kept_bytes'] / 1e3:.1f}",
        journal_ms=f"{measured['journal_seconds'] * 1e3:.1f}",
        journal_kb=f"{measured['journal_bytes'] / 1e3:.1f}",
        pages_month=f"{pages / 1e6:.0f}",
        read_mb=f"{measured['packed_bytes'] / few / 1e6:.0f}",
        plan=plan(pages, other, relevant),
        storage=storage(pages, measured),
        merge=merge(pages, measured["journal_seconds"]),
    )


def costs(measured: dict[str, Any]) -> tuple[float, float]:
    """Seconds of a page that is not relevant, and of one that is, from the two archives measured."""
    relevant = measured["seconds_all"]
    return (measured["seconds_few"] - relevant / 100) * 100 / 99, relevant


def plan(pages: float, other: float, relevant: float) -> str:
    machines = " | ".join(f"{count} × {CORES} cores" for count in MACHINES)
    rows = [f"| | relevant | core hours | {machines} |", "|---|---|---|" + "---|" * len(MACHINES)]
    for name, months in (("a month, 2 TB", 1), (f"ten years, {MONTH * MONTHS / 1e12:.0f} TB", MONTHS)):
        for share in SHARES:
            hours = pages * months * (other * (1 - share) + relevant * share) / 3600
            shown = " | ".join(duration(hours / CORES / count) for count in MACHINES)
            rows.append(f"| {name} | {share:.0%} | {hours:,.0f} | {shown} |")
    return "\n".join(rows)


def storage(pages: float, measured: dict[str, Any]) -> str:
    rows = ["| | relevant | Parquet | journal, if all of them state something |", "|---|---|---|---|"]
    for name, months in (("a month", 1), ("ten years", MONTHS)):
        for share in SHARES:
            count = pages * months * share
            parquet, journal = (count * measured[key] / 1e9 for key in ("kept_bytes", "journal_bytes"))
            rows.append(f"| {name} | {share:.0%} | {parquet:,.0f} GB | {journal:,.0f} GB |")
    return "\n".join(rows)


def merge(pages: float, seconds: float) -> str:
    said = (f"{duration(pages * share * seconds / 3600)} where {share:.0%} of the pages go in" for share in SHARES)
    return f"for a month {' and '.join(said)}"


def duration(hours: float) -> str:
    """Hours, or days where they are many.

    >>> duration(3.21), duration(300)
    ('3.2 hours', '12.5 days')
    """
    return f"{hours:.1f} hours" if hours < 72 else f"{hours / 24:.1f} days"


def main() -> int:
    PAGE.write_text(page(msgspec.json.decode(MEASURED.read_bytes())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
