"""Codings: which value a coder gave a comment, each tied to the words that were coded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pandas as pd

from rejoinder.corpus.csv_io import Cells, read_cells
from rejoinder.csv_cells import write_cells
from rejoinder.discussion import ARTICLE, STALE_COLUMNS, Codebook
from rejoinder.errors import CodingsError
from rejoinder.text import quoted_spans

KINDS_OF_ANALYST = ("person", "language model")
# The values of each item, as coding/how_to_code.md defines them. Those of tone and stance are in order.
TONE = ("negative", "mixed", "neutral", "positive")
SARCASM = ("no", "yes", "unclear")
STANCE = ("agree", "disagree", "mixed", "silent", "unclear")
_VALUES = {"tone": TONE, "sarcasm": SARCASM}
SIDES = ("agree", "disagree", "mixed")  # the stances that have a basis
BASES = ("stated", "implied")

COLUMNS = (
    "coder", "kind", "comment_id", "item", "value", "basis", "quote", "note", "weight", "text_sha",
    "statement_sha",
)  # fmt: skip
# The coder of decisions where coders disagree; the note of each gives the reason.
ADJUDICATED = "adjudicated"
_ONE_CODING = ["coder", "comment_id", "item", "text_sha", "statement_sha"]
_RESERVED = {"same", "text", "item", "comment_id"}  # columns beside the coders' in tables
_MOST_COMMENTS = 1e9
_MOST_PROBLEMS, _LONGEST_PROBLEM = 20, 200  # reported at once; characters of each


def items(codebook: Codebook, comment_id: str = "") -> list[str]:
    """What is coded of every comment: tone, sarcasm, and with a codebook each statement, the author's
    first. Of the article: its stance to each statement of the readers."""
    if comment_id == ARTICLE:
        return list(codebook.points.index)
    return ["tone", "sarcasm", *codebook.statements.index]


def values_of(item: str) -> tuple[str, ...]:
    """The values that a coder may give an item."""
    return _VALUES.get(item, STANCE)


def text_sha(text: str) -> str:
    """The SHA-256 of a comment's raw text, which ties a coding to the words that were coded."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def statement_sha(codebook: Codebook, item: str) -> str:
    """The SHA-256 of a statement's words, which ties a coding to them; "" for tone and sarcasm."""
    return text_sha(codebook.statements["text"][item]) if item in codebook.statements.index else ""


def no_codings() -> pd.DataFrame:
    """An empty table of codings."""
    table = pd.DataFrame(columns=[*COLUMNS, "spans"], dtype="str")
    return table.astype({"weight": "float64", "spans": object})


def read_codings(
    path: Path, texts: Iterable[pd.Series], codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The codings file at `path`: the codings that hold, and those that are stale.

    Parameters
    ----------
    texts : for each reading the text of each comment by its id, that of the article under ARTICLE.

    Returns
    -------
    Two tables as in `Discussion`: `codings`, in the order of the file, and `stale`.

    Raises CodingsError naming every faulty row: an invalid coder, kind, item, value, basis or weight, an
    unknown comment, a person's stance without a quotation that is in the comment, an item coded twice; or
    a missing or unknown column.
    """
    cells = read_cells(path)
    columns_are(cells, COLUMNS, "seeds/README.md lists them.")
    by_sha = {(i, text_sha(text)): text for one in texts for i, text in one.items()}
    statements = {item: statement_sha(codebook, item) for item in items(codebook)}
    table = pd.DataFrame(
        [*cells.lines.values()], index=[*cells.lines], columns=cells.header, dtype=object
    )
    coded = [by_sha.get(key) for key in zip(table["comment_id"], table["text_sha"], strict=True)]
    spans = [
        () if text is None else tuple(quoted_spans(text, quote))
        for text, quote in zip(coded, table["quote"], strict=True)
    ]
    # Rows alike in all that is checked have the same faults: of hundreds of thousands, hundreds differ.
    alike = table[["coder", "kind", "item", "value", "basis", "weight"]].assign(
        known=table["comment_id"].isin([i for i, _ in by_sha]),
        article=table["comment_id"] == ARTICLE,
        changed=[text is None for text in coded],
        quoted=table["quote"].map(bool),
        found=list(map(bool, spans)),
        noted=table["note"].str.strip().map(bool),
    )
    once = table[~alike.duplicated()]
    if table.duplicated(_ONE_CODING).any() or _problems(once, by_sha, codebook):
        problems = _problems(table, by_sha, codebook)
        fail_if(problems, cells.name, "Correct these rows; seeds/README.md describes the file.")
    stale = alike["changed"] | (table["statement_sha"] != table["item"].map(statements))
    why = {True: "the comment has changed", False: "the statement was reworded"}
    table = table.assign(
        weight=table["weight"].map(weight_of), spans=spans, reason=alike["changed"].map(why)
    )
    kept = table.loc[~stale, list(no_codings())].astype(no_codings().dtypes.to_dict())
    return kept.reset_index(drop=True), table.loc[stale, STALE_COLUMNS].reset_index(drop=True)


def _problems(table: pd.DataFrame, texts: dict[tuple, str], codebook: Codebook) -> list[str]:
    """What is wrong with the rows of a file. `texts`: by id and checksum."""
    ids, kinds, seen, problems = {i for i, _ in texts}, {}, {}, []
    for number, row in table.to_dict("index").items():
        comment_id, text = row["comment_id"], texts.get((row["comment_id"], row["text_sha"]))
        known = items(codebook, comment_id)
        faults = problems_of_row(row, known, kinds, text)
        if comment_id not in ids:
            faults.append(f"there is no comment {comment_id!r}")
        first = seen.setdefault(tuple(row[name] for name in _ONE_CODING), number)
        if first != number:
            faults.append(f"{row['coder']} coded {row['item']} of {comment_id} in row {first} already")
        problems += [f"row {number}: {fault}" for fault in faults]
    return problems


def problems_of_row(
    row: dict[str, str], known: list[str], kinds: dict[str, str], text: str | None
) -> list[str]:
    """What is wrong with a row. `known` are the items; `kinds` collects the kind of each coder from row
    to row; `text` is the comment's, if it has not changed."""
    coder, kind, item, value = (row[column] for column in ("coder", "kind", "item", "value"))
    faults = problems_of_coder(coder)
    if kind not in KINDS_OF_ANALYST:
        faults.append(f"kind is {kind!r}, not one of {', '.join(KINDS_OF_ANALYST)}")
    elif kinds.setdefault(coder, kind) != kind:
        faults.append(f"coder {coder!r} is a {kind} here and a {kinds[coder]} above")
    if item not in known:
        faults.append(f"there is no item {item!r}; there are {', '.join(known)}")
    elif value not in values_of(item):
        faults.append(f"{item} is {value!r}, not one of {', '.join(values_of(item))}")
    else:
        faults += problems_of_basis(item, value, row["basis"])
    if text is not None:
        faults += problems_of_quote(item, value, row["quote"], kind, text)
    if coder == ADJUDICATED and not row["note"].strip():
        faults.append("an adjudicated value needs its reason as a note")
    if weight_of(row["weight"]) is None:
        faults.append(f"weight is {row['weight']!r}, not a number from 1 up")
    return faults


def problems_of_basis(item: str, value: str, basis: str) -> list[str]:
    """What is wrong with the basis of a value."""
    if (basis in BASES) == (values_of(item) is STANCE and value in SIDES) and basis in (*BASES, ""):
        return []
    wanted = f"cannot have the basis {basis!r}" if basis else f"needs a basis, {' or '.join(BASES)}"
    return [f"{item} is {value}, which {wanted}"]


def problems_of_quote(item: str, value: str, quote: str, kind: str, text: str) -> list[str]:
    """What is wrong with a quotation from `text`. A language model may quote what is not there: its
    coding is kept, without a span."""
    stance = values_of(item) is STANCE and value != "silent"
    if kind == "language model" or not (stance or quote) or quoted_spans(text, quote):
        return []
    if quote.strip():
        return [f"{item}: the comment does not say {quote!r}"]
    return [f"{item} is {value}: quote the words of the comment that show it"]


def problems_of_coder(coder: str) -> list[str]:
    """What is wrong with the name of a coder."""
    if not coder or coder != coder.strip() or not coder.isprintable():
        return [f"coder {coder!r}: give a name without invisible characters or spaces around it"]
    reserved = coder in _RESERVED or (coder.lower() == ADJUDICATED != coder)
    return [f"coder {coder!r} has a reserved name"] if reserved else []


@lru_cache  # a file has hundreds of thousands of rows, and few weights
def weight_of(text: str) -> float | None:
    """How many comments a coded one stands for; None if `text` is not such a number."""
    try:
        weight = float(text.replace(",", ".").replace("_", "x"))  # some spreadsheets write 2,5
    except ValueError:
        return None
    return weight if 1 <= weight <= _MOST_COMMENTS else None


def columns_are(cells: Cells, columns: Iterable[str], remedy: str) -> None:
    """Raise CodingsError unless the table has exactly these columns, in any order."""
    columns = list(columns)
    problems = [f"row 1 lacks the column {column!r}" for column in columns if column not in cells.header]
    problems += [f"row 1 has the unknown column {c!r}" for c in cells.header if c not in columns]
    fail_if(problems, cells.name, remedy)


def fail_if(problems: list[str], name: str, remedy: str) -> None:
    """Raise one CodingsError for all the problems, if there are any."""
    if problems:
        told = [f"{p[:_LONGEST_PROBLEM]}{' …' * (len(p) > _LONGEST_PROBLEM)}" for p in problems]
        told[_MOST_PROBLEMS:] = [f"and {n} more"] if (n := len(told) - _MOST_PROBLEMS) > 0 else []
        raise CodingsError("; ".join(told), file=name, remedy=remedy)


def write_codings(path: Path, codings: pd.DataFrame) -> None:
    """Write codings, in the columns COLUMNS, to `path`, completely or not at all. Raises OSError."""
    weight = [w if isinstance(w, str) else f"{w:.12g}" for w in codings["weight"]]
    rows = codings.assign(weight=weight)[list(COLUMNS)]
    write_cells(path, COLUMNS, rows.itertuples(index=False, name=None))
