"""A row per claim: how often an interval contains the truth, beside that of broken formulas."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

LEVEL = 0.95
WIDTH = 110
ERRORS = 3  # a measured value may lie outside its band by so many of its Monte Carlo errors
ROUNDING = 1e-9  # a truth that is a bound but for rounding is contained


@dataclass(frozen=True)
class Row:
    """A measured value, `ours`, that is to lie in `band`, both ends included.

    `error` is its Monte Carlo standard error (0: computed, not drawn). `broken` are the values of ours
    with a deliberate mistake, which the band has to refuse.
    """

    what: str
    band: tuple[float, float]
    ours: float
    error: float
    broken: dict[str, float]


@dataclass(frozen=True)
class Draw:
    """Samples from one population, or from several at once, and the intervals of each formula.

    `bounds`: low and high per sample, by the formula's name; samples for which "ours" gives none are left
    out. `chances`: of each sample (last axis) in each population, where samples are listed and not drawn.
    """

    truth: float | np.ndarray
    bounds: dict[str, tuple[np.ndarray, np.ndarray]]
    chances: np.ndarray | None = None

    def coverages(self, name: str) -> np.ndarray:
        """How often the formula contains the truth of each population."""
        known = ~np.isnan(self.bounds["ours"][0])
        low, high = (end[known] for end in self.bounds[name])
        truth = np.asarray(self.truth, dtype=float)[..., None]
        held = (low <= truth + ROUNDING) & (truth - ROUNDING <= high)
        found = held.mean(axis=-1) if self.chances is None else (self.chances * held).sum(axis=-1)
        return np.atleast_1d(found)

    def errors(self) -> np.ndarray:
        found = self.coverages("ours")
        n = math.inf if self.chances is not None else np.isfinite(self.bounds["ours"][0]).sum()
        return np.sqrt(found * (1 - found) / n)


def row(what: str, band: tuple, draws: Sequence[Draw], broken: Iterable[str], summary=np.min) -> Row:
    """The lowest (or another summary) of all coverages, of ours and of those that are `broken`."""
    value = {}
    for name in ("ours", *broken):
        found = [draw.coverages(name) for draw in draws if name in draw.bounds]
        value[name] = float(summary(np.concatenate(found)))
    errors = np.concatenate([draw.errors() for draw in draws])
    error = errors.max() if summary is np.min else np.sqrt((errors**2).sum()) / len(errors)
    refused = {name: value[name] for name in broken}
    return Row(what, band, value["ours"], float(error), refused)


def worst_and_average(what, least, draws, too_narrow, too_wide=(), average=(LEVEL, 0.995)) -> list[Row]:
    """A row for the lowest coverage, and one for the average: wider than needed is wrong as well."""
    return [
        row(f"{what}: worst", (least, 1), draws, too_narrow),
        row(f"{what}: average", average, draws, too_wide or too_narrow, np.mean),
    ]


def ends(estimate) -> tuple[float, float]:
    return estimate.low, estimate.high


def width(estimate) -> float:
    return estimate.high - estimate.low


def bounds_of(estimates: Iterable) -> np.ndarray:
    """Low and high of many Estimates, as two arrays."""
    return np.array([ends(one) for one in estimates]).T


def within(row: Row, value: float) -> bool:
    """Whether `value`, with the row's Monte Carlo error, could lie in the band; NaN never does."""
    slack = ERRORS * row.error
    return bool(row.band[0] - slack <= value <= row.band[1] + slack)


def holds(row: Row) -> bool:
    return within(row, row.ours)


def refuses(row: Row) -> bool:
    """Whether the band excludes every broken formula."""
    return not any(math.isnan(value) or within(row, value) for value in row.broken.values())


def printed(rows: Iterable[Row]) -> str:
    """The rows as a table of plain text, at most WIDTH columns wide."""
    lines = [f"{'':74}{'band':>15}{'ours':>9}{'± error':>9}"]
    for row in rows:
        band = f"{row.band[0]:.3g} – {row.band[1]:.3g}"
        error = f"{row.error:.4f}" if row.error else "0"
        mark = "" if holds(row) and refuses(row) else " !"
        lines.append(f"{row.what:74}{band:>15}{row.ours:>9.3g}{error:>9}{mark}")
        text = ", ".join(f"{other} {value:.3g}" for other, value in row.broken.items())
        lines += textwrap.wrap(f"    broken: {text}", WIDTH, subsequent_indent=" " * 12)
    return "\n".join(lines)
