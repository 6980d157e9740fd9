"""The rules of the repository, as functions that list their offenders.

Each rule is asked twice: of the repository, which must have no offender, and of an invented one, which must be noticed.
"""

import ast
import io
import re
import subprocess
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Spelled in parts, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"), ("crates", "io"),
        ("rubygems", "org"), ("proxy", "golang", "org"), ("anaconda", "org"),
    )
]  # fmt: skip
HOMES = "|".join(["root", "home", "work", "Users", "private", "mnt", "workspace"])
MACHINE_PATH = re.compile(rf"(?<![\w.~<>*-])(?:/(?:{HOMES})/[\w.-]+|[A-Z]:\\+Users\\)")
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
MOST_LINES = 400
MADE = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", "demo"}

File = tuple[str, str]
"""A file's path inside the repository, with forward slashes, and its text."""


def listed() -> list[str]:
    """Paths that are committed or about to be; all files of the tree where there is no git."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        answer = ""
    if paths := [path for path in answer.split("\0") if path]:
        return sorted(set(paths))
    every = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return sorted(path.as_posix() for path in every if not MADE & set(path.parts))


@cache
def repository() -> tuple[File, ...]:
    """Every text file; a file with a NUL byte is none."""
    contents = ((path, (ROOT / path).read_bytes()) for path in listed() if (ROOT / path).is_file())
    return tuple((path, raw.decode("utf-8", errors="replace")) for path, raw in contents if b"\0" not in raw)


def modules(files: tuple[File, ...]) -> Iterator[File]:
    return ((path, text) for path, text in files if path.startswith("foedus/") and path.endswith(".py"))


def lines_of_code(text: str) -> int:
    """Lines that hold code: no blank line, comment or docstring."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    empty = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in empty:
            code.update(range(token.start[0], token.end[0] + 1))
    return len(code - docstrings)


def naming_a_registry(files: tuple[File, ...]) -> list[str]:
    return [f"{path}: {host}" for path, text in files for host in REGISTRIES if host in text.lower()]


def with_a_machine_path(files: tuple[File, ...]) -> list[str]:
    return [f"{path}: {found[0]}" for path, text in files if (found := MACHINE_PATH.search(text))]


def locked_by_another_tool(files: tuple[File, ...]) -> list[str]:
    return [path for path, _ in files if PurePosixPath(path).name == "uv" + ".lock"]


def without_a_docstring(files: tuple[File, ...]) -> list[str]:
    return [path for path, text in modules(files) if not ast.get_docstring(ast.parse(text))]


def vaguely_named(files: tuple[File, ...]) -> list[str]:
    return [path for path, _ in modules(files) if VAGUE & set(PurePosixPath(path).with_suffix("").parts)]


def too_long(files: tuple[File, ...]) -> list[str]:
    return [f"{path}: {many}" for path, text in modules(files) if (many := lines_of_code(text)) > MOST_LINES]


def of_one_name(files: tuple[File, ...]) -> list[str]:
    names = Counter(PurePosixPath(path).name for path, _ in modules(files))
    return [name for name, times in names.items() if times > 1 and name != "__init__.py"]


DOCUMENTED = '"""About something."""\n'
RULES: dict[str, tuple[Callable[[tuple[File, ...]], list[str]], tuple[File, ...]]] = {
    "no file names a package registry": (naming_a_registry, (("a.txt", f"https://files.{REGISTRIES[1]}/simple"),)),
    "no file holds a path of one machine": (with_a_machine_path, (("a.toml", 'cache = "/' + 'home/ada/foedus"'),)),
    "dependencies are locked in requirements/ only": (locked_by_another_tool, (("uv" + ".lock", ""),)),
    "every module begins with a docstring": (without_a_docstring, (("foedus/terms/dates.py", "day = 1\n"),)),
    "no module has a name that says nothing": (vaguely_named, (("foedus/terms/utils.py", DOCUMENTED),)),
    "no module has more than 400 lines of code": (too_long, (("foedus/cli.py", DOCUMENTED + "day = 1\n" * 401),)),
    "no two modules have one name": (
        of_one_name,
        (("foedus/terms/dates.py", DOCUMENTED), ("foedus/register/dates.py", DOCUMENTED)),
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_repository_keeps_the_rule(rule: str) -> None:
    offenders, _ = RULES[rule]
    assert offenders(repository()) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_notices_an_offender(rule: str) -> None:
    offenders, invented = RULES[rule]
    assert len(offenders(invented)) == 1


def test_what_the_rules_allow() -> None:
    allowed = (
        ("foedus/__init__.py", DOCUMENTED),
        ("foedus/terms/__init__.py", DOCUMENTED + "# why\n\n" * 401),
        ("tests/dates.py", ""),
        ("a.sh", "/usr/bin/env ../work/a.txt https://example.org/home/page #/work"),
    )
    assert {rule: offenders(allowed) for rule, (offenders, _) in RULES.items()} == {rule: [] for rule in RULES}


def test_there_is_something_to_check() -> None:
    assert len(list(modules(repository()))) > 10
