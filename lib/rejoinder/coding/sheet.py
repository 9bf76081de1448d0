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
from rejoinder.corpus.codings import (
    COLUMNS,
    STANCE,
    columns_are,
    fail_if,
    items,
    statement_sha,
    text_sha,
    values_of,
    weight_of,
)
from rejoinder.corpus.csv_io import Cells, read_cells, tidy
from rejoinder.corpus.raw import seeds_folder
from rejoinder.csv_cells import write_cells
from rejoinder.discussion import ARTICLE, Discussion
from rejoinder.errors import CodingsError
from rejoinder.wording import listed

_BEFORE, _BEHIND = ["comment_id", "answers_to", "text"], ["weight", "text_sha", "statement_sha"]
_LOCK_SECONDS = 30


class FilledSheet(NamedTuple):
    """What a coder filled in."""

    codings: pd.DataFrame  # the columns of codings.csv without `coder` and `kind`
    empty: int  # cells without a value
    remarks: tuple[str, ...]  # what a spreadsheet changed without harm, with the row


def item_columns(item: str) -> list[str]:
    """The columns of an item: its value, of a stance its basis, the quoted words, and a note."""
    basis = [f"{item} basis"] if values_of(item) is STANCE else []
    return [item, *basis, f"{item} quote", f"{item} note"]


def _wordings(talk: Discussion) -> str:
    """The statements with eight digits each that change with their words: "thesis:1a2b3c4d k1:…"."""
    known = talk.codebook.statements.index
    return " ".join(f"{item}:{statement_sha(talk.codebook, item)[:8]}" for item in known)


def sheet_path(talk: Discussion, coder: str = "") -> Path:
    """The default path, `sheets/<seed>.csv` or `sheets/<seed>-<coder>.csv` beside `seeds_folder()`."""
    return seeds_folder().with_name("sheets") / f"{talk.seed}{coder and f'-{coder}'}.csv"


def blank_sheet(talk: Discussion, *, n: int | None = None, order: int = 0) -> pd.DataFrame:
    """A sheet to fill in, in random order. It shows no existing coding.

    Parameters: `n`, size of a random sample of the comments, None for all; `order`, random seed of the
    order and the sample: coders to be compared need the same one.
    Returns: a row per comment, all text: `comment_id`, `answers_to`, `text`; for each item (tone,
    sarcasm, and with a codebook the thesis and the other statements) empty columns for the value, the
    basis of a stance, the quoted words and a note; `weight`, how many comments the row stands for;
    `text_sha`; `statement_sha`, the wording of the statements. If there are statements by readers, the
    last row is the article, a voice too.
    Raises: CodingsError if `n` is not between 1 and the number of comments.
    """
    ids = list(talk.comments.index)
    if n is not None and not 1 <= n <= len(ids):
        problem = f"a sample of {n} cannot be drawn from {len(ids)} comments"
        raise CodingsError(problem, file=talk.source.path, remedy=f"Choose 1 to {len(ids)}, or all.")
    drawn = random.Random(order).sample(ids, n or len(ids))
    weights = [f"{len(ids) / max(len(drawn), 1):.12g}"] * len(drawn)
    if items(talk.codebook, ARTICLE):
        drawn, weights = [*drawn, ARTICLE], [*weights, "1"]
    texts = talk.texts[drawn]
    coded = [column for item in items(talk.codebook) for column in item_columns(item)]
    sheet = pd.DataFrame("", index=range(len(drawn)), columns=[*_BEFORE, *coded, *_BEHIND])
    return sheet.assign(
        comment_id=drawn,
        answers_to=list(talk.comments["reply_to"].reindex(drawn).fillna("")),
        text=list(texts),
        weight=weights,
        text_sha=list(texts.map(text_sha)),
        statement_sha=_wordings(talk),
    )


def write_sheet(talk: Discussion, path: Path, *, n: int | None = None, order: int = 0) -> Path:
    """Write a `blank_sheet` to `path`, and the rules for coding beside it; returns the path of the rules.

    A sheet in which nothing is filled in is replaced, and so are the rules, which follow the codebook.
    Raises CodingsError for a sheet that holds anything else, which is never changed, or that cannot be
    written.
    """
    path, sheet = Path(path), blank_sheet(talk, n=n, order=order)
    rules = path.with_name(f"{path.stem}.how-to-code.md")
    with writing(path, "Choose another place, or check the permissions of the folder."):
        if (path.exists() or path.is_symlink()) and not is_blank(path):
            remedy = "Continue with this sheet, or choose another name for the new one."
            raise CodingsError("exists already and was not changed", file=path, remedy=remedy)
        write_whole({rules: how_to_code(talk)})
        write_cells(path, sheet.columns, sheet.itertuples(index=False, name=None))
    return rules


def is_blank(path: Path) -> bool:
    """Whether the file is a coding sheet in which nothing has been filled in."""
    try:
        cells = read_cells(path)
    except CodingsError:
        return False
    coded = set(cells.header) - {*_BEFORE, *_BEHIND}
    is_sheet = {*_BEFORE, *_BEHIND} <= {*cells.header}
    return is_sheet and not any(row[column].strip() for row in cells.rows.values() for column in coded)


def how_to_code(talk: Discussion | None = None) -> str:
    """The rules for coders as Markdown; with a `talk` that has a codebook, also its statements."""
    rules = Path(__file__).with_name("how_to_code.md").read_text(encoding="utf-8")
    if talk is None or not talk.codebook:
        return rules
    for title, statements in (("the author", talk.codebook.claims), ("readers", talk.codebook.points)):
        rules += f"\n## Statements by {title}\n\n" if len(statements) else ""
        for item, one in statements.iterrows():
            where = "the author" if pd.isna(one["comment_id"]) else one["comment_id"]
            rules += f"- `{item}` ({one['kind']}): **{one['text']}** "
            rules += f"In the words of {where}: “{one['quote']}”\n"
    return rules


def replied_to(comments: pd.DataFrame, comment_id: str) -> list[str]:
    """The comments that this one answers, directly or through others, oldest first."""
    above, found = comments["reply_to"].to_dict(), []
    while (comment_id := above.get(comment_id)) in above and comment_id not in found:
        found.insert(0, comment_id)
    return found


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
    """The cells of the sheet at `path`.

    It may lack statements that came later. Raises CodingsError if other columns are missing or were
    added, or if a statement was reworded since the sheet was written.
    """
    cells = read_cells(Path(path))
    now = dict(one.split(":") for one in _wordings(talk).split())
    then = {one for row in cells.rows.values() for one in row.get("statement_sha", "").split()}
    later = {*now} - {*cells.header, *(one.partition(":")[0] for one in then)}
    there = [item for item in items(talk.codebook) if item not in later]
    columns = [*_BEFORE, *(column for item in there for column in item_columns(item)), *_BEHIND]
    columns_are(cells, columns, "Restore the columns of the sheet, and add no others.")
    changed = [
        item for item in there if item in now and f"{item}:{now[item]}" not in then and cells.lines
    ]
    problems = [f"the statement {item} was reworded since the sheet was written" for item in changed]
    fail_if(problems, cells.name, "Restore the wording, or write a new sheet and code these anew.")
    return cells


def read_sheet(path: Path, talk: Discussion) -> FilledSheet:
    """The codings in a filled sheet, which a spreadsheet may have saved.

    Capitals, spaces and invisible signs in a value are accepted; so are a spoiled text, if its checksum
    fits, and a note without a value (an empty cell). Each gives a remark.
    Raises CodingsError naming every row at fault: a value that the item does not have; a comment that is
    unknown, changed, doubled or missing; weights that do not fit; or columns missing, added or reworded.
    """
    cells = sheet_cells(path, talk)
    codings, empty, remarks, first_row = [], 0, list(cells.remarks), {}
    weight, problems = _weight(cells, talk)
    texts = talk.texts
    everybodys = {*texts}
    there = [item for item in items(talk.codebook) if item in cells.header]
    if later := [item for item in items(talk.codebook) if item not in there]:
        remarks.append(f"the sheet was written before {', '.join(later)}: not coded in it")
    for number, row in cells.rows.items():
        comment_id, sha = tidy(row["comment_id"]), tidy(row["text_sha"])
        wrong, changed = [], []
        if first_row.setdefault(comment_id, number) != number:
            wrong.append(f"the comment is in row {first_row[comment_id]} already")
        text = texts.get(comment_id)
        if text is None:
            wrong.append("there is no such comment")
        elif sha != text_sha(text):
            wrong.append("text_sha does not match: the sheet is for another text or reading")
        elif row["text"] in everybodys and not same_words(row["text"], text):
            wrong.append("the text is that of another comment: were single columns sorted?")
        elif row["text"] != text:
            changed.append("the text was saved with other signs, letters or words; its text_sha fits")
        for item in there:
            value, basis = tidy(row[item]).lower(), tidy(row.get(f"{item} basis", "")).lower()
            quote, note = row[f"{item} quote"], row[f"{item} note"]
            if item not in items(talk.codebook, comment_id):
                wrong += [f"{item} is not coded of the article"] * bool(value)
            elif value in values_of(item):
                wording = statement_sha(talk.codebook, item)
                stands_for = 1.0 if comment_id == ARTICLE else weight
                codings.append((comment_id, item, value, basis, quote, note, stands_for, sha, wording))
                if value != row[item]:
                    changed.append(f"{item}: {row[item]!r} read as {value!r}")
            elif value:
                wrong.append(f"{item} is {row[item]!r}, not one of {', '.join(values_of(item))}")
            else:
                empty += 1
                if any(map(str.strip, (basis, quote, note))):
                    changed.append(f"{item} has words and no value; it is not taken in yet")
        problems += [f"row {number} ({comment_id}): {one}" for one in wrong]
        remarks += [f"row {number} ({comment_id}): {one}" for one in changed]
    if ARTICLE not in first_row and {*there} & {*items(talk.codebook, ARTICLE)}:
        problems.append("has no row of the article")
    fail_if(problems, cells.name, "Correct these rows. Nothing in the sheet has been taken in.")
    return FilledSheet(pd.DataFrame(codings, columns=COLUMNS[2:]), empty, tuple(remarks))


def same_words(cell: str, text: str) -> bool:
    """Whether a cell has the words of the text, whatever a spreadsheet did to signs and to letters."""
    cell, text = ("".join(filter(str.isalnum, normalize("NFC", one))) for one in (cell, text))
    # A wrong encoding spoils the letters beyond ASCII; the others must be most of the text, and the same.
    plain, wanted = ("".join(filter(str.isascii, one)) for one in (cell, text))
    return cell == text or (plain == wanted and len(wanted) > len(text) / 2)


def _weight(cells: Cells, talk: Discussion) -> tuple[float, list[str]]:
    """How many comments each row stands for, and what is wrong with the rows as a whole."""
    rows = [row for row in cells.rows.values() if tidy(row["comment_id"]) != ARTICLE]
    here, weights = {tidy(row["comment_id"]) for row in rows}, {tidy(row["weight"]) for row in rows}
    total, number = len(talk.comments), {*map(weight_of, weights)}
    # Rounded, as a spreadsheet may have rounded the weight to the digits that it shows.
    if None not in number and {round(total / one) for one in number} == {len(here)}:
        return total / len(here), []
    missing = [one for one in talk.comments.index if one not in here] if number == {1} else []
    problem = f"has {len(here)} of {total} comments, unlike the weight {', '.join(sorted(weights))}"
    return 1.0, [f"{problem}; missing: {listed(missing)}" if missing else problem]
