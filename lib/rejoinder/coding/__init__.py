"""Codings made by readers: sheets to fill in, and what they hold put on disk without loss."""

from rejoinder.coding.sheet import blank_sheet, how_to_code, read_sheet, sheet_path, write_sheet
from rejoinder.coding.store import AnsweredElsewhere, add_codings, put_answer

__all__ = [
    "AnsweredElsewhere",
    "add_codings",
    "blank_sheet",
    "how_to_code",
    "put_answer",
    "read_sheet",
    "sheet_path",
    "write_sheet",
]
