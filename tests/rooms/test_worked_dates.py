"""The score of worked days holds: 37 treaties, the threshold treaties, WIPO's parties, the Paris Agreement as known day by day."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "untc"


def test_the_worked_days_are_exact() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not at hand: it is no part of Foedus")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scores" / "entry_into_force.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exact: 37/37" in done.stdout and "right on 114" in done.stdout
    assert "not explained" not in done.stdout
