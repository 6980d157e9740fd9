"""The documentation tells the truth: its commands exist, its links lead somewhere.

Only what a reader would type is checked: lines of fenced `console` blocks that begin with `$ foedus` or `$ make`.
"""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"build", "dist", "demo", "tmp"}

FENCE = re.compile(r"^(?P<mark>```+|~~~+)[ ]*(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ ]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(\s*<?(?P<target>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6}[ ]+(?P<words>.+?)[ ]*#*$", re.MULTILINE)


def pages() -> list[Path]:
    """Every Markdown page of the repository, in a fixed order."""
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in LEFT_OUT)
        found += [Path(folder) / file for file in sorted(files) if file.endswith(".md")]
    return found


def console_lines(text: str) -> Iterator[str]:
    """What a reader types: the prompt taken off, lines that end in a backslash joined."""
    for block in FENCE.finditer(text):
        if block["info"].strip() == "console":
            for line in block["body"].replace("\\\n", " ").splitlines():
                if line.startswith("$ "):
                    yield line.removeprefix("$ ").strip()


def faults_of_command(line: str, main: click.Group) -> list[str]:
    """What is wrong with `foedus verb --option ...`, held against the real command line."""
    words = iter(shlex.split(line, comments=True)[1:])
    command: click.Command = main
    options = options_of(main)
    for word in words:
        if word in {"|", ">", "&&"}:
            break
        if word.startswith("-") and word != "-":
            flag, _, value = word.partition("=")
            if flag not in options:
                return [f"{line}: {command.name} has no option {flag}"]
            if options[flag] and not value:
                next(words, None)
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return [f"{line}: there is no command {word}"]
            command = command.commands[word]
            options |= options_of(command)
    return []


def options_of(command: click.Command) -> dict[str, bool]:
    """Each option as it is typed, and whether a value follows it."""
    known = {"--help": False}
    for option in command.params:
        if isinstance(option, click.Option):
            known |= dict.fromkeys((*option.opts, *option.secondary_opts), not (option.is_flag or option.count))
    return known


def targets_of_make(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings make, spelled as Git forges spell them."""
    headings = [match["words"] for match in HEADING.finditer(FENCE.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", words.replace("`", "")).strip().lower().replace(" ", "-") for words in headings}


def broken_links(page: Path) -> list[str]:
    """The relative links of a page that lead nowhere."""
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    broken = []
    for target in (match["target"] for match in LINK.finditer(prose)):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path) if path else page
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            broken.append(target)
    return broken


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_every_foedus_command_shown_exists() -> None:
    from foedus.serving.cli import main

    assert isinstance(main, click.Group)
    shown = [line for page in pages() for line in console_lines(page.read_text(encoding="utf-8"))]
    commands = [line for line in shown if line.split()[:1] == ["foedus"]]
    assert commands, "the documentation shows no foedus command"
    assert [fault for line in commands for fault in faults_of_command(line, main)] == []


def test_every_make_target_shown_exists() -> None:
    targets = targets_of_make((ROOT / "Makefile").read_text(encoding="utf-8"))
    shown = [line for page in pages() for line in console_lines(page.read_text(encoding="utf-8"))]
    asked = {word for line in shown if line.startswith("make ") for word in line.split("#")[0].split()[1:]}
    assert {"demo", "test"} <= asked, "the documentation must show how to try and how to test"
    assert {word for word in asked if "=" not in word} <= targets


def test_the_checks_notice_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One page\n[here](#one-page) [gone](gone.md) [lost](#two) `[not](a-link.md)`\n"
        "```console\n$ foedus show x \\\n    --on 2024-10-25\nits output\n$ foedus fly\n```\n"
    )
    assert broken_links(page) == ["gone.md", "#two"]

    show = click.Command("show", params=[click.Option(["--known"])])
    main = click.Group("foedus", commands={"show": show}, params=[click.Option(["--journal"])])
    assert faults_of_command("foedus --journal here.db show x --known 2024-10-25 | head -3", main) == []
    lines = list(console_lines(page.read_text()))
    assert [shlex.split(line) for line in lines] == [["foedus", "show", "x", "--on", "2024-10-25"], ["foedus", "fly"]]
    assert [fault.partition(": ")[2] for line in lines for fault in faults_of_command(line, main)] == [
        "show has no option --on",
        "there is no command fly",
    ]


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_a_page_shows_what_the_commands_print(name: str) -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from readme_output import renewed

    page = (ROOT / name).read_text(encoding="utf-8")
    assert renewed(page) == page, "run: make readme"


def test_the_reference_is_made_from_the_present_code_and_data() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from reference_pages import PAGES

    folder = ROOT / "docs" / "reference"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(PAGES)
    stale = [name for name, make in PAGES.items() if (folder / f"{name}.md").read_text(encoding="utf-8") != make()]
    assert stale == [], "run: make reference"


def test_the_measured_limits_are_those_of_the_score_table() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from reference_pages import METHOD, figures, with_figures

    method = METHOD.read_text(encoding="utf-8")
    assert with_figures(method) == method, "run: make reference"
    run = dict.fromkeys(
        ("loose", "date", "fact", "actor", "votes", "prov", "speak", "claims", "invent", "quote"), 0.123
    )
    assert figures(dict.fromkeys(("own, given", "own, none", "own, wrong"), run)).count("0.12") == 30
