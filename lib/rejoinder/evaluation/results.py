"""The recorded results, figures published by others, and what was tried and not taken."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from rejoinder.errors import BenchmarkError

RESULTS = Path(__file__).with_name("results.json")


def read(file: str | Path = RESULTS) -> dict[str, Any]:
    """A results file: the records `scores` and `calibration`, and `sets`.

    `sets` holds for each dataset the SHA-256 of its `files`, the `versions` of the packages, and `words`:
    the 5th, 50th and 95th percentile of the number of words of its texts. Raises BenchmarkError.
    """
    try:
        results = json.loads(Path(file).read_text(encoding="utf-8"))
        return {part: results[part] for part in ("sets", "scores", "calibration")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "Restore the file, or delete it and measure again with `rejoinder validate`."
        raise BenchmarkError(f"not a results file ({error})", file=file, remedy=remedy) from error


def data(name: str) -> pd.DataFrame:
    """The table `metrics`, `published` or `tried`."""
    return pd.read_csv(Path(__file__).with_name(f"{name}.csv"))
