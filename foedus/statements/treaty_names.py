"""Names of treaties and of the domestic measures about them, wherever a sentence has one.

A name is a head noun ("treaty", "pact") with what stands around it: capitals, parties, fields of policy. Look-alikes
(contracts, museums, transfers) are refused by data. Whether a mere "the pact" means the report's treaty is decided in
`treaty_identity.py`, never here.
"""

from __future__ import annotations

import re

from foedus.reference.lexicons import Lexicon
from foedus.reference.packs import Reference
from foedus.statements.measure_names import MeasureNames
from foedus.statements.memberships import MembershipNames
from foedus.statements.names import Mention, MentionKind, longest
from foedus.statements.parties import Parties, parties_labelled
from foedus.statements.statement import TreatyMention
from foedus.statements.treaty_name_ends import BRACKET, LONGEST, PAPERS, YEAR, NameEnds
from foedus.statements.treaty_words import KnownName, TreatyWords, after_tail, known_names
from foedus.statements.unnamed_treaties import UnnamedTreaties
from foedus.statements.word_rows import WordRow, alternation, longest_runs
from foedus.terms.agents import BodyKind

_TERM = re.compile(r"(?:\d+|[a-z]+)-year")


class TreatyNames:
    """The words of one language, compiled."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        words = lexicon.section("treaties", TreatyWords)
        self.words = words
        self.heads = frozenset(words.heads.words) | frozenset(words.heads.plain_anaphors)
        self._head_runs = longest_runs(self.heads | {words.heads.exchange} - {""})
        self.modifiers = frozenset(words.modifiers.words)
        self.inside = frozenset(words.modifiers.inside)
        self._plain_words: frozenset[str] | None = None
        self.parties = Parties(words.parties)
        self.unnamed = UnnamedTreaties(words.unnamed)
        self.plain = frozenset(words.modifiers.plain)
        self.joint = frozenset(words.modifiers.joint)
        self.determiners = frozenset(words.modifiers.determiners)
        self.indefinite = frozenset(words.modifiers.indefinite)
        self.openers = frozenset(words.modifiers.openers)
        self.known = {form: name for name in known_names(reference, words) for form in (name.full, *name.forms)}
        self._known_runs = longest_runs(self.known)
        self._known = re.compile(rf"(?<![\w-])(?:{alternation(self.known)})(?![\w-])")
        self._refused = re.compile(rf"\b(?:{alternation(words.refused.exact)})\b", re.IGNORECASE)
        self._no_treaty_after = re.compile(rf"\s+(?:{alternation(words.refused.followed_by)})\b", re.IGNORECASE)
        self._ends = NameEnds(words)
        self._memberships = MembershipNames(words.memberships, tuple(self.known.values()))
        self._measures = MeasureNames(words.measures)

    def plain_words(self, state_words: frozenset[str]) -> frozenset[str]:
        """Words that tell no treaty from another: heads, small words, praise, and the names of states."""
        if self._plain_words is None:
            self._plain_words = self.heads | self.inside | self.plain | state_words
        return self._plain_words

    def find(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        """Treaties and measures of a sentence, in order, without overlaps; longer names win."""
        if not row:
            return []
        found = [
            *self._by_known_name(row),
            *self._by_head(row, names),
            *self._memberships.find(row, names),
            *self._measures.find(row),
        ]
        committees = [one for one in names if one.agent and one.agent.kind is BodyKind.COMMITTEE]
        return longest([one for one in found if not any(_overlap(one, other) for other in committees)])

    def _by_head(self, row: WordRow, names: list[Mention]) -> list[Mention]:
        if self._head_runs.isdisjoint(row.letter_runs):
            return []
        covered = _covered(row, names)
        found = []
        last = 0
        for head in range(len(row)):
            is_head = row.lower[head].removesuffix("'s") in self.heads and not self.is_refused(row, head)
            is_paper = row.lower[head] == self.words.heads.exchange and self._is_of_papers(row, head)
            if head >= last and (is_head or is_paper):
                mention, last = self._phrase(row, head, last, names, covered)
                if mention:
                    found.append(mention)
        return found

    def _is_of_papers(self, row: WordRow, head: int) -> bool:
        """ "exchange of notes": an instrument of the two who exchanged them."""
        words = self.words.heads
        return row.lower[head] == words.exchange and " ".join(row.lower[head + 1 : head + 1 + PAPERS]) in words.papers

    def _is_one_exchange(self, row: WordRow, first: int, last: int) -> bool:
        """ "the 1958 exchange of notes with Peru": told as one that is known, by its year."""
        is_new = first > 0 and row.lower[first - 1] in self.indefinite
        return not is_new and any(YEAR.match(row.lower[at]) for at in range(first, last))

    def is_refused(self, row: WordRow, head: int) -> bool:
        """Whether a head noun stands in company that makes it no treaty: "plea agreement", "deal with it"."""
        lower, refused = row.lower, self.words.refused
        before = lower[head - 1] if head else ""
        after = lower[head + 1] if head + 1 < len(row) else ""
        is_matter = lower[head] in refused.sure and before in refused.matters
        if before in refused.before and not row.is_capital(head) and not is_matter:
            return True
        if after in refused.after or (before in refused.bare_after and lower[head] in self.words.heads.weak):
            return True
        start = row.starts[max(0, head - 2)]
        if lower[head] in refused.verbs and before in refused.verb_after:
            return True
        if self._no_treaty_after.match(row.text, row.ends[head]):
            return True
        spot = self._refused.search(row.text, start, row.ends[min(head + 2, len(row) - 1)])
        return bool(spot and spot.start() <= row.starts[head] < spot.end())

    def _phrase(
        self, row: WordRow, head: int, floor: int, names: list[Mention], covered: list[bool]
    ) -> tuple[Mention | None, int]:
        first = self._left_end(row, head, floor, covered)
        is_of_papers = self._is_of_papers(row, head)
        last = self._ends.of(row, head + PAPERS if is_of_papers else head, covered, names)
        first = self._without_headline_verb(row, first, head, covered)
        start, end = row.starts[first], row.ends[last - 1]
        alias = BRACKET.match(row.text, end)
        text = row.span(first, last)
        determiner = row.lower[first - 1] if first else ""
        if text.endswith(("'s", "’s")):
            text, end = text[:-2], end - 2
        is_bare = first == head and last == after_tail(self.words.modifiers, row, head)
        if is_of_papers and not self._is_one_exchange(row, first, last):
            return None, head + 1
        if is_bare and not self._may_be_bare(row, head, determiner):
            return None, head + 1
        if not is_bare and not self._is_named(row, first, last, head, covered):
            return None, head + 1
        known = self._known_in(row, start, end)
        parties = [one for one in names if not self._is_of_the_title(row, one, start, head)]
        treaty = TreatyMention(
            mention=text,
            parties=_parties(row, first, last, head, parties, self.words.modifiers.between)
            or self._parties_after(row, last, names)
            or parties_labelled(row, first, names)
            or (known.parties if known else ()),
            forms=(*_aliases(alias), *(known.forms if known else ())),
            id=known.id if known else None,
            years=tuple(sorted({int(w) for w in row.lower[first:last] if YEAR.match(w)})),
        )
        role = "generic" if is_bare else "name" if self._has_capitals(row, first, last, head) else "description"
        role = "framework" if is_of_papers else role  # an older instrument beside the report's treaty
        return Mention(
            start=start, end=end, kind=MentionKind.TREATY, text=text, treaty=treaty, states=treaty.parties, role=role
        ), last

    def _without_headline_verb(self, row: WordRow, first: int, head: int, covered: list[bool]) -> int:
        """ "U.S. to Quit Arms Trade Treaty": capitals of a headline before a well-known name are no part of it."""
        found = self._known.search(row.text, row.starts[first], row.ends[head])
        at = first
        while found and at < head and row.starts[at] < found.start():
            if covered[at] or row.lower[at] in self.modifiers or not row.is_capital(at):
                return first
            at += 1
        return at if found else first

    def _is_of_the_title(self, row: WordRow, name: Mention, start: int, head: int) -> bool:
        """ "Rome Statute", "the Kampala Convention": the city where it was made is no party."""
        if name.role != "capital" or name.start < start or not row.is_capital(head):
            return False
        return (
            row.at(name.end) == head
            and row.text[name.end : row.starts[head]].isspace()
            and row.text[name.start - 1] != "-"
        )

    def _parties_after(self, row: WordRow, last: int, names: list[Mention]) -> tuple[str, ...]:
        """ "the treaty signed earlier between A and B": parties that a participle parts from the name."""
        words, at = self.words.modifiers, last
        while at < len(row) and row.lower[at] in words.linked:
            at += 1
        if at == last or at >= len(row) or row.lower[at] not in words.between:
            return ()
        parties: set[str] = set()
        for word in range(at + 1, min(len(row), at + 9)):
            owner = [one for one in names if one.start <= row.starts[word] < one.end and len(one.states) == 1]
            if (
                not owner
                and row.lower[word] not in words.openers
                and row.lower[word] not in self.joint | self.determiners
            ):
                break
            parties.update(
                state
                for one in owner
                if one.kind in (MentionKind.STATE, MentionKind.ORGANISATION)
                for state in one.states
            )
        return tuple(sorted(parties))

    def _known_in(self, row: WordRow, start: int, end: int) -> KnownName | None:
        """The well-known treaty that a longer name contains: "the New START treaty"."""
        found = self._known.search(row.text, start, end)
        known = self.known.get(" ".join(found[0].split())) if found else None
        return None if known is None or known.framework else known

    def _left_end(self, row: WordRow, head: int, floor: int, covered: list[bool]) -> int:
        at = head
        while at > floor and head - at < LONGEST:
            word = row.lower[at - 1]
            is_describing = word in self.modifiers or YEAR.match(word) or _TERM.fullmatch(word)
            if covered[at - 1] or is_describing or self._is_name_part(row, at - 1):
                at -= 1
            elif word in self.joint and at - 2 >= floor and self._may_join(row, at, covered):
                at -= 2
            else:
                break
        return at - 1 if at == head and self._is_lone_modifier(row, at, floor, covered) else at

    def _is_lone_modifier(self, row: WordRow, head: int, floor: int, covered: list[bool]) -> bool:
        """ "the safeguards agreement": one unknown noun between an article and the head, where a state is named besides."""
        if head - 2 < floor or row.lower[head - 2] not in self.words.heads.anaphor_determiners or not any(covered):
            return False
        word = row.lower[head - 1]
        return (
            word.isalpha() and len(word) > 4 and word not in self.determiners and word not in self.words.refused.before
        )

    def _may_join(self, row: WordRow, at: int, covered: list[bool]) -> bool:
        """Whether "and" before word `at` joins two parts of one description ("trade and investment agreement")."""
        left = row.lower[at - 2]
        return (left in self.modifiers or covered[at - 2] or self._is_name_part(row, at - 2)) and not covered[at]

    def _is_name_part(self, row: WordRow, index: int) -> bool:
        word = row.lower[index]
        is_verb = word in self.words.modifiers.headline_verbs
        return row.is_capital(index) and word not in self.inside and word not in self.determiners and not is_verb

    def _may_be_bare(self, row: WordRow, head: int, determiner: str) -> bool:
        heads = self.words.heads
        if row.lower[head] in self.words.modifiers.plurals:
            opens = head == 1 and determiner in heads.anaphor_determiners
            return opens or determiner in heads.plural_determiners
        if row.lower[head].removesuffix("'s") in heads.plain_anaphors:
            return determiner in heads.anaphor_determiners
        return determiner in heads.anaphor_determiners or row.lower[head] not in heads.weak

    def _is_named(self, row: WordRow, first: int, last: int, head: int, covered: list[bool]) -> bool:
        """A weak head ("deal") needs a party, a capital or a field beside it; a plain noun ("document") is never a name."""
        word = row.lower[head].removesuffix("'s")
        if word in self.words.heads.plain_anaphors:
            return False
        if word not in self.words.heads.weak:
            return True
        others = [index for index in range(first, last) if index != head]
        told = row.lower[others[0]]
        if last - first == 2 and any(covered) and told not in self.plain and not _TERM.fullmatch(told):
            return True
        return any(
            covered[index] or (row.lower[index] in self.modifiers and row.lower[index] not in self.plain)
            for index in others
        ) or (row.is_capital(head) and any(row.is_capital(index) for index in others))

    def _has_capitals(self, row: WordRow, first: int, last: int, head: int) -> bool:
        return row.is_capital(head) and last - first > 1

    def _by_known_name(self, row: WordRow) -> list[Mention]:
        if self._known_runs.isdisjoint(row.letter_runs):
            return []
        found = []
        for match in self._known.finditer(row.text, row.starts[0], row.ends[-1]):
            known = self.known[" ".join(match[0].split())]
            treaty = TreatyMention(
                mention=known.full,
                parties=tuple(sorted(known.parties)),
                id=known.id,
                forms=tuple(dict.fromkeys((match[0], *known.forms))),
            )
            role = "framework" if known.framework else "name"
            found.append(
                Mention(
                    start=match.start(),
                    end=match.end(),
                    kind=MentionKind.TREATY,
                    text=match[0],
                    treaty=treaty,
                    states=treaty.parties,
                    role=role,
                )
            )
        return found


def _covered(row: WordRow, names: list[Mention]) -> list[bool]:
    """For each word, whether a state or organisation is named in it."""
    covered = [False] * len(row)
    for name in names:
        if name.kind in (MentionKind.STATE, MentionKind.ORGANISATION):
            for index in range(max(0, row.at(name.start) - 1), len(row)):
                if row.starts[index] >= name.end:
                    break
                if row.ends[index] > name.start:
                    covered[index] = True
    return covered


def _aliases(bracket: re.Match[str] | None) -> tuple[str, ...]:
    return (bracket[1],) if bracket else ()


def _parties(
    row: WordRow, first: int, last: int, head: int, names: list[Mention], between: tuple[str, ...]
) -> tuple[str, ...]:
    """States and organisations that stand in the name as its parties: before the head, or after "between", "with", "of"."""
    start, middle, end = row.starts[first], row.starts[head], row.ends[last - 1]
    opener = next((index for index in range(head + 1, last) if row.lower[index] in between), None)
    after = row.starts[opener] if opener is not None else end
    parties = {
        state
        for name in names
        if name.kind in (MentionKind.STATE, MentionKind.ORGANISATION) and len(name.states) == 1
        if start <= name.start < middle or after <= name.start < end
        for state in name.states
    }
    return tuple(sorted(parties))


def _overlap(one: Mention, other: Mention) -> bool:
    """Whether a name begins inside another: "Joint Committee on Treaties"."""
    return other.start <= one.start < other.end
