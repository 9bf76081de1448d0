"""Pictures of final tables: each takes what `answers` made, draws it, and returns the Axes."""

from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.coded import agreement, stance_matrix
from rejoinder.plots.curve import specification_curve
from rejoinder.plots.frame import AUTHOR_MARK, READERS_MARK, drawable
from rejoinder.plots.needed import how_many
from rejoinder.plots.right import ladder, reliability
from rejoinder.plots.sides import actor_tones, paired_themes
from rejoinder.plots.text import at_a_glance, claim_places, reply_tree
from rejoinder.plots.tone import tone_along_article, tone_beside_stance, tone_dots

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
    "ladder",
    "paired_themes",
    "reliability",
    "reply_tree",
    "specification_curve",
    "stance_matrix",
    "tone_along_article",
    "tone_beside_stance",
    "tone_dots",
]
