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


@pytest.fixture(scope="session")
def site_pages(browser) -> Iterator:
    """Pages for those who visit the site: what a browser says of answers like 404 is left out by `visit`."""
    from kept_pages import Pages

    yield Pages(browser, levels=("error", "warning"))


@pytest.fixture
def visit(site_pages, served: Served) -> Iterator:
    """Opens an address of the site; on leaving, no script may have failed, nothing foreign been asked for, no dialog opened."""

    def open_page(path: str, width: int = 1024, scheme: str = "light", site: Served = served, **more):
        site_pages.allowed = (site.url, "data:")
        page = site_pages.take(width, scheme, **more)
        page.goto(site.url + path)
        return page

    yield open_page
    faults = [one for one in site_pages.put_back() if "the server responded with a status of 4" not in one]
    assert faults == []
