"""Codings made by readers: blank sheets, what fills them in (the app, a language model), and filled
sheets taken in."""

from rejoinder.coding.sheet import blank_sheet, how_to_code, read_sheet, sheet_path, write_sheet
from rejoinder.coding.store import add_codings

__all__ = ["add_codings", "blank_sheet", "desk", "how_to_code", "read_sheet", "sheet_path", "write_sheet"]


def __getattr__(name: str) -> object:
    if name != "desk":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from rejoinder.coding.app import desk  # on first use: the command line needs no ipywidgets

    return desk
