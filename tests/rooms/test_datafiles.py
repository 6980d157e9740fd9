"""Data files: what is read, what is refused and in which words, and the cache that must never show."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from foedus import datafiles
from foedus.datafiles import Table, read_tables, record, records
from foedus.errors import DataFileError


class Verb(StrEnum):
    SIGN = "sign"
    SUBMIT = "submit"


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: Verb
    majority: Literal["present", "total"] = "total"


class Road(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    since: date
    steps: tuple[Step, ...] = ()
    seats: dict[str, int] = {}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    files = tmp_path / "roads"
    (files / "deep").mkdir(parents=True)
    (files / "a.toml").write_text('[RUS]\nsince = 1993-12-12\nsteps = [{ kind = "sign" }]\n', encoding="utf-8")
    (files / "deep" / "b.toml").write_text("[PRK]\nsince = 1972-12-27\n", encoding="utf-8")
    return files


def kept(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "foedus").glob("*"))


def test_all_files_of_a_folder_are_read_by_their_name_inside_it(folder: Path) -> None:
    assert list(read_tables(folder)) == ["a.toml", "deep/b.toml"]


def test_a_table_becomes_typed_records_with_their_headers_as_ids(folder: Path) -> None:
    (road,) = records(read_tables(folder)["a.toml"], Road, "roads/a.toml")
    assert road == Road(id="RUS", since=date(1993, 12, 12), steps=(Step(kind=Verb.SIGN),))


def test_tables_from_the_cache_and_from_the_files_are_the_same_value(folder: Path) -> None:
    from_files = read_tables(folder)
    assert len(kept(folder)) == 1
    assert read_tables(folder) == from_files


def test_a_changed_file_is_read_anew_and_the_outdated_tables_are_forgotten(folder: Path) -> None:
    read_tables(folder)
    (folder / "a.toml").write_text("[RUS]\nsince = 1936-12-05\n", encoding="utf-8")
    assert read_tables(folder)["a.toml"] == {"RUS": {"since": "1936-12-05"}}
    assert len(kept(folder)) == 1


def test_a_damaged_cache_is_passed_over(folder: Path) -> None:
    whole = read_tables(folder)
    (cached,) = kept(folder)
    content = cached.read_bytes()
    other_letter = content.replace(b"sign", b"sigm"), content.replace(b"RUS", b"\xffUS")
    for damage in (b"", b"\xc1", b"\x93\x01\x02\x03", content[:-1], *other_letter):
        cached.write_bytes(damage)
        assert read_tables(folder) == whole
        assert cached.read_bytes() == content, "it is kept again"


def test_what_is_made_of_a_folder_is_kept_for_its_version_and_as_its_type(folder: Path) -> None:
    road, other = Road(id="RUS", since=date(1993, 12, 12)), Road(id="PRK", since=date(1972, 12, 27))
    assert datafiles.kept(folder, "1", Road, lambda: road) == road
    assert datafiles.kept(folder, "1", Road, lambda: other) == road
    assert datafiles.kept(folder, "1", tuple[Road, ...], lambda: (other,)) == (other,)
    assert datafiles.kept(folder, "2", tuple[Road, ...], lambda: (road,)) == (road,)
    assert len(kept(folder)) == 1


def test_a_cache_folder_that_cannot_be_made_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_tables(folder)
    blocked = folder.parent / "a file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert read_tables(folder) == whole


def test_a_folder_without_data_files_is_refused_with_one_that_works(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"no \.toml file is here; give a folder of data files"):
        read_tables(tmp_path)


def test_a_file_that_is_no_toml_is_named_with_the_line(folder: Path) -> None:
    (folder / "deep" / "b.toml").write_text("[PRK]\nsince = yesterday\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"^roads/deep/b\.toml: not TOML 1\.0: .*line 2"):
        read_tables(folder)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "a.toml").write_bytes('[TUR]\nname = "Türkiye"\n'.encode("latin-1"))
    with pytest.raises(DataFileError, match=r"^roads/a\.toml: byte 15 is not UTF-8"):
        read_tables(folder)


GOOD: Table = {"since": "1993-12-12"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sinse": "1993-12-12"}, '"sinse" is no field here (did you mean "since"?)'),
        ({"steps": []}, '"since" is missing; every Road has one'),
        (GOOD | {"steps": [{"kind": "sign"}, {"kind": "submitt"}]}, 'steps[1].kind: "submitt" is not known'),
        (GOOD | {"steps": [{"kind": "submitt"}]}, '(did you mean "submit"?)'),
        (GOOD | {"steps": [{"kind": "sign", "majority": "most"}]}, "(one of: present, total)"),
        (GOOD | {"steps": [{"kind": "sign", "majorty": "total"}]}, '(did you mean "majority"?)'),
        (GOOD | {"seats": {"duma": "450"}}, "seats[...]: expected `int`, got `str`"),
        ({"since": 1993}, "since: expected `date`, got `int`"),
        ({"since": "1993-13-12"}, "since: invalid RFC3339 encoded date"),
    ],
)
def test_a_fault_names_file_record_key_and_remedy(fields: Table, words: str) -> None:
    with pytest.raises(DataFileError) as error:
        records({"RUS": fields}, Road, "procedures/RUS.toml")
    assert str(error.value).startswith("procedures/RUS.toml, RUS: ")
    assert words in str(error.value)


def test_a_value_where_a_record_is_wanted_is_refused() -> None:
    with pytest.raises(DataFileError, match=r'^a\.toml, RUS: is 3, where a record is wanted; begin .* "\[RUS\]"'):
        records({"RUS": 3}, Road, "a.toml")


def test_a_record_may_be_named_by_its_place() -> None:
    with pytest.raises(DataFileError, match=r'^procedures/RUS\.toml, step 3: kind: "sing" .*did you mean "sign"'):
        record({"kind": "sing"}, Step, "procedures/RUS.toml", named="step 3")
