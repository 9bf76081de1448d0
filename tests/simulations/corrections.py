"""Corrected shares and means: a machine's labels on 5,000 texts, a reader's codings of a few."""

from __future__ import annotations

import itertools
import math
from unittest import mock

import numpy as np
from scipy import stats

from rejoinder.stats import correction
from rejoinder.stats.estimate import mean_bounds, share_bounds
from simulations.means import LEVEL, error_of, held_share
from simulations.table import Row

TEXTS = 5_000
CODED = (15, 30, 100, 300)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 0.95)
# How often the machine finds what the reader counts, and how often it leaves alone what he does not.
MACHINES = {"good": (0.9, 0.9), "mediocre": (0.7, 0.7), "useless": (0.5, 0.5), "misses": (0.5, 0.99)}
AGREEMENTS = (0.9, 0.5, 0)


def drawn(rng, machine: str, p: float, n: int, times: int) -> tuple:
    """`times` samples of n coded texts, and the machine's mean over all TEXTS."""
    found, left = MACHINES[machine]
    reader = (rng.random((times, n)) < p).astype(float)
    labels = (rng.random((times, n)) < np.where(reader == 1, found, 1 - left)).astype(float)
    rest = rng.binomial(TEXTS - n, p * found + (1 - p) * (1 - left), times)
    return reader, labels, (labels.sum(axis=1) + rest) / TEXTS


def drawn_by_label(rng, machine: str, p: float, n: int, odds: float, times: int) -> tuple:
    """As `drawn`, but a text labelled 1 is drawn `odds` times as likely, and weighs so much less."""
    found, left = MACHINES[machine]
    labelled = p * found + (1 - p) * (1 - left)
    labels = (rng.random((times, n)) < labelled * odds / (labelled * odds + 1 - labelled)).astype(float)
    chances = np.where(labels == 1, p * found / labelled, p * (1 - found) / (1 - labelled))
    reader = (rng.random((times, n)) < chances).astype(float)
    return (
        reader,
        labels,
        rng.binomial(TEXTS, labelled, times) / TEXTS,
        np.where(labels == 1, 1 / odds, 1.0),
    )


def used(reader, labels, over_all, *, weights=None, ends=(0, 1), pretended=None, unsquared=False):
    """What `_used` gives, also where it is broken: with other pretended texts, or r in place of r²."""
    weights = np.ones(reader.shape) if weights is None else weights
    pretended = correction.PRETENDED if pretended is None else pretended
    with mock.patch.object(correction, "PRETENDED", pretended):
        plain, units, value, best = correction._used(reader, labels, weights, over_all, TEXTS, ends)
    if unsquared:
        known = units < TEXTS
        r2 = np.divide(1 / units - 1 / best, 1 / units - 1 / TEXTS, out=0 * units, where=known)
        r = np.sqrt(np.clip(r2, 0, 1))
        best = 1 / ((1 - r) / units + r / TEXTS)
    return plain, units, value, best


def share_ends(reader, labels, over_all, *, always: bool = False, **options) -> tuple:
    """The bounds of `corrected_share` for many samples, and those of the coded alone.

    `always`: the machine is used also where it does not help.
    """
    plain, units, value, best = used(reader, labels, over_all, **options)
    value = np.clip(value, 0, 1)
    alone = np.array(share_bounds(plain * units, units, LEVEL))
    ours = np.array(share_bounds(value * best, best, LEVEL))
    return np.where(always | narrower(ours, alone), ours, alone), alone


def mean_ends(reader, labels, over_all, **options) -> tuple:
    """The bounds of `corrected_mean` for many samples, and those of the coded alone."""
    extremes = reader.min(axis=1), reader.max(axis=1)
    plain, units, value, best = used(reader, labels, over_all, ends=extremes, **options)
    alone = np.array(mean_bounds(reader, LEVEL))
    ours = value + np.sqrt(units / best) * (alone - plain)
    return np.where(narrower(ours, alone), ours, alone), alone


def narrower(ours, alone):
    return correction._gain(width(ours), width(alone)) > 0


def difference_estimator(reader, labels, over_all) -> tuple:
    """The machine trusted whole: its mean over all, moved by its mean error on the coded."""
    error = reader - labels
    half = stats.norm.ppf((1 + LEVEL) / 2) * stats.sem(error, axis=1)
    value = over_all + error.mean(axis=1)
    return value - half, value + half


def ppi_plus_plus(reader, labels, rest, rest_variance) -> tuple:
    """The bounds of Angelopoulos, Duchi & Zrnic 2023 for a mean; `rest`: mean and variance (divided by
    the number) of the machine on the texts not coded."""
    n = reader.shape[1]
    others = TEXTS - n
    mean_coded, variance = labels.mean(axis=1), labels.var(axis=1)
    between = n * others / TEXTS * (rest - mean_coded) ** 2
    over_all = (n * variance + others * rest_variance + between) / (TEXTS - 1)
    dy, df = (x - x.mean(axis=1, keepdims=True) for x in (reader, labels))
    power = (dy * df).mean(axis=1) / np.where(over_all > 0, over_all, 1) / (1 + n / others)
    power = np.clip(power, 0, 1)
    value = reader.mean(axis=1) + power * (rest - mean_coded)
    noise = (reader - power[:, None] * labels).var(axis=1) / n + power**2 * rest_variance / others
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(noise)
    return value - half, value + half


def ppi_of_labels(reader, labels, over_all) -> tuple:
    """`ppi_plus_plus` where the machine gives 0 or 1."""
    rest = (over_all * TEXTS - labels.sum(axis=1)) / (TEXTS - reader.shape[1])
    return ppi_plus_plus(reader, labels, rest, rest * (1 - rest))


# The lowest coverage that holds for any machine and any share of SHARES.
LEAST = 0.93
# An interval from coded and machine may be wider than that of the coded alone by 2 %, no more.
WIDEST = 1.02


def rows(times: int) -> list[Row]:
    rng, times = np.random.default_rng(14), max(1_000, times)
    found = [one for n in CODED for one in shares(rng, n, times)]
    return [*found, *gains(rng, times), *weighted(rng, times), *means(rng, times)]


def shares(rng, n: int, times: int) -> list[Row]:
    """The worst coverage for n coded, and the widest interval beside that of the coded alone."""
    held, wide = {}, {}
    # Pretended texts matter where few are coded; a false r² where many are.
    broken = {"PRETENDED = 0": {"pretended": 0}} if n < 100 else {"r in place of r²": {"unsquared": True}}
    for machine, p in itertools.product(MACHINES, SHARES):
        samples = drawn(rng, machine, p, n, times)
        ours, alone = share_ends(*samples)
        bounds = {
            "ours": ours,
            "coded alone": alone,
            "PPI++": ppi_of_labels(*samples),
            "difference estimator": difference_estimator(*samples),
        }
        widths = {"ours": ours}
        if machine in ("good", "misses"):
            bounds |= {name: share_ends(*samples, **one)[0] for name, one in broken.items()}
            widths["used though it does not help"] = share_ends(*samples, always=True)[0]
        for name, ends in bounds.items():
            held.setdefault(name, []).append(held_share(*ends, p))
        for name, ends in widths.items():
            wide.setdefault(name, []).append(np.max(width(ends) / width(alone)))
    worst = {name: min(each) for name, each in held.items()}
    widest = {name: float(max(each)) for name, each in wide.items()}
    ours = widest.pop("ours")
    what = f"corrected share, {n} of {TEXTS:,} coded"
    return [
        row(f"{what}: worst of machines, shares", worst, broken, times),
        Row(f"{what}: widest, times alone", 1, (0, WIDEST), ours, 0, {}, widest),
    ]


def gains(rng, times: int) -> list[Row]:
    """How much narrower the interval is on average; a good machine of equal classes has r = 0.8."""
    r2, n, found = 0.64, 300, []
    for machine, nominal, band in (
        ("good", math.sqrt(1 - r2 + r2 * n / TEXTS), (0.62, 0.65)),
        ("useless", 1, (0.98, 1)),
    ):
        samples = drawn(rng, machine, 0.5, n, times)
        ours, alone = (width(ends) for ends in share_ends(*samples))
        error, ours = ours.std() / math.sqrt(times) / alone.mean(), ours.mean()
        alone = alone.mean()
        ppi = np.mean(width(ppi_of_labels(*samples))) / alone
        broken = {}
        if machine == "good":
            false = share_ends(*samples, unsquared=True)[0]
            broken = {"r in place of r²": float(np.mean(width(false)) / alone)}
        what = f"corrected share, {n} coded, {machine} machine: width, times alone"
        found.append(
            Row(what, nominal, band, float(ours / alone), float(error), {"PPI++": float(ppi)}, broken)
        )
    return found


def weighted(rng, times: int) -> list[Row]:
    """Worst coverage with unequal weights, for a good machine and one that misses much."""
    found, broken = [], {"weights without effect on n": {}}
    for what, odds, least in (
        ("weights by chance", None, LEAST),
        ("weights 3 to 1 by the machine's label", 3, LEAST),
        ("weights 10 to 1 by the machine's label", 10, 0.68),
    ):
        held = {"ours": [], "coded alone": [], "weights without effect on n": []}
        for machine, n, p in itertools.product(("good", "misses"), (15, 30, 100), (0.1, 0.2, 0.5, 0.8)):
            if odds:
                *samples, weights = drawn_by_label(rng, machine, p, n, odds, times)
            else:
                samples = drawn(rng, machine, p, n, times)
                weights = np.exp(0.7 * rng.standard_normal((times, n)))
            ours, alone = share_ends(*samples, weights=weights)
            count = n * np.average(samples[0], axis=1, weights=weights)
            each = (ours, alone, share_bounds(np.minimum(count, n), n, LEVEL))
            for name, ends in zip(held, each, strict=True):
                held[name].append(held_share(*ends, p))
        worst = {name: min(each) for name, each in held.items()}
        found.append(row(f"corrected share, {what}: worst", worst, broken, times, least))
    return found


def means(rng, times: int) -> list[Row]:
    """Coverage for values -1, 0 and 1, and a machine that correlates with the reader."""
    found = []
    for agreement in AGREEMENTS:
        held = {}
        for n in CODED:
            reader = rng.choice([-1.0, 0, 1], p=[0.1, 0.6, 0.3], size=(times, n))
            noise = math.sqrt(1 - agreement**2) * rng.standard_normal(reader.shape)
            labels = agreement * (reader - 0.2) / 0.6 + noise
            rest = rng.standard_normal(times) / math.sqrt(TEXTS - n)
            over_all = (labels.sum(axis=1) + (TEXTS - n) * rest) / TEXTS
            ours, alone = mean_ends(reader, labels, over_all)
            bounds = {"ours": ours, "coded alone": alone}
            bounds["PPI++"] = ppi_plus_plus(reader, labels, rest, np.ones(times))
            if agreement:
                bounds["r in place of r²"] = mean_ends(reader, labels, over_all, unsquared=True)[0]
            for name, ends in bounds.items():
                held.setdefault(name, []).append(held_share(*ends, 0.2))
        worst = {name: min(each) for name, each in held.items()}
        what = f"corrected mean, machine correlates {agreement}: worst of 15 to 300 coded"
        found.append(row(what, worst, {"r in place of r²": {}} if agreement else {}, times))
    return found


def row(what: str, worst: dict, broken: dict, times: int, least: float = LEAST) -> Row:
    beside = {name: worst[name] for name in worst if name != "ours" and name not in broken}
    refused = {name: worst[name] for name in broken}
    error = error_of(worst["ours"], times)
    return Row(what, LEVEL, (least, 1), worst["ours"], error, beside, refused)


def width(ends) -> np.ndarray:
    return ends[1] - ends[0]
