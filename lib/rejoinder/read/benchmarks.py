"""Public labelled data, which the project does not hold, and the figures on it, which it does."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pandas as pd

from rejoinder.errors import BenchmarkError

METHOD_SCORES = Path(__file__).with_name("method_scores.csv")
SCORE_COLUMNS = ["measure", "method", "dataset", "n", "metric", "value", "low", "high"]

# Tweets and sentences of product reviews, each with the mean of 20 raters. Hutto & Gilbert 2014;
# published under "additional_resources" of github.com/cjhutto/vaderSentiment as text with tabs,
# here as CSV with the columns id, mean_rating and text.
RATED_TEXTS = {
    "tweets": (
        "hutto/hutto_tweets.csv",
        "a5784c5d72aad366e4f83f24123e3195ab13b8bc07b77243fc568f2efc19a933",
    ),
    "reviews": (
        "hutto/hutto_amazonReviewSnippets.csv",
        "7e7a942de4c74334c9e5ad96a7b599d17a4f2e0f61d4bb6d4c797434ab47ef09",
    ),
}

# Arguments on a motion and the key points they make. Bar-Haim et al. 2020 and the shared task of
# 2021 (Friedman et al.); IBM, CDLA-Sharing-1.0.
ARGKP = {
    "arguments": (
        "argkp/arguments_dev.csv",
        "e06b763c41606c3290ddfa414109b3d3d47331ddd322ff5e4dfa0079ec9afb1c",
    ),
    "key_points": (
        "argkp/key_points_dev.csv",
        "328beb1551afa445518ff97c6e6706249e470571dcdc81b72713e5c05a6ff73c",
    ),
    "labels": (
        "argkp/labels_dev.csv",
        "d321711a07ca449bd1fe438fcfc55bfa478d2fdf7e8b74bd7a7394f17aff7fc4",
    ),
}

# Readers' comments on newspaper debates, each with its stance to a thesis and to the counter-thesis.
# Habernal et al. 2018; github.com/UKPLab/argument-reasoning-comprehension-task.
DEBATES = (
    "arc/arc_dev_two_sided.csv",
    "3df130dadc75bbee425588f98096d878b41574c163adf44fdd1827f48fa692bb",
)

# Sentences of policy news with the tone toward one marked person or organisation. Hamborg & Donnay
# 2021; github.com/fhamborg/NewsMTSC, development splits.
MENTIONS = {
    "several persons": (
        "newsmtsc/mt_dev.jsonl",
        "9dc6480071836094894ee9606cd6bd810d3edeb2d37638d751e55bbb7d375aaa",
    ),
    "as found": (
        "newsmtsc/rw_dev.jsonl",
        "78b5dde35a97b452035c07c142fac5ecf44dd998217921cff62a1519ed01e952",
    ),
}


def ratings(folder: str | Path) -> pd.DataFrame:
    """The rated texts below `folder`: one row per text, with `dataset`, `text` and `rating`.

    `rating` is the mean of 20 human raters, from -4 (coldest) to 4 (warmest). `dataset` is "tweets"
    (4,200) or "reviews" (3,708). Nothing is downloaded.

    Raises BenchmarkError if a file is missing or is not the version that was measured.
    """
    tables = []
    for dataset, (name, sha256) in RATED_TEXTS.items():
        # A text such as "NA" or "null" is a text.
        table = pd.read_csv(_checked(Path(folder) / name, sha256), keep_default_na=False)
        columns = {"dataset": dataset, "text": table["text"], "rating": table["mean_rating"]}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def key_point_arguments(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """ArgKP's development set below `folder`: arguments, key points, and which matches which.

    - arguments (932): `arg_id`, `argument`, `topic` (the motion), `stance` (1 for it, -1 against).
    - key points (36): `key_point_id`, `key_point`, `topic`, `stance`.
    - labels: `arg_id`, `key_point_id`, `label` (1 matches, 0 does not); pairs on which too few
      raters agreed are not in it.

    Raises BenchmarkError as `ratings` does.
    """
    return tuple(pd.read_csv(_checked(Path(folder) / name, sha)) for name, sha in ARGKP.values())


def debates(folder: str | Path) -> pd.DataFrame:
    """Comments on 61 newspaper debates, twice each: against the thesis and against its counter-thesis.

    `debate_id`, `title`, `question`, `thesis`, `comment_id`, `comment`, `gold` (agree, disagree),
    `sarcastic`. Whoever ignores the thesis is right in half of the 2,316 rows.

    Raises BenchmarkError as `ratings` does.
    """
    name, sha256 = DEBATES
    return pd.read_csv(_checked(Path(folder) / name, sha256), keep_default_na=False)


def rated_mentions(folder: str | Path) -> pd.DataFrame:
    """Sentences of news, each with one mention: `dataset`, `sentence`, `start`, `end`, `gold`.

    `sentence[start:end]` is the mention; `gold` the tone toward it: -1, 0 or 1. `dataset` is
    "several persons" (442; two or more in one sentence) or "as found" (343).

    Raises BenchmarkError as `ratings` does.
    """
    names = {"from": "start", "to": "end", "polarity": "gold"}
    tables = [
        pd.read_json(_checked(Path(folder) / name, sha256), lines=True).assign(dataset=dataset)
        for dataset, (name, sha256) in MENTIONS.items()
    ]
    table = pd.concat(tables, ignore_index=True).rename(columns=names)
    return table[["dataset", "sentence", "start", "end", "gold"]]


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

    The figures are kept beside this file; `rejoinder.scores` computes them anew.
    """
    return pd.read_csv(METHOD_SCORES)


def _checked(file: Path, sha256: str) -> io.BytesIO:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BenchmarkError(
            "this file of labelled texts cannot be read",
            file=file,
            remedy=f"Name the folder that holds `{file.parent.name}/`; rejoinder/read/benchmarks.py "
            "says where the texts come from",
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BenchmarkError(
            "this is not the version that the project's figures were measured on",
            file=file,
            remedy="Restore the file, or measure anew and change the checksum in "
            "rejoinder/read/benchmarks.py",
        )
    return io.BytesIO(data)
