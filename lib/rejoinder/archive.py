"""Many discussions at once: score an archive on this machine or a cluster, and draw samples from it.

An archive is a folder that `rejoinder archive import` makes: `corpus.archived`. Pandas, DuckDB and
the like read its files, and those of the scores, as they are.
"""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.archived import import_files, ledger, write_table
from rejoinder.corpus.language import language_by
from rejoinder.discussion import Codebook
from rejoinder.errors import ExportError
from rejoinder.measure import sentiment, themes
from rejoinder.text import normalise, own_words, tokens

__all__ = ["SCORES", "import_files", "ledger", "sample", "score"]

_TYPES = {name: pa.string() for name in ("article_id", "comment_id", "tone", "language", "error")}
_TYPES |= {"words": pa.int64(), "themes": pa.list_(pa.string()), "actors": pa.list_(pa.string())}
_COLUMNS = ["article_id", "comment_id", "polarity", "tone", "textblob", "vader", "coverage", "words"]
_COLUMNS += ["language", "quoted", "themes", "actors", "error"]
SCORES = pa.schema([(name, _TYPES.get(name, pa.float64())) for name in _COLUMNS])
_TRIES = 3  # of a row group whose process died; after that it is the row group that kills it


def score(
    source: str | Path,
    target: str | Path,
    *,
    executor: Executor | None = None,
    codebook: Codebook | None = None,
) -> None:
    """Score every comment of an archive, row group by row group, into a folder of Parquet files.

    Parameters
    ----------
    executor : where the row groups are scored; by default in processes of this machine, one per core, of
        which one that dies is replaced. `dask.distributed.Client(...).get_executor()` leaves the machine;
        its workers must see both folders under the same path.
    codebook : with the themes and actors to look for, and the names that are not scored.

    Writes one file per row group, whole or not at all. A run that was stopped continues when it is
    started again: a row group that has its file is not scored twice. The same input gives the same
    bytes. A row per comment:

    - `article_id`, `comment_id`; `polarity`, `tone`, `textblob`, `vader`, `coverage`: as
      `measure.sentiment.score`, of the reader's own words, and unscored in another language than English;
    - `words`: how many are the reader's own; `quoted`: share of the letters, 0 to 1, on lines that quote
      others, NaN for no letters; `language`: code, or null for a text too short to tell;
    - `themes`, `actors`: ids from the codebook, in its order;
    - `error`: what a measure raised, null if none did; the other columns are then empty.

    Raises ExportError for a folder that is no archive or holds scores with another codebook, and if a
    row group kills every process that scores it.
    """
    source, target = Path(source).expanduser(), Path(target).expanduser()
    files = sorted((source / "comments").glob("*.parquet"))
    if not files:
        remedy = "Make an archive of files with `rejoinder archive import`."
        raise ExportError("is no archive", file=source, remedy=remedy)
    about = [(file, parquet.read_metadata(file)) for file in files]
    groups = [(file, n) for file, one in about for n in range(one.num_row_groups if one.num_rows else 0)]
    if not groups:
        remedy = "Import a file with comments."
        raise ExportError("holds articles, but no comment", file=source, remedy=remedy)
    target.mkdir(parents=True, exist_ok=True)
    _same_codebook(target, codebook)
    left = {(file, n): target / f"{file.stem}-{n:03d}.parquet" for file, n in groups}
    left = {group: out for group, out in left.items() if not out.exists()}
    tries = dict.fromkeys(left, 0)
    while left:
        with _executor(executor) as pool:
            running: dict[Future, tuple[Path, int]] = {}
            try:
                for (file, n), out in left.items():
                    running[pool.submit(score_group, file, n, out, codebook)] = file, n
                for done in as_completed(running):
                    done.result()
                    del left[running[done]]
            except BrokenExecutor as error:
                if executor is not None:
                    raise
                left = {group: out for group, out in left.items() if not out.exists()}
                for file, n in [*left][:1]:  # sooner or later, the first is the one that kills
                    tries[file, n] += 1
                    if tries[file, n] == _TRIES:
                        problem = f"row group {n} or one beside it ended its process {_TRIES} times"
                        remedy = "There may be too little memory: give an executor with fewer processes."
                        raise ExportError(problem, file=file, remedy=remedy) from error


@contextmanager
def _executor(given: Executor | None) -> Iterator[Executor]:
    if given is not None:
        yield given
        return
    # Not as a copy of this process, which may have threads.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _same_codebook(target: Path, codebook: Codebook | None) -> None:
    book = codebook or Codebook.empty()
    said = [book.actors.to_json(), book.themes.to_json(), [*book.topic_terms]]
    sign = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    if not (target / "_codebook.sha256").exists():
        write_whole({target / "_codebook.sha256": sign})
    elif (target / "_codebook.sha256").read_text() != sign:
        remedy = "Name another folder, or delete this one."
        raise ExportError("holds scores with another codebook", file=target, remedy=remedy)


def score_group(file: Path, group: int, out: Path, codebook: Codebook | None = None) -> None:
    """Score a row group into a file; what each task of `score` does."""
    rows = (
        parquet.ParquetFile(file).read_row_group(group, ["article_id", "comment_id", "text"]).to_pandas()
    )
    gc.disable()  # nothing here makes cycles, and to look for them takes a twentieth of the time
    try:
        found = scored(rows, codebook)
    except Exception:  # noqa: BLE001 - then comment by comment, of which the broken one is reported
        found = pd.concat([_scored_alone(rows.iloc[[i]], codebook) for i in range(len(rows))])
    finally:
        gc.enable()
    write_table(out, pa.Table.from_pandas(found, SCORES, preserve_index=False))


def _scored_alone(row: pd.DataFrame, codebook: Codebook | None) -> pd.DataFrame:
    try:
        return scored(row, codebook)
    except Exception as error:  # noqa: BLE001 - reported in the column `error`
        said = f"{type(error).__name__}: {error}"
        return (
            row[["article_id", "comment_id"]]
            .reindex(columns=SCORES.names)
            .astype(object)
            .assign(error=said)
        )


def scored(comments: pd.DataFrame, codebook: Codebook | None = None) -> pd.DataFrame:
    """The columns of `score` for a table with `article_id`, `comment_id` and `text`."""
    book, texts = codebook or Codebook.empty(), comments["text"].fillna("").tolist()
    own = [own_words(text) for text in texts]
    plain = [normalise(text) for text in own]
    found = [tokens(text) for text in plain]
    codes = [language_by(text, words) for text, words in zip(plain, found, strict=True)]
    english = [text if code in (None, "en") else "" for text, code in zip(own, codes, strict=True)]
    english = pd.Series(english, index=comments.index, dtype=object)
    result = sentiment.score(english, mask=book.mask, words=False).drop(columns="polarity_unmasked")
    letters = np.array([*map(_letters, texts)], dtype=float)
    kept = np.array([*map(_letters, own)], dtype=float)
    books = {"themes": book.themes, "actors": themes.from_names(book.actors)}
    return result.assign(
        article_id=comments["article_id"],
        comment_id=comments["comment_id"],
        words=[len(words) for words in found],
        language=pd.Series(codes, index=comments.index, dtype=object),
        quoted=1 - kept / np.where(letters > 0, letters, np.nan),
        error=None,
        **{name: _present(pd.Series(plain), one) for name, one in books.items()},
    )[SCORES.names]


def _letters(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\n")


def _present(texts: pd.Series, book: pd.DataFrame) -> list[list[str]]:
    """The ids that each text mentions."""
    if book.empty:
        return [[]] * len(texts)
    found = themes.presence(texts, book)[list(book.index)]
    return [list(found.columns[row]) for row in found.to_numpy()]


def sample(strata: pd.Series, n: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """A stratified random sample of articles to read closely, or of comments to code.

    Parameters
    ----------
    strata : the stratum of each unit, by its id; each gives its share of the `n`, and at least one.

    Returns a row per drawn unit (index as that of `strata`, in its order): `stratum`, `weight` (how many
    units it stands for). Raises ValueError for fewer units or more strata than `n`.
    """
    sizes = strata.value_counts().sort_index()
    if not len(sizes) <= n <= len(strata):
        raise ValueError(f"{n} units cannot be drawn from {len(strata)} in {len(sizes)} strata")
    share = sizes * n / len(strata)
    drawn = np.maximum(1, np.floor(share)).astype(int)
    while drawn.sum() != n:  # to whom most is owed, or who has most too many
        step = 1 if drawn.sum() < n else -1
        owed = (share - drawn).where(drawn < sizes if step > 0 else drawn > 1)
        drawn[owed.idxmax() if step > 0 else owed.idxmin()] += step
    chosen = [
        rng.choice(np.flatnonzero(strata == stratum), k, replace=False) for stratum, k in drawn.items()
    ]
    found = strata.iloc[np.sort(np.concatenate(chosen))]
    return pd.DataFrame({"stratum": found, "weight": found.map(sizes / drawn).astype(float)})
