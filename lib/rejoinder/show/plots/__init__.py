"""Pictures of final tables: each takes what `answers` made, draws it, and returns the Axes."""

from rejoinder.fragment import AUTHOR, READERS
from rejoinder.show.plots.coded import agreement, stance_matrix
from rejoinder.show.plots.curve import specification_curve
from rejoinder.show.plots.frame import AUTHOR_MARK, READERS_MARK, drawable
from rejoinder.show.plots.needed import how_many
from rejoinder.show.plots.right import ladder, reliability
from rejoinder.show.plots.sides import actor_tones, paired_themes
from rejoinder.show.plots.text import at_a_glance, claim_places, reply_tree
from rejoinder.show.plots.tone import tone_along_article, tone_beside_stance, tone_dots

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
