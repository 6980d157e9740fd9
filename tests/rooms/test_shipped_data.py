"""What comes with Foedus is kept from start to start, and nobody can tell it from what the files say now."""

import shutil
from pathlib import Path

import pytest

from foedus.datafiles import DATA
from foedus.gathering import shipped_data
from foedus.reference.packs import Reference


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a `Reference` is made of, to be changed."""
    shipped_data.shipped_lexicons()  # from the package itself: they are no part of what is kept
    copy = tmp_path / "foedus"
    for part in shipped_data.MADE_OF:
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        copied = shutil.copytree if (DATA.parent / part).is_dir() else shutil.copy
        copied(DATA.parent / part, copy / part)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(shipped_data, "DATA", copy / "data")
    monkeypatch.setattr(shipped_data, "_digest", shipped_data._digest.__wrapped__)
    return copy


def started() -> Reference:
    """What a process that starts now loads."""
    return shipped_data.load_reference.__wrapped__()


def made_anew() -> Reference:
    raise RuntimeError("made anew")


def parts(reference: Reference) -> tuple[object, ...]:
    directory = reference.directory
    entities = directory.states, directory.organisations, directory.bodies, dict(directory.successions)
    return *entities, reference.procedures, reference.officeholders, reference.series, reference.opposed_topics


def test_what_is_kept_is_what_was_made(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = started()
    monkeypatch.setattr(shipped_data, "_without_lexicons", made_anew)
    assert parts(started()) == parts(made)
    assert started().lexicons == made.lexicons


def test_an_edited_treaty_is_read_anew(package: Path) -> None:
    started()
    file = package / "data" / "treaties" / "prk-rus-2000.md"
    file.write_text(file.read_text(encoding="utf-8").replace("2000", "2001"), encoding="utf-8")
    file.rename(file.with_name("prk-rus-2001.md"))
    ids = {treaty.id for treaty in started().series}
    assert "prk-rus-2001" in ids and "prk-rus-2000" not in ids


@pytest.mark.parametrize("part", [*shipped_data.MADE_OF, "data/depositaries"])
def test_whatever_it_is_made_of_counts(package: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started()
    monkeypatch.setattr(shipped_data, "_without_lexicons", made_anew)
    at = package / part
    file = at if at.is_file() else at / "new.md"
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as edited:
        edited.write("#")
    if part in shipped_data.MADE_OF:
        with pytest.raises(RuntimeError, match="made anew"):
            started()
    else:
        started()


def test_versions_follow_from_the_bytes_of_the_files(package: Path) -> None:
    before = shipped_data.reader_version.__wrapped__(), shipped_data.register_version.__wrapped__()
    with (package / "terms" / "acts.py").open("a", encoding="utf-8") as edited:
        edited.write("\n")
    assert shipped_data.reader_version.__wrapped__() != before[0]
    assert shipped_data.register_version.__wrapped__() == before[1]
    with (package / "reference" / "packs.py").open("a", encoding="utf-8") as edited:
        edited.write("\n")
    assert shipped_data.register_version.__wrapped__() != before[1]
