"""Numbers to estimates: knows nothing of text; whatever is random takes `rng`."""

from rejoinder.infer import intervals

__all__ = ["intervals"]
