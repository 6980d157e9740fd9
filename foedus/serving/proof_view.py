"""A Proof for people: as indented text, and as HTML that unfolds; leaves quote the report's very words.

Both say the same in the same order: how sure, what, by which rule, then the words it rests on, then its reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from foedus.serving.wording import printable
from foedus.terms.evidence import Quote
from foedus.terms.proof import Proof, Truth

if TYPE_CHECKING:
    from markupsafe import Markup

OVERRULED = "overruled"
"""How the register begins what a constraint says that lost."""

Link = Callable[[Quote], str | None]
"""Where a quote can be seen in its text, as an address; None where nowhere."""


def proof_text(proof: Proof, names: Mapping[str, str]) -> str:
    """The proof as indented lines.

    names   document id -> name; the id itself where it has none

    >>> quote = Quote("d_1", 4, 10, "signed")
    >>> reason = Proof(says="Russia signed it", truth=Truth.TRUE, by="report", quotes=(quote,))
    >>> print(proof_text(Proof(says="Russia is a signatory", truth=Truth.TRUE, by="VCLT 14(1)", because=(reason,)), {"d_1": "004"}))
    TRUE     Russia is a signatory [VCLT 14(1)]
      TRUE     Russia signed it [report]
                 004, chars 4-10: “signed”
    """
    return "\n".join(_lines(proof, names, 0))


def proof_html(proof: Proof, names: Mapping[str, str], link: Link = lambda quote: None) -> Markup:
    """The proof as nested <details>; everything in it is escaped.

    link   where each quote's document name leads
    """
    from foedus.serving.rendering import templates

    macros = templates().get_template("proof.html.j2").module
    html: Markup = macros.proof(proof, names, link)  # type: ignore[attr-defined]
    return html


def quoted_words(quote: Quote) -> str:
    """The words of a quote on one line."""
    return " ".join(quote.exact.split())


def overruled(proof: Proof) -> tuple[Proof, ...]:
    """The topmost reasons that lost: constraints that were overruled, or conclusions that are false."""
    found: list[Proof] = []
    for reason in proof.because:
        has_lost = reason.truth is Truth.FALSE or reason.says.startswith(OVERRULED)
        found.extend((reason,) if has_lost else overruled(reason))
    return tuple(found)


def _lines(proof: Proof, names: Mapping[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield printable(f"{indent}{proof.truth!r:<8} {proof.says} [{proof.by}]")
    for quote in proof.quotes:
        name = names.get(quote.document, quote.document)
        yield printable(f"{indent}           {name}, {quote.place}: “{quoted_words(quote)}”")
    for reason in proof.because:
        yield from _lines(reason, names, depth + 1)
