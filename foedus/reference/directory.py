"""Who acts: states (ISO 3166-1 and 3166-3, COW), organisations, and the bodies of both (Popolo), by all their names.

Every name is dated, because "Yugoslavia" or the "Shura Council" is another entity in another year, and one name may
be the name of many: the directory answers with all of them, and the reader decides. Generic nouns ("parliament",
"the lower house") are not here; they are words of a language and live in its lexicon.

`since` is the first day something held and `until` the last one: both are included. A bare year in a file stands for
its first day (`since`) or its last (`until`); it says that nobody looked up the day. A state's 1816-01-01, where the
list of the Correlates of War begins, stands for "on that day or before". `verified` says that somebody has seen the
record's name in the source it names; what nobody saw rests on memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from foedus.datafiles import Table, nearest, records
from foedus.errors import DataFileError, FoedusError
from foedus.reference.successions import Succession, successions_of
from foedus.terms.agents import BodyKind

Role = Literal["name", "demonym", "capital", "metonym"]
EntityKind = Literal["state", "organisation", "body"]

ROLES: tuple[Role, ...] = ("name", "demonym", "capital", "metonym")
ARTICLE = "the "
"""Before a name it makes no difference; files give names without it, but for those that have one ("The Gambia")."""


TYPED_APOSTROPHE, PRINTED_APOSTROPHE = "'", "’"
"""Files have the first; reports have either."""


class Spell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that held from `since` to `until`, both included; None is "nobody said", and excludes no day."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Name(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form of words for an entity. `ambiguous`: in news it often means something else, so it decides nothing."""

    text: str
    lang: str = "en"
    ambiguous: bool = False


class State(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state, past or present, or an entity that treaties treat as one.

    id          ISO 3166-1 alpha-3 (`RUS`), for former states too (`SUN`); else the COW abbreviation (`BAV`);
                where that is another state's code, the name (`KOREA`)
    iso4        ISO 3166-3, of former states ("SUHH")
    cow, gw     numbers in the lists of the Correlates of War and of Gleditsch and Ward; `also_cow` counts the same
                state under another name (260, West Germany)
    acts_since, acts_as  the day from which it made treaties before it was independent, and as what
    is_region_now   a past state whose names are those of a region today ("Bavaria")
    continues   the state whose legal person, and seat in the United Nations, this one continues
    """

    id: str
    iso2: str | None = None
    iso4: str | None = None
    cow: int | None = None
    also_cow: tuple[int, ...] = ()
    gw: int | None = None
    name: str
    official: str
    names: tuple[Name, ...] = ()
    demonyms: tuple[Name, ...] = ()
    capitals: tuple[Name, ...] = ()
    metonyms: tuple[Name, ...] = ()
    since: date
    acts_since: date | None = None
    acts_as: str | None = None
    un_member_since: date | None = None
    un_gaps: tuple[Spell, ...] = ()
    is_region_now: bool = False
    continues: str | None = None
    successors: tuple[str, ...] = ()
    source: str
    verified: bool

    def exists_on(self, day: date) -> bool:
        return self.holds_on(day)


class Seats(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many members a body has by law; a majority of all members is counted from this."""

    count: int


class Body(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organ of a state or an organisation (Popolo: an Organization with a classification).

    id        the state or organisation, a dot, and a short name: "RUS.state-duma"
    state     the first half of the id: a `State` or an `Organisation`
    part_of   the id of the body it belongs to: a chamber's parliament, a committee's chamber
    """

    id: str
    state: str
    kind: BodyKind
    name: str
    names: tuple[Name, ...] = ()
    part_of: str | None = None
    seats: tuple[Seats, ...] = ()
    since: date
    source: str
    verified: bool

    def seats_on(self, day: date) -> int | None:
        """The number of seats on the day; None where no number is known."""
        return next((seats.count for seats in self.seats if seats.holds_on(day)), None)


class Member(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state's membership of an organisation."""

    state: str


class Organisation(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An international organisation, grouping or court, by the short name that press and UN write ("EU", "NATO").

    Where that name is another's too, the id tells them apart (`WTO-WARSAW`), so the id is not itself a name; `names`
    has the short name as well. `members` is empty where nobody listed them; that never means that there are none.
    """

    id: str
    name: str
    names: tuple[Name, ...] = ()
    metonyms: tuple[Name, ...] = ()
    members: tuple[Member, ...] = ()
    since: date
    source: str
    verified: bool

    def members_on(self, day: date) -> tuple[str, ...]:
        return tuple(member.state for member in self.members if member.holds_on(day))


Entity: TypeAlias = State | Organisation | Body
Kind = TypeVar("Kind", State, Organisation, Body)


class NoSuchEntity(FoedusError, LookupError):
    """No state, organisation or body has the id; lists what would have worked."""


class SurfaceForm(NamedTuple):
    """A form of words, and whom it may mean in which role."""

    text: str
    kind: EntityKind
    entity_id: str
    role: Role


class Naming(NamedTuple):
    """One name of one entity, with its dates."""

    entity: Entity
    kind: EntityKind
    role: Role
    name: Name


class Directory(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All states, organisations and bodies that Foedus knows, and the ways to find one."""

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    bodies: tuple[Body, ...]
    successions: Mapping[tuple[str, str], Succession] = msgspec.field(default_factory=dict)

    def state(self, id: str) -> State:
        """raises   NoSuchEntity (a LookupError) where no state has the id"""
        return self._known(id, State)

    def organisation(self, id: str) -> Organisation:
        """raises   NoSuchEntity (a LookupError) where no organisation has the id"""
        return self._known(id, Organisation)

    def body(self, id: str) -> Body:
        """raises   NoSuchEntity (a LookupError) where no body has the id"""
        return self._known(id, Body)

    def find(self, id: str) -> Entity | None:
        """The state, organisation or body with the id; None where there is none."""
        return self._entities.get(id)

    def name_of(self, id: str) -> str:
        """The short English name of a state, organisation or body; the id itself where nothing has it."""
        found = self.find(id)
        return found.name if found else id

    def bodies_of(self, id: str) -> tuple[Body, ...]:
        """The bodies of a state or an organisation; empty where none is known."""
        return self._bodies_by_state.get(id, ())

    def state_of_cow(self, number: int, on: date | None = None) -> State | None:
        """The state with this number in the Correlates of War; None where no state has it.

        One number may pass from state to state: 365 is the Russian Empire, the Soviet Union and Russia. With `on`,
        the answer is the one that existed on the day (None if none did); without, the latest.
        """
        numbered = self._states_by_cow.get(number, ())
        alive = [state for state in numbered if on is None or state.exists_on(on)]
        return max(alive, key=lambda state: state.since, default=None)

    def predecessors_of(self, id: str) -> tuple[State, ...]:
        """The states that `id` continues or succeeded to."""
        continued = self.state(id).continues
        return tuple(state for state in self.states if id in state.successors or state.id == continued)

    def is_un_member(self, id: str, day: date) -> bool:
        """Whether the state is a member of the United Nations on the day (Charter 51: "a Member").

        Belarus, India, the Philippines and Ukraine were members before they were independent; a state that continues
        another one's seat is a member only since it exists (Russia since 26 December 1991; before, the Soviet Union).
        """
        state = self.state(id)
        admitted = state.un_member_since is not None and state.un_member_since <= day
        gone = state.until is not None and day > state.until
        another_sits = state.continues is not None and not state.exists_on(day)
        return admitted and not (gone or another_sits or any(gap.holds_on(day) for gap in state.un_gaps))

    def named(self, text: str, on: date | None = None, roles: Collection[Role] = ROLES) -> tuple[Entity, ...]:
        """All that may be called so, on the day if one is given; each entity once.

        A single word must be written as it is here or in capitals, because names are words too ("turkey", "chad",
        "polish"); longer forms match whatever their case. A leading "the" makes no difference.
        """
        plain = text.replace(PRINTED_APOSTROPHE, TYPED_APOSTROPHE)
        found = [
            naming.entity
            for naming in self._namings(plain) or self._namings(_without_article(plain))
            if naming.role in roles and (on is None or (naming.name.holds_on(on) and naming.entity.holds_on(on)))
        ]
        return tuple({entity.id: entity for entity in found}.values())

    def surface_forms(self, on: date | None = None) -> Iterator[SurfaceForm]:
        """Every form with all whom it may mean, for a gazetteer: one row for each form and entity.

        With a day, the forms that hold on it. Without, those that hold still, and of what is past the names and
        demonyms that nothing present has taken over ("Soviet Union" is there, "Moscow" means Russia only).
        Ambiguous names are never here: `named` has them. Where one form has several roles for an entity ("Singapore"
        is a state and its capital), the row has the first of `ROLES`. Forms with an apostrophe come in both spellings.
        """
        seen: set[tuple[str, str]] = set()
        for naming in self._present_first() if on is None else self._holding_on(on):
            for text in _spellings(naming.name.text):
                if (text, naming.entity.id) not in seen and not naming.name.ambiguous:
                    seen.add((text, naming.entity.id))
                    yield SurfaceForm(text, naming.kind, naming.entity.id, naming.role)

    def namings(self, text: str) -> tuple[Naming, ...]:
        """All that may be called exactly so, with role, dates and ambiguity."""
        return tuple(self._exact.get(text, ()))

    def _namings(self, text: str) -> Sequence[Naming]:
        if exact := self._exact.get(text):
            return exact
        is_safe_in_any_case = " " in text or (text.isupper() and len(text) > 3)
        return self._folded.get(text.casefold(), ()) if is_safe_in_any_case else ()

    def _holding_on(self, day: date) -> Iterator[Naming]:
        return (one for one in self._all_namings() if one.name.holds_on(day) and one.entity.holds_on(day))

    def _present_first(self) -> Iterator[Naming]:
        present = [one for one in self._all_namings() if one.name.until is None and one.entity.until is None]
        taken = {one.name.text for one in present}
        yield from present
        for one in self._all_namings():
            is_region_now = isinstance(one.entity, State) and one.entity.is_region_now
            if one.name.text not in taken and one.role in ("name", "demonym") and not is_region_now:
                yield one

    def _all_namings(self) -> Iterator[Naming]:
        for state in self.states:
            own = (Name(text=state.name), Name(text=state.official), *state.names)
            yield from _each(state, "state", {"name": own, "demonym": state.demonyms})
            yield from _each(state, "state", {"capital": state.capitals, "metonym": state.metonyms})
        for one in self.organisations:
            own = (Name(text=one.name), *one.names)
            yield from _each(one, "organisation", {"name": own, "metonym": one.metonyms})
        for body in self.bodies:
            yield from _each(body, "body", {"name": (Name(text=body.name), *body.names)})

    def _known(self, id: str, kind: type[Kind]) -> Kind:
        found = self._entities.get(id)
        if isinstance(found, kind):
            return found
        ids = [entity.id for entity in self._entities.values() if isinstance(entity, kind)]
        raise NoSuchEntity(f'no {kind.__name__.lower()} has the id "{id}"{nearest(id, ids)}')

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        entities: tuple[Entity, ...] = (*self.states, *self.organisations, *self.bodies)
        return {entity.id: entity for entity in entities}

    @cached_property
    def _bodies_by_state(self) -> dict[str, tuple[Body, ...]]:
        grouped: defaultdict[str, list[Body]] = defaultdict(list)
        for body in self.bodies:
            grouped[body.state].append(body)
        return {id: tuple(bodies) for id, bodies in grouped.items()}

    @cached_property
    def _states_by_cow(self) -> dict[int, tuple[State, ...]]:
        grouped: defaultdict[int, list[State]] = defaultdict(list)
        for state in self.states:
            for number in (*state.also_cow, *(() if state.cow is None else (state.cow,))):
                grouped[number].append(state)
        return {number: tuple(states) for number, states in grouped.items()}

    @cached_property
    def _exact(self) -> dict[str, list[Naming]]:
        index: defaultdict[str, list[Naming]] = defaultdict(list)
        for naming in self._all_namings():
            index[naming.name.text].append(naming)
        return dict(index)

    @cached_property
    def _folded(self) -> dict[str, list[Naming]]:
        index: defaultdict[str, list[Naming]] = defaultdict(list)
        for text, namings in self._exact.items():
            index[text.casefold()].extend(namings)
        return dict(index)


def directory_of(tables: Mapping[str, Table]) -> Directory:
    """The directory in the tables of `foedus/data/directory`, as `datafiles.read_tables` gives them.

    Files are told by their names: `states.toml`, `former_states.toml`, `organisations.toml`, and `bodies_*.toml`,
    where `[RUS.state-duma]` heads the body "RUS.state-duma".

    raises   DataFileError if a record is not well formed, an id comes twice, or a record refers to nothing
    """
    states = (*_records(tables, "states.toml", State), *_records(tables, "former_states.toml", State))
    organisations = _records(tables, "organisations.toml", Organisation)
    bodies = tuple(body for file in sorted(tables) if file.startswith("bodies_") for body in _bodies(tables, file))
    _refuse_twins((*states, *organisations, *bodies))
    _refuse_dangling(states, organisations, bodies)
    successions = successions_of(tables.get("successions.toml", {}))
    return Directory(states=states, organisations=organisations, bodies=bodies, successions=successions)


# A file may say in short what a record spells out: a name without dates as its text, a day by its year.
NAME_FIELDS = ("names", "demonyms", "capitals", "metonyms")
DAY_OF_YEAR = {"since": "01-01", "until": "12-31"}


def _spelled_out(value: Any, key: str = "") -> Any:
    """A value of a file in full.

    >>> _spelled_out({"names": ["Duma", {"text": "State Duma", "since": 1993}]})
    {'names': [{'text': 'Duma'}, {'text': 'State Duma', 'since': '1993-01-01'}]}
    """
    if isinstance(value, Mapping):
        return {inner: _spelled_out(its, inner) for inner, its in value.items()}
    if isinstance(value, list):
        return [
            {"text": item} if isinstance(item, str) and key in NAME_FIELDS else _spelled_out(item, key)
            for item in value
        ]
    is_year = isinstance(value, int) and key in DAY_OF_YEAR
    return f"{value:04}-{DAY_OF_YEAR[key]}" if is_year else value


def _records(tables: Mapping[str, Table], file: str, kind: type[Kind]) -> tuple[Kind, ...]:
    return records(_spelled_out(tables.get(file, {})), kind, f"directory/{file}")


def _bodies(tables: Mapping[str, Table], file: str) -> tuple[Body, ...]:
    """The bodies in a file, where each stands in the table of its state."""
    flat: Table = {}
    for state, bodies in tables[file].items():
        for short, fields in bodies.items():
            flat[f"{state}.{short}"] = {"state": state, **fields} if isinstance(fields, Mapping) else fields
    return records(_spelled_out(flat), Body, f"directory/{file}")


def _refuse_twins(entities: Sequence[Entity]) -> None:
    seen: dict[str, Entity] = {}
    for entity in entities:
        if entity.id in seen:
            raise DataFileError(f"directory, {entity.id}: is there twice; give the second one another id, or remove it")
        seen[entity.id] = entity


def _refuse_dangling(states: Sequence[State], organisations: Sequence[Organisation], bodies: Sequence[Body]) -> None:
    """Raises where a record names a state, an organisation or a body that is not there."""
    known_states = {state.id for state in states}
    known_owners = known_states | {organisation.id for organisation in organisations}
    known_bodies = {body.id for body in bodies}
    references = [
        *((state.id, "successors", id, known_states) for state in states for id in state.successors),
        *((state.id, "continues", state.continues, known_states) for state in states if state.continues),
        *((one.id, "members", member.state, known_states) for one in organisations for member in one.members),
        *((body.id, "state", body.state, known_owners) for body in bodies),
        *((body.id, "part_of", body.part_of, known_bodies) for body in bodies if body.part_of),
    ]
    for id, key, target, known in references:
        if target not in known:
            raise DataFileError(
                f'directory, {id}: {key}: "{target}" is nowhere in the directory{nearest(target, known)}'
            )


def _spellings(text: str) -> tuple[str, ...]:
    return (text, text.replace(TYPED_APOSTROPHE, PRINTED_APOSTROPHE)) if TYPED_APOSTROPHE in text else (text,)


def _without_article(text: str) -> str:
    return text[len(ARTICLE) :] if text[: len(ARTICLE)].casefold() == ARTICLE else text


def _each(entity: Entity, kind: EntityKind, names: Mapping[Role, Sequence[Name]]) -> Iterator[Naming]:
    for role, group in names.items():
        for name in group:
            yield Naming(entity, kind, role, name)
