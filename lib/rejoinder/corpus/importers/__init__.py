"""Files of articles with comments, as platforms export them and scrapers write them."""

from rejoinder.corpus.importers.export import Export
from rejoinder.corpus.importers.read import read_export

__all__ = ["Export", "read_export"]
