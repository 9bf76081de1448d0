"""How often each measure is right on public labelled data, beside what one would use without it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rejoinder.atomic_write import write_whole
from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import results
from rejoinder.evaluation.claim_matching import score_links
from rejoinder.evaluation.clusters import score_clusters
from rejoinder.evaluation.dataset_registry import checksums, found, sets
from rejoinder.evaluation.datasets import (
    GENRES,
    NEWS,
    debates,
    golden_rules,
    key_point_arguments,
    rated_mentions,
    ratings,
    stance_tweets,
)
from rejoinder.evaluation.reliability import reliability_of_links, reliability_of_tone, reliability_toward
from rejoinder.evaluation.results import TABLES, as_text
from rejoinder.evaluation.splitting import score_splitting
from rejoinder.evaluation.stance import score_stance, score_stance_tweets
from rejoinder.evaluation.target_sentiment import score_toward
from rejoinder.evaluation.tone import score_tone
from rejoinder.progress import progress
from rejoinder.text import tokens

__all__ = ["PARTS", "Part", "found", "measure", "write"]

VERSIONS = (
    "rejoinder",
    "textblob",
    "vaderSentiment",
    "pysbd",
    "scikit-learn",
    "scipy",
    "numpy",
    "pandas",
)
_Table = Callable[[Path], pd.DataFrame]


class Part(NamedTuple):
    """What is measured on one set: its `texts`, and the tables of `scores`, `reliability`, `speed`."""

    texts: Callable[[Path], pd.Series]
    scores: tuple[_Table, ...]
    reliability: tuple[_Table, ...] = ()
    speed: tuple[_Table, ...] = ()


def _of(function: Callable, name: str) -> _Table:
    return lambda folder: function(folder, name)


PARTS: dict[str, Part] = {
    **{
        name: Part(
            lambda folder, name=name: ratings(folder, name)["text"],
            (_of(score_tone, name),),
            (_of(reliability_of_tone, name),),
        )
        for name in GENRES
    },
    **{
        name: Part(
            lambda folder, name=name: rated_mentions(folder, name)["sentence"],
            (_of(score_toward, name),),
            (_of(reliability_toward, name),),
        )
        for name in NEWS
    },
    "argkp": Part(
        lambda folder: key_point_arguments(folder)[0]["argument"],
        (score_links, score_clusters),
        (reliability_of_links,),
    ),
    "arc": Part(
        lambda folder: debates(folder).drop_duplicates("comment_id")["comment"],
        (score_stance,),
    ),
    "tweeteval": Part(lambda folder: stance_tweets(folder)["tweet"], (score_stance_tweets,)),
    "sentences": Part(lambda folder: golden_rules(folder)["text"], (score_splitting,)),
}


def measure(folder: str | Path, *, timed: bool = True) -> dict[str, Any]:
    """Everything that can be measured on the labelled data below `folder`, as `results.record` has it.

    Sets that are not there are left out; where nothing is there, or a file of a set is missing or is
    not what it says, BenchmarkError is raised. Without `timed` the table `speed` stays empty.
    """
    folder = Path(folder)
    there = found(folder)
    if not there:
        what = "here is none of the labelled data that the methods can be measured on"
        raise BenchmarkError(
            what
            if folder.is_dir()
            else f"this {'is no folder' if folder.exists() else 'does not exist'}",
            file=folder,
            remedy=f"Name with --data a folder that holds one of: {_names()}; or --fetch one.",
        )
    for name in there:  # a wrong file is told before minutes are spent
        PARTS[name].texts(folder)
    result: dict[str, Any] = {"sets": {}} | {table: [] for table in TABLES}
    for name in progress(there, "sets"):
        texts = PARTS[name].texts(folder)
        result["sets"][name] = {
            "files": checksums(folder, name),
            "versions": _versions(),
            "words": [int(q) for q in _percentiles([len(tokens(text)) for text in texts])],
        }
        for table in TABLES:
            if table != "speed" or timed:
                result[table] += [
                    row for one in getattr(PARTS[name], table) for row in _rows(one(folder), table, name)
                ]
    return result


def write(folder: str | Path) -> Path:
    """Measure anew on what is below `folder`, and put it in place of what the record holds of these sets;
    the file that was written. What it holds of other sets stays.

    Raises BenchmarkError as `measure` does, and where the record cannot be read or replaced; it then
    stays as it was.
    """
    old = results.record()
    if not (os.access(results.RECORD, os.W_OK) and os.access(results.RECORD.parent, os.W_OK)):
        raise BenchmarkError(
            "the record of what is measured cannot be replaced here",
            file=results.RECORD,
            remedy="Measure with a copy of the project that you may write to.",
        )
    new = measure(folder)  # which takes minutes
    sets_ = {name: {**old["sets"], **new["sets"]}.get(name) for name in sets()}
    merged: dict[str, Any] = {"sets": {name: one for name, one in sets_.items() if one}}
    for table in TABLES:
        rows = [row for row in old[table] if row[0] not in new["sets"]] + new[table]
        merged[table] = sorted(rows, key=lambda row: list(sets()).index(row[0]))
    write_whole({results.RECORD: as_text(merged)})
    return results.RECORD


def _rows(table: pd.DataFrame, name: str, of: str) -> list[list]:
    table = table if "set" in table else table.assign(set=of)
    # Not NaN, which is no JSON.
    table = table[TABLES[name]].round(4).astype(object)
    return table.where(table.notna(), None).to_numpy().tolist()


def _percentiles(lengths: list[int]) -> np.ndarray:
    return np.percentile(lengths, [5, 50, 95], method="nearest")


def _versions() -> dict[str, str]:
    return {"python": sys.version.split()[0]} | {name: version(name) for name in VERSIONS}


def _names() -> str:
    return ", ".join(f"{name} ({one.files[0].name})" for name, one in sets().items())
