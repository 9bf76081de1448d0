"""Errors that a user can meet: what is wrong, in which file and line, and what to do about it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

from rejoinder.html import one_line

_LIBRARY = Path(__file__).parent


class RejoinderError(Exception):
    """Base class of the errors raised on purpose, shown in a notebook without a traceback.

    `problem` says what is wrong, `remedy` what to do, `file` and `line` where (None if unknown). The
    message is a single line, whatever text is in it.
    """

    def __init__(
        self, problem: str, *, remedy: str, file: str | Path | None = None, line: int | None = None
    ):
        self.problem, self.remedy, self.file, self.line = problem, remedy, file, line
        place = "" if file is None else f"{file}, line {line}: " if line else f"{file}: "
        self._what = one_line(f"{place}{problem}{'' if problem[-1:] in '.?!' else '.'}")
        super().__init__(f"{self._what} {one_line(remedy)}")

    def _render_traceback_(self) -> list[str]:
        """The lines that IPython shows in place of a traceback, one of them of the user's own code."""
        frames = traceback.extract_tb(self.__traceback__)
        own = [*takewhile(lambda frame: _LIBRARY not in Path(frame.filename).parents, frames)]
        shown = [f"{type(self).__name__}: {self._what}"]
        if own and own[-1].line:
            shown.append(one_line(f"Line {own[-1].lineno}: {own[-1].line[:120]}"))
        return [*shown, f"What to do: {one_line(self.remedy)}"]


class SeedError(RejoinderError):
    """Raised when the raw text of a seed cannot be read: missing, empty, too large, not plain text."""


class LayoutError(RejoinderError):
    """Raised when a layout is wrong, or when without one nothing separates article and comments."""


class ExportError(RejoinderError):
    """Raised when an export is broken or of an unknown format, or has several articles, none named."""


class CodebookError(RejoinderError):
    """Raised when a codebook is badly formed or quotes what the article does not say."""


class CodingsError(RejoinderError):
    """Raised when codings or a coding sheet hold invalid rows; names each of them."""


class ModelError(RejoinderError):
    """Raised when a language model cannot be asked: no client, no key, no consent, no such model."""


class NameNotKnown(RejoinderError):
    """Raised when a name is unknown: of a notebook, a comment, a side."""


class BenchmarkError(RejoinderError):
    """Raised when public labelled data is missing or is not the version that was measured."""


class ReportError(RejoinderError):
    """Raised when a notebook fails to run or to render. No part of the report is left behind."""


def known(name: str, names: Iterable[str], what: str) -> str:
    """`name` itself, if it is one of `names`. Raises NameNotKnown, suggesting the closest."""
    names = [str(one) for one in names]
    if name not in names:
        from rejoinder.wording import listed  # with numpy, which --help does not need

        close = get_close_matches(str(name), names, n=1)
        remedy = f"Did you mean {close[0]!r}? " if close else ""
        remedy += f"There are: {listed(names, most=12)}."
        raise NameNotKnown(f"there is no {what} {name!r}", remedy=remedy)
    return name
