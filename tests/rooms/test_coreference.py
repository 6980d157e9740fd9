"""Which mentions tell of one act, when they are dated alone and when all reports are dated together."""

import msgspec

from foedus.register.coreference import Cluster, Told, clusters_of
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Kind, Measure
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.dates import Anchor, DateRange, Timex
from foedus.terms.evidence import Factuality, Quote

DUMA = Agent(name="State Duma", kind=BodyKind.LOWER_HOUSE, body="RUS.state-duma")


def said(
    document: str, kind: Kind, states: str = "RUS", *, actor: Agent | None = None, measure: Measure | None = None
) -> Statement:
    act = ActMention(
        kind=kind, measure=measure, states=tuple(states.split()), actor=actor, timex=Timex(value="XXXX-WXX-2")
    )
    id_ = f"s_{document}_{kind}"
    return Statement(
        id=id_,
        document=document,
        content=act,
        factuality=Factuality.HAPPENED,
        quote=Quote(document, 0, 4, "text"),
    )


def told(on: str | None, published: str | None = None) -> Told:
    return Told(*(DateRange.parse(d) if d else None for d in (on, published)))


def gathered(days: dict[Statement, Told]) -> list[Cluster]:
    return clusters_of([(0, s) for s in days], {}, told={s.id: d for s, d in days.items()})


def shares(clusters: list[Cluster]) -> list[list[str]]:
    return sorted(sorted(s.document for s in c.statements) for c in clusters)


def test_two_days_with_two_reports_each_are_two_votes() -> None:
    days = {"a": "2023-10-17", "b": "2023-10-17", "c": "2023-10-18", "d": "2023-10-18"}
    found = gathered({said(n, Kind.CHAMBER_APPROVE, actor=DUMA): told(day) for n, day in days.items()})
    assert shares(found) == [["a", "b"], ["c", "d"]]


def test_one_report_of_another_day_contradicts_and_is_no_vote_of_its_own() -> None:
    days = {"a": "2023-10-17", "b": "2023-10-17", "c": "2023-10-18"}
    found = gathered({said(n, Kind.CHAMBER_APPROVE, actor=DUMA): told(day) for n, day in days.items()})
    assert shares(found) == [["a", "b", "c"]]


def test_an_undated_mention_tells_of_the_act_that_was_news() -> None:
    found = gathered(
        {
            said("a", Kind.SUBMIT): told("2021-01-26"),
            said("b", Kind.SUBMIT): told("2023-02-21"),
            said("c", Kind.SUBMIT): told(None, "2023-02-22"),
        }
    )
    assert shares(found) == [["a"], ["b", "c"]]


def test_a_report_does_not_tell_of_what_happens_long_after_it() -> None:
    found = gathered(
        {said("a", Kind.SUBMIT): told("2023-02-21"), said("b", Kind.SUBMIT): told(None, "2021-01-27")},
    )
    assert shares(found) == [["a"], ["b"]]


def test_states_that_ratify_do_so_each_for_itself() -> None:
    found = gathered(
        {said("a", Kind.RATIFY, "PRK RUS"): told("2024-11"), said("b", Kind.RATIFY, "PRK"): told("2024-11-12")}
    )
    assert sorted((sorted(c.states), sorted(s.document for s in c.statements)) for c in found) == [
        (["PRK"], ["a", "b"]),
        (["RUS"], ["a"]),
    ]


def test_a_state_ratifies_once_however_far_apart_its_reports_date_it() -> None:
    found = gathered({said("a", Kind.RATIFY): told("2024-06-19"), said("b", Kind.RATIFY): told("2024-11-12")})
    assert shares(found) == [["a", "b"]]


def test_a_vote_of_the_same_day_has_the_measure_that_somebody_names() -> None:
    found = gathered(
        {
            said("a", Kind.CHAMBER_APPROVE, actor=DUMA, measure=Measure.SUSPENSION): told("2023-02-22"),
            said("b", Kind.CHAMBER_APPROVE, actor=DUMA): told("2023-02-22"),
        }
    )
    assert [(c.key.measure, len(c.statements)) for c in found] == [(Measure.SUSPENSION, 2)]


def test_the_order_of_mentions_changes_nothing() -> None:
    days = {
        said(n, Kind.SUBMIT): told(day, p)
        for n, day, p in [("a", "2021-01-26", None), ("b", None, "2021-01-28"), ("c", "2023-02-21", None)]
    }
    backwards = dict(reversed(days.items()))
    assert shares(gathered(days)) == shares(gathered(backwards))


def test_without_a_common_solution_each_mention_dates_itself() -> None:
    statement = said("a", Kind.SUBMIT)
    assert clusters_of([(0, statement)], {})[0].days == []


def test_open_words_join_the_act_whose_day_they_can_mean() -> None:
    """ "on Tuesday" in an undated report: the signature of a Tuesday, not that of a Friday or of a bare year."""
    tuesday, friday, year = (told(day) for day in ("2025-10-07", "2023-06-02", "1951"))
    told_by = {said("a", Kind.SIGN): tuesday, said("b", Kind.SIGN): friday, said("c", Kind.SIGN): year}
    open_ = said("d", Kind.SIGN)
    act = msgspec.structs.replace(open_.content, timex=Timex(value="XXXX-WXX-2", anchor=Anchor.DOCUMENT))
    found = gathered({**told_by, msgspec.structs.replace(open_, content=act): told(None)})
    assert shares(found) == [["a", "d"], ["b"], ["c"]]


def test_a_third_state_has_no_part_in_what_two_parties_do() -> None:
    statements = [(0, said("a", Kind.SIGN, "AUS")), (0, said("b", Kind.SIGN, "PNG")), (0, said("c", Kind.SIGN, "USA"))]
    found = clusters_of(statements, {0: frozenset({"AUS", "PNG"})})
    assert shares(found) == [["a", "b"], ["c"]]


def test_each_state_signs_an_open_treaty_for_itself_and_two_sign_theirs_together() -> None:
    statements = [(0, said("a", Kind.SIGN, "AUS PNG")), (0, said("b", Kind.SIGN, "PNG"))]
    assert shares(clusters_of(statements, {}, open_={0})) == [["a"], ["a", "b"]]
    assert shares(clusters_of(statements, {0: frozenset({"AUS", "PNG"})})) == [["a", "b"]]
