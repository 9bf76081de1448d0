"""Numbers to estimates: knows nothing of text; whatever is random takes `rng`."""

from rejoinder.infer import agreement, correction, intervals

__all__ = ["agreement", "correction", "intervals"]
