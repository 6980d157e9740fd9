"""Stories: documents in, the whole picture out, held against a golden file that was reviewed by eye.

Goldens hold offsets and ids, never the sentences of a report. `FOEDUS_GOLDEN=write` writes them anew.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.obligations.scenario import Answer, attack_scenario, scenario_from
from foedus.pipeline import Knowledge, Picture, load_reference
from foedus.statements.reading import read

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = ROOT / "examples"
TODAY = date(2026, 11, 22)


@lru_cache(maxsize=4)
def knowledge_of(*files: Path) -> Knowledge:
    """What some files tell, read on a fixed day."""
    reference = load_reference()
    arrivals = list(gather([str(f) for f in files]))
    refused = [a for a in arrivals if isinstance(a, InputError)]
    assert not refused, refused
    documents = [a.document for a in arrivals if not isinstance(a, InputError)]
    statements = [s for d in documents for s in read(d, reference)]
    return Knowledge.over(documents, statements, reference, day=TODAY)


def seeds() -> Knowledge:
    if not SEEDS.is_dir():
        pytest.skip(f"the two seed reports are not at {SEEDS}: they are no part of Foedus")
    return knowledge_of(*sorted(SEEDS.glob("*.txt")))


def examples() -> Knowledge:
    return knowledge_of(*sorted(EXAMPLES.glob("0*")))


def seeds_and_examples() -> Knowledge:
    seeds()
    return knowledge_of(*sorted(SEEDS.glob("*.txt")), *sorted(EXAMPLES.glob("0*")))


def picture(knowledge: Knowledge, on: str | None = None, known: str | None = None) -> Picture:
    found = knowledge.picture("russia north korea", _day(on), _day(known))
    assert found is not None
    return found


def attack(knowledge: Knowledge, on: str, known: str | None = None, words: str = "KOR:PRK") -> Answer:
    """The answer for Russia towards North Korea when it is attacked."""
    scenario = attack_scenario(words, date.fromisoformat(on))
    answers = knowledge.answers(scenario, "russia north korea", _day(known))
    return next(a for a in answers if a.duty == "defense" and a.bearer == "RUS" and a.toward == "PRK")


def supposed(knowledge: Knowledge, toml: str) -> Answer:
    answers = knowledge.answers(scenario_from(tomllib.loads(toml)), "russia north korea")
    return next(a for a in answers if a.duty == "defense" and a.bearer == "RUS" and a.toward == "PRK")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def held_against(golden: Path, value: Any) -> None:
    """The value is what the golden file says."""
    text = json.dumps(_without_words(value), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("FOEDUS_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert golden.exists(), f"there is no {golden}; write it with FOEDUS_GOLDEN=write and review it by eye"
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))


WORDS = {"exact", "says", "words", "names", "value", "content", "verb", "role", "title", "mention"}
"""Keys under which a report's own words may stand: goldens leave them out."""


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if k not in WORDS}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_without_words(v) for v in value]
    return value
