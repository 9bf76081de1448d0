"""How often each method is right on public labelled data, next to what simpler methods reach."""

import json
import os
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from rejoinder.atomic_write import write_whole
from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import datasets, matching, sentiment
from rejoinder.text import tokens

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = (
    "rejoinder", "textblob", "vaderSentiment", "pysbd", "scikit-learn", "scipy", "numpy", "pandas",
)  # fmt: skip
# Per measure: the reader of its data, its scores, and its calibration if its answers have a degree.
MEASURES = {
    "sentiment": (datasets.rated_texts, sentiment.scores, sentiment.calibration),
    "target sentiment": (datasets.table, sentiment.target_scores, sentiment.target_calibration),
    "claim matching": (datasets.key_point_pairs, matching.claim_scores, matching.claim_calibration),
    "key points": (datasets.key_point_pairs, matching.point_scores, None),
    "stance": (datasets.table, sentiment.stance_scores, None),
    "sentence splitting": (datasets.table, matching.sentence_scores, None),
}


def recorded(file: str | Path = RESULTS) -> dict[str, Any]:
    """The results in `file`: the records `scores` and `calibration`, and `sets`: for each dataset the
    SHA-256 of its `files`, the `versions` of the packages, and `words`: the 5th, 50th and 95th percentile
    of the number of words of its texts. Raises BenchmarkError."""
    try:
        results = json.loads(Path(file).read_text(encoding="utf-8"))
        return {part: results[part] for part in ("sets", "scores", "calibration")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "Restore the file, or delete it and measure again with `rejoinder validate`."
        raise BenchmarkError(f"not a results file ({error})", file=file, remedy=remedy) from error


def read_table(name: str) -> pd.DataFrame:
    """A list of the project's own.

    - `metrics`: of each `metric` its `name`, `meaning` and the measure it stands for (`headline_of`).
    - `published`: figures of others, with the columns of `tables.accuracy.scores`.
    - `tried`: what was tried and not taken: `measure`, `tried`, `figures`, `why_not`. Not measured again.
    """
    return pd.read_csv(Path(__file__).with_name(f"{name}.csv"))


def measure(folder: str | Path) -> dict[str, Any]:
    """Measure on all labelled data in `folder`, in minutes; returns what `recorded` returns.

    Raises BenchmarkError if there is no labelled data, or a file is missing or not what it should be.
    """
    folder, known, there = Path(folder), datasets.known_datasets(), datasets.found(folder)
    if not there:
        files = ", ".join(f"{name} ({one['files'][0]['name']})" for name, one in known.items())
        remedy = f"With --data, name a folder that holds one of: {files}."
        raise BenchmarkError("there is no labelled data here", file=folder, remedy=remedy)
    # Read everything first: a wrong file shows before minutes are spent on the others.
    data = {(name, m): MEASURES[m][0](folder, name) for name in there for m in known[name]["tasks"]}
    new: dict[str, Any] = {"sets": {}, "scores": [], "calibration": []}
    for (name, task), table in tqdm(data.items(), "datasets", disable=None):
        words = [len(tokens(text)) for text in table["text"].drop_duplicates()]
        versions = {"python": sys.version.split()[0]} | {one: version(one) for one in PACKAGES}
        middle = np.percentile(words, [5, 50, 95], method="nearest").tolist()
        files = datasets.checksums(folder, name)
        new["sets"][name] = {"files": files, "versions": versions, "words": middle}
        for part, score in zip(("scores", "calibration"), MEASURES[task][1:], strict=True):
            if score is not None:  # pandas writes NaN as null, which JSON has
                records = json.loads(score(table).round(4).to_json(orient="records"))
                row = {"measure": task, "dataset": name, "task": known[name]["tasks"][task]}
                new[part] += [row | record for record in records]
    return new


def write(folder: str | Path, out: str | Path = "results.json") -> Path:
    """Measure on the data in `folder`, write the results to `out`, and return its path.

    Results on datasets that are not in `folder` are kept: those of `out`, or the recorded ones if there
    is no `out`. Raises BenchmarkError as `measure` does, or before if `out` cannot be read or replaced;
    it is then unchanged.
    """
    out = Path(out)
    old = recorded(out if out.exists() else RESULTS)
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise BenchmarkError("the results cannot be saved", file=out, remedy="Name a file with --out.")
    new = measure(folder)
    merged: dict[str, Any] = {"sets": old["sets"] | new["sets"]}
    for part in ("scores", "calibration"):
        rows = new[part] + [row for row in old[part] if row["dataset"] not in new["sets"]]
        merged[part] = sorted(rows, key=lambda row: list(merged["sets"]).index(row["dataset"]))
    # A record per line, so that versions can be compared.
    write_whole({out: re.sub(r"\n(   +|  (?=[]}]))", "", json.dumps(merged, indent=1)) + "\n"})
    return out
