"""The documentation site: rendered without trust, complete, and carried by the wheel."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from foedus.journal.record import Journal
from foedus.pipeline import load_reference
from foedus.serving import manual as pages_of_manual
from foedus.serving.library import Library
from foedus.serving.manual import SECTIONS, found_in_titles, manual, page_named
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings

ROOT = Path(__file__).parents[2]
HOSTILE = """# A <b>page</b>

<script>alert(1)</script> <!-- a note to
writers --> and *words*.

[one](javascript:alert(1)) [two](data:text/html,x) [three](../../etc/passwd.md) [four](method.md#reading) ![x](http://example.org/x.png)

| a | b |
|---|--:|
| 1 | <img src=x onerror=alert(1)> |

## Twice

## Twice

```console
$ foedus show <x>
its output
```
"""


def page_of(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> pages_of_manual.ManualPage:
    (folder / "page.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(pages_of_manual, "_folder", lambda: folder)
    return pages_of_manual._page("page", "Tutorial")


def test_what_a_page_smuggles_in_is_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(HOSTILE, tmp_path, monkeypatch)
    tags = set(re.findall(r"<(\w+)", page.html))
    assert tags <= {"p", "em", "a", "span", "div", "table", "thead", "tbody", "tr", "th", "td", "h2", "pre", "code"}
    assert "style=" not in page.html and "a note to" not in page.html
    assert re.findall(r'href="([^"]*)"', page.html) == ["/docs/method#reading"]
    assert '<td class="num">' in page.html and '<th scope="col">a</th>' in page.html


def test_headings_have_anchors_and_commands_their_prompt_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(HOSTILE, tmp_path, monkeypatch)
    assert [heading.anchor for heading in page.headings] == ["twice", "twice-1"] and 'id="twice-1"' in page.html
    assert '<span class="prompt">$ </span><span class="typed">foedus show &lt;x&gt;</span>\nits output' in page.html


def test_every_page_stands_in_the_contents_once() -> None:
    listed = [name for _, names in SECTIONS for name in names]
    written = [str(p.relative_to(ROOT / "docs").with_suffix("")) for p in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(written)


def test_links_between_pages_lead_to_headings_that_there_are() -> None:
    for page in manual():
        for name, anchor in re.findall(r'href="/docs/([^"#]*)#?([^"]*)"', page.html):
            there = page_named(name)
            assert there is not None, (page.name, name)
            assert not anchor or anchor in {heading.anchor for heading in there.headings}, (page.name, name, anchor)


def test_a_diagram_is_shown_as_the_table_that_it_draws() -> None:
    page = page_named("status")
    assert page is not None and "stateDiagram" not in page.html
    assert "<tr><td>signatory</td><td>enter-into-force</td><td>party</td></tr>" in page.html


def test_a_search_finds_titles_and_headings() -> None:
    found = [(one.page.name, one.heading.words if one.heading else None) for one in found_in_titles("SCAN")]
    assert ("how-to/scan-archives", None) in found and ("reference/commands", "foedus scan") in found
    assert list(found_in_titles("no such words")) == []


def test_the_documentation_is_read_while_the_journal_is_not_yet(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        app = make_app(Settings(journal=journal.name), Library(journal, load_reference()))
        client = TestClient(app, base_url="http://localhost")
        assert client.get("/docs").status_code == client.get("/docs/tutorial").status_code == 200
        assert client.get("/docs/nowhere").status_code == 404
        assert client.get("/docs/reference").url.path == "/docs" and client.get("/docs/refer").status_code == 404
        assert client.get("/states").status_code == 503


def test_an_installed_package_has_all_pages(tmp_path: Path) -> None:
    wheels = pytest.importorskip("hatchling.builders.wheel")
    (wheel,) = wheels.WheelBuilder(str(ROOT)).build(directory=str(tmp_path / "wheel"), versions=["standard"])
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    held = sorted(p.suffix for p in (installed / "foedus/serving/manual_pages").rglob("*") if p.is_file())
    assert set(held) == {".md"}
    code = "import json; from foedus.serving.manual import manual, _folder; print(json.dumps([str(_folder()), len(manual())]))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    folder, count = json.loads(run.stdout)
    assert Path(folder) == installed / "foedus/serving/manual_pages" and count == len(manual())
