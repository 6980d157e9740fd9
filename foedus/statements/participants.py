"""Who acts on what around a trigger: subject, by-agent, possessor, place; objects and what they are about.

No parse: the nearest name that no preposition governs is the subject, as news English places it. Where two remain, the
first rule in the list decides; where none remains, nobody acts.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow
from foedus.terms.agents import BodyKind
from foedus.terms.dates import Timex

ACTORS = frozenset({MentionKind.STATE, MentionKind.ORGANISATION, MentionKind.BODY, MentionKind.PERSON})
_MIXED = ({MentionKind.STATE, MentionKind.ORGANISATION}, {MentionKind.PERSON, MentionKind.BODY})
_OFFICES = (BodyKind.HEAD_OF_STATE, BodyKind.HEAD_OF_GOVERNMENT)
_BY_REACH = 30
BOUND = "whom it comes to bind"


class Found(msgspec.Struct, frozen=True):
    """Names in one role, and the rule that gave them it. `first` is where the phrase begins, in words."""

    mentions: tuple[Mention, ...] = ()
    rule: str = ""
    first: int = 0


_UNKNOWN = 3  # words of a name that nobody knows, in a list of states


class SceneWords:
    """What a scene asks of the words of a language, compiled once."""

    def __init__(self, words: VerbWords) -> None:
        clauses = words.clauses
        self.verbs = words
        self.barriers = frozenset(clauses.barriers)
        self.conjunctions = frozenset(clauses.conjunctions)
        self.carriers = frozenset((*words.bearing, *words.carriers))
        self.prepositions = frozenset(clauses.prepositions)
        self.left_to = frozenset(tuple(text.split()) for text in words.left_to)
        self.relatives = frozenset(clauses.relatives)
        self.subordinators = frozenset(clauses.subordinators)
        self.stops = frozenset((*clauses.stops, *clauses.quotes))
        self.articles = frozenset(clauses.articles)
        self.links = frozenset(clauses.list_links)
        self.plain_links = frozenset(clauses.plain_links)


class Scene:
    """A sentence laid out for the rules: its words, its names, and which name covers which word."""

    def __init__(
        self, row: WordRow, mentions: Sequence[Mention], compiled: SceneWords, times: Sequence[Timex] = ()
    ) -> None:
        self.row = row
        self.triggered: set[int] = set()
        self.verbs: set[int] = set()
        self.gerunds: set[int] = set()
        self.words = compiled.verbs
        self.barriers, self.conjunctions, self.carriers = compiled.barriers, compiled.conjunctions, compiled.carriers
        self.prepositions, self.left_to, self.relatives = compiled.prepositions, compiled.left_to, compiled.relatives
        self.subordinators, self.stops, self.articles = compiled.subordinators, compiled.stops, compiled.articles
        self.links, self.plain_links = compiled.links, compiled.plain_links
        self.timed = {word for time in times for word in range(row.at(time.start), row.at(time.end))}
        self.mentions = tuple(mentions)
        self.at: list[int] = [-1] * len(row)
        self.spans: list[tuple[int, int]] = []
        for index, mention in enumerate(self.mentions):
            first, last = row.at(mention.start), row.at(mention.end)
            if first < len(row) and row.starts[first] > mention.start and first > 0:
                first -= 1
            self.spans.append((first, max(last, first + 1)))
            for word in range(first, min(last, len(row))):
                self.at[word] = index
        self.owning = self._owning()

    def actor_at(self, word: int) -> int | None:
        index = self.at[word] if 0 <= word < len(self.at) else -1
        return index if index >= 0 and self.mentions[index].kind in ACTORS and index not in self.owning else None

    def _owning(self) -> frozenset[int]:
        """Names that only tell whose members act ("seven members of the WTO"; where all do, it acts as a whole), or which treaty."""
        found = set()
        for index, mention in enumerate(self.mentions):
            if mention.role == "capital" and self._names_a_treaty(index):
                found.add(index)
            if mention.kind is not MentionKind.ORGANISATION:
                continue
            first, last = self.unbracketed(index)
            following = self.row.lower[last : last + 2]
            members = self.words.crowds.members
            is_before = any(word in members for word in following) and following[0] not in self.prepositions
            noun = self.members_before(first)
            begins = first if noun is None else noun
            is_whole = any(word in self.words.crowds.whole for word in self.row.lower[max(0, begins - 3) : begins])
            if (is_before or noun is not None) and not is_whole:
                found.add(index)
        return frozenset(found)

    def _names_a_treaty(self, index: int) -> bool:
        """ "the Ottawa text", "the Minsk accord": the capital only tells which treaty."""
        last = self.spans[index][1]
        following = self.at[last] if last < len(self.at) else -1
        is_noun = last < len(self.row) and self.row.lower[last] in (*self.words.texts, *self.words.crowds.processes)
        return is_noun or (following >= 0 and self.mentions[following].kind is MentionKind.TREATY)

    def unbracketed(self, index: int) -> tuple[int, int]:
        """The words of a name with its short form in brackets, from either of the two."""
        first, last = self.spans[index]
        lower = self.row.lower
        if lower[first - 1 : first] == ["("] and self.at[first - 2] >= 0 and first > 1:
            return self.spans[self.at[first - 2]][0], last + (lower[last : last + 1] == [")"])
        if lower[last : last + 1] == ["("] and last + 1 < len(lower) and self.at[last + 1] >= 0:
            end = self.spans[self.at[last + 1]][1]
            return first, end + (lower[end : end + 1] == [")"])
        return first, last

    def members_before(self, first: int) -> int | None:
        """The noun of "members of the": its word, where a name that begins at `first` only tells whose members they are."""
        word = first - 1
        while word > 0 and (self.row.lower[word] in self.articles and self.row.lower[word] not in self.prepositions):
            word -= 1
        is_of = word > 0 and self.row.lower[word] in self.words.crowds.from_
        return word - 1 if is_of and self.row.lower[word - 1] in self.words.crowds.members else None

    def untimed(self, start: int, end: int) -> int:
        """How many words stand between, besides times and their prepositions: "which on 9 January authorised"."""
        lower = self.row.lower
        is_time = (
            at in self.timed or (lower[at] in self.prepositions and at + 1 in self.timed) for at in range(start, end)
        )
        return sum(not one for one in is_time)

    def governed(self, index: int) -> bool:
        """Whether a preposition stands right before the name (articles and adjectives between)."""
        first = self.spans[index][0]
        is_bare = self.mentions[index].kind is MentionKind.STATE and self.mentions[index].role != "demonym"
        for word in range(first - 1, max(-1, first - 4), -1):
            lower = self.row.lower[word]
            if lower in self.words.clauses.onward and word - 1 in self.timed:
                return False  # "from today on Chad suspends it"
            if lower in self.prepositions:
                return not self._leads_a_crowd(word) and tuple(self.row.lower[word - 1 : word + 1]) not in self.left_to
            if self.at[word] >= 0 or lower in self.stops or lower == ",":
                return False
            if lower not in self.articles and (is_bare or not self._may_describe(word)):
                return False
        return False

    def _leads_a_crowd(self, word: int) -> bool:
        """ "a meeting of the cabinet", "a majority of deputies": who stands after "of" acts, unless a preposition governs the whole."""
        crowds = self.words.crowds
        head = word - 1
        if self.row.lower[word] not in crowds.whose or head < 0 or self.row.lower[head] not in crowds.heads:
            return False
        before = range(max(0, head - 3), head)
        return not any(self.row.lower[at] in self.prepositions and at + 1 not in self.timed for at in before)

    def _may_describe(self, word: int) -> bool:
        """Whether a word can be an adjective between a preposition and a name; capitals and words of time cannot."""
        lower = self.row.lower[word]
        return (
            lower.isalpha()
            and lower not in self.subordinators
            and not self.row.is_capital(word)
            and word not in self.timed
        )

    def is_possessor(self, index: int) -> bool:
        """ "Putin's visit": the name only owns the noun after it."""
        last = self.spans[index][1]
        text = self.row.text
        end = self.mentions[index].end
        return (
            text[end : end + 2] in ("'s", "’s")
            or text[end - 1 : end + 2] in ("s' ", "s’ ")
            or (last <= len(self.row) and self.row.lower[last - 1].endswith("'s") and self.row.ends[last - 1] > end)
        )

    def owns_officer(self, index: int) -> bool:
        """ "Ecuador's ambassador to the United States signed": who speaks for a state acts for it."""
        (first, last), officers = self.spans[index], self.words.crowds.officers
        if self.is_possessor(index) and _is_officer(self.mentions[index]):
            return any(word in officers for word in self.row.lower[last : last + 2])
        if self.mentions[index].kind is not MentionKind.STATE:
            return False
        if self.is_possessor(index):
            return any(word in officers for word in self.row.lower[last : last + 3])
        before = [word for word in self.row.lower[max(0, first - 5) : first] if word not in self.articles]
        is_of = self.row.lower[first - 1 : first] == [self.words.crowds.of] or before[-1:] == [self.words.crowds.of]
        return is_of and self.is_officer_of(first)

    def is_officer_of(self, first: int) -> bool:
        """ "the foreign minister of Norway": the noun before "of" is an officer, and no preposition governs it."""
        of = next(
            (at for at in range(first - 1, max(-1, first - 3), -1) if self.row.lower[at] == self.words.crowds.of), 0
        )
        if not of or self.row.lower[of - 1] not in self.words.crowds.officers:
            return False
        return not any(word in self.prepositions for word in self.row.lower[max(0, of - 4) : of - 1])

    def carries(self, word: int, start: int) -> bool:
        """Whether the word before a preposition leads on to the same object: "participation in", "the ratification of".

        A noun of another matter does not: in "revoked his visa over the treaty" the treaty is not what was revoked.
        """
        if word < start or self.at[word] >= 0 or word in self.timed or word in self.triggered:
            return True
        lower = self.row.lower[word]
        return (
            self.row.is_capital(word)
            or lower in self.carriers
            or lower in self.prepositions
            or not lower.isalpha()
            or lower.endswith("ly")
        )

    def is_absolute(self, index: int, verb: int) -> bool:
        """ "Hungary having approved": a clause of its own inside another's."""
        last = self.spans[index][1]
        return last != verb and last < len(self.row) and self.row.lower[last] == self.words.auxiliaries.absolute

    def opens_absolute(self, index: int, trigger: Trigger, group: VerbGroup) -> bool:
        """ "with the cabinet on Monday giving its nod": a gerund with a subject of its own."""
        first, last = self.spans[index]
        opener = next((word for word in self.row.lower[max(0, first - 2) : first] if word not in self.articles), "")
        between = range(last, group.first)
        return (
            (trigger.form is Form.GERUND or "pending" in group.says)
            and opener == self.words.accompanied
            and all(word in self.timed or self.row.lower[word] in self.prepositions for word in between)
        )

    def gathered(self, index: int) -> tuple[tuple[Mention, ...], int]:
        """The whole list a name belongs to ("Morocco, Sierra Leone and Sri Lanka"), and the word it begins at."""
        first = last = index
        kind = self.mentions[index].kind
        while first > 0 and self._listed_together(first - 1, first, kind):
            first -= 1
        while last + 1 < len(self.mentions) and self._listed_together(last, last + 1, kind):
            last += 1
        if first < index and self.governed(first) and not self._is_joined(first, last):
            first = index
        return self.mentions[first : last + 1], self.spans[first][0]

    def _is_joined(self, first: int, last: int) -> bool:
        """Whether "and" joins a list: in "Unlike Chad, Mali" the comma joins nothing."""
        between = self.row.lower[self.spans[first][1] : self.spans[last][0]]
        return any(word in self.conjunctions for word in between)

    def _without_time(self, start: int, end: int) -> list[str]:
        """The words between, without a time between commas: "Mali, Chad and, last week, Niger"."""
        times = [at for at in range(start, end) if at in self.timed]
        if not times or self.row.lower[times[0] - 1] != "," or self.row.lower[times[-1] + 1] != ",":
            return self.row.lower[start:end]
        return self.row.lower[start : times[0]] + self.row.lower[times[-1] + 1 : end]

    def _by_each(self, left: int, between: Sequence[str]) -> bool:
        """ "by Morocco and by Sierra Leone": the word before each name of a list of those who act."""
        start = self.spans[left][0]
        before = self.row.lower[max(0, start - 2) : start]
        by = self.words.crowds.by
        return any(word in by for word in before) and any(word in by for word in between)

    def _without_unknown(self, left: int, right: int, between: list[str]) -> list[str]:
        """ "Mali, Grenadina and Chad": a name that nobody knows is one of the list all the same."""
        start, end = self.spans[left][1], self.spans[right][0]
        unknown = [at for at in range(start, end) if self.row.is_capital(at) and self.at[at] < 0]
        is_item = 0 < len(unknown) <= _UNKNOWN and start < unknown[0] and unknown[-1] < end - 1
        is_item = is_item and unknown == list(range(unknown[0], unknown[-1] + 1)) and len(between) == end - start
        return self.row.lower[start : unknown[0]] if is_item and self._links(unknown[-1] + 1, end) else between

    def _links(self, start: int, end: int) -> bool:
        return all(word in self.links for word in self.row.lower[start:end])

    def _listed_together(self, left: int, right: int, kind: MentionKind) -> bool:
        pair = {self.mentions[left].kind, self.mentions[right].kind}
        if not pair <= ACTORS or (len(pair) > 1 and pair not in _MIXED):
            return False
        if (
            len(pair) > 1
            and MentionKind.PERSON in pair
            and not all(_is_officer(self.mentions[one]) for one in (left, right))
        ):
            return False
        between = self._without_time(self.spans[left][1], self.spans[right][0])
        if self._by_each(left, between):
            between = [word for word in between if word not in self.words.crowds.by]
        if pair == {MentionKind.STATE}:
            between = self._without_unknown(left, right, between)
        if between == ["("] and self.mentions[left].states == self.mentions[right].states:
            return True
        return (
            0 < len(between) <= 4
            and all(word in self.links for word in between)
            and any(word not in self.articles for word in between)
        )


def _is_officer(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERSON or bool(mention.agent and mention.agent.kind in _OFFICES)


def agent_after_by(scene: Scene, trigger: Trigger, openers: Sequence[str]) -> Found:
    """ "by X", "by both X and Y" after a passive or a noun of action."""
    row = scene.row
    for word in range(trigger.core, min(len(row), trigger.core + _BY_REACH)):
        lower = row.lower[word]
        if trigger.form is Form.NOUN and word >= trigger.last and word in scene.triggered:
            break
        if lower == ";" or (word in scene.verbs and word > trigger.last + 2) or _opens_a_relative(scene, word):
            break
        if lower in openers and row.lower[word - 1] not in scene.words.crowds.occasions:
            index = _next_actor(scene, word + 1)
            if index is not None:
                mentions, first = scene.gathered(index)
                return Found(mentions, 'the agent after "by"', first)
    for word in range(trigger.first - 1, max(-1, trigger.first - 12), -1):
        if word in scene.verbs or row.lower[word] in scene.conjunctions:
            break
        if row.lower[word] in openers:
            index = _next_actor(scene, word + 1)
            if index is not None and scene.spans[index][0] < trigger.first:
                mentions, first = scene.gathered(index)
                return Found(mentions, "the agent before the verb", first)
    return Found()


def _opens_a_relative(scene: Scene, word: int) -> bool:
    """ ", where he was welcomed by": who stands there is no agent of the clause before."""
    return scene.row.lower[word] in scene.relatives and word > 0 and scene.row.lower[word - 1] == ","


def _next_actor(scene: Scene, word: int) -> int | None:
    """The first actor at `word`, over at most five words that are no name (adjectives, "both", "a majority of")."""
    for at in range(word, min(len(scene.row), word + 6)):
        index = scene.at[at]
        if index in scene.owning:
            return None
        if index >= 0 and scene.mentions[index].kind is MentionKind.MEASURE and at + 1 < len(scene.row):
            continue
        if at > word and scene.row.lower[at] in scene.words.crowds.places:
            return None
        if index >= 0:
            return index if scene.mentions[index].kind in ACTORS else None
        if scene.row.lower[at] in scene.stops or scene.row.lower[at] in (",", "."):
            return None
    return None


def place_of(scene: Scene, trigger: Trigger, kinds: frozenset[object], places: frozenset[str]) -> Found:
    """ "in the Federation Council", "at the Duma", "through both houses": an organ as the place of a passive."""
    row = scene.row
    for index, mention in enumerate(scene.mentions):
        if mention.kind is MentionKind.BODY and mention.agent and mention.agent.kind in kinds and scene.governed(index):
            first = scene.spans[index][0]
            before = [row.lower[word] for word in range(max(0, first - 3), first)]
            is_near = abs(first - trigger.first) < _BY_REACH
            is_apart = ";" in row.lower[min(first, trigger.first) : max(first, trigger.first)]
            if any(word in places for word in before) and is_near and not is_apart:
                mentions, begins = scene.gathered(index)
                return Found(mentions, "the organ it happened in", begins)
    return Found()


def possessor_of(scene: Scene, trigger: Trigger) -> Found:
    """ "Morocco's ratification", "the Senate approval", "parliamentary approval": who owns a noun of action."""
    word = trigger.first - 1
    while word >= 0 and trigger.first - word < 5:
        index = scene.actor_at(word)
        if index is not None:
            mentions, first = scene.gathered(index)
            return Found(mentions, "the owner of the noun", first)
        if (
            scene.row.lower[word] in scene.prepositions
            or scene.row.lower[word] in scene.stops
            or scene.row.lower[word] == ","
        ):
            return Found()
        word -= 1
    return Found()
