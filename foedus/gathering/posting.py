"""Sending what changed to a webhook, with the same care for addresses as fetching."""

from __future__ import annotations

from collections.abc import Collection

import httpcore2
import httpx2

from foedus.errors import InputError
from foedus.gathering.addresses import CheckedNetwork, Deadline
from foedus.gathering.fetching import AGENT

SECONDS = 10.0


def post(url: str, body: bytes, allowed: Collection[str] = ()) -> None:
    """Posts JSON.

    allowed  "host" or "host:port" that may be asked though they are not public
    raises   InputError if it is not taken, and why
    """
    try:
        page = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise InputError(f"{url} is no address for a webhook; it is written https://host/path") from error
    if page.scheme not in ("http", "https") or not page.host or page.userinfo:
        raise InputError(f"{url} is no address for a webhook; it is written https://host/path")
    headers = [
        ("Host", page.netloc.decode("ascii")),
        ("User-Agent", AGENT),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    ]
    target = httpcore2.URL(scheme=page.raw_scheme, host=page.raw_host, port=page.port, target=page.raw_path)
    network = CheckedNetwork(frozenset(allowed), Deadline(SECONDS))
    try:
        with (
            httpcore2.ConnectionPool(network_backend=network) as pool,
            pool.stream("POST", target, headers=headers, content=body) as answer,
        ):
            status = answer.status
    except InputError as error:
        raise InputError(f"{url}: {error}") from error
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise InputError(
            f"{url}: the webhook did not take it ({error}); what changed is printed all the same"
        ) from error
    if not 200 <= status < 300:
        raise InputError(f"{url}: the webhook answers {status}; what changed is printed all the same")
