"""How often each measure was right on public labelled data: the figures that the project keeps of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from rejoinder.errors import BenchmarkError

RECORD = Path(__file__).with_name("results.json")
PUBLISHED = Path(__file__).with_name("published.csv")
TRIED = Path(__file__).with_name("tried.csv")

SCORE_COLUMNS = ["measure", "method", "dataset", "n", "metric", "value", "low", "high"]
# What a record holds: tables as lists of rows, by these columns, and a table of the sets.
TABLES = {
    "scores": ["set", *SCORE_COLUMNS],
    "reliability": ["set", "measure", "dataset", "least", "most", "degree", "n", "right", "low", "high"],
    "speed": ["set", "measure", "rows", "textblob", "vader", "rejoinder", "ratio"],
}


def method_scores() -> pd.DataFrame:
    """How often each measure was right on public labelled data: one row per figure.

    `measure` (what is measured), `method` (by what), `dataset`, `n` (labelled texts), `metric`,
    `value`, and `low` and `high`, the ends of its 95 % interval. Higher is better for every metric:

    - `pearson_r` (sentiment): of the score with the mean human rating, -1 to 1.
    - `macro_f1` (sentiment; tone toward): mean F1 over negative, neutral and positive, 0 to 1; what
      is unscored counts as neutral. The raters' sentiment is the sign of their mean, so hardly any
      text is neutral by them.
    - `answered`, `right_where_answered` (stance): the share of comments that get agree or disagree,
      and the share of these that is right.
    - `strict_map`, `relaxed_map`, `best_or_none` (links): mean average precision of the best half of
      the matches, where a pair without a label counts as wrong or as right; the share of arguments
      for which the best key point, or none, is right.
    - `v_measure` (clusters): how far groups of arguments and their key points are the same, 0 to 1.
    - `all_right` (sentences): the share of the texts that are split into the right sentences.

    `set` names the data in `labelled.sets`. `rejoinder.evaluation` computes the figures anew.
    """
    return recorded("scores")


def reliability() -> pd.DataFrame:
    """How often a degree was right: one row per set and step of the degree.

    `least` to `most`: the step; `degree`: the mean degree in it; `right`: the share that was right of
    the `n` answers in it, and `low` and `high`, the ends of the 95 % interval. For sentiment and tone
    toward the degree is the size of the score, and right is the sign of the raters; for links the degree
    is the likeness of comment and claim, and right is a match.
    """
    return recorded("reliability")


def recorded(name: str) -> pd.DataFrame:
    """A table of the record, by its name in TABLES; without rows where nothing was measured."""
    return pd.DataFrame(record()[name], columns=TABLES[name])


def record() -> dict[str, Any]:
    """The record as it is on disk: the TABLES, and `sets`: for each set that was measured the SHA-256 of
    its `files`, the `versions` it was measured with, and `words`: of its texts the 5th, 50th and 95th
    percentile of their numbers of words. Raises BenchmarkError where it cannot be read."""
    try:
        return json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BenchmarkError(
            f"the record of what was measured cannot be read ({error})",
            file=RECORD,
            remedy="It comes with the library: restore it, or install the library anew.",
        ) from error


@cache
def published() -> pd.DataFrame:
    """Figures of others, which the project cannot reproduce: `dataset`, `metric`, `who` (one human, best
    published), `value`, `source`, and `on`: what it was measured on, where that differs from ours."""
    return pd.read_csv(PUBLISHED, keep_default_na=False)


def tried() -> pd.DataFrame:
    """What was tried for a measure and not taken: `measure`, `tried`, `figures`, `why_not`.

    The figures were found once, when the measure was made; nothing checks them again.
    """
    return pd.read_csv(TRIED, keep_default_na=False)


def as_text(record: dict[str, Any]) -> str:
    """A record as it is written: JSON with a line for each row, so that versions can be compared."""
    parts = [
        f" {json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in part.items())
        + "\n }"
        if isinstance(part, dict)
        else f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(row)}" for row in part) + "\n ]"
        for name, part in record.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"
