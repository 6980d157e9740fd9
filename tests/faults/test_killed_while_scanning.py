"""A scan survives whatever ends a worker, the process that gives out the work, or everything."""

import sys
from pathlib import Path

import kill_scan
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")


def test_nothing_is_lost_or_doubled_by_a_kill(tmp_path: Path) -> None:
    assert kill_scan.run(4, seed=6, folder=tmp_path) == []


def test_the_check_notices_what_a_kill_could_leave(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a-0.done.json").write_text("{}")
    (tmp_path / "out" / "a-0.parquet").write_bytes(b"PAR1 half")
    assert kill_scan.marked(tmp_path) == ["a-0"]
    assert not kill_scan.is_done(tmp_path, "a-0")
