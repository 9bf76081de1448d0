"""Numbers to estimates: knows nothing of text; whatever is random takes `rng`."""

from rejoinder.stats import (
    agreement,
    clustered,
    correction,
    differences,
    estimate,
    multiverse,
    sample_size,
)

__all__ = ["agreement", "clustered", "correction", "differences", "estimate", "multiverse", "sample_size"]
