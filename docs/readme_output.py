"""Writes the real output of the commands that README and the tutorial show into them (`make readme`); a test holds them against it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
BLOCK = re.compile(
    r"(<!-- output: foedus (?P<arguments>[^>]*?)(?: \| lines (?P<lines>\d+))? -->\n```text\n)(?P<shown>.*?)(```\n)",
    re.S,
)


def renewed(page: str) -> str:
    """A page with every output block as the commands print it now, on a journal of the example reports."""
    with tempfile.TemporaryDirectory() as folder:
        journal = str(Path(folder) / "foedus.db")
        reports = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples").glob("0*"))
        _output(["add", *reports], journal)
        return BLOCK.sub(lambda found: found[1] + _shown(found, journal) + found[5], page)


def _shown(found: re.Match[str], journal: str) -> str:
    arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', found["arguments"])]
    lines = _output(arguments, journal).splitlines()
    wanted = lines[: int(found["lines"])] if found["lines"] else lines
    return "\n".join(line.rstrip() for line in wanted) + "\n"


def _output(arguments: list[str], journal: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "FOEDUS_JOURNAL": journal}
    command = [sys.executable, "-m", "foedus", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.replace(journal, "foedus.db")


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
