"""`foedus scan`: archives in, Parquet and a journal out, with a bar that says how far it is and how long it will take."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.serving.commands import finish, journal_at, print_json, reference, refuse
from foedus.serving.options import as_json, strict

if TYPE_CHECKING:
    from foedus.gathering.archives import Shard
    from foedus.gathering.crew import Outcome
    from foedus.gathering.scanning import Plan, Readers, Scanned, ScanSummary
    from foedus.gathering.shard_worker import SoFar

MOST_LINES = 20
"""Failures that are shown to a person; all are counted, and kept in the scan's folder."""


@click.command("scan")
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE...")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for results."
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read.  [default: one a core]")
@click.option("--cluster", metavar="ADDRESS", help="Read on the Dask cluster whose scheduler answers there.")
@click.option(
    "--journal",
    "--into",
    "journal_name",
    envvar="FOEDUS_JOURNAL",
    default="foedus.db",
    show_default=True,
    help="The journal that takes what was found.",
)
@click.option("--no-journal", is_flag=True, help="Write the results to the folder only.")
@click.option("--quiet", is_flag=True, help="No progress bar, and nothing printed but errors.")
@as_json
@strict
def scan_command(
    archives: tuple[str, ...],
    output: Path,
    workers: int | None,
    cluster: str | None,
    journal_name: str,
    no_journal: bool,
    quiet: bool,
    is_json: bool,
    strict: bool,
) -> None:
    """Filter and read archives (WARC, JSON Lines) of any size.

    What is done stays done: the same command goes on where an earlier one was ended. Documents that state something go
    into the journal.
    """
    from foedus.gathering.scanning import plan, scan, summary_of

    began = time.monotonic()
    planned = plan(archives, output)
    for error in planned.refused:
        refuse(error)
    keeps = bool(planned.shards) and not no_journal
    if keeps:
        journal_at(journal_name, create=True).close()  # what is wrong with it is said before the work, not after
    with _readers(cluster, workers) as readers, _bar(planned, quiet) as bar:
        scanned = scan(planned, readers, bar.watch, bar.told)
    kept = _keep(journal_name, planned, scanned, quiet) if keeps else None
    summary = summary_of(planned, scanned, time.monotonic() - began)
    if kept:
        summary.new, summary.known = kept
    if is_json:
        print_json(summary)
    elif not quiet:
        _print(summary, journal_name)
    for line in scanned.failures[: len(scanned.failures) if is_json else MOST_LINES]:
        click.echo(f"foedus: {line}", err=True)
    if strict and (scanned.failures or summary.failed):
        sys.exit(1)
    finish(len(planned.shards), planned.refused, strict)


@contextmanager
def _readers(cluster: str | None, workers: int | None) -> Iterator[Readers]:
    from foedus.gathering.clusters import Cluster
    from foedus.gathering.crew import Crew

    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with Cluster(cluster) if cluster else Crew(workers or own) as readers:
        yield readers


def _keep(name: str, plan: Plan, scanned: Scanned, quiet: bool) -> tuple[int, int]:
    """Puts what was found into the journal; how many documents it did not have, and how many it had."""
    from rich.progress import MofNCompleteColumn

    from foedus.gathering.scanning import found_in
    from foedus.pipeline import catalogue, keep_read
    from foedus.serving.progress import Bar

    new = seen = 0
    with journal_at(name, create=True) as journal:
        with _shown(quiet, MofNCompleteColumn()) as progress:
            task = progress.add_task("into the journal", total=int(scanned.total(lambda result: result.documents)))
            for found in found_in(plan, scanned):
                new += len(keep_read(journal, [(kept.document, kept.original, kept.statements) for kept in found]))
                seen += len(found)
                progress.advance(task, len(found))
        with Bar(quiet) as bar:
            catalogue(journal, reference(), bar.watch)
    return new, seen - new


def _print(summary: ScanSummary, journal: str) -> None:
    before = f" ({summary.done_before} done before)" if summary.done_before else ""
    rate = (
        f", {summary.pages / summary.cpu_seconds:.0f} pages a second of processor time" if summary.cpu_seconds else ""
    )
    click.echo(
        f"{_so_many(summary.archives, 'archive')}, {_so_many(summary.shards, 'shard')}{before}: "
        f"{_so_many(summary.pages, 'page')} ({summary.mb:.1f} MB), {summary.relevant} relevant, {summary.read} read, "
        f"{_so_many(summary.statements, 'statement')}; "
        f"{summary.seconds:.1f} s{rate}"
    )
    if summary.failed or summary.set_aside:
        click.echo(
            f"{_so_many(summary.failed, 'record')} cannot be read, {_so_many(summary.set_aside, 'shard')} set aside"
        )
    if summary.new is not None:
        click.echo(f"{summary.new} new, {summary.known} known already; journal: {journal}")


def _so_many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


class ScanBar:
    """The progress of a scan: bytes of archives, pages, the rate and what remains."""

    def __init__(self, progress: Any, plan: Plan) -> None:
        self._progress = progress
        self._task = progress.add_task("0 pages", total=sum(shard.end - shard.start for shard in plan.shards))
        self._done: dict[str, int] = {}
        self._pages: dict[str, int] = {}

    def watch(self, shard: Shard, so_far: SoFar) -> None:
        self._is_at(shard, min(so_far.at, shard.end) - shard.start, so_far.pages)

    def told(self, shard: Shard, outcome: Outcome) -> None:
        self._is_at(shard, shard.end - shard.start, getattr(outcome, "pages", 0))

    def _is_at(self, shard: Shard, done: int, pages: int) -> None:
        self._done[shard.name], self._pages[shard.name] = max(0, done), pages
        said = f"{sum(self._pages.values())} pages"
        self._progress.update(self._task, completed=sum(self._done.values()), description=said)


@contextmanager
def _bar(plan: Plan, quiet: bool) -> Iterator[ScanBar]:
    from rich.progress import TransferSpeedColumn

    with _shown(quiet, TransferSpeedColumn()) as progress:
        yield ScanBar(progress, plan)


@contextmanager
def _shown(quiet: bool, rate: Any) -> Iterator[Any]:
    """A progress bar on standard error, where that is a terminal; `rate` is the column between the bar and the time."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as progress:
        yield progress


COMMANDS = (scan_command,)
