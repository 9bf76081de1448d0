"""How often a text is split into the right sentences, beside plainer rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.datasets import golden_rules
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.stats.estimate import share
from rejoinder.text import sentences

_PLAIN_END = re.compile(r"(?<=[.!?])\s+")


def score_splitting(folder: str | Path) -> pd.DataFrame:
    """Every method on the golden rules below `folder`: SCORE_COLUMNS.

    `all_right` is the share of the texts of which every sentence is found as it should be; white space
    at their ends does not count. `chance` is to split nothing, the plainer rule to split at each full
    stop, question and exclamation mark that a space follows. Exact intervals, 95 %.

    Raises BenchmarkError as `benchmarks.golden_rules` does.
    """
    rules = golden_rules(folder)
    methods: dict[str, Callable[[str], list[str]]] = {
        "chance": lambda text: [text],
        "a split at every full stop": _PLAIN_END.split,
        "rejoinder": lambda text: [text[start:end] for start, end in sentences(text)],
    }
    rows = []
    for method, split in methods.items():
        right = [
            split(text) == [said.strip() for said in meant]
            for text, meant in zip(rules["text"], rules["sentences"], strict=True)
        ]
        e = share(sum(right), len(right))
        dataset = sets()["sentences"].title
        rows.append(("sentences", method, dataset, e.n, "all_right", e.value, e.low, e.high))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)
