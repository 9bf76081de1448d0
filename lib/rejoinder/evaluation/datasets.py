"""Public labelled data: which datasets there are (`benchmarks.toml`), and reading them.

Every reader takes `(folder, name)`, returns one table with a column `text`, and raises BenchmarkError if
a file is missing or is not the version that was measured.
"""

import csv
import io
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from rejoinder.errors import BenchmarkError

REGISTRY = Path(__file__).with_name("benchmarks.toml")
# Copies of a published dataset differ by a few repeated rows; a larger difference means other data.
TOLERANCE = 0.01


@cache
def known_datasets() -> dict[str, dict[str, Any]]:
    """Every dataset that can be measured on, by name; `benchmarks.toml` explains the fields."""
    return tomllib.loads(REGISTRY.read_text(encoding="utf-8"))


def found(folder: str | Path) -> list[str]:
    """Names of the datasets that have at least one file in `folder`."""
    sets = known_datasets()
    return [name for name in sets if any(path_of(folder, f).is_file() for f in sets[name]["files"])]


def path_of(folder: str | Path, file: dict[str, str]) -> Path:
    """Path of a file, present or not; `folder` holds all datasets, or only this one."""
    names = [PurePosixPath(file[key]).parts for key in ("name", "published") if key in file]
    tries = [Path(folder, *parts[skip:]) for parts in names for skip in range(len(parts))]
    return next((path for path in tries if path.is_file()), tries[0])


def checksums(folder: str | Path, name: str) -> dict[str, str]:
    """SHA-256 of each file of a dataset, by its name in the registry."""
    files = known_datasets()[name]["files"]
    return {file["name"]: sha256(_bytes(folder, file)).hexdigest() for file in files}


def table(folder: str | Path, name: str, at: int = 0) -> pd.DataFrame:
    """A file of a dataset, by default the first, with the columns that `benchmarks.toml` explains.

    The cells of a CSV are texts: “NA” is a text, not a missing value.
    """
    file = known_datasets()[name]["files"][at]
    path, data = path_of(folder, file), io.BytesIO(_bytes(folder, file))
    if path.suffix == ".jsonl":
        return pd.read_json(data, lines=True).rename(columns=file["rename"])
    tabs = {"sep": "\t", "names": ["id", "mean_rating", "text"], "quoting": csv.QUOTE_NONE}
    form = tabs if path.suffix == ".txt" else {}
    read = pd.read_csv(data, dtype=str, keep_default_na=False, **form)
    return read.rename(columns=file.get("rename", {}))


def rated_texts(folder: str | Path, name: str) -> pd.DataFrame:
    """`text`, and `rating`: the mean of 20 raters, −4 (most negative) to 4 (most positive)."""
    n, path = known_datasets()[name]["n"], path_of(folder, known_datasets()[name]["files"][0])
    try:
        rated = table(folder, name)[["text", "rating"]].astype({"rating": float})
        in_range = rated["rating"].between(-4, 4).all() and rated["rating"].std() > 0
        if abs(len(rated) - n) > TOLERANCE * n or not in_range:
            raise ValueError(f"not {n:,} rows with different ratings from −4 to 4")
    except (ValueError, KeyError) as error:  # also: not UTF-8, not a table, other columns, not numbers
        raise _unexpected(path, str(error)) from error
    return rated


def key_point_pairs(folder: str | Path, name: str) -> pd.DataFrame:
    """Each argument with each key point of the same motion and side.

    `topic`, `stance`, `arg_id`, `text` (of the argument), `key_point_id`, `key_point`, `label`: 1 the
    argument makes this point, 0 it does not, NaN too few raters agreed.
    """
    arguments, points, labels = (table(folder, name, at) for at in range(3))
    pairs = arguments.merge(points, on=["topic", "stance"])
    return pairs.merge(labels.astype({"label": float}), on=["arg_id", "key_point_id"], how="left")


def _bytes(folder: str | Path, file: dict[str, str]) -> bytes:
    path = path_of(folder, file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unexpected(path, f"it cannot be read ({error.strerror})") from error
    checked = "sha256" in file and path.name == PurePosixPath(file["name"]).name
    if checked and sha256(data).hexdigest() != file["sha256"]:
        raise _unexpected(path, "another version than the one that was measured")
    return data


def _unexpected(path: Path, what: str) -> BenchmarkError:
    remedy = "Put the published file there; rejoinder/evaluation/benchmarks.toml names its source."
    return BenchmarkError(f"not the labelled data expected here: {what}", file=path, remedy=remedy)
