"""Text to numbers, row by row: no statistics, no pictures, no files."""

from rejoinder.measure import actors, keyness, sentiment, themes

__all__ = ["actors", "keyness", "sentiment", "themes"]
