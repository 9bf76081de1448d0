"""Numbers in, estimates out: shares, means, agreement, differences. Knows no text and no files."""

from rejoinder.stats.agreement import alpha, alpha_of, coincidences
from rejoinder.stats.clustered import clustered_mean, clustered_share
from rejoinder.stats.correction import Corrected, corrected_share, sample_size
from rejoinder.stats.estimate import Estimate, difference, mean, percent, share, signed
from rejoinder.stats.multiverse import switches
from rejoinder.stats.replacement import alt_test
