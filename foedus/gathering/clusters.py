"""Shards on many machines: a Dask cluster whose workers see the archives and the scan's folder under the same paths.

Each Dask worker reads with a crew of its own (one process a thread), so that what holds on one machine holds on many: slow
pages are stopped, crashes retried. A Dask worker that dies has its shard read by another; Dask itself gives up after three.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from foedus.errors import FoedusError, InputError
from foedus.gathering.archives import Shard
from foedus.gathering.crew import Crew, Outcome, SetAside, Watch, unwatched
from foedus.gathering.shard_results import ShardDone

PATIENCE = "10s"

_own = threading.local()


class Cluster:
    """The cluster whose scheduler answers at an address ("tcp://10.0.0.5:8786"); a context manager that leaves it."""

    def __init__(self, address: str) -> None:
        """raises   FoedusError if distributed is not installed, or nobody answers"""
        try:
            import distributed
        except ImportError as error:
            raise FoedusError('--cluster needs Dask: pip install "foedus[cluster]"') from error
        self._dask: Any = distributed
        self._address = address
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # its failures are raised here, as one line
        try:
            self._client = self._dask.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise FoedusError(
                f"{address}: no Dask scheduler answers there; start one with `dask scheduler` and give its address, "
                "such as tcp://10.0.0.5:8786"
            ) from error

    def run(self, shards: Sequence[Shard], folder: Path, watch: Watch = unwatched) -> Iterator[tuple[Shard, Outcome]]:
        """As `Crew.run`; how far a shard is, is not told."""
        tasks = {self._client.submit(read_apart, shard, folder, pure=False): shard for shard in shards}
        for task in self._dask.as_completed(tasks, loop=self._client.loop):
            yield tasks[task], self._outcome(task, tasks[task])

    def _outcome(self, task: Any, shard: Shard) -> Outcome:
        try:
            outcome: ShardDone | SetAside = task.result()
        except self._dask.KilledWorker as error:
            says = f"{shard.where}: set aside, since the Dask workers that read it ended"
            return SetAside(shard=shard, says=f"{says} ({error.last_worker.address if error.last_worker else 'all'})")
        except (CancelledError, self._dask.comm.CommClosedError) as error:
            raise FoedusError(
                f"{self._address}: the connection to the Dask scheduler was lost; what is done stays done: when a scheduler "
                "answers again, the same command goes on from here"
            ) from error
        return outcome

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def read_apart(shard: Shard, folder: Path) -> Outcome:
    """Reads one shard in a process beside this thread.

    raises   InputError if this machine does not see the archive or the folder
    """
    for path in (Path(shard.archive.path), folder):
        if not path.exists():
            raise InputError(
                f"{path}: a Dask worker does not see it; archives and -o belong on a disk that all machines share"
            )
    if not hasattr(_own, "crew"):
        _own.crew = Crew(1)
    try:
        crew: Crew = _own.crew
        ((_, outcome),) = crew.run([shard], folder)
    except BaseException:
        _own.crew.close()
        raise
    return outcome
