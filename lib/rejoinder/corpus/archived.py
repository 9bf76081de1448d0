"""Many discussions in a folder of Parquet files: `articles`, `comments`, and `left_out`, one ledger.

Each piece of an imported file is a file of the same name in each of the three. It is whole as soon as it
is in `comments`, which is written last.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.importers.export import ARTICLES, COMMENTS, Export
from rejoinder.corpus.importers.stream import read_pieces
from rejoinder.corpus.raw import shown
from rejoinder.errors import ExportError

PIECE = 20_000  # comments of a row group: what one process has in memory at a time
_KEY = "pseudonyms.key"
_TYPES = {
    "posted_at": pa.timestamp("us", "UTC"),
    "votes": pa.int64(),
    "stated": pa.int64(),
    "n": pa.int64(),
    "by_article_author": pa.bool_(),
    "ids": pa.list_(pa.string()),
}
_TABLES = {"articles": ARTICLES, "left_out": ["file", "reason", "n", "ids"], "comments": COMMENTS}
SCHEMAS = {
    table: pa.schema([(name, _TYPES.get(name, pa.string())) for name in names])
    for table, names in _TABLES.items()
}
KNOWN = "already in the archive"
_SOME = 20  # ids that the ledger names


def import_files(
    files: Iterable[str | Path], folder: str | Path, *, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Add the articles and comments of files to an archive, a piece at a time, and return its ledger.

    Parameters
    ----------
    files : of comments, with or without their articles; or an article alone, as essay.md, which comes
        before the file with its comments, essay.comments.csv.
    folder : made if it is not there. `columns` : as for `read_export`.

    Returns a row per file and reason: `file`, `reason`, `n` (records left out); the reason "" counts the
    comments that are in the archive. A file that was stopped is gone on with, one that is there is passed
    over, and of one that has grown only what is new is added: an article and a comment are known by their
    ids. People get pseudonyms made with a secret key, which only reading further files needs: keep
    `pseudonyms.key` to yourself, or delete it.

    Times without a zone are taken for UTC. Raises ExportError as `read_export`.
    """
    folder, files = Path(folder).expanduser(), [Path(file).expanduser() for file in files]
    for file in files:
        if file.is_dir():
            raise ExportError("is a folder", file=shown(file), remedy="Name the files in it.")
    for name in _TABLES:
        (folder / name).mkdir(parents=True, exist_ok=True)
    if not (folder / _KEY).exists():
        write_whole({folder / _KEY: os.urandom(32)})
    key = (folder / _KEY).read_bytes()

    def pseudonym(person: str) -> str:
        return (
            f"reader {hmac.new(key, person.encode('utf-8', 'replace'), hashlib.sha256).hexdigest()[:12]}"
        )

    known = {table: _known(folder, table) for table in ("articles", "comments")}
    for file in files:
        sign = _fingerprint(file)
        pieces = read_pieces(file, size=PIECE, columns=columns, pseudonym=pseudonym)
        for number, export in enumerate(pieces):
            name = f"{file.stem[:80]}-{sign}-{number:05d}.parquet"
            if not (folder / "comments" / name).exists():
                _write(folder, name, _new(export(), file, known))
    return ledger(folder)


def add(folder: str | Path, name: str, articles: pd.DataFrame, comments: pd.DataFrame) -> None:
    """Add tables with columns of `SCHEMAS` to an archive as one piece of that name."""
    tables = {
        "articles": articles.reindex(columns=ARTICLES),
        "comments": comments.reindex(columns=COMMENTS),
    }
    tables["left_out"] = pd.DataFrame({"file": [name], "reason": "", "n": len(comments), "ids": [[]]})
    for table in _TABLES:
        (Path(folder).expanduser() / table).mkdir(parents=True, exist_ok=True)
    _write(Path(folder).expanduser(), f"{name}.parquet", tables)


def ledger(folder: str | Path) -> pd.DataFrame:
    """What was left out of an archive, as `import_files` returns it."""
    left = parquet.read_table(Path(folder) / "left_out").to_pandas()
    return left.groupby(["file", "reason"], as_index=False)["n"].sum()


def read_article(folder: str | Path, article_id: str) -> Export:
    """An article of an archive with its comments. Raises ExportError for an id that is not there."""
    mine, tables = [("article_id", "=", article_id)], {}
    for name in ("articles", "comments"):
        table = parquet.read_table(Path(folder).expanduser() / name, schema=SCHEMAS[name], filters=mine)
        tables[name] = table.to_pandas(types_mapper=_pandas_type).drop_duplicates(ignore_index=True)
    if tables["articles"].empty:
        remedy = "The ids are in its articles: pandas.read_parquet(folder + '/articles')['article_id']."
        raise ExportError(f"holds no article {article_id!r}", file=shown(Path(folder)), remedy=remedy)
    tables["articles"]["text"] = tables["articles"]["text"].fillna("")
    left_out = pd.DataFrame(columns=["reason", "n", "ids"])
    return Export("an archive", tables["articles"].head(1), tables["comments"], left_out)


def _pandas_type(kind: pa.DataType):
    known = {pa.string(): pd.StringDtype(na_value=np.nan), pa.int64(): pd.Int64Dtype()}
    return (known | {pa.bool_(): pd.BooleanDtype()}).get(kind)


def _fingerprint(file: Path) -> str:
    """What tells a file from one that has changed."""
    with file.open("rb") as opened:
        sign = hashlib.sha256(opened.read(1_000_000))
    return hashlib.sha256(sign.digest() + str(file.stat().st_size).encode()).hexdigest()[:12]


def _hashes(table: str, rows: pd.DataFrame) -> np.ndarray:
    """A number for the ids of each row; among ten million, two are the same once in 400,000 archives."""
    ids = rows["article_id"] if table == "articles" else rows["article_id"] + "\0" + rows["comment_id"]
    return pd.util.hash_array(ids.to_numpy(dtype=object), categorize=False)


def _known(folder: Path, table: str) -> np.ndarray:
    """Numbers of all that is in the archive."""
    names, found = ["article_id", "comment_id"][: 1 + (table == "comments")], []
    for file in sorted((folder / "comments").glob("*.parquet")):
        rows = parquet.read_table(folder / table / file.name, columns=names).to_pandas()
        found.append(_hashes(table, rows))
    return np.unique(np.concatenate([*found, np.array([], dtype="uint64")]))


def _new(export: Export, file: Path, known: dict[str, np.ndarray]) -> dict[str, pd.DataFrame]:
    """The rows of an export that the archive does not have; adds them to `known`."""
    tables, left = {}, export.left_out.assign(ids=export.left_out["ids"].map(lambda ids: ids[:_SOME]))
    for name in ("articles", "comments"):
        rows = getattr(export, name).copy()
        rows["article_id"] = rows["article_id"].replace("article", file.stem.removesuffix(".comments"))
        signs = _hashes(name, rows)
        new = ~np.isin(signs, known[name])
        tables[name], known[name] = rows[new], np.union1d(known[name], signs)
        if name == "comments":
            old = list(rows.loc[~new, "comment_id"])
            count = pd.DataFrame(
                {"reason": ["", KNOWN], "n": [new.sum(), len(old)], "ids": [[], old[:_SOME]]}
            )
            left = pd.concat([left, count[count["n"] > 0]])
    tables["left_out"] = left.assign(file=file.name)
    return tables


def _write(folder: Path, name: str, tables: Mapping[str, pd.DataFrame]) -> None:
    for table, schema in SCHEMAS.items():
        rows = tables[table].copy()
        if "posted_at" in rows and rows["posted_at"].dt.tz is None:
            rows["posted_at"] = rows["posted_at"].dt.tz_localize("UTC")
        write_table(folder / table / name, pa.Table.from_pandas(rows, schema, preserve_index=False))


def write_table(path: Path, table: pa.Table) -> None:
    """One row group, whole or not at all."""
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", row_group_size=max(1, len(table)))
    write_whole({path: out.getvalue()})
