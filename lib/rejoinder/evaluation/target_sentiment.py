"""How often the tone toward a mention is right, beside the plain lexicons on the whole sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.datasets import rated_mentions
from rejoinder.evaluation.f1 import SEED, chance_macro_f1, macro_f1_with_interval
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.evaluation.tone import textblob_polarity, vader_class, vader_compound
from rejoinder.measure import target_sentiment


def score_toward(folder: str | Path, name: str) -> pd.DataFrame:
    """Every method on one set of rated mentions below `folder`: SCORE_COLUMNS.

    TextBlob and VADER know no mention: each scores the whole sentence. A tone that is NaN counts as
    neutral. `chance` and the intervals are those of `score_tone`.

    Raises BenchmarkError as `benchmarks.rated_mentions` does.
    """
    rng = np.random.default_rng(SEED)
    rated, dataset = rated_mentions(folder, name), sets()[name].title
    by_chance = chance_macro_f1(rated["gold"])
    figures = {"chance": (by_chance, by_chance, by_chance)}
    figures |= {
        method: macro_f1_with_interval(rated["gold"], tone, rng)
        for method, tone in _methods(rated).items()
    }
    rows = [
        ("tone toward", method, dataset, len(rated), "macro_f1", *figure)
        for method, figure in figures.items()
    ]
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _methods(rated: pd.DataFrame) -> dict[str, pd.Series]:
    """The class (-1, 0, 1) that each method gives each mention."""
    ours = target_sentiment.score(rated["sentence"], rated["start"], rated["end"])
    return {
        "textblob": np.sign(textblob_polarity(rated["sentence"])),
        "vader": vader_class(vader_compound(rated["sentence"])),
        "rejoinder": np.sign(ours.fillna(0)),
    }
