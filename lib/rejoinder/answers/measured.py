"""What else the record says: from which degree on answers are right, how fast, on what, and what failed."""

from __future__ import annotations

import pandas as pd

from rejoinder.infer.intervals import share
from rejoinder.read.labelled import sets
from rejoinder.read.recorded import record, recorded, reliability, tried

# Below this share of right answers a machine should rather say nothing.
ENOUGH = 0.8


def reliability_steps() -> pd.DataFrame:
    """`recorded.reliability`, for `plots.reliability`."""
    return reliability()


def least_degree(steps: pd.DataFrame, right: float = ENOUGH) -> float:
    """The least degree from which on all steps together are right in at least the share `right`, and
    certainly in more than half; NaN if there is none. `steps`: those of one set."""
    steps = steps.sort_values("least")
    hits, n = (steps["right"] * steps["n"])[::-1].cumsum(), steps["n"][::-1].cumsum()
    good = [k / m >= right and share(round(k), m).low > 0.5 for k, m in zip(hits, n, strict=True)]
    reached = steps["least"][::-1][good]
    return float(reached.min()) if len(reached) else float("nan")


def degrees() -> pd.DataFrame:
    """From which degree on an answer is right often enough (`ENOUGH`): one row per set, `measure`, `on`,
    `right` (over all degrees), `least degree` (NaN: none will do), `right from there`, `answers kept`."""
    rows = []
    for (measure, dataset), steps in reliability().groupby(["measure", "dataset"], sort=False):
        least = least_degree(steps)
        kept = steps[steps["least"] >= least]
        overall, there = (share(round((s["right"] * s["n"]).sum()), s["n"].sum()) for s in (steps, kept))
        rows.append(
            (measure, dataset, overall, least, there, len(kept) and kept["n"].sum() / steps["n"].sum())
        )
    columns = ["measure", "on", "right", "least degree", "right from there", "answers kept"]
    return pd.DataFrame(rows, columns=columns)


def measured_on() -> pd.DataFrame:
    """The sets that were measured, a row each: `set`, `texts`, `n`, `labelled by` (source), `licence`,
    `files` (the first letters of their SHA-256) and `with`: the versions of the packages."""
    rows = []
    for name, one in record()["sets"].items():
        known, versions = sets()[name], one["versions"]
        rows.append(
            {
                "set": known.title,
                "texts": known.rows,
                "n": known.n,
                "labelled by": known.cite,
                "licence": known.licence,
                "files": [f"{file.rpartition('/')[2]} {sha[:8]}" for file, sha in one["files"].items()],
                "with": [f"{package} {number}" for package, number in versions.items()],
            }
        )
    return pd.DataFrame(rows)


def tried_without_gain() -> pd.DataFrame:
    """What was tried for a measure and not taken: `measure`, `tried`, `figures`, `why not`. Found once,
    when the measure was made; nothing checks these figures again."""
    return tried().rename(columns={"why_not": "why not"})


def speeds() -> pd.DataFrame:
    """How many texts a second each measure takes, of the record: `measure`, `on`, `texts`, `TextBlob`,
    `VADER`, `rejoinder` (texts a second on one core) and `ratio`: rejoinder beside the two word lists
    called one after the other on the same texts in the same run (higher = faster)."""
    table = recorded("speed")
    titles = table["set"].map({name: one.title for name, one in sets().items()})
    table = table.assign(on=titles).rename(
        columns={"rows": "texts", "textblob": "TextBlob", "vader": "VADER"}
    )
    whole = dict.fromkeys(("TextBlob", "VADER", "rejoinder"), int)
    return table[["measure", "on", "texts", *whole, "ratio"]].astype(whole)
