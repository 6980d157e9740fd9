"""A depositary's word on what is done before it outweighs an outlet's, a parliament's on its votes; and the proof says so."""

from __future__ import annotations

import pytest

from foedus.documents.document import DocumentClass
from foedus.documents.formats import document_from
from foedus.documents.publishers import publishers
from foedus.gathering.shipped_data import load_reference
from foedus.knowledge import Knowledge
from foedus.register.entries import Act, Register
from foedus.stacks import read_any
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Truth

DEPOSITARY, PARLIAMENT = "United Nations Treaty Collection", "Parliament of Togo"
DEPOSIT = "Ghana deposited its instrument of ratification of the Volta Water Sharing Treaty with Togo on {} May 2021."
DENIAL = "Ghana has not deposited its instrument of ratification of the Volta Water Sharing Treaty with Togo."
VOTE = "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021 by {} votes to 12."


def told(*reports: tuple[str, str, str]) -> Register:
    """The register of reports: who published them, when, and what they say."""
    reference = load_reference()
    documents = [
        document_from(
            f"{number} {publisher}",
            f"{said}\n{number}".encode(),
            reference.lexicons["en"],
            published=DateRange.parse(day),
            publisher=publisher,
        )
        for number, (publisher, day, said) in enumerate(reports)
    ]
    return Knowledge.over(documents, [s for d in documents for s in read_any(d, reference)], reference).register()


def the_act(register: Register, kind: Kind = Kind.DEPOSIT) -> Act:
    (act,) = (a for a in register.acts if a.kind is kind and a.factuality is Factuality.HAPPENED)
    return act


THREE_OUTLETS = [
    (name, f"2021-05-{9 + n:02}", DEPOSIT.format(5)) for n, name in enumerate(["Post", "Courier", "Times"])
]


def test_a_depositarys_day_outweighs_that_of_three_outlets() -> None:
    act = the_act(told(*THREE_OUTLETS, (DEPOSITARY, "2021-05-12", DEPOSIT.format(3))))
    assert act.on == DateRange.day(2021, 5, 3)
    outline = act.proof.outline()
    assert "3 United Nations Treaty Collection (the depositary's own record), published 2021-05-12" in outline
    assert outline.count("can mean 2021-05-03; it outweighs up to 10 reports") == 1
    assert outline.count("overruled: ") == 3


def test_anybody_elses_day_does_not() -> None:
    register = told(*THREE_OUTLETS, ("The Gulf Herald", "2021-05-12", DEPOSIT.format(3)))
    assert the_act(register).on == DateRange.day(2021, 5, 5)
    assert "own record" not in the_act(register).proof.outline()


def test_a_depositary_is_one_witness_among_others_of_what_is_not_done_before_it() -> None:
    votes = [("Post", "2021-06-10", VOTE.format(61)), ("Courier", "2021-06-11", VOTE.format(61))]
    act = the_act(told(*votes, (DEPOSITARY, "2021-06-12", VOTE.format(63))), Kind.CHAMBER_APPROVE)
    assert act.vote is not None and act.vote.for_ == 61
    assert "own record" not in act.proof.outline()


def test_a_parliaments_count_of_its_votes_outweighs_that_of_two_outlets() -> None:
    votes = [("Post", "2021-06-10", VOTE.format(61)), ("Courier", "2021-06-11", VOTE.format(61))]
    register = told(*votes, (PARLIAMENT, "2021-06-12", VOTE.format(63)))
    act = the_act(register, Kind.CHAMBER_APPROVE)
    assert act.vote is not None and (act.vote.for_, act.vote.against) == (63, 12)
    assert "for 61, 63; the parliament's own record has 63, and outweighs the rest" in act.proof.outline()
    assert [issue.kind for issue in register.issues] == ["votes-differ"]


def test_copies_of_one_report_are_one_witness_of_a_vote() -> None:
    around = "The sitting lasted until the evening, and the gallery was full of guests from both banks of the river. "
    around += "A fisherman from the delta told the house how the water had fallen in the dry years behind the dam. "
    around += "Engineers will measure the level every week and publish it, and a joint office opens before the rains."
    copied = [(name, "2021-06-10", f"{VOTE.format(61)} {around}") for name in ("Post", "Times", "Star")]
    other = (
        "By 60 votes to 12 the parliament of Togo on 9 June 2021 approved the Volta Water Sharing Treaty with Ghana."
    )
    others = [("Herald", "2021-06-11", VOTE.format(60)), ("Mail", "2021-06-11", other)]
    register = told(*copied, *others)
    assert sum(d.copy_of is not None for d in register.documents) == 2
    act = the_act(register, Kind.CHAMBER_APPROVE)
    assert len(act.supported_by) == 5
    assert act.vote is not None and act.vote.for_ == 60
    outline = act.proof.outline()
    assert outline.count("repeats 0 Post and is no witness of its own") == 2
    assert "for 60, 61 [what most reports say]" in outline


def test_a_split_vote_is_not_said_to_be_what_most_reports_say() -> None:
    register = told(("Post", "2021-06-10", VOTE.format(61)), ("Herald", "2021-06-11", VOTE.format(60)))
    outline = the_act(register, Kind.CHAMBER_APPROVE).proof.outline()
    assert "for 60, 61 [as many reports say one as the other]" in outline


DENIED = {
    # who tells it, who denies it later, and later still who tells it again     truth
    ("The Post", DEPOSITARY, None):         Truth.FALSE,
    (DEPOSITARY, "The Post", None):         Truth.TRUE,
    ("The Post", "The Courier", None):      Truth.UNKNOWN,
    (DEPOSITARY, DEPOSITARY, None):         Truth.UNKNOWN,
    ("The Post", PARLIAMENT, None):         Truth.UNKNOWN,
    ("The Post", DEPOSITARY, "The Courier"): Truth.UNKNOWN,
}  # fmt: skip


@pytest.mark.parametrize("who", DENIED)
def test_who_tells_and_who_denies_decides_what_is_true(who: tuple[str, str, str | None]) -> None:
    tells, denies, again = who
    reports = [(tells, "2021-05-05", DEPOSIT.format(3)), (denies, "2021-05-20", DENIAL)]
    register = told(*reports, *([(again, "2021-06-09", DEPOSIT.format(3))] if again else []))
    act = the_act(register)
    assert (act.truth, act.proof.truth) == (DENIED[who], DENIED[who])
    assert "act-denied" in {issue.kind for issue in register.issues}
    assert ("the depositary's own record" in act.proof.because[-1].says) == (DENIED[who] is not Truth.UNKNOWN)


def test_a_denial_that_is_older_than_the_act_denies_nothing() -> None:
    register = told((DEPOSITARY, "2021-05-01", DENIAL), ("The Post", "2021-05-05", DEPOSIT.format(3)))
    assert the_act(register).truth is Truth.TRUE


CLASSES = {
    # publisher, address                                                class
    ("The Lagoon Post", None):                                          "outlet",
    (None, "https://www.treaties.un.org/pages/x"):                      "depositary",
    ("United Nations Treaty Collection", None):                         "depositary",
    ("United Nations Treaty Collection", "https://treaties.un.org/x"):  "depositary",
    ("United Nations Treaty Collection", "https://example.org/x"):      "outlet",
    (None, "https://treaties.un.org.example.org/x"):                    "outlet",
    (None, "http://[broken"):                                           "outlet",
    ("Reuters", "https://example.org/x"):                               "wire",
    (None, "https://publications.parliament.uk/x"):                     "parliament",
    ("Ministry of Foreign Affairs of Togo", None):                      "government",
    ("Official Gazette of Ghana", None):                                "gazette",
}  # fmt: skip


@pytest.mark.parametrize("who", CLASSES)
def test_what_kind_of_publisher_speaks(who: tuple[str | None, str | None]) -> None:
    assert publishers(load_reference().lexicons["en"]).class_of(*who) is DocumentClass(CLASSES[who])
