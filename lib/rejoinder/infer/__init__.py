"""Numbers to estimates: knows nothing of text; whatever is random takes `rng`."""

from rejoinder.infer import agreement, intervals

__all__ = ["agreement", "intervals"]
