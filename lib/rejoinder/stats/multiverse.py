"""How far a result depends on choices that could have been made otherwise, and on single groups."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from rejoinder.stats.clustered import aligned


def combinations(options: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Every combination of choices: a column per choice, a row per combination, first options first.

    No choice can be called "together", "all_else", "finding" or "estimate": the tables use these names.
    """
    return pd.DataFrame(list(product(*options.values())), columns=list(options), dtype=object)


def explained(values: pd.Series, choices: pd.DataFrame) -> pd.Series:
    """How much of the spread of `values` each choice explains by itself, from 0 to 1.

    Returns: a row per choice (sum of squares of its means over the total) and "together": what only
    several explain in common, at least 0. All values equal: NaN. Missing values are left out.
    Source: analysis of variance; for a multiverse, Steegen et al. 2016 and Simonsohn et al. 2020.
    """
    known = values.dropna().astype(float)
    spread = known - known.mean()
    total = (spread**2).sum()
    if not total > len(known) * (4 * np.finfo(float).eps * known.abs().max()) ** 2:
        return pd.Series(float("nan"), index=[*choices.columns, "together"])
    of_known = choices.loc[known.index]
    parts = {x: (spread.groupby(of_known[x]).transform("mean") ** 2).sum() / total for x in choices}
    return pd.Series(parts | {"together": max(0.0, 1 - sum(parts.values()))})


def switches(findings: pd.Series, choices: pd.DataFrame) -> pd.DataFrame:
    """How often switching one choice alone changes the finding; `findings` has the index of `choices`.

    Returns: a row per choice; `changed` and `of` count pairs of combinations that differ in it only.
    """

    def pairs_alike(table: pd.DataFrame) -> int:
        sizes = table.groupby(list(table), dropna=False).size()
        return int((sizes * (sizes - 1) // 2).sum())

    rows = {}
    for choice in choices:
        others = choices.drop(columns=choice).assign(all_else="same")
        pairs = pairs_alike(others)
        rows[choice] = (pairs - pairs_alike(others.assign(finding=findings)), pairs)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["changed", "of"])


def leave_one_out(sums: pd.DataFrame, groups) -> pd.DataFrame:
    """The totals of all units with each group left out in turn: for shares, means and `alpha_of`.

    Parameters: `sums`, a row per unit, a column per sum (missing: 0); `groups`, the group of each unit,
    NA if never left out; pandas is aligned by index, anything else by position.
    Returns: a row per group, in order of appearance; the columns of `sums`. Exact for whole numbers.
    Raises: ValueError for units without a label.
    """
    by_group = sums.groupby(aligned(groups, sums).iloc[:, 0].to_numpy(), sort=False).sum()
    totals = {name: sums[name].sum() - by_group[name] for name in sums}
    return pd.DataFrame(totals, index=by_group.index).set_axis(sums.columns, axis=1)
