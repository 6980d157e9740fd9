"""What Foedus says when it is misused.

Faults of the world (contradictions, undatable acts, unknown bodies) are `Issue` values in a result; an error is
raised only for misuse, and names the thing, says why, and says what would have worked.
"""


class FoedusError(Exception):
    """Misuse of Foedus. Its text is one plain line for a person; the command line prints it and exits with 2."""


class DataFileError(FoedusError):
    """A data file says something that Foedus cannot use: names the file, the record and the remedy."""


class InputError(FoedusError):
    """An input that cannot be read: names it, says why, and says what would have worked."""


class NoSuchInput(InputError):
    """An input that is not there: misuse, where an input that cannot be read is a fault of the world."""


class NotNow(InputError):
    """An input that cannot be had now and perhaps can be later: no answer in time, a site out of order, a network that is down."""


class NoSuchTreaty(FoedusError):
    """No treaty, or more than one, fits the words: lists what would have worked."""


class NoSuchStep(FoedusError):
    """An act that cannot follow from where the state stands: says which acts could."""


class ScenarioError(FoedusError):
    """A scenario that cannot be evaluated: names the fact and the predicates there are."""


class JournalError(FoedusError):
    """A journal that cannot be opened or written: says what to do."""
