"""How many texts a second each measure takes, beside the plain lexicons on the same texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from rejoinder import text as read_text
from rejoinder.evaluation.datasets import debates, key_point_arguments, rated_mentions, ratings
from rejoinder.evaluation.results import TABLES
from rejoinder.evaluation.tone import textblob_polarity, vader_compound
from rejoinder.measure import claim_matching, sentiment, stance, thesis
from rejoinder.measure.actors import tone_toward

ROUNDS = 3


def speed_of_tone(folder: str | Path, name: str) -> pd.DataFrame:
    """The columns of the record's table `speed`, on the rated texts of one genre."""
    return _row(name, "sentiment", ratings(folder, name)["text"], sentiment.score)


def speed_toward(folder: str | Path, name: str) -> pd.DataFrame:
    """The same for mentions in sentences."""
    rated = rated_mentions(folder, name)
    return _row(
        name,
        "tone toward",
        rated["sentence"],
        lambda texts: tone_toward(texts, rated["start"], rated["end"]),
    )


def speed_of_links(folder: str | Path) -> pd.DataFrame:
    """The same for arguments, each held against all key points at once."""
    arguments, key_points, _ = key_point_arguments(folder)
    claims = key_points["key_point"]
    return _row(
        "argkp", "links", arguments["argument"], lambda texts: claim_matching.similarity(texts, claims)
    )


def speed_on_debates(folder: str | Path) -> pd.DataFrame:
    """The same for comments on debates, which are as long as comments are: tone and stance; and for
    the search of a thesis, for which each comment is taken as a paragraph of one sentence."""
    table = debates(folder).drop_duplicates("comment_id", ignore_index=True)
    comments, theses = table["comment"], table["thesis"]
    numbers = np.arange(len(comments))
    return pd.concat(
        [
            _row("arc", "sentiment", comments, sentiment.score),
            _row("arc", "stance", comments, lambda texts: stance.predict(texts, theses)),
            _row("arc", "thesis", comments, lambda texts: thesis.rank(texts, paragraphs=numbers)),
        ],
        ignore_index=True,
    )


def _row(name: str, measure: str, texts: pd.Series, ours: Callable) -> pd.DataFrame:
    """`rows` texts; how many a second each method takes, in processor time of one core, the best of three
    rounds; `ratio`: ours beside TextBlob and VADER called one after the other."""
    # What it takes to import and to read the word lists is not counted.
    ours(texts)
    seconds = {"textblob": np.inf, "vader": np.inf, "rejoinder": np.inf}
    for _ in range(ROUNDS):
        for method, call in (("textblob", textblob_polarity), ("vader", vader_compound)):
            seconds[method] = min(seconds[method], _seconds(lambda call=call: call(texts)))
        _forget()
        seconds["rejoinder"] = min(seconds["rejoinder"], _seconds(lambda: ours(texts)))
    n = len(texts)
    both = seconds["textblob"] + seconds["vader"]
    rates = [round(n / seconds[method], 1) for method in ("textblob", "vader", "rejoinder")]
    row = (name, measure, n, *rates, round(both / seconds["rejoinder"], 3))
    return pd.DataFrame([row], columns=TABLES["speed"])


def _seconds(call: Callable) -> float:
    started = process_time()
    call()
    return process_time() - started


def _forget() -> None:
    """Every text is new to the measures."""
    sentiment._row.cache_clear()
    read_text._pieces.cache_clear()
