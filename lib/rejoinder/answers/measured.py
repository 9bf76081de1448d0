"""What else the record says: from which degree on answers are right, how fast, and what failed."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.answer import joined
from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.results import record, recorded, reliability, tried
from rejoinder.stats.estimate import share

# Below this share of right answers a machine should rather say nothing.
ENOUGH = 0.8
LEAST_ANSWERS = 10  # of a step: of fewer nothing is seen but chance


def reliability_steps() -> pd.DataFrame:
    """`recorded.reliability`, for `plots.reliability`."""
    return reliability()


def least_degree(steps: pd.DataFrame, right: float = ENOUGH) -> float:
    """The least degree from which on answers of every degree are right in at least the share `right`, and
    certainly in more than half; NaN if there is none.

    `steps`: those of one set. A step of fewer than LEAST_ANSWERS is taken together with the one below.
    """
    least, hits, n = [], 0.0, 0
    for step in steps.sort_values("least", ascending=False).itertuples():
        hits, n = hits + step.right * step.n, n + step.n
        if n < LEAST_ANSWERS:
            continue
        if hits / n < right or share(round(hits), n).low <= 0.5:
            break
        least.append(step.least)
        hits, n = 0.0, 0
    return float(min(least, default=float("nan")))


def degrees() -> pd.DataFrame:
    """From which degree on an answer is right often enough (`ENOUGH`): one row per set, `measure`, `on`,
    `right` (over all degrees), `least degree` (NaN: none will do), `right from there`, `answers kept`. Of
    links every pair of a text and a claim is an answer."""
    rows = []
    for (measure, dataset), steps in reliability().groupby(["measure", "dataset"], sort=False):
        least = least_degree(steps)
        kept = steps[steps["least"] >= least]
        overall, there = (share(round((s["right"] * s["n"]).sum()), s["n"].sum()) for s in (steps, kept))
        on = f"{dataset}, pairs" if measure == "links" else dataset
        rows.append((measure, on, overall, least, there, kept["n"].sum() / steps["n"].sum()))
    columns = ["measure", "on", "right", "least degree", "right from there", "answers kept"]
    return pd.DataFrame(rows, columns=columns)


def measured_on() -> pd.DataFrame:
    """The sets that were measured, a row each: `set`, `texts`, `n`, `labelled by` (source), `licence`."""
    rows = [sets()[name] for name in record()["sets"]]
    table = {
        "set": [one.title for one in rows],
        "texts": [one.rows for one in rows],
        "n": [one.n for one in rows],
        "labelled by": [one.cite for one in rows],
        "licence": [one.licence for one in rows],
    }
    return pd.DataFrame(table)


def measured_with() -> str:
    """With which versions the figures were measured, as sentences; one for each set of versions."""
    by_versions: dict[str, list[str]] = {}
    for name, one in record()["sets"].items():
        told = ", ".join(f"{package} {number}" for package, number in one["versions"].items())
        by_versions.setdefault(told, []).append(sets()[name].title)
    return " ".join(f"On {joined(names)} with {told}." for told, names in by_versions.items())


def tried_without_gain() -> pd.DataFrame:
    """What was tried for a measure and not taken: `measure`, `tried`, `what came of it`. Found once, when
    the measure was made; nothing checks these figures again."""
    table = tried()
    table["what came of it"] = table["figures"] + "; " + table["why_not"]
    return table[["measure", "tried", "what came of it"]]


def speeds() -> pd.DataFrame:
    """How many texts a second each measure takes, of the record: `measure`, `on`, `texts`, `TextBlob`,
    `VADER`, `rejoinder` (texts a second on one core) and `ratio`: rejoinder beside the two word lists
    called one after the other on the same texts in the same run (higher = faster)."""
    table = recorded("speed")
    titles = table["set"].map({name: one.title for name, one in sets().items()})
    table = table.assign(on=titles).rename(
        columns={"rows": "texts", "textblob": "TextBlob", "vader": "VADER"}
    )
    whole = ["TextBlob", "VADER", "rejoinder"]
    table[whole] = table[whole].round().astype(int)
    return table[["measure", "on", "texts", *whole, "ratio"]]
