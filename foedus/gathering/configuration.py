"""What the user settles once: a small `foedus.toml` in the current folder, or the file that FOEDUS_CONFIG names.

```toml
[fetch]
allowed = ["intranet.example:8080"]   # fetched although they are not public
size = 20_000_000                     # bytes of a page at most
seconds = 30                          # a page may take
```
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection
from pathlib import Path

import msgspec

from foedus.errors import DataFileError
from foedus.gathering.fetching import Fetcher, Limits

FILE = "foedus.toml"
NAMED_BY = "FOEDUS_CONFIG"
FORM = '[fetch] has allowed = ["host:port"], size (bytes) and seconds'
_ALLOWED = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")


class FetchSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are fetched.

    allowed  "host" or "host:port" that may be fetched though they are not public
    size     bytes of a page, once decompressed, at most
    seconds  that one may take, redirects and robots.txt included
    """

    allowed: tuple[str, ...] = ()
    size: int = Limits().size
    seconds: float = Limits().seconds


class Configuration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in the file."""

    fetch: FetchSettings = FetchSettings()

    def fetcher(self, also: Collection[str] = ()) -> Fetcher:
        """Fetches pages as it is settled.

        also   more that may be fetched though it is not public
        """
        limits = Limits(size=self.fetch.size, seconds=self.fetch.seconds)
        return Fetcher(allowed=(*self.fetch.allowed, *also), limits=limits)


def configuration(file: Path | None = None) -> Configuration:
    """What a file settles; without one that FOEDUS_CONFIG names, that of the current folder, if there is any.

    raises   DataFileError if it is named and not there, or says what cannot be settled
    """
    named = os.environ.get(NAMED_BY)
    path = file or Path(named or FILE)
    if file is None and not named and not path.is_file():
        return Configuration()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(table, Configuration)
    except FileNotFoundError as error:
        raise DataFileError(f"{path}: there is no such file; {NAMED_BY} names a {FILE}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataFileError(f"{path}: cannot be used ({error}); {FORM}") from error
    if wrong := _wrong(found.fetch):
        raise DataFileError(f"{path}: {wrong}; {FORM}")
    return found


def _wrong(fetch: FetchSettings) -> str | None:
    """What cannot be meant."""
    odd = next((one for one in fetch.allowed if not _ALLOWED.fullmatch(one)), None)
    if odd is not None:
        return f'"{odd}" in allowed is neither a host nor a host with its port'
    if fetch.size < 1 or not 0 < fetch.seconds <= 3600:
        return "size is at least 1, and seconds are between 0 and 3600"
    return None
