"""Bytes to a Discussion: the only room that touches files."""

from rejoinder.read.discussion import Discussion, Source
from rejoinder.read.loading import load

__all__ = ["Discussion", "Source", "load"]
