"""Text to numbers, row by row: no statistics, no pictures, no files."""

from rejoinder.measure import actors, keyness, links, sentiment, stance, themes, thesis

__all__ = ["actors", "keyness", "links", "sentiment", "stance", "themes", "thesis"]
