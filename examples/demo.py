"""The main job on the example reports: read them, show the dossier, say where the page lies (`make demo`)."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "demo"
JOURNAL = OUT / "foedus.db"
PAGE = OUT / "dossier.html"
TREATY = "russia north korea"


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("foedus.db*"):
        old.unlink()
    reports = sorted(str(path.relative_to(HERE.parent)) for path in HERE.glob("0*"))
    foedus("add", *reports)
    foedus("show", TREATY)
    foedus("status", TREATY, "--on", "2024-10-25")
    foedus("oblige", str((HERE / "scenario-attack.toml").relative_to(HERE.parent)))
    foedus("dossier", TREATY, "-o", str(PAGE.relative_to(HERE.parent)))
    journal = JOURNAL.relative_to(HERE.parent)
    print(f"\nThe dossier is a page: {PAGE.relative_to(HERE.parent)} (open it in a browser)")
    print(f"The site over this journal: .venv/bin/foedus serve --journal {journal} --open")
    offer_the_site()


def offer_the_site() -> None:
    """Asks whoever sits at the terminal whether to open the site now."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    with suppress(EOFError, KeyboardInterrupt):
        if input("Open it now? [y/N] ").strip().lower() in ("y", "yes"):
            foedus("serve", "--open")


def foedus(*arguments: str) -> None:
    """Runs one command as a user would, and shows what it prints."""
    shown = " ".join(f'"{a}"' if " " in a else a for a in arguments)
    print(f"\n$ foedus {shown}", flush=True)
    command = [sys.executable, "-m", "foedus", *arguments, "--journal", str(JOURNAL)]
    if subprocess.run(command, cwd=HERE.parent).returncode:
        sys.exit("the demo stopped here")


if __name__ == "__main__":
    main()
