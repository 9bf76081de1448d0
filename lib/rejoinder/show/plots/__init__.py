"""Pictures of final tables: each takes what `answers` made, draws it, and returns the Axes."""

from rejoinder.fragment import AUTHOR, READERS
from rejoinder.show.plots.coded import actor_tones, agreement, stance_matrix, tone_beside_stance
from rejoinder.show.plots.curve import how_many, specification_curve
from rejoinder.show.plots.frame import AUTHOR_MARK, READERS_MARK, drawable
from rejoinder.show.plots.text import (
    at_a_glance,
    claim_places,
    paired_themes,
    reply_tree,
    tone_along_article,
    tone_dots,
)

__all__ = [
    "AUTHOR",
    "AUTHOR_MARK",
    "READERS",
    "READERS_MARK",
    "actor_tones",
    "agreement",
    "at_a_glance",
    "claim_places",
    "drawable",
    "how_many",
    "paired_themes",
    "reply_tree",
    "specification_curve",
    "stance_matrix",
    "tone_along_article",
    "tone_beside_stance",
    "tone_dots",
]
