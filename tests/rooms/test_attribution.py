"""Attribution: each rule by its cases, and what runs over several sentences: pronouns, quotations, chains."""

import tomllib
from pathlib import Path

import pytest
from readings_by_hand import REFERENCE, discourse

from foedus.reference.conditions import BY_NAME
from foedus.statements.attribution import claims, sources_of
from foedus.statements.claim_topics import TopicWords, topic_of
from foedus.statements.statement import Claim, Statement
from foedus.terms.evidence import Stance

FOLDER = Path(__file__).resolve().parents[1] / "cases"
CASES = tomllib.loads((FOLDER / "attribution_en.toml").read_text(encoding="utf-8"))
TOPICS = tomllib.loads((FOLDER / "topics_en.toml").read_text(encoding="utf-8"))["topics"]
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]
LEAD = "Moldova and Georgia signed a partnership treaty on 3 May 2021.\n\n"


def told(text: str) -> list[tuple[Statement, Claim]]:
    statements = claims(discourse(LEAD + text), REFERENCE)
    return [(one, one.content) for one in statements if isinstance(one.content, Claim)]


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each claim, in order."""
    return [(claim.speaker.name, claim.says) for _, claim in told(text)]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_rule_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    fired = {f"{claim.speaker.name} | {claim.stance}" for statement, claim in told(text) if statement.rules == (rule,)}
    assert not fired if value == "not" else value in fired


def test_every_rule_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())


@pytest.mark.parametrize(("topic", "words"), [(topic, words) for topic, listed in TOPICS.items() for words in listed])
def test_what_words_are_about(topic: str, words: str) -> None:
    found = topic_of(words, REFERENCE, "en")
    assert (found.name + "!" * found.denied if found else "not") == topic


def test_topics_that_are_predicates_are_spelled_as_the_predicates() -> None:
    names = set(REFERENCE.lexicon("en").section("topics", TopicWords).topics)
    assert {"armed-attack", "state-of-war", "invasion-threat", "invoked"} <= names & set(BY_NAME)


RUIZ = "Foreign Minister Ana Ruiz"


def test_one_claim_a_proposition() -> None:
    found = said(f"{RUIZ} stressed that the treaty is defensive, but noted that it creates an alliance.")
    assert found == [("Ana Ruiz", "the treaty is defensive"), ("Ana Ruiz", "it creates an alliance")]


def test_another_speaker_after_but_has_its_own_words() -> None:
    found = said(f"{RUIZ} said the pact was fair, but TASS reported that it was contested.")
    assert found == [("Ana Ruiz", "the pact was fair"), ("TASS", "it was contested")]


def test_a_pronoun_is_the_last_person_who_spoke() -> None:
    found = said(f"{RUIZ} said the pact was fair. She added that it was overdue. He argued, “It is good.”")
    assert [speaker for speaker, _ in found] == ["Ana Ruiz"] * 3


def test_it_is_no_speaker_where_the_treaty_says_it() -> None:
    assert said("The treaty was published. It says that aid is due.") == []


def test_this_stands_for_the_sentence_before() -> None:
    found = said("The lower house approved the treaty by 50 votes. TASS reported this.")
    assert ("TASS", "The lower house approved the treaty by 50 votes.") in found


def test_only_the_quotation_after_the_colon_comes_through_the_media() -> None:
    text = f"{RUIZ} said the pact was fair. The media quoted Ruiz as saying:\n\n“It will keep the peace.”\n\nRuiz also said that it was overdue."
    chains = {claim.says: [source.name for source in statement.sources] for statement, claim in told(text)}
    assert chains == {"the pact was fair": [], "It will keep the peace.": ["The media"], "it was overdue": []}


def test_a_quotation_over_several_sentences_is_one_claim() -> None:
    found = said(f"“The pact is fair. It is overdue. We need it,” said {RUIZ}.")
    assert found == [("Ana Ruiz", "The pact is fair. It is overdue. We need it")] or found[0][1].startswith(
        "The pact is fair."
    )
    assert len(found) == 1


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    found = said(f"“The pact is fair,” said {RUIZ}.\n\n“Nobody should wait any longer.”")
    assert found == [("Ana Ruiz", "The pact is fair"), ("Ana Ruiz", "Nobody should wait any longer.")]


def test_whoever_is_introduced_with_a_colon_speaks() -> None:
    assert ("Ana Ruiz", "The pact is fair.") in said(f"{RUIZ} had this for the press:\n\n“The pact is fair.”")


def test_a_quotation_in_the_next_paragraph_is_what_is_said_before_a_comma() -> None:
    found = said(f"Responding to a question, {RUIZ} said,\n\n“The pact is fair to both.”")
    assert found == [("Ana Ruiz", "The pact is fair to both.")]


def test_an_acronym_that_the_document_explains_is_the_whole_name() -> None:
    text = "The World Trade Office (WTF) said it was fair. The Ministry of External Affairs (MEA) was silent. The MEA later said that it was fair."
    assert [speaker for speaker, _ in said(text)] == ["World Trade Office", "Ministry of External Affairs (MEA)"]


def test_a_name_goes_on_with_what_it_is_for_and_its_acronym_may_leave_out_the_last_word() -> None:
    text = "It was fair, according to a statement of the National Campaign to Abolish Landmine Stocks (NCAL)."
    assert [speaker for speaker, _ in said(text)] == ["National Campaign to Abolish Landmine Stocks (NCAL)"]
    assert [speaker for speaker, _ in said("It was fair, according to the Northern Lights to Oslo.")] != [
        "Northern Lights to Oslo"
    ]


def test_who_is_quoted_by_an_agency_speaks() -> None:
    assert "Kremlin sources" in [one for one, _ in said("Kremlin sources quoted by an agency called it unacceptable.")]


def test_the_official_is_the_one_who_spoke_and_not_a_person_named_between() -> None:
    text = "A Maltese official made it clear that the pact was fair. Prime Minister Bo Berg signed it.\n\n“It is due,” the official told reporters."
    assert [speaker for speaker, _ in said(text)] == ["A Maltese official", "A Maltese official"]


def test_she_is_a_speaker_without_a_name_where_that_one_spoke_last() -> None:
    text = f"{RUIZ} was in the hall. The president of the commission said the pact was fair.\n\n“It is overdue,” she added."
    assert [speaker for speaker, _ in said(text)] == ["The president of the commission"] * 2


def test_part_of_a_name_is_the_person_named_in_full() -> None:
    text = "Secretary-General Ban Ki-moon spoke of the pact. Ban urged all states to ratify it. Mr. Ban said that it was overdue."
    assert {speaker for speaker, _ in said(text)} == {"Ban Ki-moon"}


def test_the_day_before_hangs_on_the_day_of_the_sentence_before() -> None:
    text = f"On 2 May the house met. It voted on 9 May. The day before, {RUIZ} said that the pact was fair."
    claim = next(claim for _, claim in told(text) if claim.speaker.name == "Ana Ruiz")
    assert claim.context and claim.context.words == "on 9 May"


def test_a_chain_has_the_outermost_first() -> None:
    text = f"TASS reported that {RUIZ} said that the treaty was ready."
    chains = {claim.speaker.name: [source.name for source in statement.sources] for statement, claim in told(text)}
    assert chains == {"TASS": [], "Ana Ruiz": ["TASS"]}


def test_an_acts_words_have_the_chain_of_who_tells_it() -> None:
    document = discourse(
        "The State Duma ratified the treaty with North Korea, according to major foreign media including TASS."
    )
    analysis = document.analyses[0]
    at = document.document.text.index("ratified")
    assert [source.name for source in sources_of(document, analysis, at, at + 8, REFERENCE)] == ["TASS"]
    plain = discourse("The State Duma ratified the treaty with North Korea.")
    assert sources_of(plain, plain.analyses[0], 15, 23, REFERENCE) == ()


def test_a_state_speaks_through_its_ministry_and_denies() -> None:
    text = (
        "Russia denied this through a Foreign Ministry briefing, saying that “reports of a troop deployment are false.”"
    )
    found = [(claim.speaker.name, claim.stance, claim.about) for _, claim in told(text)]
    assert found == [("Russia", Stance.DENY, "troop-deployment")]
    assert [source.name for source in told(text)[0][0].sources] == ["Foreign Ministry"]


def test_when_and_where_it_was_said() -> None:
    _, claim = told(f"{RUIZ}, during a visit to Oslo, Norway, on the 12th, told journalists, “The pact is fair.”")[0]
    assert (claim.speaker.name, claim.place, claim.timex and claim.timex.words) == ("Ana Ruiz", "Oslo", "on the 12th")
    assert claim.says.startswith("The pact is fair")


def test_the_day_before_counts_from_the_reports_day() -> None:
    text = f"The lower house approved the treaty, according to TASS on the 24th. The day before, {RUIZ} said that the pact was fair."
    claim = next(claim for _, claim in told(text) if claim.speaker.name == "Ana Ruiz")
    assert claim.timex and claim.timex.words.lower() == "the day before"


def test_a_new_paragraph_goes_back_to_the_day_of_the_lead() -> None:
    lead = "The lower house approved the treaty on the 24th. The president had sent it the bill on the 14th."
    text = f"{lead}\n\nThe day before, {RUIZ} said that the pact was fair."
    claim = next(claim for _, claim in told(text) if claim.speaker.name == "Ana Ruiz")
    assert claim.context is not None and claim.context.words in LEAD
    text = f"{lead} The day before, {RUIZ} said that the pact was fair."
    claim = next(claim for _, claim in told(text) if claim.speaker.name == "Ana Ruiz")
    assert claim.context is not None and "14th" in claim.context.words


def test_what_was_then_said_was_said_at_the_time_told_before() -> None:
    text = f"{RUIZ} signed the pact in June. Ruiz then called it “a good day for both nations”."
    claim = next(claim for _, claim in told(text) if "good day" in claim.says)
    assert claim.timex is not None and claim.timex.words == "in June"
    text = f"{RUIZ} signed the pact in June. Ruiz called it “a good day for both nations”."
    claim = next(claim for _, claim in told(text) if "good day" in claim.says)
    assert claim.timex is None


def test_the_outlets_doubt_begins_after_but() -> None:
    found = said("The president signed the pact in May, but many details remained unclear.")
    assert found == [("The Example Courier", "many details remained unclear.")]


def test_every_quote_stands_verbatim_and_a_text_without_a_treaty_gives_nothing() -> None:
    text = f"{RUIZ} said the pact was fair.\n\n“It is overdue,” she added. Therefore, the need for it has grown."
    document = discourse(LEAD + text)
    statements = claims(document, REFERENCE)
    assert len(statements) > 2
    for statement in statements:
        for quote in (statement.quote, *statement.evidence):
            assert document.document.text[quote.start : quote.end] == quote.exact
        assert isinstance(statement.content, Claim)
        assert statement.content.says in document.document.text
    assert claims(discourse("The coach said that the match was fair."), REFERENCE) == ()


def test_people_who_begin_a_sentence_are_they_in_the_next() -> None:
    assert said("Villagers were angry. The treaty, they said, took their wells.")[0][0] == "Villagers"
    assert said("The gates were shut. The treaty, they said, took their wells.") == []


def test_a_platform_of_one_letter_is_nobody() -> None:
    found = said("In a message posted on X, the president of Chad thanked Congress for approving the treaty.")
    assert [speaker for speaker, _ in found] == ["president of Chad"]


def test_a_signed_post_is_its_authors() -> None:
    post = "A bad pact has just been stopped, and we shall not let it pass."
    text = f"The pact was debated on Friday.\n\n{post}\n— Example Lake Party (@example_lake) January 23, 2026"
    assert ("Example Lake Party", post) in said(text)
    assert said("The pact was debated on Friday.\n\nWrite to us (@example_lake) about the pact.") == []


def test_without_denies_only_what_stands_right_after_it() -> None:
    (_, claim), *_ = told("The opposition contends that to ratify the pact without that would break international law.")
    assert claim.stance == "assert"
    (_, claim), *_ = told("The ministry said the vote was held without violating international law.")
    assert claim.stance == "deny"


def test_he_is_the_officer_of_whom_the_sentence_speaks() -> None:
    found = told("The president of Chad had blessed the pact; in May he said that it was the best to be had.")
    assert [claim.speaker.name for _, claim in found] == ["president of Chad"]
