"""The words around a verb that say when, whether and how surely: tense, voice, negation, modals, "is expected to".

A group is read leftward from its verb; what a group says is kept in its own words' classes and folded to a factuality in
`factuality.py`.
"""

from __future__ import annotations

import msgspec

from foedus.statements.inversions import dropped, meant, turned_negative, turned_round
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow

_REACH = 18
_FAR_LEFT = 9
_LIST = 16  # words of a list of names


class VerbGroup(msgspec.Struct, frozen=True):
    """A verb with what belongs to it.

    first      index of its first word; the subject ends before it
    voice      "active", "passive", or "open" for a bare past form that may be either
    tense      "past", "present", "future", or None where it is no finite verb
    says       classes of words that bear on factuality, nearest to the verb first: "negative", "future", "would", "possible",
               "required", "perfect", and the catenatives "planned", "expected", "denied", "urged", "realised", "content"
    adverbs    the adverbs met
    is_going_on  a progressive: "is withdrawing", "was being withdrawn"
    """

    first: int
    voice: str
    tense: str | None
    says: tuple[str, ...]
    adverbs: tuple[str, ...] = ()
    is_going_on: bool = False

    @property
    def is_present(self) -> bool:
        """Whether it tells what is or is to be: "leaves", not "has left" and not "became the first to leave"."""
        return self.tense == "present" and not {"perfect", "realised"} & set(self.says)


class VerbGroups:
    """The rules for one language."""

    def __init__(self, words: VerbWords) -> None:
        self.words = words
        self._class: dict[str, str] = {}
        for name in ("be", "have", "do", "future", "would", "possible", "required"):
            self._class.update(dict.fromkeys(getattr(words.auxiliaries, name), name))
        for name in ("have_not", "be_not", "do_not"):
            self._class.update(dict.fromkeys(getattr(words.auxiliaries, name), name.removesuffix("_not")))
        self._negative = frozenset(words.auxiliaries.negative)
        self._negative_phrases = frozenset(tuple(text.split()) for text in words.auxiliaries.negative_phrases)
        self._past = frozenset(words.auxiliaries.past)
        self._adverbs = frozenset(words.adverbs.words)
        self._days = frozenset(words.adverbs.days)
        self._not_adverbs = frozenset(words.adverbs.not_adverbs)
        self._catenative = {tuple(text.split()): name for name, listed in words.catenatives.items() for text in listed}
        self._infinitive = words.auxiliaries.infinitive
        pronouns = words.pronouns
        self._subjects = frozenset((*pronouns.thing[:1], *pronouns.person, *pronouns.many[:1], *words.crowds.nouns))
        self._becoming = frozenset(words.becoming)
        self._both = frozenset(pronouns.many)
        self._expecting = frozenset(words.expecting)
        self._no_noun = frozenset((*words.clauses.prepositions, *words.clauses.conjunctions, *words.clauses.relatives))
        self._absolutes = frozenset(words.absolutes)
        self._left_to = frozenset(tuple(text.split()) for text in words.left_to)
        self._gerund = {text: name for name, listed in words.gerunds.items() for text in listed}
        self._unfinished = frozenset(words.unfinished)
        self._dropping = frozenset(tuple(text.split()) for text in words.dropping)
        self._dropped = frozenset(words.dropped)

    def is_adverb(self, word: str) -> bool:
        if word in self._adverbs:
            return True
        return word.endswith(self.words.adverbs.endings) and word not in self._not_adverbs

    def of(self, row: WordRow, trigger: Trigger) -> VerbGroup:
        """The group of a verb trigger; for a noun, an empty group."""
        if trigger.form is Form.NOUN:
            return self._nominal(row, trigger)
        at, says, adverbs, auxiliaries = trigger.first, [], [], []
        while at > 0 and trigger.first - at < _REACH:
            word = row.lower[at - 1]
            kind = self._class.get(word)
            negative = next(
                (size for size in (4, 3) if tuple(row.lower[max(0, at - size) : at]) in self._negative_phrases), 0
            )
            if negative:
                says.append("negative")
                at -= negative
                continue
            if word in self._negative:
                says.append("negative")
                if kind:
                    auxiliaries.append((kind, word))
            elif kind:
                auxiliaries.append((kind, word))
            elif self.is_adverb(word):
                if at == 1 and auxiliaries and word in self._both:
                    break  # "Both must ratify it"
                adverbs.append(word)
            elif word == self._infinitive and trigger.form is Form.GERUND and not auxiliaries:
                at = self._before_gerund(row, at, trigger.first, says)
                break
            elif word == self._infinitive:
                step = self._catenative_before(row, at - 1)
                if step is None:
                    says.append("purpose")
                    break
                if any(one in self._negative for one in row.lower[step[0] : at - 1]):
                    says.append("negative")
                at, name = self._unless_dropped(row, *step)
                says.append(name)
                if name in ("urged", "content"):
                    break
                if name == "realised":
                    at = self._copula_before(row, at)
                continue
            elif trigger.form is Form.GERUND and word in self._gerund and not auxiliaries:
                says.append(self._led(row, at - 1))
                at -= 1
                break
            else:
                if trigger.form is Form.GERUND and not auxiliaries:
                    at = self._before_gerund(row, at, trigger.first, says)
                elif auxiliaries and auxiliaries[-1][1] == self.words.auxiliaries.absolute:
                    says.extend(self._before_list(row, at))
                elif trigger.form is Form.BASE and not auxiliaries and not says:
                    auxiliaries.extend(turned_round(row, at, self._class, self.words.clauses.articles))
                    says.extend(turned_negative(row, at, auxiliaries, self._negative))
                break
            at -= 1
        if auxiliaries and auxiliaries[-1][1] == self.words.being and at and row.lower[at - 1] in self._gerund:
            says.append(self._gerund[row.lower[at - 1]])
        return self._folded(row, trigger, at, says, adverbs, auxiliaries)

    def _led(self, row: WordRow, at: int) -> str:
        """What the word right before a gerund says; some say it only where they open a clause."""
        name = self._gerund[row.lower[at]]
        if name == "sequel":
            return "realised" if self._is_sequel(row, at) else "denied"
        if name != "opening":
            return name
        before = row.lower[at - 1] if at else ""
        return "urged" if before.isalpha() and before not in self._no_noun else "realised"

    def _is_sequel(self, row: WordRow, at: int) -> bool:
        """ "debated it for hours before approving it": a past told in the main clause, and nothing that lies ahead."""
        kinds = {self._class.get(word) for word in row.lower}
        is_past = any(word.endswith(self.words.past_endings) or word in self._past for word in row.lower[:at])
        ahead = {"future", "would", "possible", "required"}
        return is_past and not kinds & ahead and not self._unfinished & set(row.lower[:at])

    def _before_gerund(self, row: WordRow, at: int, first: int, says: list[str]) -> int:
        """What a phrase before a gerund says ("no intention of", "close to"), and the word that it begins at."""
        for size in (4, 3, 2):
            name = self._catenative.get(tuple(row.lower[max(0, at - size) : at]))
            if name:
                first, name = self._unless_dropped(row, at - size, name)
                says.append(name)
                return first
        says.extend(self._absolute(row, first))
        return at

    def _unless_dropped(self, row: WordRow, first: int, name: str) -> tuple[int, str]:
        """ "dropped its plans to": a plan that was called off is no plan any more."""
        at = dropped(row, first, self._dropping, self._dropped, self.words.clauses.articles)
        return (first, name) if at is None else (at, "denied")

    def _before_list(self, row: WordRow, first: int) -> tuple[str, ...]:
        """ "without great powers like Mali, Chad and Niger having acceded": no comma before the list begins."""
        for at in range(first - 1, max(-1, first - _LIST), -1):
            if row.lower[at] in self._absolutes:
                name = next((word for word in range(at, first) if row.is_capital(word)), first)
                return () if "," in row.lower[at:name] else (self._gerund[row.lower[at]],)
        return ()

    def _absolute(self, row: WordRow, first: int) -> tuple[str, ...]:
        """ "without the country leaving": the preposition stands before the gerund's own subject."""
        before = row.lower[max(0, first - 4) : first]
        return tuple(self._gerund[word] for word in before if word in self._absolutes)

    def _nominal(self, row: WordRow, trigger: Trigger) -> VerbGroup:
        at = trigger.first
        adverbs = []
        while at > 0 and self.is_adverb(row.lower[at - 1]):
            at -= 1
            adverbs.append(row.lower[at])
        return VerbGroup(trigger.first, "noun", None, (), tuple(adverbs))

    def _catenative_before(self, row: WordRow, to: int) -> tuple[int, str] | None:
        """What stands before the "to" at index `to`: its first index and class. Votes and adverbs may lie between ("voted 188-6 to")."""
        aside = self._before_aside(row, to)
        if aside:
            return aside
        end = to
        for _ in range(10):
            for size in (4, 3, 2, 1):
                if end - size >= 0:
                    name = self._catenative.get(tuple(row.lower[end - size : end]))
                    if size == 1 and self.words.ordinals.has(row.lower[end - 1]):
                        name = "realised"  # "is the 30th to ratify it"
                    wished = self._wished_before(row, end - size) if name == "realised" else None
                    if wished:
                        return wished
                    if (
                        name == "content"
                        and row.lower[end - size - 1 : end - size]
                        and row.lower[end - size - 1] in self._subjects
                    ):
                        name = "planned"
                    if (
                        name == "content"
                        and row.lower[end - 1] in self.words.plans
                        and self._follows_a_name(row, end - 1)
                    ):
                        name = "planned"
                    if name:
                        return end - size, name
            if end > 0 and (self._is_between(row.lower[end - 1])):
                end -= 1
            else:
                break
        called_off = self._unless_dropped(row, end - 1, "") if end else (0, "")
        if called_off[1]:
            return called_off
        return self._before_owner(row, end) or self._urged_before(row, to) or self._left_before(row, to)

    def _before_owner(self, row: WordRow, end: int) -> tuple[int, str] | None:
        """ "the first member of the African Union to ratify it": the noun stands before the name that owns it."""
        at = end
        while at > 0 and row.is_capital(at - 1):
            at -= 1
        if at == end:
            return None
        at -= row.lower[at - 1] in self.words.clauses.articles
        is_owned = at > 1 and row.lower[at - 1] == self.words.crowds.of
        is_counted = is_owned and self._catenative.get((row.lower[at - 2],)) == "realised"
        return (at - 2, "realised") if is_counted else None

    def _before_aside(self, row: WordRow, to: int) -> tuple[int, str] | None:
        """ "refuses, as others do, to ratify it": what stands before the aside."""
        if row.lower[to - 1 : to] != [","]:
            return None
        comma = next((at for at in range(to - 2, max(0, to - _FAR_LEFT), -1) if row.lower[at] == ","), 0)
        name = self._catenative.get((row.lower[comma - 1],)) if comma else None
        return (comma - 1, name) if name else None

    def _left_before(self, row: WordRow, to: int) -> tuple[int, str] | None:
        """ "it is up to parliament to approve it": whom it is left to stands between."""
        for at in range(to - 1, max(1, to - _FAR_LEFT), -1):
            if row.lower[at] in (",", ".", ";"):
                return None
            if (row.lower[at - 1], row.lower[at]) in self._left_to:
                return to, "expected"
        return None

    def _follows_a_name(self, row: WordRow, at: int) -> bool:
        """ "Chad and Mali plan to": a name stands right before, and does not own what follows."""
        at -= at > 0 and row.lower[at - 1] == ","
        return at > 0 and row.is_capital(at - 1) and not row.lower[at - 1].endswith(("'s", "’s", "s'"))

    def _copula_before(self, row: WordRow, at: int) -> int:
        """ "will be the first country to", "is to become the 60th state to": the verb that the noun completes says how sure."""
        for word in range(at - 1, max(-1, at - 6), -1):
            lower = row.lower[word]
            if self._class.get(lower) == "be":
                return word + 1
            if lower in self._becoming:
                return word
            if not (lower.isalnum() or self.is_adverb(lower)) or lower in self._no_noun:
                break
        return at

    def _wished_before(self, row: WordRow, to: int) -> tuple[int, str] | None:
        """ "urged all countries to ratify", "I expect all nations to complete it": nobody has done so yet."""
        urged = self._urged_before(row, to)
        if urged:
            return urged
        for at in range(to - 1, max(-1, to - 5), -1):
            if row.lower[at] in (",", ".", ";"):
                return None
            if row.lower[at] in self._expecting:
                return to + 1, "expected"
        return None

    def _urged_before(self, row: WordRow, to: int) -> tuple[int, str] | None:
        """ "asked parliament to ratify it": whom one urges stands between."""
        for at in range(to - 1, max(-1, to - 8), -1):
            if row.lower[at] in (",", ".", ";"):
                return None
            if self._catenative.get((row.lower[at],)) == "urged":
                return at, "urged"
        return None

    def _is_between(self, word: str) -> bool:
        return (
            self.is_adverb(word)
            or word in self._days
            or word[0].isdigit()
            or word in self._negative
            or not word[0].isalpha()
        )

    def _folded(
        self,
        row: WordRow,
        trigger: Trigger,
        first: int,
        says: list[str],
        adverbs: list[str],
        auxiliaries: list[tuple[str, str]],
    ) -> VerbGroup:
        kinds = [kind for kind, _ in auxiliaries]
        if auxiliaries and auxiliaries[-1][1] == self.words.auxiliaries.bare and not says and len(auxiliaries) == 1:
            says.append(meant(row, first, self._catenative, self._class, self.words.clauses.conjunction_or_relative))
        nearest = kinds[0] if kinds else None
        is_apart = row.lower[trigger.first - 1 : trigger.first] == [self._infinitive]  # "is preparing to quit"
        form = trigger.form
        if trigger.is_past_too and nearest in ("be", "have") and not is_apart:
            form = Form.PARTICIPLE
        voice = "active"
        if form in (Form.PAST, Form.PARTICIPLE):
            voice = "passive" if nearest == "be" else "active" if nearest in ("have", "do") else "open"
            if form is Form.PARTICIPLE and nearest is None:
                voice = "passive"
        if "have" in kinds and self._infinitive not in row.lower[first : trigger.first]:
            says.append("perfect")
        for kind in ("future", "would", "possible", "required"):
            if kind in kinds:
                says.append(kind)
        is_past_too = trigger.is_past_too and not auxiliaries and not says
        tense = "past" if is_past_too else self._tense(form, auxiliaries, says)
        is_going_on = form is Form.GERUND and nearest == "be" and tense == "present"
        is_going_on |= voice == "passive" and len(auxiliaries) > 1 and auxiliaries[0][1] == self.words.being
        return VerbGroup(first, voice, tense, tuple(says), tuple(adverbs), is_going_on)

    def _tense(self, form: Form, auxiliaries: list[tuple[str, str]], says: list[str]) -> str | None:
        kinds = {kind for kind, _ in auxiliaries}
        if "future" in kinds:
            return "future"
        if any(word in self._past for _, word in auxiliaries):
            return "past"
        is_present_passive = "be" in kinds and "have" not in kinds
        if form in (Form.PAST, Form.PARTICIPLE) and not is_present_passive:
            return "past"
        if form in (Form.BASE, Form.THIRD) and "purpose" not in says:
            return "present"
        return "present" if kinds & {"be", "have", "do"} else None
