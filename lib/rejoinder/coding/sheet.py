"""The coding sheet: a table that a coder fills in, one row per comment, one column per item."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pandas as pd
from filelock import FileLock

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.codings import columns_are, fail_if, items, text_sha, values_of, weight_of
from rejoinder.corpus.csv_io import Cells, read_cells, write_cells
from rejoinder.corpus.paths import seeds_folder
from rejoinder.discussion import Codebook, Discussion
from rejoinder.errors import CodingsError

_LOCK_SECONDS = 30
_LONGEST_CELL = 32_767  # letters that Excel keeps


@dataclass(frozen=True)
class Filled:
    """What stands in a sheet: `codings` (`comment_id`, `item`, `value`, `note`, `weight`,
    `text_sha`), how many cells are still `empty`, and `remarks` on what a spreadsheet altered
    without harm, by row."""

    codings: pd.DataFrame
    empty: int
    remarks: tuple[str, ...]


def note_of(item: str) -> str:
    """The name of the column for the coder's note on an item."""
    return f"{item} note"


def sheet_columns(codebook: Codebook | None) -> list[str]:
    """The columns of a sheet: the comment, each item with its note, and what ties it to the text."""
    coded = [column for item in items(codebook) for column in (item, note_of(item))]
    return ["comment_id", "answers_to", "text", *coded, "weight", "text_sha"]


def sheet_path(talk: Discussion, coder: str = "") -> Path:
    """Where the sheet of a discussion lies unless another place is named: in the folder `sheets`
    beside the text, or for a seed beside seeds/. A coder may have one of his own."""
    text, seeds = Path(talk.source.path), seeds_folder()
    of_seed = text.parent == Path("seeds") and (seeds / text.name).exists() and not text.exists()
    above = seeds.parent if of_seed or text.parent.resolve() == seeds else text.parent
    return above / "sheets" / f"{talk.seed}{coder and f'-{coder}'}.csv"


def blank_sheet(talk: Discussion, *, n: int | None = None, order: int = 0) -> pd.DataFrame:
    """A sheet to be filled in: one row per comment, in the columns of `sheet_columns`.

    The rows are shuffled by the seed `order`, and of codings that exist already nothing is shown.
    `n` draws that many comments at random; `weight` is then how many comments each stands for.
    Raises CodingsError for `n` outside 1 … the number of comments.
    """
    ids = list(talk.comments.index)
    if n is not None and not 1 <= n <= len(ids):
        raise CodingsError(
            f"a sample of {n} cannot be drawn from {len(ids)} comments",
            file=talk.source.path,
            remedy=f"Ask for 1 to {len(ids)}, or for all of them.",
        )
    chosen = random.Random(order).sample(ids, n or len(ids))
    comments = talk.comments.loc[chosen]
    sheet = pd.DataFrame("", index=range(len(chosen)), columns=sheet_columns(talk.codebook))
    return sheet.assign(
        comment_id=chosen,
        answers_to=list(comments["reply_to"].fillna("")),
        text=list(comments["text"]),
        weight=f"{len(ids) / len(chosen):.12g}",
        text_sha=[text_sha(text) for text in comments["text"]],
    )


def write_sheet(talk: Discussion, path: Path, *, n: int | None = None, order: int = 0) -> Path:
    """Put a blank sheet at `path`, and beside it how to code (`how_to_code`), unless a file of that
    name is there already; that second file.

    Raises CodingsError where something lies at `path` already, which is left as it is, or where
    nothing can be written.
    """
    path, sheet = Path(path), blank_sheet(talk, n=n, order=order)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            if path.exists() or path.is_symlink():
                raise CodingsError(
                    "exists already, and is not touched",
                    file=path,
                    remedy="Go on with it, or give the new sheet another name.",
                )
            rules = path.with_name(f"{path.stem}.how-to-code.md")
            if not rules.exists() and not rules.is_symlink():
                write_whole({rules: how_to_code(talk)})
            write_cells(path, sheet.columns, sheet.itertuples(index=False, name=None))
    except OSError as error:
        raise CodingsError(
            f"cannot be written ({error.strerror or error})", file=path, remedy="Choose another place."
        ) from error
    return rules


def how_to_code(talk: Discussion) -> str:
    """The rules of seeds/CODING.md, and the statements to code, as Markdown."""
    parts = [(seeds_folder() / "CODING.md").read_text(encoding="utf-8").rstrip()]
    if talk.codebook is not None:
        parts.append("## The statements of this article")
        parts += [
            f"- `{item}` ({claim['kind']}): **{claim['text']}** In the author's words: “{claim['quote']}”"
            for item, claim in talk.codebook.claims.iterrows()
        ]
    return "\n\n".join(parts) + "\n"


def locked(path: Path) -> FileLock:
    """A lock on the file at `path`, for as long as a `with` lasts; it dies with its process. Raises
    OSError (TimeoutError) where another holds it for longer than any writing takes."""
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_SECONDS)


def read_sheet(path: Path, talk: Discussion) -> Filled:
    """What a coder has put into the sheet at `path`, which a spreadsheet may have saved anew.

    Capitals and spaces around a value do not matter, nor does what a spreadsheet does to quotation
    marks, line breaks and letters beyond ASCII in a comment: that is remarked on, by row. Raises
    CodingsError naming every row with a value that the item does not have, a comment that is not of
    this discussion, stands twice or has other words; a row that is missing; a column that is missing
    or was added. Nothing is taken in part.
    """
    cells = read_cells(Path(path), str(path))
    columns_are(cells, sheet_columns(talk.codebook), "A sheet keeps its columns, and gets no others.")
    problems, remarks, rows, empty = [], list(cells.remarks), [], 0
    seen: dict[str, int] = {}
    for number, row in cells.rows.items():
        comment_id = row["comment_id"].strip()
        where = f"row {number} ({comment_id})"
        says, altered = _text_problems(row, comment_id, talk)
        if comment_id in seen:
            says.append(f"stands in row {seen[comment_id]} already")
        seen.setdefault(comment_id, number)
        weight = weight_of(row["weight"])
        if weight is None:
            says.append(f"weight is {row['weight']!r}, not a number from 1 up")
        for item in items(talk.codebook):
            value = row[item].strip().lower()
            if value and value not in values_of(item):
                says.append(f"{item} is {row[item]!r}, not one of {', '.join(values_of(item))}")
            elif value:
                if value != row[item]:
                    altered.append(f"{item}: {row[item]!r} read as {value!r}")
                note = row[note_of(item)]
                rows.append((comment_id, item, value, note, weight, row["text_sha"].strip()))
            else:
                empty += 1
                if row[note_of(item)].strip():
                    says.append(f"{item} has a note and no value")
        problems += [f"{where}: {one}" for one in says]
        remarks += [f"{where}: {one}" for one in altered]
    problems += _missing(cells, seen, talk)
    fail_if(problems, cells.name, "Mend these rows; nothing of the sheet has been taken in.")
    columns = ["comment_id", "item", "value", "note", "weight", "text_sha"]
    return Filled(pd.DataFrame(rows, columns=columns), empty, tuple(remarks))


def _text_problems(row: dict[str, str], comment_id: str, talk: Discussion) -> tuple[list, list]:
    """What is wrong with the words of a row, and what was altered without harm."""
    if comment_id not in talk.comments.index:
        return [f"there is no comment {comment_id!r}"], []
    text = talk.comments.loc[comment_id, "text"]
    if row["text_sha"].strip() != text_sha(text):
        return ["text_sha is not that of this comment: the sheet is of another text or reading"], []
    if row["text"] == text:
        return [], []
    if _same_words(row["text"], text):
        return [], ["quotation marks, line breaks or letters of the text were saved differently"]
    return ["the text is not what the comment says: put back the words that were changed"], []


def _same_words(seen: str, text: str) -> bool:
    """Whether a cell holds the words of the text, whatever a spreadsheet did to signs and letters."""
    if _letters(seen) == _letters(text) or _letters(_recoded(seen)) == _letters(text):
        return bool(_letters(text)) or not _letters(seen)
    if len(seen) == _LONGEST_CELL:
        return text.startswith(seen)
    # Letters that the encoding did not have are gone; the others must still tell one text from others.
    lost = any(sign in seen for sign in "?\ufffd") or not seen.isascii()
    kept = _ascii(text)
    return lost and len(kept) > len(_letters(text)) / 2 and _ascii(seen) == kept


def _letters(text: str) -> str:
    return "".join(letter for letter in normalize("NFC", text) if letter.isalnum())


def _ascii(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


def _recoded(text: str) -> str:
    """The text whose UTF-8 was taken for Windows-1252, put right; as it is where it was not."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _missing(cells: Cells, seen: dict[str, int], talk: Discussion) -> list[str]:
    """Rows that the sheet was written with and has no longer."""
    weights = [weight for row in cells.rows.values() if (weight := weight_of(row["weight"]))]
    if not weights:
        return [] if cells.rows else ["every row is missing"]
    if len(set(weights)) > 1:
        return ["the weights of the rows differ: they are of different sheets"]
    wanted = round(len(talk.comments) / weights[0])
    if not wanted or abs(len(talk.comments) / wanted - weights[0]) > 1e-6 or wanted < len(seen):
        return [
            f"weight is {weights[0]:g} in {len(seen)} rows: no sheet of {len(talk.comments)} comments "
            "has that"
        ]
    if wanted == len(seen):
        return []
    if wanted == len(talk.comments):
        gone = [i for i in talk.comments.index if i not in seen]
        return [f"the row of {i} is missing" for i in gone]
    return [f"{wanted - len(seen)} of the {wanted} rows are missing"]
