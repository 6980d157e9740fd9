"""`foedus clause` reads final clauses as data, and says what it did not understand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.serving.cli import main

TEXT = """Article 20
Entry into force
1. This Convention shall enter into force on the ninetieth day following the date of
deposit of the thirtieth instrument of ratification.
2. For each State ratifying it thereafter, it shall enter into force on the thirtieth day after the deposit of its instrument.
Article 21
Any Party may denounce this Convention by written notification. The denunciation shall take effect one year after the date of
receipt of the notification.
Article 22
This Convention is of unlimited duration.
"""


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["clause", *arguments], input=text)


def test_what_the_articles_say_together_and_each_sentence(tmp_path: Path) -> None:
    file = tmp_path / "final.txt"
    file.write_text(TEXT, encoding="utf-8")
    rows = [json.loads(line) for line in run("--json", "--strict", str(file)).output.splitlines()]
    assert [(row["matter"], row["of"], row["clause"]) for row in rows] == [
        ("force", "clause", "deposits:30+90d;late:+30d"),
        ("force", "treaty", "deposits:30+90d"),
        ("force", "late", "deposits;late:+30d"),
        ("withdrawal", "clause", "notice+12m"),
        ("duration", "clause", "indefinite"),
    ]


@pytest.mark.parametrize(
    ("text", "says", "code"),
    [
        ("This Treaty shall enter into force on the exchange of instruments of ratification.", "exchange", 0),
        ("This Treaty shall enter into force when the moon is full.", "not understood: the condition", 1),
        ("A withdrawal shall take effect when the Council approves it.", "not understood: the effect of a notice", 1),
        ("The Parties meet once a year.", "no sentence speaks of entry into force", 1),
    ],
)
def test_what_is_not_understood_is_said(text: str, says: str, code: int) -> None:
    done = run("-", text=text)
    assert says in done.output and done.exit_code == 0
    assert run("--strict", "-", text=text).exit_code == code


def test_a_file_that_is_not_there_is_named_with_the_remedy() -> None:
    done = run("/nowhere/final.txt")
    assert done.exit_code != 0 and "name a text file in UTF-8" in str(done.output) + str(done.exception)
