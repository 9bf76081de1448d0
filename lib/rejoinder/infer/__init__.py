"""Numbers to estimates: knows nothing of text; whatever is random takes `rng`."""

from rejoinder.infer import (
    agreement,
    clusters,
    correction,
    differences,
    intervals,
    multiverse,
    sample_size,
)

__all__ = ["agreement", "clusters", "correction", "differences", "intervals", "multiverse", "sample_size"]
