"""Which reports are dated together: a story is all reports that one another's acts connect, as long as they are not too many.

All days of a story are solved at once. Where an archive connects nearly everything, a story is a treaty, the treaties told
only beside it, and the reports that are mostly about them; a report that speaks of another story in passing is a guest there:
it says what it says of that story's acts, and its own day stays as its own story has it. So the work grows with stories, not
with the archive, and a treaty's acts follow from its reports and from what dates those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec


class Story(msgspec.Struct, frozen=True):
    """Reports and treaties that are dated together.

    treaties   numbers of the treaties; none for a report that tells of no act
    documents  ids of the reports that are mostly about them
    guests     ids of reports of other stories that tell of their acts too
    """

    treaties: tuple[int, ...]
    documents: tuple[str, ...]
    guests: tuple[str, ...] = ()


WHOLE = 200
"""Connected reports up to this many are one story."""


def stories_of(about: Mapping[str, Iterable[int]], whole: int = WHOLE) -> list[Story]:
    """The stories of some reports; the same in any order.

    about   id of a document -> for every act that it tells the number of the treaty

    >>> stories_of({"a": [1, 1, 2], "b": [1], "c": [3, 3, 1]})
    [Story(treaties=(1, 2, 3), documents=('a', 'b', 'c'), guests=())]
    >>> stories_of({"a": [1, 1, 2], "b": [1], "c": [3, 3, 1]}, whole=2)
    [Story(treaties=(1, 2), documents=('a', 'b'), guests=('c',)), Story(treaties=(3,), documents=('c',), guests=())]
    """
    counted = {document: Counter(about[document]) for document in sorted(about)}
    stories: list[Story] = []
    for documents in _connected(counted):
        mine = {d: counted[d] for d in documents}
        treaties = sorted(set().union(*mine.values()))
        stories += [Story(tuple(treaties), tuple(documents))] if len(documents) <= whole else _parted(mine)
    return stories


def _connected(counted: Mapping[str, Counter[int]]) -> list[list[str]]:
    """Documents in groups that share no treaty, each in order of their ids."""
    parent: dict[object, object] = {}

    def root(thing: object) -> object:
        while parent.setdefault(thing, thing) != thing:
            parent[thing] = thing = parent[parent[thing]]
        return thing

    for document, mine in counted.items():
        for treaty in mine:
            parent[root(treaty)] = root(document)
    groups: dict[object, list[str]] = defaultdict(list)
    for document in counted:
        groups[root(document)].append(document)
    return sorted(groups.values())


def _parted(counted: Mapping[str, Counter[int]]) -> list[Story]:
    """A story for each treaty that reports are mostly about."""
    home = {d: min(mine, key=lambda t: (-mine[t], t)) for d, mine in counted.items()}
    host = _hosts(counted, home)
    treaties: dict[int, list[int]] = defaultdict(list)
    documents: dict[int, list[str]] = defaultdict(list)
    guests: dict[int, list[str]] = defaultdict(list)
    for treaty, root in sorted(host.items()):
        treaties[root].append(treaty)
    for document, mine in counted.items():
        at = host[home[document]]
        documents[at].append(document)
        for other in sorted({host[t] for t in mine} - {at}):
            guests[other].append(document)
    return [Story(tuple(treaties[t]), tuple(documents[t]), tuple(guests[t])) for t in sorted(treaties)]


def _hosts(counted: Mapping[str, Counter[int]], home: Mapping[str, int]) -> dict[int, int]:
    """Treaty -> the treaty of its story: the one that most of its reports are about, where that is more than half of them."""
    homes: dict[int, Counter[int]] = defaultdict(Counter)
    for document, mine in counted.items():
        for treaty in mine:
            homes[treaty][home[document]] += 1
    host: dict[int, int] = {}
    for treaty, mine in homes.items():
        most = min(mine, key=lambda t: (-mine[t], t))
        host[treaty] = most if 2 * mine[most] > mine.total() else treaty
    return {treaty: _root(host, treaty) for treaty in host}


def _root(host: Mapping[int, int], treaty: int) -> int:
    """The end of the chain of hosts; of a ring the smallest number."""
    seen = [treaty]
    while host[seen[-1]] not in seen:
        seen.append(host[seen[-1]])
    return min(seen[seen.index(host[seen[-1]]) :])
