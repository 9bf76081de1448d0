"""Every error a user can meet: what is wrong, in which file and line, and what to do about it."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from rejoinder.html import listed, one_line

_LIBRARY = Path(__file__).parent
_LINE = 120  # letters of a line of code that are shown


class RejoinderError(Exception):
    """The base of all errors raised on purpose.

    `problem` says what is wrong, `file` and `line` where (either may be None), `remedy` what to do. The
    message is one line, whatever text is in it; a notebook shows it without the library's own frames.
    """

    def __init__(
        self,
        problem: str,
        *,
        remedy: str,
        file: str | Path | None = None,
        line: int | None = None,
    ):
        self.problem, self.remedy, self.file, self.line = problem, remedy, file, line
        super().__init__(one_line(f"{self._what()} {remedy}"))

    def _what(self) -> str:
        """Where it is and what is wrong, as a sentence."""
        place = f"{self.file}, line {self.line}: " if self.line else f"{self.file}: "
        return f"{place if self.file is not None else ''}{self.problem.removesuffix('.')}."

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: what is wrong, where, what to do."""
        shown = f"{type(self).__name__}: {one_line(self._what())}"
        return [*filter(None, [shown, _asked_for(self)]), f"What to do: {one_line(self.remedy)}"]


def _asked_for(error: BaseException) -> str:
    """The line of the reader's own code that the error came from, "" where there is none."""
    own = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if _LIBRARY in Path(file).parents:
            break
        own = file, line
    code = linecache.getline(*own).strip() if own else ""
    if not code:
        return ""
    # A cell has a name that is no file's.
    place = (
        f"{Path(own[0]).name}, line {own[1]}" if Path(own[0]).exists() else f"Line {own[1]} of the cell"
    )
    return f"{one_line(place)}: {one_line(code)[:_LINE]}"


class SeedError(RejoinderError):
    """Raised when the raw text of a seed cannot be read: missing, empty, too large, not text."""


class LayoutError(RejoinderError):
    """Raised when it cannot be decided, or is badly declared, which lines are article and comments."""


class CodebookError(RejoinderError):
    """Raised when a codebook names what the article does not say, or is badly formed."""


class CodingsError(RejoinderError):
    """Raised when codings or a coding sheet hold what nobody can have meant; every row is named."""


class NameNotKnown(RejoinderError):
    """Raised when something is asked for by a name that there is not: a side, a notebook, a comment."""


class BenchmarkError(RejoinderError):
    """Raised when labelled public data is missing or is not the version that was measured."""


class ReportError(RejoinderError):
    """Raised when a notebook fails to run or to render; nothing of the report is then left behind."""


def known(name: str, names: Iterable[str], what: str) -> str:
    """`name`, which must be one of `names`. Raises NameNotKnown, with the nearest of them."""
    names = [str(one) for one in names]
    if name not in names:
        near = get_close_matches(str(name), names, n=1)
        mean = f"Did you mean {near[0]!r}? " if near else ""
        raise NameNotKnown(f"there is no {what} {name!r}", remedy=f"{mean}There are: {listed(names)}.")
    return name
