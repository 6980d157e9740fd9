"""Where reports disagree, told once and in words, with the words of each side."""

from collections.abc import Mapping

import msgspec
import pytest

from foedus.register.entries import ClaimEntry, Finding, Register
from foedus.serving.differences import cited, differences
from foedus.terms.agents import Agent
from foedus.terms.evidence import Quote, Stance
from foedus.terms.proof import Issue, Proof, Truth

PROOF = Proof(says="so", truth=Truth.TRUE, by="reports")


def claim(id_: str, name: str, stance: Stance, about: str = "troop-deployment") -> ClaimEntry:
    return ClaimEntry(id=id_, treaty="t", speaker=Agent(name=name), stance=stance, about=about, proof=PROOF)


def quote(start: int, words: str, document: str = "d") -> Quote:
    return Quote(document, start, start + len(words), words)


def clash(one: str, other: str, *quotes: Quote) -> Issue:
    return Issue(kind="claims-contradict", says=f"{one} against {other}", about=(one, other), quotes=quotes)


CLAIMS = (claim("a", "Ann", Stance.ASSERT), claim("b", "Ben", Stance.ASSERT), claim("c", "Cleo", Stance.DENY),
          claim("d", "Dan", Stance.INTERPRET, "military-nature"), claim("e", "Eve", Stance.ASSERT, "defensive-nature"))  # fmt: skip


def test_who_asserts_and_who_denies_is_told_once_for_all_pairs() -> None:
    pairs = (clash("a", "c", quote(0, "it is")), clash("b", "c", quote(0, "it is"), quote(9, "it is not")))
    (one,) = differences(Register(claims=CLAIMS, issues=pairs))
    assert one.says == "on troop deployment: asserted by Ann and Ben; denied by Cleo"
    assert one.about == ("a", "c", "b") and one.quotes == (quote(0, "it is"), quote(9, "it is not"))


def test_topics_that_oppose_each_other_are_named_with_who_holds_them() -> None:
    pairs = (clash("d", "e"), clash("e", "d"))
    (one,) = differences(Register(claims=CLAIMS, issues=pairs))
    assert one.says == "its defensive nature asserted by Eve; its military nature seen by Dan"


@pytest.mark.parametrize(
    "issues",
    [
        (clash("a", "c"),),
        (clash("a", "unknown"), clash("b", "unknown")),
        (clash("a", "c"), clash("d", "e")),
        (
            Issue(kind="dates-differ", says="x", about=("a", "c")),
            Issue(kind="dates-differ", says="y", about=("b", "c")),
        ),
    ],
)
def test_what_is_no_second_pair_on_the_same_topic_stays_as_it_is(issues: tuple[Issue, ...]) -> None:
    assert differences(Register(claims=CLAIMS, issues=issues)) == issues


def test_provisions_that_differ_are_told_in_words_and_not_in_names_of_ours() -> None:
    def finding(id_: str, value: str, mine: str, against: Mapping[str, str] = {}) -> Finding:
        kind = "entry-into-force-clause"
        return Finding(id=id_, treaty="t", kind=kind, value=value, truth=Truth.TRUE, supported_by=(mine,),
                       contradicted_by=tuple(against.values()), proof=PROOF)  # fmt: skip

    findings = (finding("f", "exchange", "s", {"g": "r"}), finding("g", "ratification-by-all", "r", {"f": "s"}))
    issue = Issue(kind="provisions-differ", says="reports differ on entry-into-force-clause: exchange", about=("f",))
    (one,) = differences(Register(findings=findings, issues=(issue,)))
    assert one.says == (
        "reports differ on entry into force: when the instruments of ratification are exchanged / when all states have ratified"
    )
    alone = msgspec.structs.replace(issue, about=("h",))
    assert differences(Register(findings=findings, issues=(alone,))) == (alone,)


def test_a_day_within_its_sentence_is_marked_there_and_keeps_its_place() -> None:
    other, whole, day = quote(0, "It was signed.", "e"), quote(0, "It was put forward on May 4."), quote(19, "on May 4")
    found = cited([day, other, whole])
    assert [one.quote for one in found] == [whole, other]
    assert found[0].pieces == (("It was put forward ", False), ("on May 4", True), (".", False))
    assert found[1].pieces == (("It was signed.", False),)


def test_the_same_words_of_a_report_are_cited_once_and_those_of_two_reports_twice() -> None:
    one, again, other = quote(0, "It was signed."), quote(90, "It  was signed."), quote(0, "It was signed.", "e")
    assert [found.quote for found in cited([one, again, other, one])] == [one, other]


def test_marked_words_that_overlap_are_marked_once() -> None:
    whole = quote(0, "It was signed on Monday, May 4.")
    (found,) = cited([whole, quote(14, "on Monday, May 4"), quote(25, "May 4")])
    assert "".join(words for words, _ in found.pieces) == whole.exact
    assert [words for words, is_marked in found.pieces if is_marked] == ["on Monday, May 4"]
