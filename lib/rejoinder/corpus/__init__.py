"""From files to a Discussion: raw texts, layouts, codebooks, codings."""

from rejoinder.corpus.load import load

__all__ = ["load"]
