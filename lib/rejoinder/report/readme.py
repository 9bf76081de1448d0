"""The part of README.md that is computed: the findings on the first seed, and two pictures."""

from __future__ import annotations

import re
from pathlib import Path

from rejoinder import answers, plots
from rejoinder.atomic_write import write_whole
from rejoinder.corpus.load import load
from rejoinder.corpus.paths import seeds_folder
from rejoinder.discussion import Discussion
from rejoinder.display import png

SEED = "000_b03053bac9951049"
README = seeds_folder().parent / "README.md"
PICTURE = seeds_folder().parent / "notebooks" / "claims_and_comments.png"

_FINDINGS = re.compile(r"(?<=<!-- findings -->\n).*?(?=<!-- end -->)", re.DOTALL)


def write(readme: Path = README, picture: Path = PICTURE) -> list[Path]:
    """Put the findings between the two marks of README.md, and draw the picture anew; the files that
    were written. Neither changes unless both are made."""
    talk = load(SEED)
    text = readme.read_text(encoding="utf-8")
    new = {
        readme: _FINDINGS.sub(lambda _: findings(talk), text),
        picture: png(plots.stance_matrix(answers.stance_cells(talk))),
    }
    write_whole(new)
    return list(new)


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
