"""The site's own style sheets, scripts and signs, each under the hash of its content, so that browsers may keep them for good."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from foedus.serving.kept_pages import KeptPage, kept_page

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@cache
def static_address(name: str) -> str:
    """Where a file of `static/` is served."""
    kept = _kept(name)
    if kept is None:
        raise FileNotFoundError(f"static/{name}")
    return f"/static/{kept.etag[:12]}/{name}"


def static_file(name: str, digest: str) -> KeptPage | None:
    """The file as it is sent; None where there is none of that content."""
    kept = _kept(name)
    return kept if kept is not None and kept.etag[:12] == digest else None


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for file in files("foedus.serving").joinpath("static").iterdir())


def _kept(name: str) -> KeptPage | None:
    return _read(name) if name in _names() else None


@cache
def _read(name: str) -> KeptPage | None:
    ending = name.rpartition(".")[2]
    if ending not in TYPES:
        return None
    return kept_page(files("foedus.serving").joinpath("static", name).read_bytes(), TYPES[ending])
