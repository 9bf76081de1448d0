"""A coding session: where a coder is in a sheet. Every answer and every word is saved at once."""

from __future__ import annotations

from pathlib import Path

from rejoinder.coding.sheet import sheet_cells, writing
from rejoinder.corpus.codings import BASES, SIDES, items, problems_of_basis, problems_of_quote, values_of
from rejoinder.corpus.csv_io import tidy
from rejoinder.csv_cells import write_cells
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError

WORDS = ("quote", "note")
SEEN = "proposal seen"  # in the note of an answer that was given before, and stays


class Session:
    """One coder's way through the sheet at `path`: its `ids` and `items`, and the place, `comment_id` and
    `item`. An action that fails raises CodingsError and changes nothing."""

    def __init__(self, talk: Discussion, path: Path):
        self.talk, self.path, self.texts = talk, Path(path), talk.texts
        self._rows: dict[str, dict[str, str]] = {}  # as last seen on disk
        self._read()
        self.ids = list(self._rows)
        self.places = [(one, item) for one in self.ids for item in self.items_of(one)]
        self.comment_id, self.item = self.places[0]
        self._go_on()

    def items_of(self, comment_id: str) -> list[str]:
        """What is coded of a comment, or of the article."""
        row = self._rows[comment_id]
        return [item for item in items(self.talk.codebook, comment_id) if item in row]

    @property
    def items(self) -> list[str]:
        """What is coded here."""
        return self.items_of(self.comment_id)

    @property
    def given(self) -> int:
        """How many answers have been given."""
        return sum(bool(self.value(*place)) for place in self.places)

    def value(self, comment_id: str, item: str) -> str:
        """The value of an item of a comment, "" for none."""
        value = tidy(self._rows[comment_id][item]).lower()
        return value if value in values_of(item) else ""

    def words(self, what: str) -> str:
        """The quotation or the note of this item (`what` is one of WORDS)."""
        return self._rows[self.comment_id][f"{self.item} {what}"]

    @property
    def basis(self) -> str:
        """The basis of the stance here, "" for none."""
        return tidy(self._rows[self.comment_id].get(f"{self.item} basis", "")).lower()

    def answer(self, value: str, basis: str = BASES[0]) -> bool:
        """Save `value`, of a stance its `basis` too, and go to the next item without one; False, and
        stay, if there is none. Raises CodingsError for a stance whose quotation the comment lacks."""
        if SEEN in self.words("note"):
            remedy = "Say in the note what you think now: agreement is counted on blind answers."
            raise CodingsError("this was answered before a proposal was shown, and stays", remedy=remedy)
        basis = basis if value in SIDES and f"{self.item} basis" in self._rows[self.comment_id] else ""
        quote = self.words("quote")
        problems = problems_of_basis(self.item, value, basis)
        problems += problems_of_quote(self.item, value, quote, "person", self.texts[self.comment_id])
        if problems:
            raise CodingsError(problems[0], remedy="Copy the words from the comment into the quotation.")
        cells = {self.item: value} | ({f"{self.item} basis": basis} if self.basis != basis else {})
        self._put(cells)
        return self._go_on()

    def write(self, what: str, words: str) -> None:
        """Save the quotation or the note of this item; that a proposal was seen stays in the note."""
        if what == "note" and SEEN in self.words("note") and SEEN not in words:
            words = "; ".join(filter(None, (words, SEEN)))
        self._put({f"{self.item} {what}": words})

    def see(self) -> None:
        """Record that a proposal for this item is shown. Raises CodingsError before it is answered."""
        if not self.value(self.comment_id, self.item):
            raise CodingsError("a proposal is shown after the answer", remedy="Answer first.")
        if SEEN not in (note := self.words("note")):
            self.write("note", "; ".join(filter(None, (note, SEEN))))

    def turn_to(self, comment_id: str | None = None, item: str | None = None) -> None:
        """Go to a comment, to its first item without a value, or to another `item` of this comment."""
        self._read()
        self.comment_id = comment_id or self.comment_id
        still_open = (one for one in self.items if not self.value(self.comment_id, one))
        self.item = item or next(still_open, self.items[0])

    def _put(self, cells: dict[str, str]) -> None:
        """Write cells of this comment; all others stay as they are on disk now."""
        seen = self._rows[self.comment_id]
        with writing(self.path, "It is not saved. Free some space or check the folder, then repeat it."):
            self._read()
            row = self._rows[self.comment_id]
            for column, text in cells.items():
                if row[column] not in (seen[column], text):
                    problem = (
                        f"{self.comment_id}, {column}: {row[column]!r} was saved elsewhere meanwhile"
                    )
                    raise CodingsError(problem, file=self.path, remedy="Enter yours again to replace it.")
            rows = self._rows | {self.comment_id: {**row, **cells}}
            write_cells(self.path, row, (one.values() for one in rows.values()))
            self._rows = rows

    def _read(self) -> None:
        cells = sheet_cells(self.path, self.talk)
        rows = {tidy(row["comment_id"]): row for row in cells.rows.values()}
        if len(rows) < len(cells.lines) or (self._rows and rows.keys() != self._rows.keys()):
            problem = "has other rows than when it was opened"
            raise CodingsError(problem, file=self.path, remedy="Restore them.")
        self._rows = rows

    def _go_on(self) -> bool:
        """Go to the next item without a value, of this comment or a later one, then from the start."""
        at = self.places.index((self.comment_id, self.item))
        open_places = (one for one in self.places[at:] + self.places[:at] if not self.value(*one))
        found = next(open_places, None)
        self.comment_id, self.item = found or self.places[at]
        return found is not None
