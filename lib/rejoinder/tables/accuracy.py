"""How often each method is right on public labelled data: the recorded results as tables.

`file` is a results file as `rejoinder validate` writes it; by default the recorded results.
"""

from pathlib import Path

import pandas as pd

from rejoinder import evaluation
from rejoinder.errors import known
from rejoinder.evaluation.datasets import known_datasets
from rejoinder.evaluation.models import recorded

KEYS = ["measure", "dataset", "task", "metric"]
METHODS = ["chance", "TextBlob", "VADER", "rejoinder", "one human", "best published"]


def scores(file: str | Path = evaluation.RESULTS) -> pd.DataFrame:
    """Every figure, measured by this project or published by others.

    Returns
    -------
    `measure`, `dataset`, `task` (both in words), `metric` (explained in `metrics.csv`; higher is better),
    `method` (of METHODS, or the name of a simpler rule), `value`, `low`, `high` (its 95 % interval), `n`
    (texts with an answer), `source` (who published the figure; "" if it was measured here).

    Raises BenchmarkError if the file cannot be read.
    """
    measured = pd.DataFrame(evaluation.recorded(file)["scores"]).assign(source="")
    published = evaluation.read_table("published").merge(measured[KEYS].drop_duplicates())
    return pd.concat([measured, published], ignore_index=True).astype({"n": "Int64"})


def models() -> pd.DataFrame:
    """The figures of language models that `rejoinder validate --model` measured, in the columns of
    `scores`, `method` being the model; no rows where none was measured."""
    numbers = dict.fromkeys(["value", "low", "high"], float)
    return recorded().assign(source="").astype({"n": "Int64", **numbers})


def beside(file: str | Path = evaluation.RESULTS) -> pd.DataFrame:
    """The figures of `scores` next to each other: a row per measure, dataset and metric.

    Returns
    -------
    `measure`, `dataset`, `task`, `metric`, `n` (the most texts with an answer); by method `chance`,
    `TextBlob`, `VADER`, `other_rule` (the best simpler one, called `rule`), `rejoinder` with its interval
    `low` to `high`, `one_human`, `best_published` (published by `source`); NaN if unknown.
    """
    table = scores(file)
    figures = table.set_index(KEYS)
    simpler = ~figures["method"].isin(METHODS)
    best = figures[simpler].sort_values("value").groupby(KEYS).last()
    wide = figures[~simpler].pivot(columns="method", values="value").reindex(columns=METHODS)
    wide = wide.join(figures.loc[figures["method"] == "rejoinder", ["low", "high"]])
    wide = wide.join(best[["method", "value"]].set_axis(["rule", "other_rule"], axis=1))
    wide["n"] = figures.groupby(KEYS)["n"].max()
    wide["source"] = figures.loc[figures["source"] != "", "source"].groupby(KEYS).agg("; ".join)
    ours = ["other_rule", "rule", "rejoinder", "low", "high"]
    columns = ["n", *METHODS[:3], *ours, *METHODS[4:], "source"]
    wide = wide.loc[figures.index.unique(), columns].reset_index()
    return wide.rename(columns=lambda name: name.replace(" ", "_"))


def headline(measure: str) -> pd.DataFrame:
    """The figure that stands for a measure: a row per dataset, with the columns of `beside`.

    `value` is that of rejoinder. Columns without a figure are left out: stance has no `value`, since the
    project has no method for it. Raises NameNotKnown for an unknown measure.
    """
    metric = evaluation.read_table("metrics").dropna().set_index("headline_of")["metric"]
    table = beside().rename(columns={"rejoinder": "value"})
    chosen = table["metric"] == metric[known(measure, metric.index, "measure")]
    table = table[chosen & (table["measure"] == measure)].dropna(axis="columns", how="all")
    return table.reset_index(drop=True)


def calibration() -> pd.DataFrame:
    """How often answers are right, by how sure the method is: a row per dataset and step of 0.1.

    Returns
    -------
    `measure`, `dataset`, `task`; `least`, `most` (the step of the degree: size of a score, or similarity
    of text and claim), `degree` (its mean), `n`, `right` (share with the sign of the raters' mean, or
    with a claim that matches), `low`, `high` (its 95 % interval).
    """
    return pd.DataFrame(evaluation.recorded()["calibration"])


def datasets() -> pd.DataFrame:
    """What was measured on: a row per dataset and measure.

    Returns
    -------
    `measure`, `dataset`, `task`, `rows` (what is labelled), `n`, `genre`, `language`, `comments` (whether
    readers' comments on opinion pieces), `shortest`, `median`, `longest` (words per text: 5th, 50th, 95th
    percentile), `source`, `licence`, `home`, `versions` (of the packages used).
    """
    rows, lengths = [], ["shortest", "median", "longest"]
    for name, measured in evaluation.recorded()["sets"].items():
        row = {"dataset": name, "comments": False} | known_datasets()[name]
        row |= zip(lengths, measured["words"], strict=True)
        row["versions"] = ", ".join(f"{package} {at}" for package, at in measured["versions"].items())
        rows += [row | {"measure": measure, "task": task} for measure, task in row["tasks"].items()]
    columns = ["measure", "dataset", "task", "rows", "n", "genre", "language", "comments", *lengths]
    return pd.DataFrame(rows)[[*columns, "source", "licence", "home", "versions"]]
