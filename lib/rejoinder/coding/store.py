"""Codings put on disk: one answer of a sheet at a time, or a filled sheet into a seed's codings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from rejoinder.coding.sheet import locked, read_sheet, sheet_columns
from rejoinder.corpus.codings import (
    COLUMNS,
    KINDS_OF_ANALYST,
    columns_are,
    fail_if,
    problems_of_coder,
    problems_of_row,
    weight_of,
    write_codings,
)
from rejoinder.corpus.csv_io import read_cells, write_cells
from rejoinder.corpus.load import load
from rejoinder.corpus.paths import seed_folder
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError
from rejoinder.text import normalise


class AnsweredElsewhere(CodingsError):
    """Raised when a cell holds another answer than the one about to be replaced: `now` is what it
    holds. Nothing has been written."""

    def __init__(self, now: str, **where: str):
        super().__init__(**where)
        self.now = now


def put_answer(
    path: Path, talk: Discussion, comment_id: str, column: str, value: str, *, was: str
) -> None:
    """Write one cell of the sheet at `path`, and leave every other as it stands on disk by now.

    `was` is what the coder saw in the cell. When this returns, the answer is on disk; whatever stops
    the process before, the sheet is whole. Raises AnsweredElsewhere where somebody has meanwhile put
    something else there, CodingsError where the sheet has no such cell or cannot be read or written.
    """
    path = Path(path)
    try:
        with locked(path):
            cells = read_cells(path, str(path))
            columns_are(cells, sheet_columns(talk.codebook), "Put the sheet's columns back.")
            rows = [row for row in cells.rows.values() if row["comment_id"] == comment_id]
            if len(rows) != 1 or column not in cells.header:
                raise CodingsError(
                    f"has {len(rows)} rows for {comment_id}, column {column!r}",
                    file=path,
                    remedy="Every comment has one row; put the sheet back as it was written.",
                )
            now = rows[0][column]
            if now not in (was, value):
                raise AnsweredElsewhere(
                    now,
                    problem=f"{comment_id}, {column}: somebody has put {now!r} there meanwhile",
                    file=path,
                    remedy="Look at it, and answer again if you still want yours.",
                )
            if now != value:
                rows[0][column] = value
                table = ([row[column] for column in cells.header] for row in cells.rows.values())
                write_cells(path, cells.header, table)
    except OSError as error:
        raise CodingsError(
            f"cannot be written ({error.strerror or error}); the last answer is not saved",
            file=path,
            remedy="Make room, or check the permissions of its folder; then answer again.",
        ) from error


def add_codings(
    seed_id_or_path: str | Path,
    sheet: Path,
    *,
    coder: str,
    kind: str,
    reading: str | None = None,
    encoding: str | None = None,
) -> pd.Series:
    """Take a filled sheet into the codings of a seed, under the name of its coder.

    `reading` and `encoding` are those of `load`; a sheet is of one reading of the text.

    Returns counts: `added`, `known` (there already, the same), `empty` (not coded yet), and
    `remarks`, a list. Raises CodingsError where `read_sheet` does, for a coder without a name or of
    no known kind, and where the same coder has already coded something otherwise: nothing that is
    coded is replaced, and then nothing is added either.
    """
    coder = coder.strip()
    wrong = problems_of_coder(coder)
    if kind not in KINDS_OF_ANALYST:
        wrong.append(f"kind is {kind!r}, not one of {', '.join(KINDS_OF_ANALYST)}")
    fail_if(wrong, str(sheet), "Say who coded, and whether that is a person or a language model.")
    talk = load(seed_id_or_path, reading=reading, encoding=encoding)
    folder, shown = seed_folder(seed_id_or_path)
    target = folder / "codings.csv"
    try:
        folder.mkdir(exist_ok=True)
        with locked(target):
            filled = read_sheet(sheet, talk)
            new = filled.codings.assign(coder=coder, kind=kind)[list(COLUMNS)]
            # From the file, not from `talk`, which has only what fits this reading of the text.
            old = list(read_cells(target, str(target)).rows.values()) if target.exists() else []
            added = _unknown(new, old, str(sheet))
            if len(added):
                write_codings(target, pd.concat([pd.DataFrame(old, dtype="str"), added]))
    except OSError as error:
        raise CodingsError(
            f"cannot be written ({error.strerror or error})",
            file=f"{shown}/codings.csv",
            remedy="Check the permissions of the folder.",
        ) from error
    known = len(new) - len(added)
    return pd.Series(
        {"added": len(added), "known": known, "empty": filled.empty, "remarks": list(filled.remarks)}
    )


def _unknown(new: pd.DataFrame, old: list[dict[str, str]], name: str) -> pd.DataFrame:
    """The rows of `new` that stand not yet in `old`; raises CodingsError for those that contradict one,
    or that would make a file which cannot be read."""
    before = {(row["coder"], row["comment_id"], row["item"]): row for row in old}
    kinds = {row["coder"]: row["kind"] for row in old}
    problems, fresh = [], []
    for row in new.to_dict("records"):
        where = f"{row['comment_id']}, {row['item']}"
        kept = before.get((row["coder"], row["comment_id"], row["item"]))
        fresh.append(kept is None)
        written = {**row, "weight": f"{row['weight']:.12g}"}
        problems += [f"{where}: {one}" for one in problems_of_row(written, [row["item"]], kinds)]
        if kept and kept["value"] != row["value"]:
            problems.append(f"{where}: {row['coder']} has already coded {kept['value']!r}")
        elif kept and _plain(kept["note"]) != _plain(row["note"]):
            problems.append(f"{where}: the note is not the one that is there already")
        elif kept and abs(weight_of(kept["weight"]) - row["weight"]) > 1e-6:
            problems.append(f"{where}: coded before in a sample of another size ({kept['weight']})")
    fail_if(
        problems,
        name,
        "Nothing that is coded is replaced: give a second coding another coder's name, or delete the "
        "old rows from codings.csv yourself.",
    )
    return new[fresh]


def _plain(note: str) -> str:
    """A note without what a spreadsheet alters."""
    return " ".join(normalise(note).replace('"', "").replace("'", "").split())
