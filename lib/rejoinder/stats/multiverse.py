"""How far a result depends on choices that could have been made otherwise."""

import pandas as pd


def switches(findings: pd.Series, choices: pd.DataFrame) -> pd.DataFrame:
    """How often switching one choice alone changes the finding; `findings` has the index of `choices`.

    Returns: a row per choice; `changed` and `of` count pairs of combinations that differ in it only.
    """
    rows = {}
    for choice in choices:
        others = choices.drop(columns=choice).assign(all_else="same")
        alike = (table.value_counts(dropna=False) for table in (others, others.assign(finding=findings)))
        pairs, unchanged = (int((sizes * (sizes - 1) // 2).sum()) for sizes in alike)
        rows[choice] = (pairs - unchanged, pairs)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["changed", "of"])
