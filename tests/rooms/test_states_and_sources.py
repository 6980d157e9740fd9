"""The pages of states and of sources over a small journal: what they count, on which days, and what they refuse."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from starlette.testclient import TestClient

from foedus.exchange.participation import import_table
from foedus.gathering.inputs import gather
from foedus.journal.arrivals import Arrival
from foedus.journal.record import Journal
from foedus.pipeline import add, keep_read, load_reference
from foedus.serving.library import Library
from foedus.serving.publisher_cases import CaseKind
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings
from foedus.serving.source_page import Counts, cases_told, counted
from foedus.serving.state_page import concern, roads_of
from foedus.terms.dates import DateRange

DAY = date(2033, 5, 20)
SIGNED = "WARSAW, March 3 (Example Wire) - Poland and Chile signed the Poland-Chile Extradition Treaty on March 3, 2033 in Warsaw.\n"
AGAIN = (
    "SANTIAGO, March 9 (Example Post) - Chile and Poland signed the Poland-Chile Extradition Treaty on March 3, 2033.\n"
)
VOTED = "WARSAW, April 9 - The Sejm of Poland ratified the Poland-Chile Extradition Treaty on April 8, 2033 by 301 votes to 12.\n"
COUNTED = "SANTIAGO, April 11 - The Sejm of Poland ratified the Poland-Chile Extradition Treaty on April 8, 2033 by 299 votes to 12.\n"
TREATY = "chl-pol-2033"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder, reference = tmp_path_factory.mktemp("states"), load_reference()
    with Journal.open(folder / "foedus.db") as journal:
        for name, text, day in (
            ("signed.txt", SIGNED, date(2033, 3, 3)),
            ("again.txt", AGAIN, date(2033, 3, 9)),
            ("voted.txt", VOTED, date(2033, 4, 9)),
            ("counted.txt", COUNTED, date(2033, 4, 11)),
        ):
            (folder / name).write_text(text, encoding="utf-8")
            publisher = "Example Post" if name in ("again.txt", "counted.txt") else "Example Wire"
            arrivals = gather([str(folder / name)], published=DateRange.of(day))
            told = [_published(arrival, publisher) for arrival in arrivals if isinstance(arrival, Arrival)]
            list(add(journal, told, reference))
        rows = b'Participant,Signature,"Ratification, Accession(a)"\nFinland,1 Feb 2001,\nEuropean Union,3 Feb 2001,\nKenya,,4 Mar 2002 a\n'
        table = import_table(rows, "99-1.csv", reference, "Convention on Lighthouses", date(2015, 3, 14))
        keep_read(journal, [(table.document, rows, table.statements)])
        library = Library(journal, reference, clock=lambda: DAY)
        library.refresh()
        yield library


def _published(arrival: Arrival, publisher: str) -> Arrival:
    return arrival._replace(document=msgspec.structs.replace(arrival.document, publisher=publisher))


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    app = make_app(Settings(journal=library.journal.name), library)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)


def words(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_state_has_its_treaties_and_what_waits_for_its_organs(library: Library) -> None:
    known = concern(library.edition)
    assert TREATY in known.treaties["POL"] and TREATY in known.treaties["CHL"]
    waiting = {one.actor for one in known.waiting["POL"] if one.treaty == TREATY}
    assert "the Senate" in waiting and not any("Sejm" in actor for actor in waiting)


def test_a_signatory_of_a_treaty_of_many_waits_and_one_that_acceded_does_not(library: Library) -> None:
    waiting = concern(library.edition).waiting
    assert [one.kind for one in waiting["EU"]] and "KEN" not in waiting
    assert {one.actor for one in waiting["FIN"]} == {"Parliament"}, "its own organs come before the instrument"


def test_the_page_of_a_state_answers_for_another_day(client: TestClient) -> None:
    assert "Extradition Treaty with Chile signatory since 3 March 2033" in words(client, "/states/POL")
    before = words(client, "/states/POL?on=2033-03-02")
    assert "no act reported" in before and "signatory" not in before
    assert "nothing known of it by then" in words(client, "/states/POL?known=2033-01-01")


def test_a_road_says_what_it_asks_and_which_sources_nobody_saw(client: TestClient) -> None:
    page = words(client, "/states/RUS")
    assert "Requires a majority of all 450 deputies (226)" in page and "source not yet verified" in page
    assert "No procedure is recorded for Kenya" in words(client, "/states/KEN")


def test_roads_in_force_come_first() -> None:
    reference = load_reference()
    for state in {procedure.state for procedure in reference.procedures}:
        flags = [road.is_in_force for road in roads_of(reference, state, DAY)]
        assert flags == sorted(flags, reverse=True)


def test_a_state_is_found_by_code_or_name_and_an_unknown_one_is_none(client: TestClient) -> None:
    assert client.get("/states/pol?on=2033-03-05").headers["location"] == "/states/POL?on=2033-03-05"
    assert client.get("/states/South Korea").headers["location"] == "/states/KOR"
    assert client.get("/states/POL.sejm").status_code == client.get("/states/Narnia").status_code == 404
    assert client.get("/states/POL?page=9").status_code == 400
    assert client.get("/treaties/un-99-1?state=EU").status_code == 200


def test_publishers_are_counted_with_their_cases(library: Library) -> None:
    counts = counted(library.edition)
    assert counts["Example Wire"] == Counts(acts=2, first=2, alone=0, contradicted=1, aside=0)
    assert counts["Example Post"] == Counts(acts=2, first=0, alone=0, contradicted=1, aside=0)
    (case,) = cases_told(library.edition, "Example Post", CaseKind.CONTRADICTED)
    assert "299" in case.case.says and "301" in case.case.says and case.treaty == TREATY


def test_the_list_of_publishers_has_no_rank(client: TestClient) -> None:
    page = words(client, "/sources")
    assert page.index("Example Post") < page.index("Example Wire") < page.index("United Nations")
    assert not re.search(r"\b(best|worst|reliab\w+|trust\w*|score|wrong)\b", page, re.IGNORECASE)


def test_a_case_leads_to_the_words_that_it_rests_on(client: TestClient) -> None:
    page = client.get("/sources/cases?publisher=Example+Wire&of=first").text
    addresses = re.findall(r'href="(/reports/[^"?#]+)(#[^"]+)"', page)
    assert len(addresses) == 2
    for address, place in addresses:
        assert f'id="{place[1:]}"' in client.get(address).text


def test_unknown_publishers_and_counts_are_refused(client: TestClient) -> None:
    assert client.get("/sources/cases?publisher=Nobody&of=first").status_code == 404
    assert client.get("/sources/cases?publisher=Example+Wire&of=truth").status_code == 400
    assert words(client, "/sources?q=nobody").count("No publisher fits") == 1
