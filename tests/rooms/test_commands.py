"""The commands as people and programs use them: outputs hold their schemas, misuse is one clear line and exit code 2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from foedus.errors import NoSuchTreaty
from foedus.gathering.shipped_data import load_reference
from foedus.serving import progress
from foedus.serving.cli import main
from foedus.serving.schemas import names, schema_of
from foedus.terms.treaties import Treaty, TreatyName
from foedus.treaties_called import find_treaty

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted(str(path) for path in (ROOT / "examples").glob("0*"))
ATTACK = ("--attack", "KOR:PRK", "--on", "2025-01-10")


def foedus(*arguments: str, journal: Path | None = None, stdin: bytes | None = None) -> Result:
    environment = {"FOEDUS_JOURNAL": str(journal)} if journal else {}
    return CliRunner().invoke(main, list(arguments), env=environment, input=stdin)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "foedus.db"
    added = foedus("add", *EXAMPLES, journal=path)
    assert added.exit_code == 0, added.output
    assert "8 new, 0 known already, 0 refused" in added.output
    return path


def _held(output: str, schema: str) -> list[dict[str, Any]]:
    """The JSON objects of an output, each held against the schema that `foedus schema` prints."""
    objects = [json.loads(line) for line in output.splitlines()]
    assert objects
    validator = jsonschema.Draft202012Validator(json.loads(schema_of(schema)))
    for one in objects:
        validator.validate(one)
    return objects


def test_statements_hold_their_schema() -> None:
    read = foedus("read", "--json", *EXAMPLES)
    statements = _held(read.stdout, "statement")
    assert {s["kind"] for s in statements} == {"act", "provision", "claim"}
    assert all(s["schema_version"] == 1 for s in statements)
    for s in statements:
        assert [k for k in ("act", "provision", "claim") if s.get(k)] == [s["kind"]]


def test_a_dossier_holds_its_schema(journal: Path) -> None:
    (dossier,) = _held(foedus("show", "--json", "russia", "korea", journal=journal).stdout, "dossier")
    assert dossier["treaty"]["id"] == "prk-rus-2024"
    assert dossier["schema_version"] == 1
    assert {d["published_basis"] for d in dossier["documents"]} >= {"inferred", "dateline"}


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("standing", ("status", "prk-rus-2024", "--json")),
        ("change", ("status", "prk-rus-2024", "--history", "--json")),
        ("answer", ("oblige", "--json", *ATTACK)),
        ("act", ("when", "prk-rus-2024", "--json")),
        ("procedure", ("ladder", "RUS", "--json")),
        ("proof", ("explain", "prk-rus-2024.RUS", "--on", "2025-01-10", "--json")),
        ("listed", ("treaties", "--json")),
        ("found", ("search", "ratified", "--json")),
        ("added", ("add", EXAMPLES[0], "--json")),
    ],
)
def test_every_other_output_holds_its_schema(journal: Path, schema: str, arguments: tuple[str, ...]) -> None:
    done = foedus(*arguments, journal=journal)
    assert done.exit_code == 0, done.output
    assert {one["schema_version"] for one in _held(done.stdout, schema)} == {1}


def test_every_schema_is_a_schema() -> None:
    for name in names():
        if name != "predicates":
            jsonschema.Draft202012Validator.check_schema(json.loads(schema_of(name)))


def test_adding_the_same_bytes_again_changes_nothing(journal: Path) -> None:
    before = foedus("show", "--json", "prk-rus-2024", "--on", "2025-01-10", journal=journal).stdout
    again = foedus("add", *reversed(EXAMPLES), journal=journal)
    assert "0 new, 8 known already" in again.output
    assert foedus("show", "--json", "prk-rus-2024", "--on", "2025-01-10", journal=journal).stdout == before


def test_an_answer_is_explained_by_the_id_it_was_given(
    journal: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    answers = _held(foedus("oblige", "--json", *ATTACK, journal=journal).stdout, "answer")
    explained = foedus("explain", answers[0]["id"], journal=journal)
    assert explained.exit_code == 0, explained.output
    assert "state of war" in explained.output


def test_every_id_that_the_dossier_gives_can_be_explained(journal: Path) -> None:
    dossier = json.loads(foedus("show", "--json", "prk-rus-2024", "--on", "2025-01-10", journal=journal).stdout)
    ids = [e["id"] for key in ("acts", "findings", "claims", "standings") for e in dossier[key]]
    ids += [s["id"] for p in dossier["procedures"] for s in p["steps"]]
    for id_ in (ids[0], ids[-1], *ids[1:-1:7]):
        assert foedus("explain", id_, "--on", "2025-01-10", journal=journal).exit_code == 0, id_


def test_a_day_before_all_reports_gives_one_line_and_invents_nothing(journal: Path) -> None:
    for command in ("show", "status", "when"):
        done = foedus(command, "prk-rus-2024", "--known", "2024-01-01", journal=journal)
        assert done.exit_code == 0
        assert done.output == "no report known by 2024-01-01 tells of prk-rus-2024; the first is of 2024-06-19\n"


def _misuses() -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("show", "atlantis"), "prk-rus-2024"
    yield ("show", "prk-rus-2024", "--on", "2024-13-01"), "write it as 2024-10-25"
    yield ("oblige",), "--attack ATTACKER:VICTIM"
    yield ("oblige", "--attack", "KOR"), "KOR:PRK"
    yield ("oblige", "--attack", "KOR:PRX"), "did you mean"
    yield ("explain", "a_0"), "nothing has the id"
    yield ("ladder", "ZZZ"), "ZZZ"
    yield ("schema", "nonsense"), "there is"
    yield ("status",), "--help"
    yield ("nonsense",), "--help"
    yield ("add", "/nowhere/at/all.txt"), "there is no"


@pytest.mark.parametrize(("arguments", "says"), list(_misuses()))
def test_misuse_is_one_clear_line_and_exit_code_2(journal: Path, arguments: tuple[str, ...], says: str) -> None:
    done = foedus(*arguments, journal=journal)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("foedus: ")
    assert says in lines[0]


def test_bad_inputs_are_told_one_by_one_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "plain.txt").write_text("Nothing here speaks of anything between states.")
    done = foedus("add", str(tmp_path), EXAMPLES[0], journal=tmp_path / "j.db")
    assert done.exit_code == 0
    assert "2 new, 0 known already, 2 refused" in done.stdout
    assert len(done.stderr.splitlines()) == 2
    strict = foedus("add", "--strict", str(tmp_path / "empty.txt"), journal=tmp_path / "j.db")
    assert strict.exit_code == 1


def test_a_redacted_report_is_told_wherever_its_id_or_its_bytes_come_again(tmp_path: Path) -> None:
    report, journal = tmp_path / "a.txt", tmp_path / "j.db"
    report.write_text("The Senate of Chile approved the Wine Treaty with Peru on 3 May 2023.")
    foedus("add", str(report), journal=journal)
    id_ = json.loads(foedus("search", "wine", "--json", journal=journal).stdout)["id"]
    foedus("redact", id_, "--why", "an order of the court", "--author", "Archive desk", journal=journal)
    explained = foedus("explain", id_, journal=journal)
    assert explained.exit_code == 2
    assert "by Archive desk: an order of the court" in explained.stderr
    again = foedus("add", str(report), journal=journal)
    assert "0 new, 0 known already, 1 refused" in again.stdout
    assert "a.txt: was redacted on" in again.stderr and f"its id is {id_}" in again.stderr
    assert foedus("search", "wine", journal=journal).stdout == ""


def test_a_redaction_needs_nothing_but_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its author is then who is signed in to the machine; FOEDUS_AUTHOR and --author go before."""
    journal = tmp_path / "j.db"
    monkeypatch.setenv("LOGNAME", "archivist")
    for text in ("One", "Two", "Three"):
        (tmp_path / f"{text}.txt").write_text(f"{text} report of the Wine Treaty.")
    foedus("add", *(str(file) for file in sorted(tmp_path.glob("*.txt"))), journal=journal)
    one, two, three = (
        json.loads(line)["id"] for line in foedus("search", "wine", "--json", journal=journal).stdout.splitlines()
    )
    monkeypatch.delenv("FOEDUS_AUTHOR", raising=False)
    assert foedus("redact", one, "--why", "law", journal=journal).stdout == f"redacted {one}, by archivist\n"
    monkeypatch.setenv("FOEDUS_AUTHOR", "Editors' desk")
    (tombstone,) = _held(foedus("redact", two, "--why", "law", "--json", journal=journal).stdout, "redaction")
    assert (tombstone["document"], tombstone["author"], tombstone["why"]) == (two, "Editors' desk", "law")
    said = foedus("redact", three, "--why", "law", "--author", "Archive desk", "--quiet", journal=journal)
    assert (said.exit_code, said.output) == (0, "")
    assert "by Archive desk: law" in foedus("explain", three, journal=journal).stderr
    assert foedus("redact", three, journal=journal).exit_code == 2, "without a reason nothing goes"


def test_a_redaction_by_nobody_is_refused(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found: 4711")

    monkeypatch.delenv("FOEDUS_AUTHOR", raising=False)
    monkeypatch.setattr("getpass.getuser", nobody)
    done = foedus("redact", "d_0000000000000000", "--why", "law", journal=journal)
    assert done.exit_code == 2 and "--author NAME, or set FOEDUS_AUTHOR" in done.stderr


def test_a_search_says_how_many_it_does_not_show(tmp_path: Path) -> None:
    journal, lines = tmp_path / "j.db", tmp_path / "all.jsonl"
    lines.write_text("".join(json.dumps({"text": f"The narwhal treaty, part {n}."}) + "\n" for n in range(5)))
    foedus("add", str(lines), journal=journal)
    some = foedus("search", "narwhal", "--limit", "2", journal=journal)
    assert (len(some.stdout.splitlines()), some.stderr) == (2, "the best 2 of 5; for more give --limit\n")
    for limit in ("5", "9"):
        every = foedus("search", "narwhal", "--limit", limit, journal=journal)
        assert (len(every.stdout.splitlines()), every.stderr) == (5, "")


def test_a_backup_says_what_it_holds(journal: Path, tmp_path: Path) -> None:
    (summary,) = _held(foedus("backup", str(tmp_path / "b.db"), "--json", journal=journal).stdout, "backup")
    assert summary == {"schema_version": 1, "file": str(tmp_path / "b.db"), "documents": 8}
    assert foedus("backup", str(tmp_path / "c.db"), "--quiet", journal=journal).output == ""
    assert (
        foedus("backup", str(tmp_path / "d.db"), journal=journal).stdout == f"wrote {tmp_path / 'd.db'}: 8 documents\n"
    )


@pytest.mark.parametrize(
    "command", [("show", "korea"), ("treaties",), ("status", "korea"), ("check",), ("export", "acts"), ("explain", "x")]
)
def test_every_command_that_may_take_long_can_be_quiet(
    journal: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    made: list[bool] = []

    class Heard(progress.Bar):
        def __init__(self, quiet: bool = False) -> None:
            made.append(quiet)
            super().__init__(quiet)

    monkeypatch.setattr(progress, "Bar", Heard)
    foedus(*command, journal=journal)
    foedus(*command, "--quiet", journal=journal)
    assert made == [False, True]


def test_the_timeline_tells_copies_from_witnesses(tmp_path: Path) -> None:
    said = (
        "Chile and Peru signed their Wine Treaty on 3 May 2023 in Arica. Ministers of both countries said that it would help "
        "the growers on either side of the border and end a quarrel over names that had lasted for eleven years."
    )
    (tmp_path / "all.jsonl").write_text(
        json.dumps({"text": said, "id": "first", "published": "2023-05-04"})
        + "\n"
        + json.dumps({"text": f"{said} From our desk.", "id": "second", "published": "2023-05-05"})
    )
    foedus("add", str(tmp_path / "all.jsonl"), journal=tmp_path / "j.db")
    told = " ".join(foedus("when", "wine", journal=tmp_path / "j.db").stdout.split())
    assert "second, no witness of its own: it repeats first: “Chile and Peru" in told
    assert "first: “Chile and Peru" in told and "first, no witness" not in told


def test_a_report_that_states_nothing_says_so_when_it_is_to_be_explained(tmp_path: Path) -> None:
    (tmp_path / "fair.txt").write_text("The weather was fair.")
    foedus("add", str(tmp_path / "fair.txt"), journal=tmp_path / "j.db")
    id_ = json.loads(foedus("search", "weather", "--json", journal=tmp_path / "j.db").stdout)["id"]
    done = foedus("explain", id_, journal=tmp_path / "j.db")
    assert done.exit_code == 2 and "fair.txt states nothing about a treaty" in done.stderr


def test_more_that_is_said_of_a_known_report_is_told(tmp_path: Path) -> None:
    report, journal = tmp_path / "a.txt", tmp_path / "j.db"
    report.write_text("The Senate of Chile approved the Wine Treaty with Peru on Wednesday.")
    foedus("add", str(report), journal=journal)
    told = foedus("add", str(report), "--published", "2023-05-04", journal=journal)
    assert "known  a.txt, and more is said of it now" in told.stdout
    (summary,) = _held(
        foedus("add", str(report), "--published", "2023-05-05", "--json", journal=journal).stdout, "added"
    )
    assert (summary["known"], summary["changed"]) == (1, 1)
    assert "known  a.txt\n" in foedus("add", str(report), journal=journal).stdout


def test_a_search_that_finds_nothing_says_so(journal: Path) -> None:
    done = foedus("search", "narwhal", journal=journal)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing here holds all of these words" in done.stderr


def test_a_treaty_is_found_by_its_parties_though_nobody_names_it_by_them() -> None:
    directory = load_reference().directory
    herring = Treaty(id="isl-nor-2022", names=(TreatyName(text="Herring Treaty"),), parties=("ISL", "NOR"))
    trade = Treaty(
        id="isl-per-2020", names=(TreatyName(text="Trade Agreement between Iceland and Peru"),), parties=("ISL", "PER")
    )
    assert find_treaty("iceland norway", (herring, trade), directory) == herring
    assert find_treaty("iceland peru", (herring, trade), directory) == trade
    assert find_treaty("iceland", (herring, trade), directory) == trade, (
        "one that is called so goes before one that is Iceland's"
    )
    with pytest.raises(NoSuchTreaty, match='no treaty fits "iceland chad"; there is isl-nor-2022, isl-per-2020'):
        find_treaty("iceland chad", (herring, trade), directory)


def test_standard_input_is_an_input() -> None:
    line = json.dumps(
        {"id": "x", "text": "The State Duma ratified the treaty with Iran on Tuesday.", "published": "2025-04-09"}
    )
    done = foedus("read", "-", "--json", stdin=line.encode())
    (statement,) = [s for s in _held(done.stdout, "statement") if s["kind"] == "act"]
    assert statement["document"]["name"] == "x"
    assert (statement["act"]["kind"], statement["act"]["date"]) == ("chamber-approve", "2025-04-08")


def test_a_treaty_that_is_named_nowhere_is_told_and_joined_with_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The treaty was signed on Monday.")
    (tmp_path / "b.txt").write_text("Parliament approved the treaty on Friday.")
    (tmp_path / "c.txt").write_text("The Senate of Chile approved the treaty with Peru on 3 May 2023.")
    done = foedus("add", str(tmp_path), journal=tmp_path / "j.db")
    lines = {line.split(":")[0]: line for line in done.stdout.splitlines()}
    assert "names nowhere" in lines["new    a.txt"]
    assert "names nowhere" not in lines["new    c.txt"]
    treaties = foedus("treaties", journal=tmp_path / "j.db").stdout.splitlines()
    assert [line.split()[0] for line in treaties] == ["chl-per"]


def test_a_treaty_of_the_series_is_known_by_its_exact_id_though_no_report_names_it(journal: Path) -> None:
    told = json.loads(foedus("status", "nato", "FIN", "--on", "2024-01-01", "--json", journal=journal).stdout)
    assert (told["treaty"], told["status"], told["party"]) == ("nato", "party", "true")
    earlier = foedus("status", "North Atlantic Treaty", "FIN", "--on", "2023-04-03", "--json", journal=journal).stdout
    assert json.loads(earlier)["status"] == "none"


@pytest.mark.parametrize("id_", ["paris-agreement", "kyoto", "un-charter"])
def test_a_treaty_of_the_series_whose_table_is_not_at_hand_is_refused_with_what_would_help(
    journal: Path, id_: str
) -> None:
    done = foedus("status", id_, journal=journal)
    assert done.exit_code == 2 and "Traceback" not in done.output
    assert f"{id_} stands in the treaty series" in done.output and "foedus import participation" in done.output
