"""Who read which comment how: codings, each tied to the words that were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from rejoinder.corpus.codebook import KINDS_OF_ANALYST, Codebook
from rejoinder.corpus.csv_io import Cells, read_cells, write_cells
from rejoinder.errors import CodingsError

# The values of each item, as coding/how_to_code.md defines them. Those of tone and stance are in order.
TONE = ("negative", "mixed", "neutral", "positive")
SARCASM = ("no", "yes", "unclear")
STANCE = ("agree", "disagree", "mixed", "silent", "unclear")

COLUMNS = ("coder", "kind", "comment_id", "item", "value", "note", "weight", "text_sha")
# Whoever settles what two coders see differently codes under this name, and says in the note why.
ADJUDICATED = "adjudicated"
_TAKEN = {"same", "text", "item", "comment_id"}  # columns that stand beside the coders'
_MOST_COMMENTS = 1e9
_AT_MOST = 20  # mistakes told at once
_LETTERS = 200  # of each


def items(codebook: Codebook | None) -> list[str]:
    """What is coded of every comment: tone, sarcasm, and with a codebook the thesis and each claim."""
    return ["tone", "sarcasm", *(codebook.claims.index if codebook else [])]


def values_of(item: str) -> tuple[str, ...]:
    """The values that a coder may give the item."""
    return {"tone": TONE, "sarcasm": SARCASM}.get(item, STANCE)


def text_sha(text: str) -> str:
    """What ties a coding to the words that were coded: the SHA-256 of the comment's raw text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def no_codings() -> pd.DataFrame:
    """An empty table of codings, with its columns."""
    return pd.DataFrame(columns=COLUMNS, dtype="str").astype({"weight": "float64"})


def read_codings(
    path: Path, readings: dict[str, dict[str, str]], codebook: Codebook | None, *, name: str
) -> pd.DataFrame:
    """The codings file at `path`: one row per coder, comment and item, in the columns COLUMNS.

    `readings`: for each reading of the text its comments, id to raw text; a coding must fit one of
    them. `weight` is how many comments the coded one stands for (1 where all were coded, N/n in a
    sample of n), a number; the rest is text, `note` may be "".

    Raises CodingsError naming every row at fault: columns missing, doubled or unknown; a coder
    without name, of no known kind, or of two; an unknown comment, item or value; words that have
    changed since they were coded; an item coded twice by one coder; a weight that is none.
    """
    cells = read_cells(path, name)
    columns_are(cells, COLUMNS, "seeds/README.md lists them.")
    known = items(codebook)
    shas = {(i, text_sha(text)) for texts in readings.values() for i, text in texts.items()}
    ids = {i for i, _ in shas}
    problems, seen, kinds = [], {}, {}
    for number, row in cells.rows.items():
        says = problems_of_row(row, known, kinds)
        if row["comment_id"] not in ids:
            says.append(f"there is no comment {row['comment_id']!r}")
        elif (row["comment_id"], row["text_sha"]) not in shas:
            says.append(f"the words of {row['comment_id']} are not those that were coded (text_sha)")
        key = (row["coder"], row["comment_id"], row["item"])
        if key in seen:
            says.append(f"{' '.join(key)} stands in row {seen[key]} already")
        seen.setdefault(key, number)
        problems += [f"row {number}: {one}" for one in says]
    fail_if(problems, name, "Mend these rows; seeds/README.md says what a codings file holds.")
    if not cells.rows:
        return no_codings()
    table = pd.DataFrame(list(cells.rows.values()), columns=list(COLUMNS), dtype="str")
    return table.assign(weight=table["weight"].map(weight_of).astype("float64"))


def problems_of_row(row: dict[str, str], known: list[str], kinds: dict[str, str]) -> list[str]:
    """What is wrong with the coder, item, value or weight of one row. `kinds` gathers the kind of
    each coder that was met."""
    says = []
    says += problems_of_coder(row["coder"])
    if row["kind"] not in KINDS_OF_ANALYST:
        says.append(f"kind is {row['kind']!r}, not one of {', '.join(KINDS_OF_ANALYST)}")
    elif kinds.setdefault(row["coder"], row["kind"]) != row["kind"]:
        says.append(f"coder {row['coder']!r} was a {kinds[row['coder']]} above and is a {row['kind']}")
    if row["item"] not in known:
        says.append(f"there is no item {row['item']!r}; there are {', '.join(known)}")
    elif row["value"] not in values_of(row["item"]):
        of_item = ", ".join(values_of(row["item"]))
        says.append(f"{row['item']} is {row['value']!r}, not one of {of_item}")
    if row["coder"] == ADJUDICATED and not row["note"].strip():
        says.append("an adjudicated value needs its reason as a note")
    if weight_of(row["weight"]) is None:
        says.append(f"weight is {row['weight']!r}, not a number from 1 up")
    return says


def problems_of_coder(coder: str) -> list[str]:
    """What is wrong with the name of a coder."""
    if not coder.strip():
        return ["no coder is named"]
    if coder != coder.strip() or not coder.isprintable():
        return [f"coder {coder!r} has spaces around the name, or signs that cannot be seen"]
    if coder in _TAKEN or (coder.lower() == ADJUDICATED != coder):
        return [f"coder {coder!r} cannot be told from another word of the tables: choose another name"]
    return []


def weight_of(text: str) -> float | None:
    """How many comments one of a sample stands for, None where the text is no such number."""
    try:
        weight = float(text.replace(",", ".").replace("_", "x"))  # many a spreadsheet writes 2,5
    except ValueError:
        return None
    return weight if 1 <= weight <= _MOST_COMMENTS else None


def columns_are(cells: Cells, columns: Iterable[str], remedy: str) -> None:
    """Raise CodingsError unless the table has all of `columns` and no other, in any order."""
    columns = list(columns)
    problems = [f"row 1 has no column {column!r}" for column in columns if column not in cells.header]
    problems += [f"row 1 has the added column {c!r}" for c in cells.header if c not in columns]
    fail_if(problems, cells.name, remedy)


def fail_if(problems: list[str], name: str, remedy: str) -> None:
    """Raise one CodingsError for all the problems, if there are any."""
    if problems:
        more = len(problems) - _AT_MOST
        told = ["".join(c if c.isprintable() else "\ufffd" for c in one) for one in problems[:_AT_MOST]]
        told = [one if len(one) <= _LETTERS else one[:_LETTERS] + " …" for one in told]
        told += [f"and {more} more"] if more > 0 else []
        raise CodingsError("; ".join(told), file=name, remedy=remedy)


def write_codings(path: Path, codings: pd.DataFrame) -> None:
    """Put the codings, in the columns COLUMNS, at `path`, at once or not at all."""
    rows = codings.assign(weight=[_shown(weight) for weight in codings["weight"]])
    write_cells(path, COLUMNS, rows[list(COLUMNS)].itertuples(index=False, name=None))


def _shown(weight: str | float) -> str:
    return weight if isinstance(weight, str) else f"{weight:.12g}"
