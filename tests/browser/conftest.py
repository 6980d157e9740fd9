"""A real Chromium, and the site served over the example journal."""

import shutil
from collections.abc import Iterator

import pytest
from site_in_browser import Served, example_journal, serving

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
 --disable-component-update --disable-sync --disable-dev-shm-usage""".split()  # noqa: SIM905


@pytest.fixture(scope="session")
def browser() -> Iterator:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: pages are tested without a browser only")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with example_journal(tmp_path_factory.mktemp("site") / "foedus.db") as journal, serving(journal) as site:
        yield site


@pytest.fixture
def visit(browser, served: Served) -> Iterator:
    """Opens an address of the site; on leaving, no script may have failed, nothing foreign been asked for, no dialog opened."""
    contexts, trouble = [], []

    def open_page(path: str, width: int = 1024, scheme: str = "light", site: Served = served, **more):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: (trouble.append("a dialog opened"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith((site.url, "data:")) or trouble.append(request.url))
        page.goto(site.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [one for one in trouble if "the server responded with a status of 4" not in one]
    assert faults == []
