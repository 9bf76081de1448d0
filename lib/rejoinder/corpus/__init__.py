"""Files in, Discussion out: the only package that reads seeds."""

from rejoinder.corpus.load import load

__all__ = ["load"]
