"""Writes the findings in README.md anew: the short answers on the first seed, between two marks."""

import re
from pathlib import Path

from rejoinder import load
from rejoinder.short_answers import short_answers

SEED = "000_b03053bac9951049"
FINDINGS = re.compile(r"(?<=<!-- findings -->\n).*?(?=<!-- end -->)", re.DOTALL)


def with_findings(text):
    """`text` with its findings replaced by a table of question, answer and notebook."""
    rows = ["| question | answer | notebook |", "|---|---|---|"]
    for row in short_answers(load(SEED)).itertuples():
        link = f"[{row.notebook[:2]}](notebooks/{row.notebook}.ipynb)"
        rows.append(f"| {plain(row.question)} | {plain(row.answer)} | {link} |")
    return FINDINGS.sub(lambda _: "\n".join([*rows, ""]), text)


def plain(text):
    """`text` on one line, with nothing that Markdown would interpret."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


if __name__ == "__main__":
    file = Path(__file__).parents[1] / "README.md"
    file.write_text(with_findings(file.read_text(encoding="utf-8")), encoding="utf-8")
