"""Filled sheets taken into the codings of a seed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from rejoinder.coding.sheet import FilledSheet, read_sheet, same_words, writing
from rejoinder.corpus import codings
from rejoinder.corpus.csv_io import read_cells
from rejoinder.corpus.load import load
from rejoinder.corpus.raw import seed_folder
from rejoinder.wording import counted


def add_codings(
    seed: str | Path, sheet: Path | FilledSheet, *, coder: str, kind: str, **reading: str | None
) -> dict[str, int | list[str]]:
    """Add a filled sheet to the codings of a seed. Nothing that is coded is ever replaced.

    Parameters: `seed`, `reading` and `encoding` as for `load` (a sheet belongs to one reading of the
    text); `sheet`, its path, or what it holds; `coder`, a name or initials; `kind`, "person" or "language
    model".
    Returns: counts of codings, `added`, `known` (the same as before) and `empty` (not coded yet); and
    `remarks`, a list of stale codings and of what a spreadsheet changed without harm.
    Raises: CodingsError as `read_sheet`, and for a bad `coder` or `kind`, or if anything was coded
    differently before. Nothing is added then.
    """
    coder, remedy = coder.strip(), "Give the name or initials of the coder."
    name = "the codings" if isinstance(sheet, FilledSheet) else str(sheet)
    codings.fail_if(codings.problems_of_coder(coder), name, remedy)
    talk = load(seed, **reading)
    target = seed_folder(seed) / "codings.csv"
    with writing(target, "Check the permissions of the folder."):
        filled = sheet if isinstance(sheet, FilledSheet) else read_sheet(sheet, talk)
        rows = filled.codings.assign(coder=coder, kind=kind).to_dict("records")
        # From the file: `talk` has only the codings of its own reading.
        kept = list(read_cells(target).rows.values()) if target.exists() else []
        added = _new_rows(rows, kept, talk.texts, name)
        if added:
            codings.write_codings(target, pd.DataFrame([*kept, *added]))
    reasons = talk.stale["reason"].value_counts().items()
    stale = [f"{counted(n, 'coding')} of before are stale and left out: {why}" for why, n in reasons]
    counts = {"added": len(added), "known": len(rows) - len(added), "empty": filled.empty}
    return {**counts, "remarks": [*stale, *filled.remarks]}


def _new_rows(rows: list[dict], kept: list[dict], texts: pd.Series, name: str) -> list[dict]:
    """The `rows` that are not among the `kept` ones. Raises CodingsError for a contradiction. A coding of
    other words, of comment or statement, is no contradiction: it is stale."""
    key = ("coder", "comment_id", "item", "text_sha", "statement_sha")
    before = {tuple(row[part] for part in key): row for row in kept}
    kinds = {row["coder"]: row["kind"] for row in kept}
    problems, new = [], []
    for row in rows:
        text, said = texts[row["comment_id"]], {**row, "weight": str(row["weight"])}
        wrong = codings.problems_of_row(said, [row["item"]], kinds, text)
        old = before.get(tuple(row[part] for part in key))
        if old is None:
            new.append(row)
        elif (old["value"], old["basis"]) != (row["value"], row["basis"]):
            before_it = " ".join(filter(None, (old["value"], old["basis"])))
            wrong.append(f"{row['coder']} has already coded {before_it!r}")
        elif not all(same_words(row[part], old[part]) for part in ("quote", "note")):
            wrong.append("quotation or note differ from those that were taken in before")
        elif abs(codings.weight_of(old["weight"]) / row["weight"] - 1) > 1e-4:
            wrong.append(f"was coded before in a sample of another size (weight {old['weight']})")
        problems += [f"{row['comment_id']}, {row['item']}: {one}" for one in wrong]
    remedy = "For a second coding use another coder's name, or delete the old rows from codings.csv."
    codings.fail_if(problems, name, remedy)
    return new
