"""What an analyst looks for in a text: thesis and claims, actors, themes."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rejoinder.corpus.raw import Raw
from rejoinder.corpus.summary import codebook_card
from rejoinder.corpus.toml import TomlFile, check_id, near_id, read_toml
from rejoinder.errors import CodebookError
from rejoinder.text import normalise

RESERVED = {"none", "tone", "opening"}  # columns beside the themes, in tables that have them
KINDS_OF_ANALYST = ("person", "language model")
# Columns of the coding sheet, and the answer that no claim is meant.
_TAKEN = frozenset(
    {"tone", "sarcasm", "none", "comment_id", "answers_to", "text", "weight", "text_sha", "item"}
)
KINDS = ("fact", "forecast", "judgement")


@dataclass(frozen=True, repr=False)
class Codebook:
    """The analyst's reading of one article.

    - `analyst`: who wrote it; `kind` of analyst: "person" or "language model"; `checked_by`: who went
      through it, None for nobody.
    - `claims`: one row per claim, indexed by `claim_id`, the thesis first (`thesis`): `text` (in
      short, as a statement one can accept or reject), `kind` (fact, forecast, judgement), `quote`
      (the author's words), `line`, `start`, `end` (offsets of the quotation in the raw file).
    - `actors`: indexed by `actor_id`: `name`, `aliases` (tuple of str).
    - `themes`: indexed by `theme_id`: `name`, `pattern` (regular expression, matched on normalised
      text whatever the case), `reason`.
    - `topic_terms`: words of the subject that are no opinion although a lexicon scores them.
    """

    analyst: str
    kind: str
    checked_by: str | None
    claims: pd.DataFrame
    actors: pd.DataFrame
    themes: pd.DataFrame
    topic_terms: tuple[str, ...]

    @classmethod
    def empty(cls) -> Codebook:
        """The codebook of an article for which nobody has written one."""
        claims = pd.DataFrame(columns=["text", "kind", "quote", "line", "start", "end"])
        named = pd.DataFrame(columns=["name", "aliases"])
        themes = pd.DataFrame(columns=["name", "pattern", "reason"])
        return cls(
            "",
            "",
            None,
            claims.rename_axis("claim_id"),
            named.rename_axis("actor_id"),
            themes.rename_axis("theme_id"),
            (),
        )

    def __repr__(self) -> str:
        return codebook_card(self).plain

    def _repr_html_(self) -> str:
        return codebook_card(self).html

    @property
    def names(self) -> tuple[str, ...]:
        """Every alias of every actor, for `links.similarity`."""
        return tuple(alias for row in self.actors["aliases"] for alias in row)

    @property
    def mask(self) -> tuple[str, ...]:
        """Names and topic terms whose own valence is no opinion, for `sentiment.score`."""
        return (*self.names, *self.topic_terms)


def read_codebook(path: Path, raw: Raw, *, article: str, name: str) -> Codebook:
    """The codebook file at `path`; quotations must stand in `article`: the raw text, in which
    whatever is not of the article is blotted out, so that offsets hold.

    Raises CodebookError for what is badly formed, a quotation that the article does not hold, a
    pattern that does not compile, an unknown kind, or a name used twice.
    """
    file = read_toml(path, name, CodebookError)
    top = file.check(
        file.table,
        "the codebook",
        near="[",
        needs={"coder": dict, "thesis": dict, "claims": list},
        may={"actors": list, "themes": list, "topic_terms": list},
    )
    coder = file.check(
        top["coder"],
        "[coder]",
        near="[coder]",
        needs={"name": str, "kind": str},
        may={"note": str, "checked_by": str},
    )
    file.one_of(coder["kind"], KINDS_OF_ANALYST, "[coder] kind", near="[coder]")
    claims = [{**top["thesis"], "id": "thesis"}, *top["claims"]]
    rows = [_claim(file, raw, entry, article) for entry in claims]
    file.unique([row["claim_id"] for row in rows], "the claim")
    actors = [
        _entry(file, row, "an actor", {"id": str, "name": str, "aliases": list})
        for row in top.get("actors", [])
    ]
    for actor in actors:
        file.strings(actor, "aliases", f"actor {actor['id']}", near=near_id(actor, ""), at_least=1)
    themes = [_theme(file, row) for row in top.get("themes", [])]
    for entries, what in ((actors, "the actor"), (themes, "the theme")):
        file.unique([entry["id"] for entry in entries], what)
        file.unique([entry["name"] for entry in entries], f"{what} named")
    return Codebook(
        coder["name"],
        coder["kind"],
        coder.get("checked_by"),
        pd.DataFrame(rows).set_index("claim_id"),
        _frame(actors, ["name", "aliases"], "actor_id").assign(
            aliases=lambda frame: frame["aliases"].map(tuple)
        ),
        _frame(themes, ["name", "pattern", "reason"], "theme_id"),
        file.strings(top, "topic_terms", "the codebook", near="topic_terms"),
    )


def _frame(entries: list[dict], columns: list[str], index: str) -> pd.DataFrame:
    frame = pd.DataFrame(entries, columns=["id", *columns]).rename(columns={"id": index})
    return frame.set_index(index)


def _entry(file: TomlFile, entry: dict, what: str, needs: dict) -> dict:
    return file.check(entry, what, near=near_id(entry, what), needs=needs)


def _theme(file: TomlFile, entry: dict) -> dict:
    _entry(file, entry, "a theme", {"id": str, "name": str, "pattern": str, "reason": str})
    near = near_id(entry, "[[themes]]")
    if RESERVED & {entry["id"], entry["name"]}:
        file.fail(f"theme {entry['id']}: id or name is taken", "Choose another.", near=near)
    if not entry["pattern"].isprintable():  # "\b" in double quotes is a backspace to TOML
        file.fail(
            f"theme {entry['id']}: the pattern holds a control character",
            "Write patterns in single quotes: pattern = '\\bword\\b'.",
            near=near,
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
    except (re.error, OverflowError, RecursionError, Warning) as bad:
        file.fail(f"theme {entry['id']}: the pattern does not compile ({bad})", "Mend it.", near=near)
    if pattern.search(""):
        file.fail(
            f"theme {entry['id']}: the pattern matches where nothing stands",
            "Take out what makes all of it optional.",
            near=near,
        )
    return entry


def _claim(file: TomlFile, raw: Raw, entry: dict, article: str) -> dict:
    near = near_id(entry, "[[claims]]")
    file.check(entry, "a claim", near=near, needs={"id": str, "text": str, "kind": str, "quote": str})
    what = f"claim {entry['id']}"
    check_id(file, entry["id"], "claim", near=near, taken=_TAKEN)
    file.one_of(entry["kind"], KINDS, f"{what}: kind", near=near)
    # Quotes typed straight, or a line break for a space, still name the author's words.
    words = r"\s+".join(map(re.escape, normalise(entry["quote"]).split()))
    found = re.search(words, normalise(article)) if words else None
    if not found:
        file.fail(
            f"{what}: the article does not say {entry['quote'][:60]!r}",
            "Quote the author's own words, letter by letter.",
            near=near,
        )
    start, end = found.span()
    return {
        "claim_id": entry["id"],
        "text": entry["text"],
        "kind": entry["kind"],
        "quote": raw.text[start:end],
        "line": raw.line_at(start),
        "start": start,
        "end": end,
    }
