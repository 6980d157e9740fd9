"""Copies are not witnesses: which texts repeat one another, and what that changes."""

from hypothesis import given
from hypothesis import strategies as some

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.register.copies import among, copies_of
from foedus.terms.dates import DateRange

WIRE = (
    "MOSCOW, October 24 (Example Wire) - The lower house of parliament on Thursday approved the treaty with North Korea by "
    "397 votes to none, its speaker announced after a short debate, and the bill now goes to the upper house, which is "
    "expected to take it up in the first week of November before it reaches the president for his signature."
)
OTHER = (
    "Deputies in Moscow backed the partnership pact unanimously on Thursday. The document obliges both sides to help each "
    "other at once, by all means at their disposal, if either is attacked; the upper house votes on it in early November."
)


def report(name: str, text: str, stated: str | None = None) -> Document:
    own = (DateCandidate(on=DateRange.parse(stated), basis=Basis.METADATA),) if stated else ()
    return Document(id=name, name=name, text=text, published=own)


def test_the_same_text_with_another_paper_s_furniture_is_a_copy_of_the_earlier_one() -> None:
    documents = [
        report("d_1", f"Example Courier\n\n{WIRE}\n\nSubscribe", "2024-10-25"),
        report("d_2", WIRE, "2024-10-24"),
        report("d_3", OTHER, "2024-10-24"),
    ]
    assert copies_of(documents) == {"d_1": "d_2"}
    assert copies_of(documents[::-1]) == {"d_1": "d_2"}


def test_two_reports_of_one_act_in_their_own_words_are_two_witnesses() -> None:
    assert copies_of([report("d_1", WIRE), report("d_2", OTHER)]) == {}


def test_short_texts_are_never_copies() -> None:
    assert copies_of([report("d_1", "The house approved it."), report("d_2", "The house approved it.")]) == {}


def test_where_the_first_is_not_heard_another_copy_takes_its_place() -> None:
    copies = {"d_2": "d_1", "d_3": "d_1"}
    assert among(copies, ["d_2", "d_3", "d_4"]) == {"d_3": "d_2"}
    assert among(copies, ["d_1", "d_3"]) == {"d_3": "d_1"}
    assert among(copies, ["d_3"]) == {}


@given(some.sets(some.sampled_from(["d_1", "d_2", "d_3", "d_4"])))
def test_of_every_group_that_is_heard_one_report_is_a_witness(heard: set[str]) -> None:
    copies = among({"d_2": "d_1", "d_3": "d_1"}, sorted(heard))
    group = heard & {"d_1", "d_2", "d_3"}
    assert len(group - copies.keys()) == (1 if group else 0)
    assert set(copies.values()) <= heard
