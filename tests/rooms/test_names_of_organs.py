"""How a page names an organ in a sentence; and that commands on treaties take a treaty's words as they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.serving.cli import main
from foedus.terms.agents import Agent, BodyKind, in_a_sentence


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("State Duma", "the State Duma"),
        ("Nepal's parliament", "Nepal's parliament"),
        ("New Zealand’s House", "New Zealand’s House"),
        ("the Senate", "the Senate"),
        ("parliament of Chad", "the parliament of Chad"),
        ("Supreme People's Assembly", "the Supreme People's Assembly"),
    ],
)
def test_an_organ_has_an_article_unless_an_owner_stands_before_it(name: str, said: str) -> None:
    assert in_a_sentence(Agent(name=name, kind=BodyKind.PARLIAMENT)) == said


@pytest.mark.parametrize("command", [["check"], ["export", "acts"], ["export", "ical"]])
def test_a_treaty_is_called_by_several_words(tmp_path: Path, command: list[str]) -> None:
    environment = {"FOEDUS_JOURNAL": str(tmp_path / "foedus.db")}
    report = "Nepal's parliament ratified the border treaty between Nepal and India on 3 March 2025."
    CliRunner().invoke(main, ["add", "-", "--published", "2025-03-04"], env=environment, input=report.encode())
    done = CliRunner().invoke(main, [*command, "nepal", "india"], env=environment)
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, [*command, "nepal", "oman"], env=environment).exit_code == 2
