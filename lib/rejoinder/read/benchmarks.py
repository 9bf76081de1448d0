"""Public labelled data, which the project does not hold, and the figures on it, which it does."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pandas as pd

from rejoinder.errors import BenchmarkError

METHOD_SCORES = Path(__file__).with_name("method_scores.csv")

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


def method_scores() -> pd.DataFrame:
    """How often each measure was right on public labelled data: one row per figure.

    `measure` (what is measured), `method` (by what), `dataset`, `n` (labelled texts), `metric`,
    `value`, and `low` and `high`, the ends of its 95 % interval. The metrics of sentiment, for
    both of which higher is better and an unscored text counts as neutral:

    - `pearson_r`: of the score with the mean human rating, -1 to 1.
    - `macro_f1`: mean F1 over negative, neutral and positive, 0 to 1. What the raters say is the
      sign of their mean, so hardly any text is neutral by them.

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
            remedy="Name the folder that holds `hutto/`; the texts come from "
            "github.com/cjhutto/vaderSentiment, additional_resources",
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BenchmarkError(
            "this is not the version that the project's figures were measured on",
            file=file,
            remedy="Restore the file, or measure anew and change the checksum in "
            "rejoinder/read/benchmarks.py",
        )
    return io.BytesIO(data)
