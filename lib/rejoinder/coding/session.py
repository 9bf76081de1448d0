"""A coding session: where a coder is in a sheet. Every answer and every note is saved at once."""

from __future__ import annotations

from pathlib import Path

from rejoinder.coding.sheet import sheet_cells, writing
from rejoinder.corpus.codings import items, values_of
from rejoinder.corpus.csv_io import write_cells
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError


class Session:
    """One coder's way through the sheet at `path`: its `ids` and `items`, and the place, `comment_id` and
    `item`. An action that fails raises CodingsError; the place stays, and a typed note is kept."""

    def __init__(self, talk: Discussion, path: Path):
        self.talk, self.path, self.items = talk, Path(path), items(talk.codebook)
        self._rows: dict[str, dict[str, str]] = {}  # as last seen on disk
        self._unsaved: str | None = None  # the note of this item, while it cannot be saved
        self._read()
        self.ids = list(self._rows)
        self.comment_id, self.item = self.ids[0], self.items[0]
        self._go_on()

    @property
    def given(self) -> int:
        """How many answers have been given."""
        return sum(bool(self.value(one, item)) for one in self.ids for item in self.items)

    @property
    def note(self) -> str:
        """The note of this item."""
        saved = self._rows[self.comment_id][f"{self.item} note"]
        return saved if self._unsaved is None else self._unsaved

    def value(self, comment_id: str, item: str) -> str:
        """The value of an item of a comment, "" for none."""
        value = self._rows[comment_id][item].strip().lower()
        return value if value in values_of(item) else ""

    def answer(self, value: str) -> bool:
        """Save `value` and go to the next item without one; False, and stay, if there is none. An answer
        that others have saved since is only replaced when the same answer is given again."""
        self._put(self.item, value)
        self.save_note()
        return self._go_on()

    def turn_to(self, comment_id: str | None = None, item: str | None = None) -> None:
        """Go to a comment, to its first item without a value, or to another `item` of this comment."""
        self.save_note()
        self._read()
        self.comment_id = comment_id or self.comment_id
        still_open = (one for one in self.items if not self.value(self.comment_id, one))
        self.item = item or next(still_open, self.items[0])

    def save_note(self, text: str | None = None) -> None:
        """Save the note of this item. If others have saved one since, it fails, and `note` joins both."""
        self._unsaved = self._unsaved if text is None else text
        if self._unsaved is None:
            return
        column = f"{self.item} note"
        try:
            self._put(column, self._unsaved)
        except CodingsError:
            if (saved := self._rows[self.comment_id][column]) not in self._unsaved:
                self._unsaved = f"{saved} / {self._unsaved}"
            raise
        self._unsaved = None

    def _put(self, column: str, text: str) -> None:
        """Write one cell of this comment; all others stay as they are on disk now."""
        seen = self._rows[self.comment_id][column]
        with writing(self.path, "It is not saved. Free some space or check the folder, then repeat it."):
            self._read()
            row = self._rows[self.comment_id]
            if row[column] not in (seen, text):
                problem = f"{self.comment_id}, {column}: {row[column]!r} was saved elsewhere meanwhile"
                raise CodingsError(problem, file=self.path, remedy="Enter yours again to replace it.")
            if row[column] != text:
                rows = self._rows | {self.comment_id: {**row, column: text}}
                write_cells(self.path, row, (one.values() for one in rows.values()))
                self._rows = rows

    def _read(self) -> None:
        cells = sheet_cells(self.path, self.talk)
        rows = {row["comment_id"].strip(): row for row in cells.rows.values()}
        if len(rows) < len(cells.rows) or (self._rows and rows.keys() != self._rows.keys()):
            raise CodingsError(
                "has other rows than when it was opened", file=self.path, remedy="Restore them."
            )
        self._rows = rows

    def _go_on(self) -> bool:
        """Go to the next item without a value, of this comment or a later one, then from the start."""
        places = [(comment_id, item) for comment_id in self.ids for item in self.items]
        at = places.index((self.comment_id, self.item))
        open_places = (one for one in places[at:] + places[:at] if not self.value(*one))
        found = next(open_places, None)
        self.comment_id, self.item = found or places[at]
        return found is not None
