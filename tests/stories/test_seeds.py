"""What the two reports about the treaty of Russia and North Korea must give, point by point."""

from datetime import date

import pytest
from telling import HERE, attack, held_against, picture, seeds

from foedus.pipeline import Knowledge, Picture
from foedus.register.entries import Act, ClaimEntry
from foedus.serving.dossier import dossier_of
from foedus.serving.dossier_json import as_json
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality, Stance
from foedus.terms.norms import Duty
from foedus.terms.proof import Proof, Truth


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return seeds()


@pytest.fixture(scope="module")
def october(knowledge: Knowledge) -> Picture:
    return picture(knowledge, on="2024-10-25")


def _acts(here: Picture, kind: Kind, factuality: Factuality = Factuality.HAPPENED) -> list[Act]:
    return [a for a in here.register.acts if a.kind is kind and a.factuality is factuality]


def _only(here: Picture, kind: Kind, factuality: Factuality = Factuality.HAPPENED) -> Act:
    found = _acts(here, kind, factuality)
    assert len(found) == 1, [(a.kind, a.actor, a.on) for a in found]
    return found[0]


def _documents(here: Picture, act: Act) -> set[str]:
    names = {d.id: d.name[:3] for d in here.register.documents}
    return {names[q.document] for q in act.quotes}


def _reasons(proof: Proof) -> str:
    return "\n".join([f"{proof.says} [{proof.by}]", *(_reasons(p) for p in proof.because)])


def _claims(here: Picture, speaker: str, stance: Stance | None = None, about: str | None = None) -> list[ClaimEntry]:
    return [
        c
        for c in here.register.claims
        if speaker in c.speaker.name and stance in (None, c.stance) and about in (None, c.about)
    ]


def test_the_treaty_has_its_id_parties_and_names(october: Picture) -> None:
    assert october.treaty.id == "prk-rus-2024"
    assert october.treaty.parties == ("PRK", "RUS")
    assert any("Comprehensive Strategic Partnership" in n.text for n in october.treaty.names)


def test_the_duma_approved_on_24_october_as_both_reports_tell(october: Picture) -> None:
    act = _only(october, Kind.CHAMBER_APPROVE)
    assert act.on is not None and act.on.edtf == "2024-10-24"
    assert _documents(october, act) == {"000", "004"}
    assert act.actor is not None and act.actor.body == "RUS.state-duma"


def test_the_proof_of_the_approval_lists_every_constraint(october: Picture) -> None:
    act = _only(october, Kind.CHAMBER_APPROVE)
    assert act.dated is not None
    reasons = _reasons(act.dated.proof)
    assert "Thursday" in reasons
    assert "the 24th" in reasons
    assert "RUS procedure" in reasons
    assert "the other reports" in reasons


def test_the_president_submitted_it_on_14_october(october: Picture) -> None:
    act = _only(october, Kind.SUBMIT)
    assert act.on is not None and act.on.edtf == "2024-10-14"
    assert _documents(october, act) == {"000", "004"}
    assert act.actor is not None and "Putin" in act.actor.name


def test_it_was_signed_on_19_june_in_pyongyang_by_putin_alone_by_name(october: Picture) -> None:
    act = _only(october, Kind.SIGN)
    assert act.on is not None and act.on.edtf == "2024-06-19"
    assert act.place == "Pyongyang"
    assert [a.name.split()[-1] for a in act.agents] == ["Putin"]
    assert act.states == ("PRK", "RUS")


def test_the_page_date_is_refuted_by_named_constraints(knowledge: Knowledge, october: Picture) -> None:
    refuted = [i for i in october.register.issues if i.kind == "date-refuted"]
    assert len(refuted) == 1
    assert "2024-11-21" in refuted[0].says
    assert "Thursday" in refuted[0].says
    assert refuted[0].proof is not None and refuted[0].proof.because


def test_the_second_report_is_of_24_october_likeliest_and_of_late_october_at_all(october: Picture) -> None:
    report = next(d for d in october.register.documents if d.name.startswith("004"))
    assert report.published is not None
    assert report.published.likeliest.edtf == "2024-10-24"
    assert report.published.possible.earliest == date(2024, 10, 24)
    assert date(2024, 10, 25) <= report.published.possible.latest <= date(2024, 10, 31)


def test_the_vote_was_397_to_none_and_enough(october: Picture) -> None:
    vote = _only(october, Kind.CHAMBER_APPROVE).vote
    assert vote is not None
    assert (vote.for_, vote.against, vote.unanimous, vote.present, vote.agenda) == (397, 0, True, 397, 1)
    step = next(s for s in _ladder(october, "RUS") if s.kind == Kind.CHAMBER_APPROVE)
    assert step.requirement is not None and "450" in step.requirement
    assert step.met is Truth.TRUE
    assert "105" in step.source


def _ladder(here: Picture, state: str) -> list:  # type: ignore[type-arg]
    return [s for ladder in here.ladders if ladder.state == state for s in ladder.steps]


def test_the_russian_ladder_stands_at_the_federation_council(october: Picture) -> None:
    states = {(s.kind, s.actor): str(s.state_of_step) for s in _ladder(october, "RUS")}
    by_kind = [(str(s.kind), str(s.state_of_step)) for s in _ladder(october, "RUS")]
    assert ("submit", "done") in by_kind
    assert ("committee-recommend", "unreported") in by_kind
    assert [s for k, s in by_kind if k == "chamber-approve"] == ["done", "pending"], states
    assert [s for k, s in by_kind if k == "promulgate"] == ["pending"]
    assert [s for k, s in by_kind if k == "exchange"] == ["pending"]
    assert all(s.source for s in _ladder(october, "RUS"))
    assert not _acts(october, Kind.COMMITTEE_RECOMMEND)


def test_the_federation_councils_vote_is_only_expected(october: Picture) -> None:
    expected = _acts(october, Kind.CHAMBER_APPROVE, Factuality.EXPECTED)
    assert any(a.actor is not None and a.actor.body == "RUS.federation-council" for a in expected)


def test_the_old_expectation_is_kept_as_overtaken(october: Picture) -> None:
    approved = _only(october, Kind.CHAMBER_APPROVE)
    overtaken = [a for a in october.register.acts if a.overtaken_by == approved.id]
    assert len(overtaken) == 1
    assert overtaken[0].on is not None and overtaken[0].on.latest.month == 11
    assert any(i.kind == "expectation-overtaken" for i in october.register.issues)


def test_signature_of_the_president_exchange_and_force_are_expected(october: Picture) -> None:
    for kind in (Kind.PROMULGATE, Kind.EXCHANGE, Kind.ENTER_INTO_FORCE):
        assert _acts(october, kind, Factuality.EXPECTED), kind
        assert not _acts(october, kind)


def test_nothing_is_reported_of_the_north_korean_ladder(october: Picture) -> None:
    steps = _ladder(october, "PRK")
    assert steps
    assert not any(str(s.state_of_step) == "done" for s in steps)


def test_the_treaty_has_23_articles_no_end_and_seven_areas(october: Picture) -> None:
    values = {(f.kind, f.value) for f in october.register.findings}
    assert ("articles", "23") in values
    assert ("duration", "indefinite") in values
    areas = {v for k, v in values if k == "area"}
    assert len(areas) == 7, areas
    clause = [v for k, v in values if k == "entry-into-force-clause"]
    assert clause and all("exchange" in v for v in clause)


def test_article_4_is_one_evaluable_norm_in_two_wordings(october: Picture) -> None:
    norms = [f for f in october.register.findings if f.norm is not None and f.norm.duty is Duty.DEFENSE]
    (finding,) = [f for f in norms if f.article == "4"]
    norm = finding.norm
    assert norm is not None and norm.conditions is not None
    predicates = {p.predicate for p in norm.conditions.parts} or {norm.conditions.predicate}
    assert {"armed-attack", "state-of-war"} <= predicates
    assert {limit.kind for limit in norm.limits} == {"charter-51", "domestic-law"}
    assert len(norm.manner) == 2
    assert len({q.document for q in finding.variants}) == 2
    assert any(i.kind == "wording-differs" and finding.id in i.about for i in october.register.issues)


@pytest.mark.parametrize(
    ("speaker", "stance", "about"),
    [
        ("Rudenko", Stance.ASSERT, "defensive-nature"),
        ("Rudenko", Stance.ASSERT, "alliance-level"),
        ("Rudenko", Stance.ASSERT, "regional-stability"),
        ("Rudenko", Stance.DENY, "secret-clauses"),
        ("Slutsky", Stance.ASSERT, "alliance-level"),
        ("Putin", Stance.ASSERT, None),
        ("AFP", Stance.DOUBT, "nuclear-umbrella"),
        ("Austin", Stance.ASSERT, "troop-deployment"),
        ("NATO", Stance.ASSERT, "troop-deployment"),
        ("The Asia Business Daily", Stance.INTERPRET, None),
    ],
)
def test_every_speaker_says_what_the_reports_give_them(
    october: Picture, speaker: str, stance: Stance, about: str | None
) -> None:
    assert _claims(october, speaker, stance, about)


@pytest.mark.parametrize(
    ("speaker", "about", "on"),
    [
        ("Slutsky", "alliance-level", "2024-10-23"),
        ("Austin", "troop-deployment", "2024-10-23"),
        ("NATO", "troop-deployment", "2024-10-23"),
        ("Putin", "fundamental-document", "2024-06"),
    ],
)
def test_claims_are_dated_by_their_own_words(october: Picture, speaker: str, about: str, on: str) -> None:
    assert [c.on.edtf for c in _claims(october, speaker, None, about) if c.on] == [on]


def test_only_one_claim_comes_through_the_media(october: Picture) -> None:
    through = [c for c in _claims(october, "Rudenko") for chain in c.sources if any("media" in s.name for s in chain)]
    assert len(through) == 1


def test_the_denial_of_the_deployment_contradicts_the_evidence_for_it(october: Picture) -> None:
    denials = [c for c in october.register.claims if c.about == "troop-deployment" and c.stance is Stance.DENY]
    assert len(denials) == 1
    assert denials[0].answered_by
    assert any(i.kind == "claims-contradict" and denials[0].id in i.about for i in october.register.issues)


def test_the_same_speech_in_two_translations_is_one_claim(october: Picture) -> None:
    twice = [c for c in _claims(october, "Rudenko") if len({q.document for q in c.quotes}) == 2]
    assert twice


def test_what_is_given_to_rudenko_and_to_slutsky_stays_apart(october: Picture) -> None:
    alliance = [c for c in october.register.claims if c.about == "alliance-level"]
    assert {c.speaker.name.split()[-1] for c in alliance} == {"Rudenko", "Slutsky"}


def test_disagreements_are_issues_with_both_quotes(october: Picture) -> None:
    kinds = {i.kind: i for i in october.register.issues}
    assert "body-named-differently" in kinds
    assert len(kinds["body-named-differently"].quotes) >= 2
    opposed = [i for i in october.register.issues if i.kind == "claims-contradict" and "defensive nature" in i.says]
    assert opposed and len({q.document for q in opposed[0].quotes}) == 2


def test_both_states_are_signatories_with_the_interim_duty(october: Picture) -> None:
    for standing in october.standings:
        assert (standing.status, standing.application) == ("signatory", "interim-duty")
        assert standing.party is Truth.FALSE
        assert standing.truth is Truth.TRUE
        assert standing.next_steps


def test_no_duty_is_found_before_force(knowledge: Knowledge) -> None:
    answer = attack(knowledge, on="2024-10-25")
    assert answer.truth is Truth.FALSE
    assert "no duty found under" in answer.says
    assert "in force" in _reasons(answer.proof)


def test_nothing_was_known_on_15_october(knowledge: Knowledge) -> None:
    assert knowledge.picture("russia north korea", known=date(2024, 10, 15)) is None


def test_every_quote_stands_in_its_report(knowledge: Knowledge) -> None:
    texts = {d.id: d.text for d in knowledge.documents}
    quotes = [q for s in knowledge.statements for q in (s.quote, *s.evidence)]
    assert quotes
    assert all(texts[q.document][q.start : q.end] == q.exact for q in quotes)


def test_the_whole_picture_is_the_golden_one(knowledge: Knowledge, october: Picture) -> None:
    dossier = dossier_of(
        october.treaty.id,
        october.on,
        october.known,
        october.register,
        october.standings,
        october.ladders,
        october.force,
        october.statements,
        october.documents,
        knowledge.reference,
    )
    held_against(HERE / "seeds" / "golden.json", as_json(dossier))
