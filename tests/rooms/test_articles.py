"""The Vienna Convention, article by article: each has a file that applies it or a reason, and what it does to a standing."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from registers_by_hand import ID, act, finding, reference, register

from foedus.register.entries import Act, Register
from foedus.status.articles import ARTICLES, Row
from foedus.status.reservations import version_between
from foedus.status.standings import Application, Standing, Status, bound_by, force_of, history, standing_of
from foedus.terms.acts import Kind
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty, TreatyName

HOUSE = Path(__file__).parents[2] / "foedus"
CITED = re.compile(r"VCLT ([\d()a-z,; -]+)")
PIECE = re.compile(r"(\d+)(?:\(\w+\))*(?:-(\d+))?")
MANY = ("BEL", "CHL", "FIN", "GHA")
LATE = date(2023, 6, 1)


def cited_in(text: str) -> set[int]:
    """The articles that a file cites: "VCLT 60-63, 65(3)" has five."""
    found: set[int] = set()
    for run in CITED.findall(text):
        for first, last in PIECE.findall(run):
            found |= set(range(int(first), int(last or first) + 1))
    return found


def test_every_article_has_one_row_in_order() -> None:
    assert ARTICLES[0].first == 1 and ARTICLES[-1].last == 85
    assert all(after.first == before.last + 1 for before, after in pairwise(ARTICLES))


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: row.article)
def test_a_row_names_a_file_that_cites_its_articles_or_says_why_there_is_none(row: Row) -> None:
    assert row.says
    if row.place:
        cited = cited_in((HOUSE / row.place).read_text("utf-8"))
        assert set(range(row.first, row.last + 1)) <= cited


def of_many(*acts: Act, clause: str = "deposits:3") -> Register:
    """A register of a treaty of four states, in force for all since 2020-01-04."""
    deposits = [act(Kind.DEPOSIT, f"2020-01-0{day}", state) for day, state in enumerate(MANY, 1)]
    treaty = Treaty(id=ID, names=(TreatyName(text="Convention on Peat"),), parties=MANY, bilateral=False)
    return register((*deposits, *acts), findings=(finding("entry-into-force-clause", clause),), treaties=(treaty,))


def standing(state: str, *acts: Act, on: date = LATE) -> Standing:
    return standing_of(state, ID, on, of_many(*acts), reference())


def test_a_signature_confirmed_later_counts_from_its_own_day() -> None:
    acts = (act(Kind.SIGN, "2020-01-05", "RUS", instrument="ad referendum"),)
    confirmed = (*acts, act(Kind.SIGN, "2020-04-05", "RUS", instrument="confirmation"))
    on = date(2020, 2, 1)
    assert standing_of("RUS", ID, on, register(acts), reference()).status is Status.ADOPTED
    found = standing_of("RUS", ID, on, register(confirmed), reference())
    assert (found.status, found.since and found.since.edtf) == (Status.SIGNATORY, "2020-01-05")
    assert standing_of("RUS", ID, on, register(confirmed, "2020-03-01"), reference()).status is Status.ADOPTED


def test_notes_that_are_the_treaty_bind_by_an_article_of_their_own() -> None:
    known = register((act(Kind.EXCHANGE, "2020-01-05", instrument="notes"),))
    assert next(c.by for c in history("RUS", ID, known, reference())).endswith("VCLT 13")


def test_consent_to_a_part_is_open_unless_the_treaty_allows_it() -> None:
    joined = act(Kind.DEPOSIT, "2021-01-01", "PER", instrument="part")
    found = standing("PER", joined)
    assert (found.status, found.truth, found.alternatives) == (Status.NONE, Truth.UNKNOWN, (Status.PARTY,))
    record = msgspec.structs.replace(reference().series[0], id=ID, bilateral=False, parties=(), in_parts=True)
    allowing = msgspec.structs.replace(reference(), series=(record,))
    known = of_many(joined)
    assert standing_of("PER", ID, LATE, known, allowing).truth is Truth.TRUE
    bound = bound_by("PER", ID, LATE, known, allowing)
    assert bound.truth is Truth.UNKNOWN and "VCLT 17(1)" in [leaf.by for leaf in bound.leaves()]
    assert bound_by("BEL", ID, LATE, known, allowing).truth is Truth.TRUE


def test_a_treaty_does_not_end_because_its_parties_become_too_few() -> None:
    left = [act(Kind.WITHDRAW_EFFECTIVE, f"2022-0{month}-01", state) for month, state in ((3, "BEL"), (4, "CHL"))]
    assert standing("FIN", *left).status is Status.PARTY
    assert force_of(ID, LATE, of_many(*left), reference()).truth is Truth.TRUE
    early = [act(Kind.WITHDRAW_CONSENT, "2020-01-02", "BEL")]
    assert force_of(ID, date(2020, 1, 3), of_many(*early), reference()).truth is Truth.FALSE


def test_a_suspension_between_some_leaves_the_others_as_they_were() -> None:
    some = act(Kind.SUSPEND, "2022-01-01", "BEL CHL", instrument="inter se")
    found = standing("BEL", some)
    assert (found.status, found.application) == (Status.PARTY, Application.PARTLY_SUSPENDED)
    assert (standing("FIN", some).status, standing("FIN", some).application) == (Status.PARTY, Application.FULL)
    toward = {s: bound_by("BEL", ID, LATE, of_many(some), reference(), s).truth for s in ("CHL", "FIN")}
    assert toward == {"CHL": Truth.FALSE, "FIN": Truth.TRUE}
    assert bound_by("BEL", ID, LATE, of_many(some), reference()).truth is Truth.UNKNOWN
    again = act(Kind.REVOKE_NOTICE, "2022-06-01", "BEL CHL", instrument="inter se")
    assert standing("BEL", some, again).application is Application.FULL


def test_an_amendment_between_some_holds_between_them_alone() -> None:
    amended = act(Kind.AMEND, "2022-01-01", "BEL CHL", instrument="inter se")
    known = of_many(amended)
    assert version_between(ID, "BEL", "CHL", LATE, known, reference()).amendments == (amended.id,)
    assert version_between(ID, "BEL", "FIN", LATE, known, reference()).amendments == ()
    assert version_between(ID, "BEL", "CHL", date(2021, 1, 1), known, reference()).amendments == ()


@pytest.mark.parametrize(
    ("kind", "ground", "truth"),
    [
        (Kind.SUSPEND, "breach", Truth.TRUE),
        (Kind.TERMINATE, "breach", Truth.UNKNOWN),
        (Kind.TERMINATE, "fundamental-change", Truth.TRUE),
        (Kind.TERMINATE, "impossibility", Truth.TRUE),
        (Kind.TERMINATE, "severance", Truth.UNKNOWN),
        (Kind.SUSPEND, "severance", Truth.UNKNOWN),
    ],
)
def test_a_ground_lets_one_of_many_do_what_its_article_says(kind: Kind, ground: str, truth: Truth) -> None:
    assert standing("BEL", act(kind, "2022-01-01", "BEL", instrument=ground)).truth is truth


@pytest.mark.parametrize("ground", ["breach", "impossibility", "fundamental-change"])
def test_an_end_on_a_ground_that_the_other_objects_to_stays_open(ground: str) -> None:
    ended = (act(Kind.EXCHANGE, "2020-01-05"), act(Kind.TERMINATE, "2022-01-01", "RUS", instrument=ground))
    assert standing_of("RUS", ID, LATE, register(ended), reference()).status is Status.TERMINATED
    against = (*ended, act(Kind.OBJECT, "2022-02-01", "PRK"))
    found = standing_of("RUS", ID, LATE, register(against), reference())
    assert (found.status, found.truth, found.alternatives) == (Status.PARTY, Truth.UNKNOWN, (Status.TERMINATED,))


def test_broken_relations_by_themselves_move_nothing() -> None:
    acts = (act(Kind.EXCHANGE, "2020-01-05"), act(Kind.DECLARE, "2022-01-01", "RUS", instrument="severance"))
    found = standing_of("RUS", ID, LATE, register(acts), reference())
    assert (found.status, found.truth) == (Status.PARTY, Truth.TRUE)


def test_who_joined_an_open_treaty_later_did_not_adopt_its_text() -> None:
    joined = act(Kind.ACCEDE, "2013-01-08", "TLS", treaty="vclt")
    treaty = Treaty(id="vclt", names=(TreatyName(text="VCLT"),), parties=("TLS",), bilateral=False)
    known = register((joined,), findings=(), treaties=(treaty,))
    assert [c.on.edtf for c in history("TLS", "vclt", known, reference())] == ["2013-01-08", "2013-02-07"]
    assert standing_of("TLS", "vclt", date(2012, 1, 1), known, reference()).status is Status.NONE


@pytest.mark.parametrize(
    ("signed", "exchanged", "status"),
    [
        ("GHA PER", "GHA PER", Status.PARTY),
        ("GHA PER", "PER", Status.CONTRACTING),
        ("GHA NPL PER", "GHA PER", Status.CONTRACTING),
    ],
)
def test_an_exchange_binds_when_all_who_signed_took_part_though_nobody_lists_the_parties(
    signed: str, exchanged: str, status: Status
) -> None:
    acts = (act(Kind.SIGN, "2024-03-03", signed), act(Kind.EXCHANGE, "2024-05-01", exchanged))
    treaty = Treaty(id=ID, names=(TreatyName(text="Peatland Accord"),))
    known = register(acts, findings=(finding("entry-into-force-clause", "exchange"),), treaties=(treaty,))
    assert standing_of("PER", ID, LATE.replace(year=2025), known, reference()).status is status
