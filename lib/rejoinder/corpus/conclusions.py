"""reading.md: what an analyst concludes about one article and its comments, checked against the text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pandas as pd

from rejoinder.corpus.raw import read_bytes, shown
from rejoinder.discussion import ARTICLE, Conclusions, Discussion
from rejoinder.errors import CodebookError
from rejoinder.text import quoted_spans, sentences

_HEAD = re.compile(
    r"by: (?P<by>.+?) \((?P<kind>person|language model)\)\s*\ncodings: ?(?P<codings>\w*)\s*\n"
)
_SECTION = re.compile(r"^## (\d\d)\b.*\n", re.MULTILINE)
_CITED = re.compile(r"\[([\w.-]+(?:,\s*[\w.-]+)*)\]")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_REMEDY = "seeds/README.md describes the file."


def codings_sha(codings: pd.DataFrame) -> str:
    """Ten hexadecimal digits that change whenever a value changes, or is added or taken away; "" where
    nothing is coded."""
    if codings.empty:
        return ""
    columns = ["coder", "comment_id", "item", "value", "basis", "statement_sha"]
    rows = sorted(codings[columns].astype(str).agg("\t".join, axis=1))
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def read_conclusions(path: Path, talk: Discussion) -> Conclusions:
    """The file reading.md at `path`.

    Raises CodebookError, with the line, for a file without its head, a second section of one number, a
    sentence that names no comment, a comment that does not exist, and quoted words that none of the
    comments named for them has.
    """
    name = shown(path)
    text = read_bytes(path, CodebookError).decode("utf-8-sig", errors="replace")
    if not (head := _HEAD.match(text)):
        problem = "does not begin with the lines “by: NAME (KIND)” and “codings: …”"
        raise CodebookError(problem, file=name, line=1, remedy=_REMEDY)
    texts = {**talk.comments["text"], ARTICLE: talk.article_text}
    begins = [*_SECTION.finditer(text)]
    ends = [one.start() for one in begins[1:]] + [len(text)]
    sections = {}
    for found, end in zip(begins, ends, strict=True):
        if found[1] in sections:
            problem, line = f"a second section {found[1]}", text.count("\n", 0, found.start()) + 1
            raise CodebookError(problem, file=name, line=line, remedy="Put both into one section.")
        for a, b in sentences(text[found.end() : end], wrapped=True):
            if problem := _problem(text[found.end() + a : found.end() + b], texts):
                line = text.count("\n", 0, found.end() + a) + 1
                raise CodebookError(problem, file=name, line=line, remedy=_REMEDY)
        paragraphs = re.split(r"\n\s*\n", text[found.end() : end].strip())
        sections[found[1]] = "\n\n".join(" ".join(one.split()) for one in paragraphs)
    return Conclusions(head["by"], head["kind"], sections, head["codings"] != codings_sha(talk.codings))


def _problem(sentence: str, texts: dict[str, str]) -> str | None:
    """What is wrong with a sentence."""
    cited = [name for names in _CITED.findall(sentence) for name in re.split(r",\s*", names)]
    if not cited:
        return f"the sentence {sentence!r:.80} does not say on which comments it rests, as in [c04]"
    if unknown := [name for name in cited if name not in texts]:
        return f"there is no comment {unknown[0]!r}"
    for words in _QUOTED.findall(sentence):
        if not any(quoted_spans(texts[name], words) for name in cited):
            return f"none of {', '.join(cited)} says {words!r}"
    return None
