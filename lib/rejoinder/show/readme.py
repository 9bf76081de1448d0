"""The part of README.md that is computed: the findings on the first seed, and their picture."""

from __future__ import annotations

import re
from pathlib import Path

from rejoinder import answers
from rejoinder.read.discussion import Discussion
from rejoinder.read.loading import SEEDS, load
from rejoinder.show import plots
from rejoinder.show.page import png

SEED = "000_b03053bac9951049"
README = SEEDS.parent / "README.md"
PICTURE = SEEDS.parent / "notebooks" / "claims_and_comments.png"

_FINDINGS = re.compile(r"(?<=<!-- findings -->\n).*?(?=<!-- end -->)", re.DOTALL)


def write(readme: Path = README, picture: Path = PICTURE) -> None:
    """Put the findings between the two marks of README.md, and draw the picture anew."""
    talk = load(SEED)
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_FINDINGS.sub(lambda _: findings(talk), text), encoding="utf-8")
    picture.write_bytes(png(plots.stance_matrix(answers.stance_cells(talk))))


def findings(talk: Discussion) -> str:
    """The answers as a Markdown table: question, answer, notebook."""
    rows = [
        f"| {_plain(a.question)} | {_plain(a.short)} | [{a.notebook[:2]}](notebooks/{a.notebook}.ipynb) |"
        for a in answers.what_do_readers_say_back(talk)
    ]
    return "\n".join(["| question | answer | notebook |", "|---|---|---|", *rows]) + "\n"


def _plain(text: str) -> str:
    """`text` so that Markdown shows it and does nothing with it."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
