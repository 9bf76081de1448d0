"""Whether a machine may code in place of a person: the alternative annotator test."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

MIN_PEOPLE, MIN_COMMENTS, ALPHA = 3, 30, 0.05
EPSILON = 0.15  # how much less often it may agree, as it costs less than a trained coder: section 3.3


def alt_test(codings: pd.DataFrame, machine: str, people: Iterable[str]) -> pd.DataFrame:
    """Whether a machine agrees with people about as often as one of them does, each left out in turn.

    Parameters: `codings` as in `alpha`, with a row for all that the machine was asked, if it failed with
    a value that people do not give; `machine`, `people`, coders.
    Returns: by person, `n`, the comments that they, another person and the machine coded; `machine` and
    `person`, the share of these on which each agrees with the others at least as often as the other does,
    over all items; `p` of the machine being behind by EPSILON or more, adjusted for several people
    (Benjamini & Yekutieli); `replaces`, p < ALPHA. The machine passes if it replaces at least half of the
    people. No rows (insufficient) unless MIN_PEOPLE people have MIN_COMMENTS comments each.
    Source: Calderon, Reichart & Dror 2025, The Alternative Annotator Test for LLM-as-a-Judge.
    """
    from scipy.stats import false_discovery_control, ttest_1samp

    keys = ["comment_id"] + ["item"] * ("item" in codings)
    values = codings.pivot(index=keys, columns="coder", values="value").dropna(subset=machine)
    people, rows = [one for one in people if one in values], {}
    for person in people:
        others = values[[one for one in people if one != person]]
        others = others[values[person].notna() & others.notna().any(axis=1)]

        def agrees(who: str, others: pd.DataFrame = others) -> pd.Series:
            """With which share of the others, by comment."""
            same = others.eq(values[who].reindex(others.index), axis=0)
            share = same.sum(axis=1) / others.notna().sum(axis=1)
            return share.groupby("comment_id").mean().round(9)

        ahead = agrees(machine) >= agrees(person)
        behind = agrees(person) >= agrees(machine)
        if len(ahead) >= MIN_COMMENTS:
            lag = behind.astype(int) - ahead.astype(int)
            p = ttest_1samp(lag, EPSILON, alternative="less")[1] if np.ptp(lag) else lag.max() >= EPSILON
            rows[person] = (len(ahead), ahead.mean(), behind.mean(), float(p))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["n", "machine", "person", "p"])
    table = table if len(table) >= MIN_PEOPLE else table[:0]
    p = false_discovery_control(table["p"], method="by") if len(table) else np.empty(0)
    return table.assign(p=p, replaces=p < ALPHA).rename_axis("left out")
