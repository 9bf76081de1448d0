"""Every table and estimate that the notebooks use, as one long table of numbers.

`python tests/golden/quantities.py` (with PYTHONPATH=lib:tests) writes the CSV files beside it anew; a commit that
changes one of them says why.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from numbers import Number
from pathlib import Path

import pandas as pd

import rejoinder
from rejoinder import answers
from rejoinder.measure import sentiment
from rejoinder.stats.estimate import Estimate

HERE = Path(__file__).parent
PAGE = (
    "An article says that rain is good for farms. It should fall more often.\n\nFarmers love rain. Cities hate it.\n"
    "\n\nI love rain, and the farms need it!\n\nI hate rain. It ruins every market day.\n\nThe.\n"
)
COLUMNS = ["table", "row", "column", "value"]


def tables(talk: rejoinder.Discussion) -> Iterator[tuple[str, pd.DataFrame | pd.Series | Estimate]]:
    """Name and content of each table and estimate, in the order of the notebooks."""
    yield "claim_places", answers.claim_places(talk)[["line", "place"]]
    yield "thesis_guesses", answers.thesis_guesses(talk)[["coded"]]
    yield "paragraphs", talk.paragraphs[["line", "words", "start", "end"]]
    yield "comments", talk.comments[["first_line", "last_line", "start", "end"]]
    yield "voices", answers.voices(talk)[["words", "depth"]]
    tones = answers.tones(talk)
    yield "tones", tones[["polarity", "polarity_unmasked", "textblob", "vader", "coverage"]]
    yield "tone_kinds", pd.Series({kind: (tones["tone"] == kind).sum() for kind in sentiment.TONES})
    yield "sentence_tones", answers.sentence_tones(talk)[["polarity", "textblob", "vader"]]
    yield "paragraph_tones", answers.paragraph_tones(talk)[["polarity", "textblob", "vader", "coverage"]]
    yield "mean_tone", answers.mean_tone(talk)
    yield "article_tone", answers.article_tone(talk)
    yield "beside_article", answers.beside_article(talk)
    yield "tone_choices", answers.tone_choices(talk).set_index("choice")
    yield "theme_shares", answers.theme_shares(talk)[["author", "readers"]]
    yield "actor_shares", answers.actor_shares(talk)[["author", "readers"]]
    yield "theme_presence", answers.theme_presence(talk)
    yield "no_theme", answers.no_theme(talk)
    for side in ("author", "readers"):
        yield f"unshared_words_{side}", answers.unshared_words(talk, side)
    yield "actor_tones", answers.actor_tones(talk)[["author", "readers"]]
    yield "masking_effect", answers.masking_effect(talk).drop(columns="name")
    yield "toned_mentions", answers.toned_mentions(talk)[["start", "end", "tone"]]
    yield "coders", answers.coders(talk)
    yield "claim_stances", answers.claim_stances(talk)
    yield "kind_stances", answers.kind_stances(talk)
    yield "thesis_by_choice", answers.thesis_by_choice(talk).set_index("choice")
    yield "nearest_claims", answers.nearest_claims(talk)[["degree"]]
    yield "how_many_to_code", answers.how_many_to_code()[["coded", "half_width"]]
    yield "tone_methods", answers.tone_methods(talk)
    yield "feeling_choices", answers.feeling_choices(talk).set_index("choice")
    yield "item_agreement", answers.item_agreement(talk)
    yield "alpha_choices", answers.alpha_choices(talk).set_index("choice")
    for headline in answers.HEADLINES:
        curve = answers.universes(talk, headline)
        yield f"multiverse_{headline.notebook}_{headline.name}", curve[["estimate"]]
        if len(talk.comments) < 50:
            left = answers.without_each(talk, headline)
            left = left.assign(value=[one.value for one in left["estimate"]])
            yield f"left_out_{headline.notebook}_{headline.name}", left[["value"]]
    yield "by_thread", answers.by_thread(talk)


def numbers(name: str, content: object) -> Iterator[tuple[str, str, str, float]]:
    """The numbers of a table, Series or Estimate, a row each, in the columns COLUMNS."""
    if isinstance(content, Estimate):
        content = pd.DataFrame({"": [content]}, index=["all"])
    elif isinstance(content, pd.Series):
        content = content.to_frame("")
    for at, (label, row) in enumerate(zip(content.index, content.to_numpy(object), strict=True)):
        label = str(label)
        place = label if label.isascii() and label.isprintable() and len(label) < 60 else f"#{at}"
        for column, value in zip(map(str, content.columns), row, strict=True):
            column = column if column.isascii() and column.isprintable() else "#"
            if isinstance(value, Estimate):
                for part in ("value", "low", "high", "n", "count"):
                    if getattr(value, part) is not None:
                        yield name, place, f"{column}.{part}".removeprefix("."), getattr(value, part)
            elif isinstance(value, Number) or pd.api.types.is_bool(value):
                yield name, place, column, float(value)


def quantities(talk: rejoinder.Discussion) -> pd.DataFrame:
    """All numbers of a discussion, in the columns COLUMNS."""
    rows = [row for name, content in tables(talk) for row in numbers(name, content)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float})


def discussions(folder: Path) -> Iterator[tuple[str, rejoinder.Discussion]]:
    """The first seed, a page without codebook, and the seed of attacks, by name."""
    from hostile.seed import write_seed

    yield "first_seed", rejoinder.load("000_b03053bac9951049")
    page = folder / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    yield "page_without_codebook", rejoinder.load(page)
    yield "seed_of_attacks", rejoinder.load(write_seed(folder))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, talk in discussions(Path(folder)):
            table = quantities(talk)
            table.to_csv(HERE / f"{name}.csv", index=False, float_format="%.10g")
            print(f"{name}: {len(table):,} numbers", file=sys.stderr)
