"""The scorer gives known answers, and our own reports are what their README says."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality, Stance

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "scores/corpus"


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scores_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


score = _module(ROOT / "scores/score.py")
REPORTS = list(score.reports(CORPUS))


def _report(*acts: dict[str, Any], **more: Any) -> Any:
    annotation = {"acts": list(acts), "votes": [], "provisions": [], "claims": []} | more
    return score.Report(name="s/01", story="s", text="The words.", about={}, annotation=annotation)


def _gold(kind: str, party: Any, date: str | None = None, factuality: str = "happened", **more: Any) -> dict[str, Any]:
    return {"type": kind, "party": party, "date": date, "factuality": factuality, "actor": None} | more


def _said(kind: str, states: list[str], date: str | None = None, factuality: str = "happened", **more: Any) -> Any:
    act = {"kind": kind, "states": states, "date": date, "actor": None, "vote": None} | more
    quote = {"start": 0, "end": 10, "exact": "The words."}
    return {"kind": "act", "document": {"name": "s/01"}, "act": act, "factuality": factuality, "quote": quote}


def _figures(report: Any, *statements: Any) -> dict[str, Any]:
    return score.figures(score.table_of([report], statements).total)  # type: ignore[no-any-return]


def test_an_act_is_found_by_kind_states_and_class_of_factuality() -> None:
    report = _report(_gold("sign", ["RU", "KP"], "2024-06-19"), _gold("ratify", "RU", factuality="expected"))
    got = _figures(report, _said("sign", ["RUS"], "2024-06"), _said("ratify", ["RUS"], factuality="planned"))
    assert (got["F1"], got["date"], got["date~"], got["fact"]) == (1.0, 0.0, 1.0, 0.5)
    got = _figures(report, _said("sign", ["RUS"], factuality="denied"), _said("deposit", ["RUS"]))
    assert (got["prec"], got["rec"], got["loose"], got["invent"]) == (0.0, 0.0, 0.5, 1.0)


def test_a_second_statement_of_an_act_is_no_invention_and_an_optional_act_does_not_count() -> None:
    report = _report(_gold("sign", "FR", "2024-06-19"), _gold("ratify", "FR", optional=True))
    found = _said("sign", ["FRA"], "2024-06-19")
    for others in ([], [_said("sign", ["FRA"])], [_said("ratify", ["FRA"])]):
        got = _figures(report, found, *others)
        assert (got["acts"], got["prec"], got["rec"], got["invent"]) == (1, 1.0, 1.0, 0.0)
    assert _figures(report, found, _said("sign", ["FRA"], "2023"))["invent"] == 0.5


def test_votes_provisions_speakers_and_quotes_are_counted() -> None:
    report = _report(
        _gold("chamber-approve", "AM"),
        votes=[{"for": 60, "against": None}, {"for": None, "unanimous": True}],
        provisions=[{"kind": "duration", "value": "20 years"}, {"kind": "content"}],
        claims=[{"speaker": "Foreign Ministry of Armenia", "stance": "deny"}],
    )
    act = _said("chamber-approve", ["ARM"], vote={"for": 60, "against": 22})
    provision = act | {"kind": "provision", "provision": {"kind": "duration", "value": "20"}}
    claim = act | {"kind": "claim", "claim": {"speaker": "the ministry", "stance": "assert"}}
    claim["quote"] = {"start": 1, "end": 10, "exact": "The words."}
    got = _figures(report, act, provision, claim)
    assert (got["votes"], got["prov"], got["speak"], got["claims"]) == (pytest.approx(2 / 3), 1.0, 1.0, 0.0)
    assert got["quote"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("annotated", "said", "agrees"),
    [
        ("2024-06", "2024-06", 2),
        ("2024-06", "2024-06-19", 1),
        ("2024-06", "2024-07-01", -1),
        ("XXXX-11-09", "2024-11-09", 2),
        ("2024-11-09", "XXXX-11-09", 1),
        ("2024-11-09", None, 0),
        ("2024-11-01/2024-11-30", "2024-11", 2),
    ],
)
def test_dates_are_compared_as_ranges_and_open_digits_agree(annotated: str, said: str | None, agrees: int) -> None:
    assert score.agreement(annotated, said) == agrees


def test_our_own_reports_are_many_and_short_and_quote_nobody() -> None:
    assert len(REPORTS) >= 60
    assert len({report.about["treaty"] for report in REPORTS}) >= 15
    assert len({state for r in REPORTS for act in score.annotated_acts(r.annotation) for state in act.states}) >= 25
    for report in REPORTS:
        assert 60 <= len(report.text.split()) <= 180, report.name
        assert not set('"“”«»‘') & set(report.text), report.name
        assert report.about["publisher"].startswith("Example "), report.name


def test_annotations_use_only_words_of_the_field_and_dates_that_exist() -> None:
    for report in REPORTS:
        for act in report.annotation["acts"]:
            assert Kind(act["type"]) and Factuality(act["factuality"])
            assert act["date"] is None or score.days(act["date"]), (report.name, act)
        assert all(Stance(claim["stance"]) for claim in report.annotation["claims"])
        if report.story == "no-treaty":
            assert all(act.get("optional") for act in report.annotation["acts"])


def test_reports_go_to_the_reader_with_their_day_without_it_or_with_a_wrong_one() -> None:
    report = next(one for one in REPORTS if one.name == "mine-ban/01")
    days = {dates: json.loads(score.as_input(report, dates)).get("published") for dates in ("given", "none", "wrong")}
    assert days == {"given": "2025-05-08", "none": None, "wrong": "2025-06-05"}
