"""Bytes to a Discussion: the only room that touches files."""

from rejoinder.read.discussion import Discussion, Source, load

__all__ = ["Discussion", "Source", "load"]
