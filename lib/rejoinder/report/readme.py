"""The findings in README.md: the short answers on the first seed, written between two marks."""

from __future__ import annotations

import re
from pathlib import Path

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.load import load

SEED = "000_b03053bac9951049"
_FINDINGS = re.compile(r"(?<=<!-- findings -->\n).*?(?=<!-- end -->)", re.DOTALL)


def write(readme: Path = Path("README.md")) -> Path:
    """Replace the findings in `readme` by a table of question, answer and notebook; its path."""
    from rejoinder.short_answers import short_answers

    rows = ["| question | answer | notebook |", "|---|---|---|"]
    for row in short_answers(load(SEED)).itertuples():
        link = f"[{row.notebook[:2]}](notebooks/{row.notebook}.ipynb)"
        rows.append(f"| {_plain(row.question)} | {_plain(row.answer)} | {link} |")
    findings = "\n".join([*rows, ""])
    write_whole({readme: _FINDINGS.sub(lambda _: findings, readme.read_text(encoding="utf-8"))})
    return readme


def _plain(text: str) -> str:
    """`text` on one line, with nothing that Markdown would interpret."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
