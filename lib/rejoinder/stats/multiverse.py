"""Many estimates of one thing under choices that could as well have been made otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations as pairs
from itertools import product

import numpy as np
import pandas as pd

RESERVED = ("together", "all_else", "estimate", "finding")


def combinations(options: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Every combination of choices: a column per choice, a row per combination; the first row has the
    first option of each. No choice gives one row without columns. Raises ValueError for a choice
    without an option, with a missing one or the same twice, or of a name in RESERVED."""
    for choice, names in options.items():
        if choice in RESERVED:
            raise ValueError(f"no choice can be called {choice!r}: the tables use that name")
        names = list(names)
        if not names or len(set(names)) < len(names) or any(pd.isna(name) for name in names):
            raise ValueError(f"the choice {choice!r} needs different options, not {names}")
    return pd.DataFrame(list(product(*options.values())), columns=list(options), dtype=object)


def explained(values: pd.Series, choices: pd.DataFrame) -> pd.Series:
    """How much of the spread of `values` each choice explains by itself, from 0 to 1.

    `choices`: as `combinations` gives them, with the index of `values`. One row per choice and last
    "together", what only several choices in common explain. It is the sum of squares of a choice's means
    over the total; NaN throughout where nothing spreads. Values that are missing are left out; then the
    parts overlap, and "together" is what they leave, if anything.
    Source: analysis of variance; for a multiverse, Steegen et al. 2016 and Simonsohn et al. 2020.
    """
    known = values.dropna().astype(float)
    spread = known - known.mean()
    total = (spread**2).sum()
    if not total > len(known) * (4 * np.finfo(float).eps * known.abs().max()) ** 2:
        return pd.Series(float("nan"), index=[*choices.columns, "together"])
    parts = {
        choice: (spread.groupby(choices.loc[known.index, choice]).transform("mean") ** 2).sum() / total
        for choice in choices
    }
    return pd.Series(parts | {"together": max(0.0, 1 - sum(parts.values()))})


def switches(findings: pd.Series, choices: pd.DataFrame) -> pd.DataFrame:
    """How often switching one choice alone changes the finding: one row per choice, with `changed` and
    `of` (counts of pairs of combinations that differ in this choice only)."""
    rows = {}
    for choice in choices:
        alone = choices.drop(columns=choice).assign(all_else="same")
        groups = findings.groupby([alone[other] for other in alone], sort=False)
        found = [a != b for _, own in groups for a, b in pairs(own, 2)]
        rows[choice] = (sum(found), len(found))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["changed", "of"])
