"""Russian and Spanish: acts, times, votes and claims by their cases; whole reports; texts in languages without a pack."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from foedus.documents.document import Basis, DateCandidate, Document, document_id
from foedus.documents.formats import document_from
from foedus.documents.time_expressions import time_tagger
from foedus.documents.time_resolution import possible
from foedus.documents.tongues import UNDETERMINED
from foedus.gathering.inputs import gather
from foedus.pipeline import load_reference
from foedus.reference.directory import Directory
from foedus.register.reconciliation import reconcile
from foedus.serving.cli import main
from foedus.statements.plain_names import PlainNameWords
from foedus.statements.plain_triggers import PlainFrameWords
from foedus.statements.reading import read
from foedus.statements.statement import ActMention, Claim, Statement
from foedus.statements.vote_tallies import Tallies, VoteWords
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange

CASES = Path(__file__).resolve().parents[1] / "cases"
LANGUAGES = ("ru", "es")
FEWEST = 40


def table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[tuple[str, str, str, str]]:
    return [
        (language, rule, value, text)
        for language in LANGUAGES
        for rule, values in table(f"{name}_{language}").items()
        for value, texts in values.items()
        for text in texts
    ]


@cache
def statements(language: str, text: str) -> tuple[Statement, ...]:
    document = Document(
        id=document_id(text.encode()), name="case", text=text, language=language,
        published=(DateCandidate(on=DateRange.parse("2024-10-24"), basis=Basis.GIVEN),),
    )  # fmt: skip
    return read(document, load_reference())


def told(statement: Statement) -> str:
    content = statement.content
    assert isinstance(content, ActMention)
    return f"{content.kind} {'+'.join(sorted(content.states)) or '-'} {statement.factuality}"


@pytest.mark.parametrize(("language", "rule", "value", "text"), rows("acts"))
def test_a_frame_reads_its_cases_and_leaves_look_alikes_alone(language: str, rule: str, value: str, text: str) -> None:
    found = [one for one in statements(language, text) if isinstance(one.content, ActMention)]
    fired = [told(one) for one in found if rule in one.rules]
    if value == "not":
        assert fired == []
    else:
        kind, states, sure = value.split(" ")
        assert fired == [f"{kind} {'+'.join(sorted(states.split('+')))} {sure}"]
    assert all(text[one.quote.start : one.quote.end] == one.quote.exact for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_forty_cases_with_look_alikes_and_every_stage_has_some(language: str) -> None:
    cases = table(f"acts_{language}")
    assert sum(len(texts) for values in cases.values() for name, texts in values.items() if name != "not") >= FEWEST
    assert all("not" in values and len(values) > 1 for values in cases.values())
    kinds = {Kind(name.split(" ")[0]) for values in cases.values() for name in values if name != "not"}
    assert kinds >= {
        Kind.SIGN, Kind.SUBMIT, Kind.CHAMBER_APPROVE, Kind.RATIFY, Kind.PROMULGATE, Kind.EXCHANGE, Kind.DEPOSIT,
        Kind.ENTER_INTO_FORCE, Kind.WITHDRAW_NOTICE,
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_frames_have_the_names_of_the_english_ones(language: str) -> None:
    reference = load_reference()
    english = {row["name"] for row in reference.lexicon("en").tables["act_frames"]["frame"]}
    own = {row.name for row in reference.lexicon(language).section("act_frames", PlainFrameWords).frame}
    assert own <= english


@pytest.mark.parametrize(("language", "rule", "value", "text"), rows("times"))
def test_a_time_rule_reads_its_cases_and_leaves_look_alikes_alone(
    language: str, rule: str, value: str, text: str
) -> None:
    tagger = time_tagger(load_reference().lexicon(language))
    fired = [timex.value for timex in tagger.tag(text) if timex.rule == rule]
    assert fired == ([] if value == "not" else [value])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_time_rule_has_cases_for_and_against(language: str) -> None:
    cases = table(f"times_{language}")
    assert set(time_tagger(load_reference().lexicon(language)).rules) == set(cases)
    assert all("not" in values and len(values) > 1 for values in cases.values())


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("ru", "в четверг", "2024-10-24"),
        ("ru", "в октябре прошлого года", "2023-10"),
        ("ru", "накануне", "2024-10-23"),
        ("ru", "на прошлой неделе", "2024-10-14/2024-10-20"),
        ("ru", "19 июня", "2024-06-19"),
        ("es", "el pasado martes", "2024-10-22"),
        ("es", "en junio del año pasado", "2023-06"),
        ("es", "el 14 de este mes", "2024-10-14"),
        ("es", "hace dos días", "2024-10-22"),
        ("es", "el mes pasado", "2024-09"),
    ],
)
def test_what_an_expression_means_in_a_report_of_24_october_2024(language: str, words: str, days: str) -> None:
    (timex,) = time_tagger(load_reference().lexicon(language)).tag(words)
    assert possible(timex, date(2024, 10, 24), None, "past")[0].edtf == days


@pytest.mark.parametrize(("language", "rule", "value", "text"), rows("votes"))
def test_a_vote_pattern_reads_its_cases_and_leaves_look_alikes_alone(
    language: str, rule: str, value: str, text: str
) -> None:
    tally = Tallies(load_reference().lexicon(language)).find(text, 0, len(text))
    if value == "not":
        assert tally is None or tally.rule != rule
    else:
        assert tally is not None
        numbers = (tally.vote.for_, tally.vote.against, tally.vote.abstain)
        said = "-".join("?" if number is None else str(number) for number in numbers)
        assert (tally.rule, said + " u" * bool(tally.vote.unanimous)) == (rule, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vote_pattern_has_cases_for_and_against(language: str) -> None:
    cases = table(f"votes_{language}")
    patterns = load_reference().lexicon(language).section("votes", VoteWords).pattern
    assert {one.name for one in patterns} | {"unanimity without numbers"} == set(cases)
    assert all("not" in values and len(values) > 1 for values in cases.values())


LEAD = {
    "ru": "Россия и Армения подписали договор о дружбе между Россией и Арменией.\n\n",
    "es": "Chile y Perú firmaron un tratado de amistad entre Chile y Perú.\n\n",
}


@pytest.mark.parametrize(("language", "rule", "value", "text"), rows("claims"))
def test_a_saying_reads_its_cases_and_leaves_look_alikes_alone(language: str, rule: str, value: str, text: str) -> None:
    found = statements(language, LEAD[language] + text)
    claims = [(one, one.content) for one in found if isinstance(one.content, Claim)]
    fired = {f"{claim.speaker.name} | {claim.stance}" for one, claim in claims if one.rules == (rule,)}
    assert not fired if value == "not" else value in fired
    assert all(claim.says in text for _, claim in claims)


def test_what_somebody_says_comes_through_the_speaker() -> None:
    found = statements("ru", "МИД России сообщил, что Армения ратифицировала Римский статут.")
    (act,) = (one for one in found if one.kind == "act")
    assert [source.name for source in act.sources] == ["МИД России"]


def test_one_act_told_in_three_languages_is_one_act() -> None:
    told_in = {
        "en": "Russia's State Duma ratified the partnership treaty between Russia and Iran on 8 April 2025.",
        "ru": "Госдума 8 апреля 2025 года ратифицировала договор о партнерстве между Россией и Ираном.",
        "es": "La Duma Estatal ratificó el 8 de abril de 2025 el tratado de asociación entre Rusia e Irán.",
    }
    documents = tuple(
        Document(id=document_id(text.encode()), name=language, text=text, language=language)
        for language, text in told_in.items()
    )
    reference = load_reference()
    found = [one for document in documents for one in read(document, reference)]
    (act,) = reconcile(found, documents, reference).acts
    assert (act.kind, act.states, len(act.supported_by)) == (Kind.CHAMBER_APPROVE, ("RUS",), 3)
    assert act.actor is not None and act.actor.body == "RUS.state-duma"


REPORTS = [(language, report) for language in LANGUAGES for report in table(f"reports_{language}")["report"]]


def in_short(statement: Statement) -> str:
    content = statement.content
    assert isinstance(content, ActMention)
    numbers = (content.vote.for_, content.vote.against) if content.vote else None
    vote = "-".join("?" if number is None else str(number) for number in numbers) if numbers else "-"
    return f"{told(statement)} {content.date.edtf if content.date else '-'} {vote}"


@pytest.mark.parametrize(("language", "report"), REPORTS, ids=[f"{lang}: {one['name']}" for lang, one in REPORTS])
def test_a_whole_report_gives_its_acts_with_days_and_votes(
    language: str, report: dict[str, object], tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(str(report["text"]).strip(), encoding="utf-8")
    (arrival,) = gather([str(file)])
    document = arrival.document
    assert document.language == language
    found = read(document, load_reference())
    acts = [in_short(one) for one in found if isinstance(one.content, ActMention)]
    assert sorted(acts) == sorted(report["acts"])
    assert [one.content.speaker.name for one in found if isinstance(one.content, Claim)] == report["speakers"]
    assert all(document.text[one.quote.start : one.quote.end] == one.quote.exact for one in found)


def test_the_command_reads_a_report_in_russian(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORTS[0][1]["text"].strip(), encoding="utf-8")
    done = CliRunner().invoke(main, ["read", str(file), "--json"])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    votes = [one["act"]["vote"] for one in lines if one.get("kind") == "act" and one["act"]["vote"]]
    assert (votes[0]["for"], votes[0]["against"]) == (397, 0)


def of(text: str) -> Document:
    lexicons = dict(load_reference().lexicons)
    english = lexicons.pop("en")
    return document_from("page.txt", text.encode(), msgspec.structs.replace(english, beside=lexicons))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Senate approved the treaty with Chile on Thursday."),
        ("en", "Treaty signed."),
        ("en", "TASS quoted the Russian word договор in the first line of its report on the treaty."),
        ("ru", "Госдума ратифицировала договор."),
        ("es", "El Senado de la República aprobó el tratado con Chile."),
        ("en", "O Senado aprovou o acordo com o Chile e não há data para a sua entrada em vigor, informou uma fonte."),
        ("en", "Le Sénat a approuvé la convention avec les Pays-Bas et la date est dans une annexe."),
        (UNDETERMINED, "Верховна Рада України ратифікувала угоду про співпрацю з Литвою."),
        (UNDETERMINED, "日本の国会は条約を承認した。"),
        (UNDETERMINED, "صادق البرلمان على الاتفاقية مع تركيا."),
    ],
)
def test_the_language_of_a_text(language: str, text: str) -> None:
    assert of(text).language == language


def test_a_text_in_a_language_without_a_pack_gives_no_statement_and_says_so() -> None:
    document = of("日本の国会は条約を承認した。")
    assert read(document, load_reference()) == ()
    assert any("no pack" in note for note in document.notes)


def test_every_name_is_of_somebody_the_directory_has() -> None:
    directory: Directory = load_reference().directory
    for language in LANGUAGES:
        words = load_reference().lexicon(language).section("names", PlainNameWords)
        assert all(directory.state(id) for id in (*words.states, *words.capitals, *words.local))
        assert all(
            directory.body(id) for id in (*words.bodies, *(b for own in words.local.values() for b in own.values()))
        )
        assert all(directory.organisation(id) for id in words.organisations)
        assert set(words.holders) <= {one.id for one in load_reference().officeholders}
        assert len(words.states) >= 60
