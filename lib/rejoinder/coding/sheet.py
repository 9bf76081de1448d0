"""The coding sheet: a CSV table with a row per comment and a column per item, for a coder to fill in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pandas as pd
from filelock import FileLock

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.codings import columns_are, fail_if, items, text_sha, values_of, weight_of
from rejoinder.corpus.csv_io import Cells, read_cells, write_cells
from rejoinder.corpus.raw import seeds_folder
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError

_LOCK_SECONDS = 30
_LONGEST_CELL = 32_767  # characters; Excel cuts off the rest


class FilledSheet(NamedTuple):
    """What a coder filled in."""

    codings: pd.DataFrame  # `comment_id`, `item`, `value`, `note`, `weight`, `text_sha`
    empty: int  # cells without a value
    remarks: tuple[str, ...]  # what a spreadsheet changed without harm, with the row


def sheet_columns(talk: Discussion) -> list[str]:
    """The columns of a sheet: the comment, each item with its note, and what ties the row to the text."""
    coded = [column for item in items(talk.codebook) for column in (item, f"{item} note")]
    return ["comment_id", "answers_to", "text", *coded, "weight", "text_sha"]


def sheet_path(talk: Discussion, coder: str = "") -> Path:
    """The default path, `sheets/<seed>.csv` or `sheets/<seed>-<coder>.csv` beside `seeds_folder()`."""
    return seeds_folder().with_name("sheets") / f"{talk.seed}{coder and f'-{coder}'}.csv"


def blank_sheet(talk: Discussion, *, n: int | None = None, order: int = 0) -> pd.DataFrame:
    """A sheet to fill in, in random order. It shows no existing coding.

    Parameters: `n`, size of a random sample of the comments, None for all; `order`, random seed of the
    order and the sample: coders to be compared need the same one.
    Returns: a row per comment, all text: `comment_id`, `answers_to`, `text`; for each item (tone,
    sarcasm, and with a codebook thesis and claims) an empty column for the value and one for the note;
    `weight`, how many comments the row stands for; `text_sha`.
    Raises: CodingsError if `n` is not between 1 and the number of comments.
    """
    ids = list(talk.comments.index)
    if n is not None and not 1 <= n <= len(ids):
        problem = f"a sample of {n} cannot be drawn from {len(ids)} comments"
        raise CodingsError(problem, file=talk.source.path, remedy=f"Choose 1 to {len(ids)}, or all.")
    drawn = random.Random(order).sample(ids, n or len(ids))
    comments = talk.comments.loc[drawn]
    sheet = pd.DataFrame("", index=range(len(drawn)), columns=sheet_columns(talk))
    return sheet.assign(
        comment_id=drawn,
        answers_to=list(comments["reply_to"].fillna("")),
        text=list(comments["text"]),
        weight=f"{len(ids) / max(len(drawn), 1):.12g}",
        text_sha=[text_sha(text) for text in comments["text"]],
    )


def write_sheet(talk: Discussion, path: Path, *, n: int | None = None, order: int = 0) -> Path:
    """Write a `blank_sheet` to `path`, and the rules for coding beside it; returns the path of the rules.

    Raises CodingsError for a sheet that exists, which is never changed, or that cannot be written.
    """
    path, sheet = Path(path), blank_sheet(talk, n=n, order=order)
    rules = path.with_name(f"{path.stem}.how-to-code.md")
    with writing(path, "Choose another place, or check the permissions of the folder."):
        if path.exists() or path.is_symlink():
            remedy = "Continue with this sheet, or choose another name for the new one."
            raise CodingsError("exists already and was not changed", file=path, remedy=remedy)
        if not rules.exists() and not rules.is_symlink():
            write_whole({rules: how_to_code(talk)})
        write_cells(path, sheet.columns, sheet.itertuples(index=False, name=None))
    return rules


def how_to_code(talk: Discussion | None = None) -> str:
    """The rules for coders as Markdown; with a `talk` that has a codebook, also its statements."""
    rules = Path(__file__).with_name("how_to_code.md").read_text(encoding="utf-8")
    if talk is None or not talk.codebook:
        return rules
    rules += "\n## The statements of this article\n"
    for item, claim in talk.codebook.claims.iterrows():
        rules += f"\n- `{item}` ({claim['kind']}): **{claim['text']}** "
        rules += f"In the author's words: “{claim['quote']}”\n"
    return rules


@contextmanager
def writing(path: Path, remedy: str) -> Iterator[None]:
    """Lock `path` against other writers; an OSError becomes a CodingsError with the remedy."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_SECONDS):
            yield
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise CodingsError(problem, file=path, remedy=remedy) from error


def sheet_cells(path: Path, talk: Discussion) -> Cells:
    """The cells of the sheet at `path`. Raises CodingsError if columns are missing or were added."""
    cells = read_cells(Path(path), str(path))
    columns_are(cells, sheet_columns(talk), "Restore the columns of the sheet, and add no others.")
    return cells


def read_sheet(path: Path, talk: Discussion) -> FilledSheet:
    """The codings in a filled sheet, which a spreadsheet may have saved.

    Capitals and spaces around a value are accepted, and so are changed quotation marks, line breaks and
    non-ASCII letters of a comment, and a note without a value (an empty cell). Each gives a remark.
    Raises CodingsError naming every row at fault: a value that the item does not have; a comment that is
    unknown, changed, doubled or missing; weights that do not fit; or columns missing or added.
    """
    cells = sheet_cells(path, talk)
    codings, empty, remarks, first_row = [], 0, list(cells.remarks), {}
    weight, problems = _weight(cells, talk)
    for number, row in cells.rows.items():
        comment_id, sha = row["comment_id"].strip(), row["text_sha"].strip()
        wrong, changed = [], []
        if first_row.setdefault(comment_id, number) != number:
            wrong.append(f"the comment is in row {first_row[comment_id]} already")
        text = talk.comments["text"].get(comment_id)
        if text is None:
            wrong.append("there is no such comment")
        elif sha != text_sha(text):
            wrong.append("text_sha does not match: the sheet is for another text or reading")
        elif not same_words(row["text"], text):
            wrong.append("the text is not that of the comment: restore the words that were changed")
        elif row["text"] != text:
            changed.append("quotation marks, line breaks or letters of the text were saved differently")
        for item in items(talk.codebook):
            value, note = row[item].strip().lower(), row[f"{item} note"]
            if value in values_of(item):
                codings.append((comment_id, item, value, note, weight, sha))
                if value != row[item]:
                    changed.append(f"{item}: {row[item]!r} read as {value!r}")
            elif value:
                wrong.append(f"{item} is {row[item]!r}, not one of {', '.join(values_of(item))}")
            else:
                empty += 1
                if note.strip():
                    changed.append(f"{item} has a note and no value; it is not taken in yet")
        problems += [f"row {number} ({comment_id}): {one}" for one in wrong]
        remarks += [f"row {number} ({comment_id}): {one}" for one in changed]
    fail_if(problems, cells.name, "Correct these rows. Nothing in the sheet has been taken in.")
    columns = ["comment_id", "item", "value", "note", "weight", "text_sha"]
    return FilledSheet(pd.DataFrame(codings, columns=columns), empty, tuple(remarks))


def same_words(cell: str, text: str) -> bool:
    """Whether a cell has the words of the text, whatever a spreadsheet did to signs and to letters."""
    if len(cell) == _LONGEST_CELL:
        return text.startswith(cell)
    cell, text = ("".join(filter(str.isalnum, normalize("NFC", one))) for one in (cell, text))
    # A wrong encoding spoils the letters beyond ASCII; the others must be most of the text, and the same.
    plain, wanted = ("".join(filter(str.isascii, one)) for one in (cell, text))
    return cell == text or (plain == wanted and len(wanted) > len(text) / 2)


def _weight(cells: Cells, talk: Discussion) -> tuple[float, list[str]]:
    """How many comments each row stands for, and what is wrong with the rows as a whole."""
    weights = {row["weight"].strip(): weight_of(row["weight"]) for row in cells.rows.values()}
    here, total = {row["comment_id"].strip() for row in cells.rows.values()}, len(talk.comments)
    if len(weights) != 1 or None in weights.values():
        return 1.0, [f"weight must be the same number in every row: {', '.join(weights) or 'no rows'}"]
    # Rounded, as a spreadsheet may have rounded the weight to the digits that it shows.
    drawn = round(total / max(weights.values()))
    missing = [one for one in talk.comments.index if one not in here] if drawn == total else []
    problem = f"has {len(here)} comments; by its weight it was written with {drawn}. {', '.join(missing)}"
    return total / max(drawn, 1), [] if drawn == len(here) else [problem]
