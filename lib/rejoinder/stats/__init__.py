"""Numbers in, estimates out: shares, means, agreement, differences. Knows no text and no files."""

from rejoinder.stats.agreement import alpha, alpha_of, coincidences, raw_agreement
from rejoinder.stats.clustered import clustered_mean, clustered_share
from rejoinder.stats.correction import Corrected, corrected_share, half_width_of, how_many
from rejoinder.stats.differences import Difference, difference
from rejoinder.stats.estimate import Estimate, mean, percent, share, signed
from rejoinder.stats.multiverse import combinations, explained, leave_one_out, switches

__all__ = [
    "Corrected", "Difference", "Estimate", "alpha", "alpha_of", "clustered_mean", "clustered_share",
    "coincidences", "combinations", "corrected_share", "difference", "explained", "half_width_of",
    "how_many", "leave_one_out", "mean", "percent", "raw_agreement", "share", "signed", "switches",
]  # fmt: skip
