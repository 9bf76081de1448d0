"""One row per claim: what is claimed, what was measured, and what other formulas give."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 110
# A measured value may lie outside its band by so many of its Monte Carlo errors.
ERRORS = 3


@dataclass(frozen=True)
class Row:
    """A value that is to lie in `band`, both ends included.

    `nominal` is what the method promises, `ours` what was measured, `error` its Monte Carlo standard
    error (0: computed, not drawn). `beside` holds the values of other implementations and of well-known
    other formulas; `broken` those of ours with a deliberate mistake, which the band has to refuse.
    """

    what: str
    nominal: float
    band: tuple[float, float]
    ours: float
    error: float
    beside: dict[str, float]
    broken: dict[str, float]


def holds(row: Row) -> bool:
    """Whether what was measured lies in the band."""
    return within(row, row.ours)


def within(row: Row, value: float) -> bool:
    """Whether `value`, with the row's Monte Carlo error, could lie in the band; NaN never does."""
    slack = ERRORS * row.error
    return bool(row.band[0] - slack <= value <= row.band[1] + slack)


def printed(rows: Iterable[Row]) -> str:
    """The rows as a table of plain text, at most WIDTH columns wide."""
    lines = [f"{'':66}{'nominal':>8}{'band':>15}{'ours':>9}{'± error':>9}"]
    for row in rows:
        wrapped = textwrap.wrap(row.what, 65)
        band = f"{_number(row.band[0])} – {_number(row.band[1])}"
        error = f"{row.error:.4f}" if row.error else "0"
        lines += wrapped[:-1]
        lines.append(
            f"{wrapped[-1]:66}{_number(row.nominal):>8}{band:>15}{_number(row.ours):>9}{error:>9}"
            + ("" if holds(row) else " !")
        )
        for name, values in (("beside", row.beside), ("broken", row.broken)):
            if values:
                text = ", ".join(f"{other} {_number(value)}" for other, value in values.items())
                lines += textwrap.wrap(
                    text, WIDTH, initial_indent=f"    {name}: ", subsequent_indent=" " * 12
                )
    return "\n".join(lines)


def _number(value: float) -> str:
    if value and abs(value) < 0.001:
        return f"{value:.0e}"
    return f"{value:g}" if value in (0, 1) else f"{value:.3f}"
