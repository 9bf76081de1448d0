"""10: every plain answer again, under other choices and without each comment, thread and author."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pandas as pd

from rejoinder import stats
from rejoinder.discussion import Discussion
from rejoinder.tables.specification import (
    CHOICES,
    ESTIMANDS,
    NO_ANSWER,
    SHARE,
    Estimand,
    Specification,
    estimand,
)

__all__ = [
    "CHOICES", "ESTIMANDS", "NO_ANSWER", "SHARE", "Estimand", "Specification", "answer", "choices",
    "estimand", "leave_one_out", "multiverse", "summary",
]  # fmt: skip


def choices(talk: Discussion) -> pd.DataFrame:
    """What is varied: `choice`, `options` (list of names, that of the notebooks first), `why`."""
    rows = [(choice.name, list(choice.options(talk)), choice.why) for choice in CHOICES]
    return pd.DataFrame(rows, columns=["choice", "options", "why"])


def multiverse(
    talk: Discussion, estimand: Estimand, *, spec: Specification | None = None
) -> pd.DataFrame:
    """One estimand under every combination of the choices that can matter to it.

    Parameters
    ----------
    spec : pass the same one for several estimands, so that texts are scored once.

    Returns
    -------
    DataFrame, the combination of the notebooks first: a column per choice, `estimate` (Estimate),
    `answer`.
    """
    table, specs = _combined(talk, estimand, spec or Specification(talk))
    estimates = [estimand.estimate(one) for one in specs]
    return table.assign(estimate=estimates, answer=[answer(estimand, one) for one in specs])


def _combined(talk: Discussion, estimand: Estimand, spec: Specification) -> tuple:
    """Every combination of choices as a row of options, and as a Specification; first options first."""
    options = {one.name: one.options(talk).items() for one in CHOICES if one.name in estimand.choices}
    every = list(product(*options.values()))
    table = pd.DataFrame([[name for name, _ in row] for row in every], columns=[*options], dtype=object)
    return table, [replace(spec, **{k: v for _, new in row for k, v in new.items()}) for row in every]


def answer(estimand: Estimand, spec: Specification) -> str:
    """The plain answer under one specification."""
    return _figure(estimand, spec)[1]


def _figure(estimand: Estimand, spec: Specification) -> tuple[float, str]:
    """The figure and the answer, without the interval, which takes most of the time."""
    totals = estimand.sums(spec).sum().to_frame().T
    return float(estimand.figure(totals, spec).iloc[0]), str(estimand.answers(totals, spec)[0])


def leave_one_out(
    talk: Discussion, estimand: Estimand, *, spec: Specification | None = None
) -> pd.DataFrame:
    """One estimand without each comment, each thread of several comments, and each known author.

    Returns
    -------
    DataFrame: `left_out` (nothing, comment, thread, author), `which` (its id), `value`, `answer`, and
    `changes`: whether the answer is another than with everything. The first row leaves out nothing.
    """
    spec = spec or Specification(talk)
    sums = estimand.sums(spec)
    sums = sums.loc[talk.comments.index.intersection(sums.index)]
    groups = talk.clusters.reindex(sums.index)
    several = groups["thread"].map(talk.threads.value_counts()) > 1
    groups = groups.assign(thread=groups["thread"].where(several))
    groups.insert(0, "comment", sums.index)
    totals = {"nothing": sums.sum().to_frame().T.set_axis(["nothing"])}
    totals |= {kind: sums.sum() - sums.groupby(own, sort=False).sum() for kind, own in groups.items()}
    table = pd.concat(totals, names=["left_out", "which"])
    found = pd.DataFrame({"value": estimand.figure(table, spec), "answer": estimand.answers(table, spec)})
    return found.assign(changes=found["answer"] != found["answer"].iloc[0]).reset_index()


def summary(talk: Discussion, *, spec: Specification | None = None) -> pd.DataFrame:
    """How firm each plain answer is. `spec` as in `multiverse`.

    Returns
    -------
    DataFrame, a row per estimand: `notebook`, `estimand`, `answer`, `estimate` (Estimate); `combinations`
    (that give an answer) `of` all, `same` (with the notebooks' answer), `changed_by` (list: choices that
    change it when switched alone, the most frequent first), `lowest`, `highest` (the figure over the
    combinations); `left_out` (list: comments, threads, authors without which the answer is another).
    """
    spec, rows = spec or Specification(talk), []
    for wanted in ESTIMANDS:
        table, specs = _combined(talk, wanted, spec)
        values, answers = zip(*(_figure(wanted, one) for one in specs), strict=True)
        found = table.assign(value=values, answer=answers)
        told = found[found["answer"] != NO_ANSWER]
        turned = stats.switches(told["answer"], told[table.columns])
        often = (turned["changed"] / turned["of"])[turned["changed"] > 0]
        left = leave_one_out(talk, wanted, spec=spec).query("changes")
        names = left["which"].where(left["left_out"] != "thread", "the thread of " + left["which"])
        rows.append(
            {
                "notebook": wanted.notebook,
                "estimand": wanted.name,
                "answer": found["answer"][0],
                "estimate": wanted.estimate(spec),
                "combinations": len(told),
                "of": len(table),
                "same": int((told["answer"] == found["answer"][0]).sum()),
                "changed_by": list(often.sort_values(ascending=False, kind="stable").index),
                "lowest": told["value"].min(),
                "highest": told["value"].max(),
                "left_out": list(names),
            }
        )
    return pd.DataFrame(rows)
