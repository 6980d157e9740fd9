"""What is done to several treaties at once is done to each; and two treaties of the same states stay two."""

from __future__ import annotations

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Document, document_id
from foedus.knowledge import Knowledge
from foedus.statements.reading import read
from foedus.statements.statement import ActMention


def document(text: str) -> Document:
    return Document(id=document_id(text.encode()), name="example.txt", text=text)


def acts_in(text: str) -> list[tuple[str, str]]:
    """Kind and treaty of each act that a report tells."""
    told = [s for s in read(document(text), REFERENCE) if isinstance(s.content, ActMention)]
    return [(s.content.kind.value, s.treaty.mention) for s in told if isinstance(s.content, ActMention) and s.treaty]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ghana and Togo signed an Air Services Agreement and an Extradition Treaty on 3 May 2021.",
            [("sign", "Air Services Agreement"), ("sign", "Extradition Treaty")],
        ),
        (
            "Ghana and Togo signed the Air Services Agreement, the Extradition Treaty and the Fisheries Convention on 3 May 2021.",
            [("sign", "Air Services Agreement"), ("sign", "Extradition Treaty"), ("sign", "Fisheries Convention")],
        ),
        (
            "Peru's congress ratified the Extradition Treaty and the Legal Assistance Treaty with Chile on 4 June 2022.",
            [("chamber-approve", "Extradition Treaty"), ("chamber-approve", "Legal Assistance Treaty with Chile")],
        ),
        (
            "The Extradition Treaty and the Fisheries Convention were ratified by Nepal on 4 June 2022.",
            [("ratify", "Extradition Treaty"), ("ratify", "Fisheries Convention")],
        ),
        (
            "Peru's congress approved the Extradition Treaty by 61 votes to 12 and the Fishing Agreement by 50 to 23 a week later.",
            [("chamber-approve", "Extradition Treaty"), ("chamber-approve", "Fishing Agreement")],
        ),
        (
            "Nepal ratified the Extradition Treaty on 3 May 2021, the Fisheries Convention on 8 July 2021 and the Whaling Pact on 9 July.",
            [("ratify", "Extradition Treaty"), ("ratify", "Fisheries Convention"), ("ratify", "Whaling Pact")],
        ),
        (
            "The Extradition Treaty entered into force in 2005 and the Fisheries Convention in 2007.",
            [("enter-into-force", "Extradition Treaty"), ("enter-into-force", "Fisheries Convention")],
        ),
        (
            "Ghana and Togo signed an Air Services Agreement and an Extradition Treaty on 3 May 2021. "
            "Togo's parliament rejected the air services agreement on 5 July 2021.",
            [
                ("sign", "Air Services Agreement"),
                ("sign", "Extradition Treaty"),
                ("chamber-reject", "Air Services Agreement"),
            ],
        ),
    ],
)
def test_each_treaty_of_a_list_has_its_act(text: str, told: list[tuple[str, str]]) -> None:
    assert sorted(acts_in(text)) == sorted(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what has a verb of its own belongs to no list
        (
            "Nepal signed the Extradition Treaty on 3 May 2021 and the Fisheries Convention lapsed.",
            [("terminate", "Fisheries Convention"), ("sign", "Extradition Treaty")],
        ),
        (
            "Nepal ratified the Extradition Treaty on 3 May 2021 and the Fisheries Convention entered into force on 8 July 2021.",
            [("ratify", "Extradition Treaty"), ("enter-into-force", "Fisheries Convention")],
        ),
        # a further treaty without a time or a vote of its own, or one that is no object
        (
            "Nepal signed the Extradition Treaty in 2021 and the Fisheries Convention, which Peru had signed.",
            [("sign", "Extradition Treaty"), ("sign", "Fisheries Convention")],
        ),
        (
            "Nepal signed the Hill Treaty on 3 May 2021 under the Himalaya Convention of 1999.",
            [("sign", "Hill Treaty")],
        ),
        (
            "Nepal signed the Hill Treaty in May 2021, a year after the Fisheries Convention of 1999.",
            [("sign", "Hill Treaty")],
        ),
        # another name of the same
        (
            "Nepal ratified the Hill Waters Treaty, the Upper River Agreement, on 4 June 2022.",
            [("ratify", "Upper River Agreement")],
        ),
        # one title with an "and" inside
        (
            "Nepal ratified the Treaty on Friendship and Cooperation with Bhutan on 4 June 2022.",
            [("ratify", "Treaty on Friendship and Cooperation with Bhutan")],
        ),
        (
            "Nepal ratified the Convention on Forests and the Protection of Rivers on 4 June 2022.",
            [("ratify", "Convention on Forests and the Protection of Rivers")],
        ),
    ],
)
def test_what_is_no_list_has_one(text: str, told: list[tuple[str, str]]) -> None:
    assert sorted(acts_in(text)) == sorted(told)


VOLTA_FIRST = "Ghana and Togo signed the Volta River Treaty on 3 May 2021. "


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zambia deposited its instrument of ratification of the Fishing Convention on 5 May 2021.", "deposit"),
        ("Togo's parliament passed a bill ratifying the Fishing Convention on 5 May 2021.", "chamber-approve"),
        ("Togo's president signed the law on the ratification of the Fishing Convention on 5 May 2021.", "promulgate"),
    ],
)
def test_a_bill_or_an_instrument_is_of_the_treaty_that_it_names(text: str, kind: str) -> None:
    assert acts_in(VOLTA_FIRST + text) == [("sign", "Volta River Treaty"), (kind, "Fishing Convention")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Togo deposited its instrument of ratification on 5 May 2021.", "deposit"),
        (
            "Togo's parliament passed the bill on 5 May 2021. The Fishing Convention was not discussed.",
            "chamber-approve",
        ),
    ],
)
def test_one_that_names_none_is_of_the_report_s_own(text: str, kind: str) -> None:
    assert acts_in(VOLTA_FIRST + text) == [("sign", "Volta River Treaty"), (kind, "Volta River Treaty")]


def test_a_vote_on_two_treaties_at_once_counts_for_both() -> None:
    text = "The parliament of Togo ratified the Extradition Treaty and the Fishing Agreement on 3 May 2021 by 61 votes to 12."
    told = [s.content for s in read(document(text), REFERENCE) if isinstance(s.content, ActMention)]
    assert [(act.vote.for_, act.vote.against) for act in told if act.vote] == [(61, 12), (61, 12)]


def treaties_in(*reports: str) -> list[str]:
    """Ids of the treaties that some reports are about."""
    documents = [document(text) for text in reports]
    told = [s for one in documents for s in read(one, REFERENCE)]
    return [treaty.id for treaty in Knowledge.over(documents, told, REFERENCE).treaties]


AIR = "Ghana and Togo signed their Air Services Agreement on 3 May 2021."
EXTRADITION = "Ghana and Togo signed an Extradition Treaty on 9 June 2023."
BOTH = "Ghana and Togo signed their Extradition Treaty and their Fishing Agreement on 3 May 2021."
PACT = "Ghana and Togo signed a defence pact on 3 May 2021."
DEFENCE = "Ghana and Togo signed their Mutual Defence Treaty on 3 May 2021."
VOLTA = "Ghana and Togo signed their Volta Treaty (the Water Sharing Agreement) on 3 May 2021."


@pytest.mark.parametrize(
    ("reports", "ids"),
    [
        ((AIR, EXTRADITION), ["gha-tgo-2021", "gha-tgo-2023"]),
        ((AIR, "Togo ratified the Extradition Treaty with Ghana on 9 June 2021."), ["gha-tgo", "gha-tgo-2021"]),
        ((BOTH,), ["gha-tgo-2021", "gha-tgo-2021-2"]),
        # a description is no title, and may mean either
        ((AIR, "Togo ratified the aviation accord with Ghana on 9 June 2021."), ["gha-tgo-2021"]),
        ((PACT, "Togo ratified the Security Cooperation Treaty with Ghana on 9 June 2021."), ["gha-tgo-2021"]),
        # and a headline, where all words have capitals, has no titles
        ((DEFENCE, "Ghana and Togo Sign Regional Security Agreement on 3 May 2021"), ["gha-tgo-2021"]),
        # the same subject in another spelling, or with more words
        ((DEFENCE, "Togo ratified the Defense Agreement with Ghana on 9 June 2021."), ["gha-tgo-2021"]),
        # two titles that one report gives it
        (
            (
                VOLTA,
                "Togo ratified the Water Sharing Agreement with Ghana on 9 June 2021.",
                "Ghana ratified the Volta Treaty with Togo on 9 July 2021.",
            ),
            ["gha-tgo-2021"],
        ),
    ],
)
def test_titles_tell_the_treaties_of_two_states_apart(reports: tuple[str, ...], ids: list[str]) -> None:
    assert treaties_in(*reports) == ids


LAKE = "Kenya and Uganda signed the Lake Fisheries Convention on 3 May 2021."


@pytest.mark.parametrize(
    ("reports", "parties"),
    [
        ((LAKE,), ("KEN", "UGA")),
        # somebody else does something under it: it is a treaty of more
        ((LAKE, "Tanzania ratified the Lake Fisheries Convention on 8 July 2022."), ()),
        ((LAKE, "Kenya, Uganda and Tanzania signed the Lake Fisheries Convention on 3 May 2021."), ()),
    ],
)
def test_two_that_sign_are_the_parties_as_long_as_nobody_else_acts(
    reports: tuple[str, ...], parties: tuple[str, ...]
) -> None:
    documents = [document(text) for text in reports]
    told = [s for one in documents for s in read(one, REFERENCE)]
    (treaty,) = Knowledge.over(documents, told, REFERENCE).treaties
    assert (treaty.parties, treaty.bilateral) == (parties, bool(parties))


def test_what_is_done_to_a_treaty_is_told_of_that_one() -> None:
    reports = (AIR, EXTRADITION, "Togo ratified the Extradition Treaty with Ghana on 9 July 2023.")
    documents = [document(text) for text in reports]
    told = [s for one in documents for s in read(one, REFERENCE)]
    acts = Knowledge.over(documents, told, REFERENCE).register().acts
    assert sorted((act.treaty, act.kind.value) for act in acts) == [
        ("gha-tgo-2021", "sign"),
        ("gha-tgo-2023", "ratify"),
        ("gha-tgo-2023", "sign"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Senate approved the tax treaties with Chile, Poland and Hungary on 3 May 2021.", "tax treaties with Chile, Poland and Hungary"),
        ("The Senate approved the pact between Nepal, the Maldives, and Bhutan on 3 May 2021.", "pact between Nepal, the Maldives, and Bhutan"),
        # what follows is told of others
        ("The Senate approved the tax treaty with Chile, Poland said on 3 May 2021.", "tax treaty with Chile"),
        ("After the Senate approved the pact with Chile, Poland and Hungary signed it on 3 May 2021.", "pact with Chile"),
    ],
)  # fmt: skip
def test_a_list_of_parties_belongs_to_the_name(text: str, name: str) -> None:
    assert acts_in(text)[0][1] == name


def test_a_partner_s_senate_is_not_taken_for_the_one_that_votes() -> None:
    text = "The Senate approved the tax treaties with Chile, Poland and Hungary on 3 May 2021."
    (told,) = [s.content for s in read(document(text), REFERENCE) if isinstance(s.content, ActMention)]
    assert told.states == ()


def test_each_treaty_has_the_vote_and_the_day_that_follow_it() -> None:
    said = "Peru's congress approved the Extradition Treaty by 61 votes to 12 on 4 June 2022 and the Fishing Agreement by 50 to 23 a week later."
    told = {
        s.treaty.mention: (s.content.date.edtf, s.content.vote.for_, s.content.vote.against)
        for s in read(document(said), REFERENCE)
        if isinstance(s.content, ActMention) and s.treaty and s.content.date and s.content.vote
    }
    assert told == {"Extradition Treaty": ("2022-06-04", 61, 12), "Fishing Agreement": ("2022-06-11", 50, 23)}
