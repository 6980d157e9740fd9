"""Votes: every pattern is proved by its own cases, and a tally goes to the act it belongs to."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts

from foedus.pipeline import load_reference
from foedus.statements.statement import ActMention
from foedus.statements.vote_tallies import COUNTED, Tallies, Tally, VoteWords, merged
from foedus.terms.acts import Vote, VoteOn

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/votes_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]
LEXICON = load_reference().lexicon("en")
TALLIES = Tallies(LEXICON)


def told(tally: Tally) -> str:
    vote = tally.vote
    numbers = "-".join("?" if number is None else str(number) for number in (vote.for_, vote.against, vote.abstain))
    return f"{numbers} u" if vote.unanimous else numbers


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_pattern_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    tally = TALLIES.find(text, 0, len(text))
    if value == "not":
        assert tally is None or tally.rule != rule
    else:
        assert tally is not None
        assert told(tally) == value


def test_every_pattern_has_cases_for_and_against() -> None:
    shapes = {one.name for one in LEXICON.section("votes", VoteWords).pattern}
    names = shapes | {"unanimity without numbers", COUNTED}
    assert names == set(CASES)
    assert all("not" in table and len(table) > 1 for table in CASES.values())


def test_a_vote_on_an_amendment_is_kept_apart() -> None:
    text = "The chamber voted 132-124 for the amendment."
    tally = TALLIES.find(text, 0, len(text))
    assert tally is not None and tally.vote.on is VoteOn.AMENDMENT


def test_the_item_of_the_agenda_is_read() -> None:
    text = "The Duma took it as the first agenda item and passed it."
    assert TALLIES.agenda(text, 0, len(text)) == 1


def test_a_sentence_that_only_tells_the_tally_enriches_the_act_before_it() -> None:
    text = (
        "Russia's State Duma ratified the treaty with Belarus on Thursday. "
        "All 310 deputies present voted in favor; opposing votes there were none."
    )
    (statement,) = [one for one in acts(text) if isinstance(one.content, ActMention)]
    assert isinstance(statement.content, ActMention) and statement.content.vote is not None
    assert (statement.content.vote.for_, statement.content.vote.against, statement.content.vote.present) == (
        310,
        0,
        310,
    )
    assert [quote.exact for quote in statement.evidence] == [text.split(". ", 1)[1]]


def test_numbers_win_over_silence_when_two_tellings_are_merged() -> None:
    whole = merged(Vote(unanimous=True, agenda=1), Vote(for_=397, against=0))
    assert whole == Vote(for_=397, against=0, unanimous=True, agenda=1)


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        (
            "The UN General Assembly adopted the Convention on Lighthouses by 96 votes to 4, with 7 abstentions.",
            (96, 4, 7),
        ),
        ("The UN General Assembly adopted the Convention on Lighthouses in its 96th session.", None),
    ],
)
def test_the_adoption_of_a_text_carries_its_vote(text: str, vote: tuple[int, int, int] | None) -> None:
    contents = [one.content for one in acts(text)]
    adopted = [one for one in contents if isinstance(one, ActMention) and one.kind == "adopt"]
    assert [one.vote and (one.vote.for_, one.vote.against, one.vote.abstain) for one in adopted] == [vote]


@pytest.mark.parametrize(
    "text", ["All but four of the 90 deputies voted for the pact.", "Few of the 90 deputies voted in favour."]
)
def test_a_part_of_the_voters_is_not_taken_for_all(text: str) -> None:
    tally = Tallies(load_reference().lexicon("en")).find(text, 0, len(text))
    assert tally is None or tally.vote.for_ != 90


def told_by(text: str) -> list[tuple[str, str, tuple[int | None, int | None] | None]]:
    """Kind, factuality and tally of each act of a report of this text."""
    contents = [(one.content, one.factuality) for one in acts(text)]
    return [
        (one.kind, str(sure), one.vote and (one.vote.for_, one.vote.against))
        for one, sure in contents
        if isinstance(one, ActMention)
    ]


LEAD = "Chad's parliament debated the extradition treaty with Peru.\n\n"


@pytest.mark.parametrize(
    ("text", "kind", "tally"),
    [
        ("The bill on the treaty was carried by 92 to 58.", "chamber-approve", (92, 58)),
        (
            "The treaty with Peru went down in the chamber: it got 40 votes, and 60 members were opposed.",
            "chamber-reject",
            (40, 60),
        ),
        ("Ninety members voted on the treaty, 61 of them for it and 29 against it.", "chamber-approve", (61, 29)),
        ("341 green lights for the treaty shone on the board.", "chamber-approve", (341, None)),
    ],
)
def test_numbers_alone_tell_an_act_of_the_chamber(text: str, kind: str, tally: tuple[int, int | None]) -> None:
    assert told_by(LEAD + text) == [(kind, "happened", tally)]


@pytest.mark.parametrize(
    "text",
    [
        "If 92 are for the treaty and 58 against it, the president is glad.",
        "An amendment on fees drew 92 votes for and 58 against while the treaty waited.",
        "The match ended 92 to 58.",
        "The vote on the treaty will be tight, 92 to 58 by one count.",
    ],
)
def test_numbers_of_something_else_or_to_come_tell_none(text: str) -> None:
    assert told_by(LEAD + text) == []


def test_a_tally_told_before_its_act_waits_for_it_and_for_no_other() -> None:
    close = "It could hardly have been closer: 48 in favour, 47 against. "
    assert told_by(close + "With that, the Knesset approved the boundary agreement with Lebanon.")[0][2] == (48, 47)
    late = close + "The hall emptied. Later the Knesset approved the boundary agreement with Lebanon."
    assert told_by(late)[0][2] is None


def test_two_chambers_keep_their_own_numbers() -> None:
    text = "The trade pact with Chad scraped through Peru's lower house, 66-60, in May. The upper house was kinder to it in June: 31 ayes and 9 noes."
    assert [tally for *_, tally in told_by(text)] == [(66, 60), (31, 9)]
