"""A sitting: one coder at a sheet, with the place where he is; every answer goes to disk at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rejoinder.coding.sheet import note_of, sheet_columns
from rejoinder.coding.store import AnsweredElsewhere, put_answer
from rejoinder.corpus.codings import columns_are, items, values_of
from rejoinder.corpus.csv_io import read_cells
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError


class Sitting:
    """Answers to the sheet at `path`, which must fit `talk`.

    It begins at the first item without a value: `comment_id` and `item` are where it is. `ids` are the
    comments in the order of the sheet, `items` what is coded of each. What another sitting has put into
    the sheet is seen when another comment is turned to.

    Whatever changes the sheet or the place raises CodingsError where that cannot be done; the place is
    then what it was, and nothing that was typed is lost.
    """

    def __init__(self, talk: Discussion, path: Path):
        self.talk, self.path, self.items = talk, Path(path), items(talk.codebook)
        # By comment: its row as it was last seen on disk, and which of its items have no value.
        self._rows: dict[str, dict[str, str]] = {}
        self._open: dict[str, list[str]] = {}
        # Notes that are not on disk, by comment and item: of an item without a value, since a sheet
        # does not hold those, or because they could not be written.
        self._drafts: dict[tuple[str, str], str] = {}
        self._look()
        self.comment_id, self.item = self.ids[0], self.items[0]
        self._go_on()

    @property
    def total(self) -> int:
        """How many answers the sheet asks for."""
        return len(self.ids) * len(self.items)

    @property
    def given(self) -> int:
        """How many of them are given."""
        return self.total - sum(map(len, self._open.values()))

    @property
    def waiting(self) -> list[tuple[str, str]]:
        """Comment and item of the notes that are not on disk."""
        return list(self._drafts)

    @property
    def note(self) -> str:
        """The note of this item, be it on disk or not."""
        on_disk = self._rows[self.comment_id][note_of(self.item)]
        return self._drafts.get((self.comment_id, self.item), on_disk)

    def value(self, item: str) -> str:
        """The value of an item of this comment, "" for none."""
        return self._value(self.comment_id, item)

    def answer(self, value: str) -> bool:
        """Save `value`, then the note, and go on to the next item without a value: of this comment,
        then of those that follow, and round. False, and the place stays, when there is none.

        Raises AnsweredElsewhere where something has been put into the sheet that was not seen before;
        it is seen then, and the same answer given again replaces it.
        """
        self._put(self.item, value)
        self._put_note()
        if not self._open[self.comment_id]:
            self._look()
        return self._go_on()

    def take_note(self, text: str) -> bool:
        """Whether `text` is on disk as the note of this item. Without a value it has to wait for one.

        Where another note was put there that was not seen before, AnsweredElsewhere is raised, and
        `note` holds both.
        """
        if text != self.note:
            self._drafts[self.comment_id, self.item] = text
            self._put_note()
        return (self.comment_id, self.item) not in self._drafts

    def turn_to_item(self, item: str) -> None:
        """Go to another item of this comment."""
        self._put_note()
        self.item = item

    def turn_to_comment(self, comment_id: str) -> None:
        """Go to another comment: to its first item without a value, or to its first."""
        self._put_note()
        self._look()
        self.comment_id, self.item = comment_id, (self._open[comment_id] or self.items)[0]

    def _put_note(self) -> None:
        """Put a note that is not on disk there, unless its item has no value."""
        if (self.comment_id, self.item) in self._drafts and self.value(self.item):
            self._put(note_of(self.item), self.note)
            del self._drafts[self.comment_id, self.item]

    def _put(self, column: str, text: str) -> None:
        row = self._rows[self.comment_id]
        try:
            put_answer(self.path, self.talk, row["comment_id"], column, text, was=row[column])
            row[column] = text
        except AnsweredElsewhere as other:
            row[column] = other.now
            if column == note_of(self.item) and other.now not in text:
                self._drafts[self.comment_id, self.item] = f"{other.now} / {text}"
            raise
        finally:
            self._count(self.comment_id)

    def _look(self) -> None:
        """Take in what the sheet holds by now."""
        cells = read_cells(self.path, str(self.path))
        columns_are(cells, sheet_columns(self.talk.codebook), "Put the sheet's columns back.")
        rows = {row["comment_id"].strip(): row for row in cells.rows.values()}
        if self._rows and rows.keys() != self._rows.keys():
            raise CodingsError("has other rows than before", file=self.path, remedy="Put them back.")
        self._rows, self.ids = rows, list(rows)
        for comment_id in rows:
            self._count(comment_id)

    def _count(self, comment_id: str) -> None:
        self._open[comment_id] = [item for item in self.items if not self._value(comment_id, item)]

    def _value(self, comment_id: str, item: str) -> str:
        value = self._rows[comment_id][item].strip().lower()
        return value if value in values_of(item) else ""

    def _go_on(self) -> bool:
        where = next(self._ahead(), None)
        if where:
            self.comment_id, self.item = where
        return where is not None

    def _ahead(self) -> Iterator[tuple[str, str]]:
        """Comment and item of what has no value, in the order in which it is asked from here."""
        passed = self.items[: self.items.index(self.item)]
        for item in sorted(self._open[self.comment_id], key=passed.__contains__):
            yield self.comment_id, item
        at = self.ids.index(self.comment_id)
        for comment_id in self.ids[at + 1 :] + self.ids[:at]:
            yield from ((comment_id, item) for item in self._open[comment_id])
