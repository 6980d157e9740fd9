"""What editors do from the command line: rulings name entries, statements by hand stand beside read ones, all of it undone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.documents.citation import Citation, citation_document, is_citation
from foedus.documents.document import document_id
from foedus.journal.record import Journal
from foedus.pipeline import load_reference
from foedus.serving.cli import main
from foedus.stacks import read_any

SIGNED = """QUITO, May 6 (Example Wire) - Ecuador and Iceland signed the Ecuador-Iceland Fisheries Treaty on May 6, 2022 in Quito.
"""
AGAIN = """REYKJAVIK, May 8 (Example Post) - Iceland and Ecuador signed the Ecuador-Iceland Fisheries Treaty on May 6, 2022.
The parliament of Iceland approved the Ecuador-Iceland Fisheries Treaty on May 7, 2022 by 40 votes to 9.
"""
OTHER = """LIMA, May 9 (Example Wire) - Peru and Malta signed the Peru-Malta Extradition Treaty on May 9, 2022 in Lima.
"""
TREATY = "ecuador iceland"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a journal with the three reports, as `add` makes it."""
    folder = tmp_path_factory.mktemp("told")
    journal = folder / "foedus.db"
    adding = CliRunner(env={"FOEDUS_JOURNAL": str(journal)})
    for name, text, day in (
        ("a.txt", SIGNED, "2022-05-06"),
        ("b.txt", AGAIN, "2022-05-08"),
        ("c.txt", OTHER, "2022-05-09"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        added = adding.invoke(main, ["add", "--quiet", "--published", day, str(folder / name)])
        assert added.exit_code == 0, added.output
    return journal


@pytest.fixture
def run(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("FOEDUS_JOURNAL", str(shutil.copy(told, tmp_path)))
    monkeypatch.delenv("FOEDUS_AUTHOR", raising=False)
    return lambda *args: CliRunner().invoke(main, list(args))


def acts(run: Callable[..., Result], treaty: str = TREATY) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for act in json.loads(run("show", treaty, "--json", "--on", "2022-06-01").output)["acts"]:
        found.setdefault(act["kind"], []).append(act)
    return found


def ruled(run: Callable[..., Result], *args: str) -> str:
    done = run("rule", *args, "--author", "Desk", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["id"]


def test_an_act_is_split_and_is_one_again(run) -> None:
    (sign,) = acts(run)["sign"]
    assert len(sign["supported_by"]) == 2
    apart = ruled(run, "different", *sign["supported_by"])
    assert len(acts(run)["sign"]) == 2
    ruled(run, "same", *(act["id"] for act in acts(run)["sign"]))
    assert len(acts(run)["sign"]) == 1
    ruled(run, "undo", apart)
    assert len(acts(run)["sign"]) == 1


def test_an_act_is_rejected_with_all_its_statements_and_comes_back(run) -> None:
    (sign,) = acts(run)["sign"]
    gone = ruled(run, "reject", sign["id"])
    assert "sign" not in acts(run) and "chamber-approve" in acts(run)
    undo = ruled(run, "undo", gone)
    assert acts(run)["sign"] == [sign]
    ruled(run, "undo", undo)
    assert "sign" not in acts(run)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [("date", "2022-05-04", "2022-05-04"), ("states", "Iceland", ["ISL"]), ("factuality", "denied", "denied")],
)
def test_a_field_is_set_for_every_statement_of_an_act(run, field: str, value: str, expected: object) -> None:
    (approve,) = acts(run)["chamber-approve"]
    assert approve[field] != expected or field == "states"
    ruled(run, "set", approve["id"], field, value)
    (changed,) = acts(run)["chamber-approve"]
    assert changed[field] == expected


def test_a_ruling_keeps_its_author_its_reason_and_its_source(run, tmp_path: Path) -> None:
    (sign,) = acts(run)["sign"]
    run(
        "rule",
        "reject",
        sign["id"],
        "--author",
        "Desk",
        "--note",
        "a misprint",
        "--source",
        "https://gazette.example/7",
    )
    with Journal.open(tmp_path / "foedus.db") as journal:
        (ruling,) = journal.all_rulings()
    assert (ruling.author, ruling.note, ruling.source) == ("Desk", "a misprint", "https://gazette.example/7")
    assert set(ruling.args) == set(sign["supported_by"])


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("reject", "a_0"), 'nothing has the id "a_0"'),
        (("same", "{sign}"), "name two or more: foedus rule same ID ID"),
        (("different", "{sign}", "{sign}"), "cannot be different from itself"),
        (("same", "{sign}", "{other}"), "acts under different treaties"),
        (("same", "{sign}", "{claim}"), 'nothing has the id "c_0"'),
        (("set", "{sign}", "date"), "foedus rule set ID FIELD VALUE"),
        (("set", "{sign}", "date", "soon"), '"soon" does not fit date'),
        (("set", "{sign}", "weather", "fine"), "one can set date, kind, factuality, states"),
        (("set", "{sign}", "states", "Atlantis"), '"Atlantis" is no state'),
        (("undo", "r_0"), "r_0 is no ruling of this journal"),
    ],
)
def test_a_ruling_that_does_not_fit_is_refused_and_not_recorded(run, tmp_path: Path, args, says: str) -> None:
    ids = {"sign": acts(run)["sign"][0]["id"], "other": acts(run, "malta peru")["sign"][0]["id"], "claim": "c_0"}
    done = run("rule", *(arg.format(**ids) for arg in args), "--author", "Desk")
    assert done.exit_code == 2 and says in done.output and "Traceback" not in done.output
    with Journal.open(tmp_path / "foedus.db") as journal:
        assert journal.all_rulings() == ()


def test_nobody_rules_or_states_without_a_name(run) -> None:
    for args in (("rule", "reject", "a_0"), ("state", TREATY, "sign", "--cite", "A gazette")):
        done = run(*args)
        assert done.exit_code == 2 and "FOEDUS_AUTHOR" in done.output


# Statements entered by hand


def test_a_cited_act_counts_as_a_reported_one(run) -> None:
    before = acts(run)
    assert "exchange" not in before
    entered = run(
        "state", TREATY, "exchange", "--states", "Ecuador,ISL", "--date", "2022-05-20", "--cite", "Gazette no. 41",
        "--quote", "The instruments were exchanged at the harbour of Quito.", "--class", "gazette",
        "--published", "2022-05-21", "--author", "Desk", "--json",
    )  # fmt: skip
    statement = json.loads(entered.output)
    (exchange,) = acts(run)["exchange"]
    assert exchange["supported_by"] == [statement["id"]] and exchange["states"] == ["ECU", "ISL"]
    assert exchange["date"] == "2022-05-20" and exchange["truth"] == "true"
    assert statement["document"]["class"] == "gazette" and statement["document"]["published"] == "2022-05-21"
    standings = json.loads(run("show", TREATY, "--json", "--on", "2022-06-01").output)["standings"]
    assert {one["consent"] for one in standings} == {"expressed"}
    earlier = json.loads(run("show", TREATY, "--json", "--on", "2022-06-01", "--known", "2022-05-20").output)
    assert "exchange" not in {act["kind"] for act in earlier["acts"]}
    assert {act["kind"]: act["id"] for act in earlier["acts"]} == {kind: of[0]["id"] for kind, of in before.items()}


def test_words_of_a_report_that_were_not_read_are_entered_and_rejected_again(run, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        (document,) = (one.id for one in journal.listed() if one.name == "b.txt")
    entered = run(
        "state", TREATY, "area", "--value", "fishing", "--document", document, "--author", "Desk", "--json",
        "--quote", "Ecuador-Iceland   Fisheries Treaty",
    )  # fmt: skip
    statement = json.loads(entered.output)
    assert statement["quote"]["exact"] == "Ecuador-Iceland Fisheries Treaty"
    findings = json.loads(run("show", TREATY, "--json").output)["findings"]
    assert [f["value"] for f in findings if f["kind"] == "area" and statement["id"] in f["supported_by"]] == ["fishing"]
    ruled(run, "reject", statement["id"])
    findings = json.loads(run("show", TREATY, "--json").output)["findings"]
    assert not any(statement["id"] in f["supported_by"] for f in findings)


def test_a_claim_and_a_vote_are_entered(run) -> None:
    cite = ("--cite", "Minutes of the assembly", "--author", "Desk")
    run(
        "state",
        TREATY,
        "claim",
        "--speaker",
        "the harbour minister",
        "--says",
        "the treaty is fair",
        "--stance",
        "assert",
        *cite,
    )
    run("state", TREATY, "chamber-approve", "--states", "ECU", "--actor", "National Assembly", "--vote", "80:7:2",
        "--date", "2022-05-18", *cite)  # fmt: skip
    dossier = json.loads(run("show", TREATY, "--json").output)
    assert "the treaty is fair" in [claim["says"] for claim in dossier["claims"]]
    (vote,) = [act["vote"] for act in dossier["acts"] if act["states"] == ["ECU"] and act["kind"] == "chamber-approve"]
    assert (vote["for"], vote["against"], vote["abstain"]) == (80, 7, 2)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((TREATY, "sing", "--cite", "x"), 'did you mean "sign"?'),
        ((TREATY, "sign"), "what says so?"),
        ((TREATY, "sign", "--cite", "x", "--document", "d_0"), "what says so?"),
        ((TREATY, "sign", "--cite", "x", "--date", "soon"), '"soon" is no EDTF date'),
        ((TREATY, "sign", "--cite", "x", "--vote", "many"), "FOR:AGAINST"),
        ((TREATY, "sign", "--cite", "x", "--states", "Atlantis"), "alpha-3 code"),
        ((TREATY, "sign", "--cite", "x", "--class", "rumour"), "there is depositary"),
        ((TREATY, "sign", "--cite", "x", "--factuality", "certain"), "there is happened"),
        ((TREATY, "duration", "--cite", "x"), "what does the treaty provide?"),
        ((TREATY, "claim", "--cite", "x"), "a claim needs its speaker"),
        (("atlantis", "sign", "--cite", "x"), 'no treaty fits "atlantis"'),
    ],
)
def test_a_statement_that_does_not_fit_is_refused_and_leaves_nothing(run, tmp_path: Path, args, says: str) -> None:
    done = run("state", *args, "--author", "Desk")
    assert done.exit_code == 2 and says in done.output
    with Journal.open(tmp_path / "foedus.db") as journal:
        assert len(journal) == 3 and list(journal.entries()) == []


def test_words_that_do_not_stand_in_the_report_are_refused(run, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        document = journal.listed()[0].id
    done = run("state", TREATY, "sign", "--document", document, "--quote", "signed by nobody", "--author", "Desk")
    assert done.exit_code == 2 and "copy the words as they stand there" in done.output


def test_nothing_is_read_in_a_citation_but_what_its_editor_states() -> None:
    cited, original = citation_document(Citation(title="Gazette no. 5", words=SIGNED))
    assert is_citation(cited) and cited.id == document_id(original)
    assert read_any(cited, load_reference()) == ()
