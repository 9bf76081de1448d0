"""Every error a user can meet: what is wrong, in which file and line, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class RejoinderError(Exception):
    """The base of all errors raised on purpose.

    `problem` says what is wrong, `file` and `line` where (either may be None), `remedy` what to do.
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
        where = "" if file is None else f"{file}, line {line}: " if line else f"{file}: "
        super().__init__(f"{where}{problem}. {remedy}")


class SeedError(RejoinderError):
    """Raised when the raw text of a seed cannot be read: missing, empty, too large, not text."""


class LayoutError(RejoinderError):
    """Raised when it cannot be decided, or is badly declared, which lines are article and comments."""


class CodebookError(RejoinderError):
    """Raised when a codebook names what the article does not say, or is badly formed."""


class CodingsError(RejoinderError):
    """Raised when codings or a coding sheet hold what nobody can have meant; every row is named."""


class BenchmarkError(RejoinderError):
    """Raised when labelled public data is missing or is not the version that was measured."""


class ReportError(RejoinderError):
    """Raised when a notebook fails to run or to render; nothing of the report is then left behind."""
