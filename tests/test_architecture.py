"""The house keeps its plan: imports go down, a file says one thing, names occur once."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_rooms_import_only_downwards() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_help_imports_nothing_slow() -> None:
    code = "import sys; from foedus.serving.cli import main; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    slow = {
        "sqlalchemy",
        "alembic",
        "rich",
        "trafilatura",
        "jinja2",
        "feedparser",
        "httpx2",
        "pypdf",
        "babel",
        "starlette",
    }
    assert not slow & set(loaded)
