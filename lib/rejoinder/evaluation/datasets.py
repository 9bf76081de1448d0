"""The tables of the public labelled data; each loader refuses a file that is not what it says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from rejoinder.errors import BenchmarkError
from rejoinder.evaluation.dataset_registry import LabelledFile, LabelledSet, opened, place, sets

GENRES = ("tweets", "reviews", "movies", "editorials")
NEWS = ("newsmtsc-mt", "newsmtsc-rw")
# What the tweets of TweetEval are for or against, as a thesis: the subjects of SemEval 2016, task 6.
SUBJECTS = {
    "abortion": "Abortion should be legal.",
    "atheism": "Atheism is right.",
    "climate": "Climate change is a real problem.",
    "feminist": "Feminism is good.",
    "hillary": "Hillary Clinton is good.",
}
# Copies of a published set differ by a few doubled rows; one that differs by more is another set.
_TOLERANCE = 0.01


def ratings(folder: str | Path, name: str) -> pd.DataFrame:
    """The rated texts of one genre below `folder`: one row per text, with `text` and `rating`.

    `name` is one of GENRES; `rating` is the mean of 20 human raters, from -4 (coldest) to 4 (warmest).
    Nothing is downloaded. Raises BenchmarkError if a file is missing, is not the version that was
    measured, or has not the form of rated texts.
    """
    one = sets()[name]
    file = one.files[0]
    tabs = {"sep": "\t", "header": None, "names": file.columns, "quoting": csv.QUOTE_NONE}
    # A text such as "NA" or "null" is a text.
    form = tabs if place(folder, file).suffix == ".txt" else {}
    table = _csv(folder, one, file, keep_default_na=False, dtype=str, **form)
    rating = pd.to_numeric(table["mean_rating"], errors="coerce")
    _must(
        rating.between(-4, 4),
        place(folder, one.files[0]),
        "has a mean_rating that is no number from -4 to 4",
    )
    if rating.nunique() < 2:
        raise _not_it(place(folder, file), "gives every text the same rating")
    return pd.DataFrame({"text": table["text"], "rating": rating})


def key_point_arguments(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """ArgKP's development set below `folder`: arguments, key points, and which matches which.

    - arguments (932): `arg_id`, `argument`, `topic` (the motion), `stance` (1 for it, -1 against).
    - key points (36): `key_point_id`, `key_point`, `topic`, `stance`.
    - labels: `arg_id`, `key_point_id`, `label` (1 matches, 0 does not); pairs on which too few
      raters agreed are not in it.

    Raises BenchmarkError as `ratings` does.
    """
    one = sets()["argkp"]
    arguments, key_points, labels = (_csv(folder, one, file) for file in one.files)
    _must(
        labels["label"].isin([0, 1]), place(folder, one.files[2]), "has a label that is neither 0 nor 1"
    )
    return arguments, key_points, labels


def debates(folder: str | Path) -> pd.DataFrame:
    """Comments on 61 newspaper debates, twice each: against the thesis and against its counter-thesis.

    `debate_id`, `title`, `question`, `thesis`, `comment_id`, `comment`, `gold` (agree, disagree),
    `sarcastic`. Whoever ignores the thesis is right in half of the 2,316 rows.

    Raises BenchmarkError as `ratings` does.
    """
    one = sets()["arc"]
    table = _csv(folder, one, one.files[0], keep_default_na=False)
    _must(
        table["gold"].isin(["agree", "disagree"]),
        place(folder, one.files[0]),
        "has a gold that is not agree or disagree",
    )
    return table


def rated_mentions(folder: str | Path, name: str) -> pd.DataFrame:
    """Sentences of news, each with one mention: `sentence`, `start`, `end`, `gold`.

    `name` is one of NEWS: "newsmtsc-mt" (442; two or more persons in one sentence) or "newsmtsc-rw"
    (343; as found). `sentence[start:end]` is the mention; `gold` the tone toward it: -1, 0 or 1.

    Raises BenchmarkError as `ratings` does.
    """
    one = sets()[name]
    table = _lines(folder, one, one.files[0])
    table = table.rename(columns={"from": "start", "to": "end", "polarity": "gold"})
    _must(
        table["gold"].isin([-1, 0, 1]),
        place(folder, one.files[0]),
        "has a polarity that is not -1, 0 or 1",
    )
    there = pd.Series(
        [
            row.sentence[row.start : row.end] == row.mention
            for row in table[["sentence", "start", "end", "mention"]].itertuples()
        ]
    )
    _must(there, place(folder, one.files[0]), "has offsets that do not hold the mention")
    return table[["sentence", "start", "end", "gold"]]


def golden_rules(folder: str | Path) -> pd.DataFrame:
    """The golden rules of sentence splitting: `text`, and `sentences`, a list of texts.

    Raises BenchmarkError as `ratings` does.
    """
    one = sets()["sentences"]
    table = _lines(folder, one, one.files[0])
    lists = table["sentences"].map(lambda s: isinstance(s, list) and all(isinstance(t, str) for t in s))
    _must(lists, place(folder, one.files[0]), "has sentences that are no list of texts")
    return table[["text", "sentences"]]


def stance_tweets(folder: str | Path) -> pd.DataFrame:
    """Tweets with their stance to a subject: `subject`, `tweet`, `gold` (agree, disagree, silent).

    `subject` is a key of SUBJECTS, which gives the thesis. Raises BenchmarkError as `ratings` does.
    """
    one, parts = sets()["tweeteval"], []
    names = {"0": "silent", "1": "disagree", "2": "agree"}
    for subject, texts, labels in zip(SUBJECTS, one.files[::2], one.files[1::2], strict=True):
        tweets, gold = (_plain(folder, file) for file in (texts, labels))
        if len(tweets) != len(gold):
            raise _not_it(
                place(folder, labels), f"has {len(gold):,} labels, and there are {len(tweets):,} tweets"
            )
        part = pd.DataFrame({"subject": subject, "tweet": tweets, "gold": gold})
        _must(part["gold"].isin(names), place(folder, labels), "has a label that is not 0, 1 or 2")
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    _sized(table, one, place(folder, one.files[0]))
    return table.assign(gold=table["gold"].map(names))


def _csv(folder: str | Path, one: LabelledSet, file: LabelledFile, **options: Any) -> pd.DataFrame:
    return _table(folder, one, file, lambda data: pd.read_csv(data, **options))


def _lines(folder: str | Path, one: LabelledSet, file: LabelledFile) -> pd.DataFrame:
    return _table(folder, one, file, lambda data: pd.read_json(data, lines=True))


def _plain(folder: str | Path, file: LabelledFile) -> list[str]:
    data, path = opened(folder, file), place(folder, file)
    try:
        return data.read().decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise _not_it(path, f"is not text in UTF-8 ({error})") from error


def _table(
    folder: str | Path,
    one: LabelledSet,
    file: LabelledFile,
    read: Callable[[io.BytesIO], pd.DataFrame],
) -> pd.DataFrame:
    data, path = opened(folder, file), place(folder, file)
    try:
        table = read(data)
    except ValueError as error:  # what pandas, json and Unicode raise for what is no table
        raise _not_it(path, f"cannot be read as a table ({error})") from error
    missing = [column for column in file.columns if column not in table]
    if missing:
        raise _not_it(path, f"has no column {', '.join(missing)}")
    if file is one.files[0]:
        _sized(table, one, path)
    return table


def _sized(table: pd.DataFrame, one: LabelledSet, path: Path) -> None:
    if abs(len(table) - one.n) > _TOLERANCE * one.n:
        raise _not_it(path, f"has {len(table):,} rows, and “{one.title}” has {one.n:,}")


def _must(holds: pd.Series, path: Path, problem: str) -> None:
    """Raise BenchmarkError, naming the first row that does not hold."""
    if not holds.all():
        raise _not_it(path, f"{problem}: row {int(np.argmin(holds)) + 1} of the table")


def _not_it(path: Path, problem: str) -> BenchmarkError:
    remedy = "Put the published file there; rejoinder/read/benchmarks.toml says where it comes from"
    return BenchmarkError(
        f"this is not the labelled data that its name says: it {problem}", file=path, remedy=remedy
    )
