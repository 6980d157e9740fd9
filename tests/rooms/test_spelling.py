"""How pages spell out the days of a sentence, and what they leave alone."""

import pytest

from foedus.serving.spelling import spelled


@pytest.mark.parametrize(
    ("says", "read"),
    [
        ("It entered into force on 2024-12-04: on the exchange", "It entered into force on 4 December 2024: on the exchange"),
        ("dated 2024-11-06, against 2024-11-07.", "dated 6 November 2024, against 7 November 2024."),
        ("(2024-11-29)", "(29 November 2024)"),
        ("\"June\" can mean 2024-06 or 2025-06", "\"June\" can mean June 2024 or June 2025"),
        ("VCLT 54(a); reported: f_090bf410fbcd62a4", "VCLT 54(a); as reported"),
        ("Expected for 2024-11-11/2024-11-20", "Expected for 11 to 20 November 2024"),
        ("Approval by State Duma (Russia) [unrealised]: said of", "Approval by State Duma (Russia) (foreseen): said of"),
    ],
)  # fmt: skip
def test_days_are_spelled_out(says: str, read: str) -> None:
    assert spelled(says) == read


@pytest.mark.parametrize(
    "says",
    [
        "2024-10-24.txt",
        "a2024-10-24",
        "2024-13-40",
        "/2024-10-24/page",
        "2024-10-24-a",
        "2024",
        "XXXX-10-24",
        "[x]",
        "2024-13",
        "seasons 2019-20",
        "reported: nothing",
    ],
)
def test_what_only_looks_like_a_day_stays(says: str) -> None:
    assert spelled(says) == says
