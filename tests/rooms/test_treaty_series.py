"""Treaty files: front matter, paraphrased articles, norm blocks, and errors that help."""

from datetime import date

import pytest

from foedus.datafiles import DATA
from foedus.errors import DataFileError
from foedus.reference.clauses import Trigger
from foedus.reference.treaty_series import TreatyRecord, treaty_from
from foedus.terms.norms import Duty

FILE = """+++
id = "aaa-bbb-1990"
names = ["Pact"]
parties = ["AAA", "BBB"]
bilateral = true
force_clause = "exchange"
since = 1990-01-01
source = "a gazette"
+++
# Pact

A word before.

## Article 2: consultation
They consult
when threatened.

Source: the gazette, page 3

```norm
duty = "consultation"
[conditions]
predicate = "invasion-threat"
args = ["?toward"]
```

## Article 5
Final.

Source: the gazette, page 4
"""


def shipped() -> list[TreatyRecord]:
    return [treaty_from(p.read_text("utf-8"), f"treaties/{p.name}") for p in sorted((DATA / "treaties").glob("*.md"))]


def test_a_file_becomes_a_record() -> None:
    record = treaty_from(FILE, "treaties/aaa-bbb-1990.md")
    assert record.force_clause is not None and record.force_clause.trigger is Trigger.EXCHANGE
    assert [(a.number, a.heading, a.paraphrase, a.source) for a in record.articles] == [
        ("2", "consultation", "They consult when threatened.", "the gazette, page 3"),
        ("5", "", "Final.", "the gazette, page 4"),
    ]
    (norm,) = record.articles[0].norms
    assert (norm.treaty, norm.article, norm.duty) == ("aaa-bbb-1990", "2", Duty.CONSULTATION)
    assert norm.conditions is not None and norm.conditions.args == ("?toward",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("+++\nid", "id", r"begins with TOML between two lines of \+\+\+"),
        ('"aaa-bbb-1990"', '"other"', "a treaty file is named by its id"),
        ("bilateral = true", "bilatral = true", '"bilatral" is no field here'),
        ('"exchange"', '"on exchange"', "is no clause"),
        ("Source: the gazette, page 4", "", 'Article 5: an article needs a line "Source'),
        ('duty = "consultation"', 'duty = "consult"', 'Article 2, norm: .*"consult" is not known'),
        ("since = 1990-01-01", "since = ", "front matter"),
    ],
)
def test_a_faulty_file_is_refused_with_a_remedy(old: str, new: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        treaty_from(FILE.replace(old, new), "treaties/aaa-bbb-1990.md")


def test_the_shipped_treaties_have_sources_and_the_charter_its_three_articles() -> None:
    records = {record.id: record for record in shipped()}
    assert all(record.source and all(a.source and a.paraphrase for a in record.articles) for record in records.values())
    assert {a.number for a in records["un-charter"].articles} == {"51", "102", "103"}


def test_the_convention_lists_who_is_bound_and_who_only_by_custom() -> None:
    vclt = next(record for record in shipped() if record.id == "vclt")
    assert len(vclt.parties) == len(set(vclt.parties)) == 114
    assert {"USA", "IRN"} <= set(vclt.signed_only) and "RUS" in vclt.parties
    assert not {"PRK", "FRA", "IND", "TUR", "USA", "IRN"} & set(vclt.parties)


def test_what_the_new_treaty_says_of_itself_is_not_shipped() -> None:
    assert "prk-rus-2024" not in {record.id for record in shipped()}
    old = next(record for record in shipped() if record.id == "prk-rus-2000")
    assert old.signed == date(2000, 2, 9) and old.ended is None
