"""What was asked last, so that `foedus explain` finds the standing or answer behind an id (a convenience, never the only copy).

Standings and answers are computed, so their ids say nothing of themselves. Each question is remembered in the user's cache
folder; where it cannot be, or is too old, `explain` takes the days and the scenario as options instead.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

from foedus.obligations.scenario import Scenario

KEPT = 100
"""Questions that are remembered."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a journal: the days, the treaty and, for an answer, the scenario."""

    journal: str
    treaty: str | None = None
    on: date | None = None
    known: date | None = None
    recorded: date | None = None
    scenario: Scenario | None = None


def remember(question: Question) -> None:
    """Keeps a question, the newest last; never fails."""
    with suppress(OSError, msgspec.MsgspecError, RuntimeError):
        kept = [q for q in asked(question.journal) if q != question]
        others = [q for q in _all() if q.journal != question.journal]
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_bytes(msgspec.json.encode([*others, *kept, question][-KEPT:]))


def asked(journal: str) -> list[Question]:
    """The questions remembered for a journal, oldest first."""
    return [q for q in _all() if q.journal == journal]


def _all() -> list[Question]:
    with suppress(OSError, msgspec.MsgspecError, RuntimeError):
        return msgspec.json.decode(_file().read_bytes(), type=list[Question])
    return []


def _file() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "foedus" / "asked.json"
