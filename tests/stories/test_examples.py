"""What the project's own eight reports must give, alone and together with the two seed reports."""

from datetime import date

import pytest
from telling import HERE, attack, examples, held_against, picture, seeds_and_examples, supposed

from foedus.pipeline import Knowledge
from foedus.serving.dossier import dossier_of
from foedus.serving.dossier_json import as_json
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth

WAR = """
on = 2025-01-10
[[fact]]
predicate = "armed-attack"
args = ["KOR", "PRK"]
truth = true
source = "supposed"
[[fact]]
predicate = "state-of-war"
args = ["PRK"]
truth = true
source = "supposed"
[[fact]]
predicate = "security-council-acting"
args = ["PRK"]
truth = false
source = "supposed"
"""


@pytest.fixture(scope="module", params=["examples", "seeds and examples"])
def knowledge(request: pytest.FixtureRequest) -> Knowledge:
    return examples() if request.param == "examples" else seeds_and_examples()


def _happened(knowledge: Knowledge) -> dict[tuple[str, str, str], str]:
    acts = [a for a in picture(knowledge).register.acts if a.factuality is Factuality.HAPPENED and a.on]
    return {(str(a.kind), "+".join(a.states), (a.actor.body or "") if a.actor else ""): a.on.edtf for a in acts if a.on}


def test_every_act_has_its_day(knowledge: Knowledge) -> None:
    days = _happened(knowledge)
    assert days["chamber-approve", "RUS", "RUS.state-duma"] == "2024-10-24"
    assert days["chamber-approve", "RUS", "RUS.federation-council"] == "2024-11-06"
    by_kind = {(k, s): d for (k, s, _), d in days.items()}
    assert by_kind["sign", "PRK+RUS"] == "2024-06-19"
    assert by_kind["submit", "RUS"] == "2024-10-14"
    assert by_kind["promulgate", "RUS"] == "2024-11-09"
    assert by_kind["exchange", "PRK+RUS"] == "2024-12-04"
    assert by_kind["enter-into-force", "PRK+RUS"] == "2024-12-04"
    assert "2024-11-11" in {d for (k, s), d in by_kind.items() if s == "PRK" and k in ("ratify", "promulgate")}


def test_no_act_that_happened_has_two_entries(knowledge: Knowledge) -> None:
    acts = [a for a in picture(knowledge).register.acts if a.factuality is Factuality.HAPPENED]
    single = [a for a in acts if a.kind in (Kind.SIGN, Kind.SUBMIT, Kind.EXCHANGE, Kind.ENTER_INTO_FORCE)]
    assert len({a.kind for a in single}) == len(single), [(a.kind, a.on, a.states) for a in single]


def test_the_wrong_day_of_one_report_is_an_issue(knowledge: Knowledge) -> None:
    differ = [i for i in picture(knowledge).register.issues if i.kind == "dates-differ"]
    assert any("2024-11-06" in i.says and "2024-11-07" in i.says for i in differ)


def test_the_misleading_header_date_is_refuted(knowledge: Knowledge) -> None:
    page = next(d for d in knowledge.documents if d.name.startswith("05"))
    published = next(d for d in picture(knowledge).register.documents if d.id == page.id)
    assert published.published is not None
    assert published.published.likeliest.earliest in (date(2024, 11, 9), date(2024, 11, 10))
    refuted = [i for i in picture(knowledge).register.issues if i.kind == "date-refuted"]
    assert any(page.id in i.about for i in refuted)


def test_it_is_in_force_since_4_december_for_both(knowledge: Knowledge) -> None:
    here = picture(knowledge)
    assert here.treaty.id == "prk-rus-2024"
    assert here.force.truth is Truth.TRUE
    assert here.force.since is not None and here.force.since.edtf == "2024-12-04"
    assert {s.status for s in here.standings} == {"party"}


def test_the_attack_alone_leaves_open_whether_there_is_war(knowledge: Knowledge) -> None:
    answer = attack(knowledge, on="2025-01-10")
    assert answer.truth is Truth.UNKNOWN
    assert any("war" in fact for fact in answer.deciding)


def test_with_every_fact_supposed_the_duty_is_owed(knowledge: Knowledge) -> None:
    answer = supposed(knowledge, WAR)
    assert answer.truth is Truth.TRUE, answer.proof.outline()
    assert not answer.deciding


def test_before_the_exchange_there_is_no_duty(knowledge: Knowledge) -> None:
    answer = attack(knowledge, on="2024-11-20", known="2024-11-20")
    assert answer.truth is Truth.FALSE
    assert "no duty found under" in answer.says


def test_what_was_known_in_november_leaves_january_open(knowledge: Knowledge) -> None:
    answer = attack(knowledge, on="2025-01-10", known="2024-11-20")
    assert answer.truth is Truth.UNKNOWN
    assert any("exchange" in fact for fact in answer.deciding), answer.deciding


def test_no_answer_is_true_over_an_unknown_leaf(knowledge: Knowledge) -> None:
    answers = [supposed(knowledge, WAR), attack(knowledge, on="2025-01-10"), attack(knowledge, on="2024-10-25")]
    for answer in answers:
        _is_no_stronger_than_its_leaves(answer.proof)


def _is_no_stronger_than_its_leaves(proof: Proof) -> None:
    if proof.truth is Truth.TRUE:
        assert all(leaf.truth is not Truth.UNKNOWN for leaf in proof.leaves()), proof.outline()


def test_the_treaty_of_2000_is_another_one(knowledge: Knowledge) -> None:
    ids = {t.id for t in knowledge.register().treaties}
    assert "prk-rus-2024" in ids
    assert not {i for i in ids if i.startswith("prk-rus")} - {"prk-rus-2024", "prk-rus-2000"}


def test_the_whole_picture_of_the_examples_is_the_golden_one() -> None:
    knowledge = examples()
    here = picture(knowledge, on="2025-01-10")
    dossier = dossier_of(
        here.treaty.id,
        here.on,
        here.known,
        here.register,
        here.standings,
        here.ladders,
        here.force,
        here.statements,
        here.documents,
        knowledge.reference,
    )
    held_against(HERE / "examples" / "golden.json", as_json(dossier))
