"""The joint chronology: what fixes a day, what loses, and what stays open."""

from datetime import date

import pytest

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.time_expressions import time_tagger
from foedus.pipeline import load_reference
from foedus.register.chronology import Chronology, Order, solve
from foedus.register.day_costs import DayMention
from foedus.register.day_windows import windows
from foedus.register.word_costs import is_bound
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Quote

TITLES = {0: "the vote", 1: "the signature"}


def report(name: str, stated: str | None = None, basis: Basis = Basis.METADATA) -> Document:
    own = (DateCandidate(on=DateRange.parse(stated), basis=basis),) if stated else ()
    return Document(id=name, name=name, text="", published=own)


def tells(document: str, words: str, act: int = 0, *, tense: str = "past", is_report_time: bool = False) -> DayMention:
    found = time_tagger(load_reference().lexicons["en"]).tag(words)
    return DayMention(
        statement=f"s_{document}_{act}_{words}",
        document=document,
        act=act,
        treaty=0,
        timex=found[0] if found else None,
        context=None,
        tense=tense,
        is_report_time=is_report_time,
        words=Quote(document, 0, 4, "text"),
    )


def day_of(solved: Chronology, act: int = 0) -> str | None:
    return solved.acts[act].likeliest.edtf if act in solved.acts else None


def test_a_date_four_weeks_late_gives_way_to_a_calendar_date_elsewhere() -> None:
    documents = [report("a", "2023-11-14"), report("b")]
    solved = solve(documents, [tells("a", "on Tuesday"), tells("b", "on October 17, 2023")], [], TITLES)
    assert day_of(solved) == "2023-10-17"
    assert [o.document for o in solved.overruled] == ["a"]
    assert solved.documents["a"].likeliest.edtf == "2023-10-17"


def test_an_undated_report_is_bounded_by_the_story() -> None:
    solved = solve(
        [report("a", "2024-10-25"), report("b")], [tells("a", "on October 24"), tells("b", "on Thursday")], [], TITLES
    )
    assert solved.documents["b"].likeliest.edtf == "2024-10-24"


def test_as_of_today_says_that_it_has_been_and_not_when() -> None:
    assert day_of(solve([report("a", "2025-09-09")], [tells("a", "As of today")], [], TITLES)) is None


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("by November 6", True),
        ("as of today", True),
        ("after June 19", True),
        ("since 2021", False),
        ("from December 7", False),
        ("on Tuesday", False),
    ],
)
def test_a_preposition_may_bound_a_day_and_not_name_it(words: str, bounds: bool) -> None:
    assert is_bound(tells("a", words).timex) is bounds


def test_a_span_of_days_dates_an_act_no_closer_than_it_says() -> None:
    documents = [report("a", "2024-10-18"), report("b", "2024-10-20")]
    words = "earlier this month"
    assert day_of(solve(documents[:1], [tells("a", words)], [], TITLES)) == "2024-10-01/2024-10-18"
    mentions = [tells("a", words), tells("b", "on October 9")]
    assert day_of(solve(documents, mentions, [], TITLES)) == "2024-10-09"


def test_of_two_spans_the_narrower_dates_an_act() -> None:
    documents = [report("a", "2024-10-18"), report("b", "2024-10-20")]
    mentions = [tells("a", "in June"), tells("b", "in early June")]
    assert day_of(solve(documents, mentions, [], TITLES)) == "2024-06-01/2024-06-10"


def test_the_day_of_an_act_outweighs_the_day_of_its_telling() -> None:
    documents = [report("a", "2024-11-10"), report("b", "2024-10-20")]
    mentions = [tells("a", "on October 15"), tells("b", "on October 14", is_report_time=True)]
    assert day_of(solve(documents, mentions, [], TITLES)) == "2024-10-15"


def test_background_does_not_date_a_report() -> None:
    """A page that was fetched on 2 November 2023 and tells of 1996 and 2000 is not from 2000."""
    mentions = [tells("a", "on September 24, 1996"), tells("a", "on May 27, 2000", 1)]
    solved = solve([report("a", "2023-11-02", Basis.PAGE)], mentions, [], TITLES)
    assert solved.documents["a"].likeliest.edtf == "2023-11-02"


def test_an_interval_of_the_words_decides_an_open_year() -> None:
    documents = [report("a", "2023-02-22"), report("b")]
    mentions = [tells("a", "on Wednesday", 0), tells("b", "on February 21", 1), tells("b", "in 2021", 2)]
    near = [Order(before=x, after=y, weight=8.0, lag=2, says="a day after", by="time") for x, y in ((0, 1), (1, 0))]
    assert day_of(solve(documents, mentions, near, TITLES), 1) == "2023-02-21"


def test_a_report_counts_once_however_often_it_repeats_itself() -> None:
    documents = [report("a", "2024-10-25"), report("b", "2024-10-26"), report("c", "2024-10-26")]
    once = [tells("b", "on October 24"), tells("c", "on October 24")]
    repeated = [msg for n in range(5) for msg in [tells("a", "on October 20")] for _ in [n]]
    assert day_of(solve(documents, [*once, *repeated], [], TITLES)) == "2024-10-24"


def test_a_report_older_than_an_act_that_it_tells_is_one_witness_against_two() -> None:
    """Its words give another day, and it was published before: both say the same once, that it means another event."""
    documents = [report("a", "2025-09-17"), report("b", "2025-10-07"), report("c", "2025-10-07")]
    mentions = [tells("a", "on Wednesday"), tells("b", "on Monday"), tells("c", "on 6 October 2025")]
    assert day_of(solve(documents, mentions, [], TITLES)) == "2025-10-06"
    assert day_of(solve(documents[:2], mentions[:1], [], TITLES)) == "2025-09-17"


def test_an_act_that_thousands_of_days_fit_alike_is_not_dated() -> None:
    documents = [report("a"), *(report(f"b{year}", f"{year}-03-01") for year in range(1990, 2020))]
    mentions = [tells("a", "yesterday"), *(tells(f"b{year}", "on March 1", 1) for year in range(1990, 2020))]
    assert day_of(solve(documents, mentions, [], TITLES)) is None


def test_bare_years_of_the_background_do_not_widen_the_search() -> None:
    named = [t for words in ("in 1951", "on October 6, 2025") for t in [tells("a", words).timex] if t]
    tried = windows([report("a")], named)["a"]
    assert {DateRange.parse("1951-06-01").earliest.toordinal()} & set(tried) == set()
    assert DateRange.parse("1951-06-01").earliest.toordinal() in windows([report("a")], named[:1])["a"]


def test_a_report_whose_words_leave_its_day_open_has_none_and_dates_nothing() -> None:
    """Any Wednesday after the old treaty fits: neither the vote nor its report has a day, the treaty has its year."""
    told = [tells("a", "on Wednesday"), tells("a", "in 2019", 1)]
    solved = solve([report("a")], told, [], TITLES)
    assert day_of(solved) is None and "a" not in solved.documents


def test_days_are_not_closer_because_later_ones_were_not_tried() -> None:
    """From a day that is named on, weekdays are tried for two months: the vote may lie later all the same."""
    told = [tells("a", "on Wednesday"), tells("a", "on March 21, 2018", 1)]
    assert day_of(solve([report("a")], told, [], TITLES)) is None
    again = solve([report("a"), report("b", "2018-04-05")], [*told, tells("b", "on April 4")], [], TITLES)
    assert day_of(again) == "2018-04-04"


def test_a_picture_bounds_the_day_of_its_report() -> None:
    pictured = DateCandidate(on=DateRange(date(2024, 2, 26), date.max), basis=Basis.CAPTION)
    page = Document(id="a", name="a", text="", published=(pictured,))
    solved = solve([page], [tells("a", "on Monday")], [], TITLES)
    assert solved.documents["a"].likeliest.edtf == "2024-02-26"
    act = solved.acts[0].likeliest
    assert date(2024, 2, 19) <= act.earliest and act.latest <= date(2024, 4, 1)


def test_a_report_that_names_the_year_of_a_month_is_seldom_of_that_year() -> None:
    documents = [report("a"), report("b", "2024-03-01")]
    told = [tells("a", "in January"), tells("b", "on Friday", 2)]
    assert day_of(solve(documents, [*told, tells("a", "in April 2023", 1)], [], TITLES)) == "2024-01"
    assert day_of(solve(documents, [*told, tells("a", "on April 4, 2023", 1)], [], TITLES)) is None


def test_a_report_that_nothing_dates_has_no_day() -> None:
    told = [tells("a", "on November 6, 2024"), tells("b", "on November 6, 2024")]
    solved = solve([report("a"), report("b"), report("c")], told, [], {})
    assert "c" not in solved.documents and "a" in solved.documents


def test_what_is_told_without_its_year_is_news_and_what_is_told_with_it_may_be_old() -> None:
    """The act of the open day is news in b, of 2023; that it lies two weeks after what a tells with its year says little."""
    told = [tells("a", "on February 3, 2021", 1), tells("a", "on February 21"), tells("b", "no day at all")]
    solved = solve([report("a"), report("b", "2023-02-22")], told, [], {})
    assert day_of(solved) == "2023-02-21"
