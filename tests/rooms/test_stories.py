"""Which reports are dated together, and that an archive in which everything hangs together is dated story by story."""

from foedus.documents.document import Document
from foedus.documents.time_expressions import time_tagger
from foedus.pipeline import load_reference
from foedus.register.chronology import solve
from foedus.register.day_costs import DayMention
from foedus.register.stories import WHOLE, Story, stories_of
from foedus.terms.evidence import Quote

TELLS = {"a": [1, 1, 2], "b": [1], "c": [3, 3, 1], "d": []}


def test_connected_reports_are_one_story() -> None:
    assert stories_of(TELLS) == [Story((1, 2, 3), ("a", "b", "c")), Story((), ("d",))]


def test_too_many_are_parted_by_what_they_are_mostly_about() -> None:
    assert stories_of(TELLS, whole=2) == [Story((1, 2), ("a", "b"), ("c",)), Story((3,), ("c",)), Story((), ("d",))]


def test_a_treaty_told_beside_several_is_a_story_of_its_own() -> None:
    about = {f"{story}{n}": [number, number, 9] for number, story in enumerate("abc", 1) for n in range(3)}
    mine = next(story for story in stories_of(about, whole=2) if 9 in story.treaties)
    assert (mine.treaties, mine.documents, len(mine.guests)) == ((9,), (), 9)


def test_every_report_is_at_home_in_one_story() -> None:
    about = {f"d{n:03}": [n % 7, n % 7, (n * 3) % 11] for n in range(60)}
    for whole in (2, 60):
        homes = [d for story in stories_of(about, whole) for d in story.documents]
        assert sorted(homes) == sorted(about)


def _told(document: str, words: str, act: int, treaty: int) -> DayMention:
    found = time_tagger(load_reference().lexicons["en"]).tag(words)
    return DayMention(
        statement=f"s_{document}_{act}",
        document=document,
        act=act,
        treaty=treaty,
        timex=found[0],
        context=None,
        tense="past",
        is_report_time=False,
        words=Quote(document, 0, 4, "text"),
    )


def test_a_guest_brings_its_own_day_to_the_story_that_it_visits() -> None:
    """An undated report is dated by the calendar date of its own story; the other story counts "on Tuesday" from that day."""
    many = [f"n{n:03}" for n in range(WHOLE)]
    mentions = [_told(d, "on October 18, 2023", 0, 1) for d in many]
    mentions += [_told("visitor", "on Wednesday", 0, 1), _told("visitor", "on Wednesday", 1, 1)]
    mentions += [
        _told("visitor", "on Tuesday", 2, 2),
        _told("other", "in October 2023", 2, 2),
        _told("other", "on October 1, 2023", 3, 2),
    ]
    documents = [Document(id=d, name=d, text="") for d in (*many, "visitor", "other")]
    solved = solve(documents, mentions, [], {})
    assert solved.acts[2].likeliest.edtf == "2023-10-17"
    assert solved.documents["visitor"].likeliest.edtf == "2023-10-18"
