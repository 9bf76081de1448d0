"""A codebook proposed by a language model: a proposal whose quotation is not in the text is dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model

from rejoinder.coding.calls import KIND, Call, answers, found, named, question
from rejoinder.coding.language_model import log_path
from rejoinder.coding.sheet import blank_sheet, replied_to
from rejoinder.discussion import ARTICLE, CLAIM_KINDS, Codebook, Discussion
from rejoinder.draft import assembled, statement
from rejoinder.errors import ModelError
from rejoinder.text import any_of, normalise, quoted_spans

MOST_COMMENTS = 200  # that are asked about, drawn at random
NOT_USABLE, NOT_FOUND, TWICE = "not usable", "not in the text", "of a name that is taken"
_RULES = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
_RESERVED = ("none", "tone", "opening")  # columns beside the themes


def _one_line(text: str) -> str:
    if not (text := " ".join("".join(one if one.isprintable() else " " for one in text).split())):
        raise ValueError("it is empty")
    return text


def _shape(**fields: Any) -> type[BaseModel]:
    named = {name: (kind, ...) for name, kind in fields.items()}
    return create_model("Shape", __config__=ConfigDict(extra="forbid"), **named)


_Words = Annotated[str, AfterValidator(_one_line)]
_STATEMENT = _shape(text=_Words, kind=Literal[CLAIM_KINDS], quote=_Words)
_NAME = _shape(name=_Words, words=list[_Words], quote=_Words)
_GROUP = _shape(text=_Words, points=list[int], answers=str)
_NAMES = {"actors": list[_NAME], "themes": list[_NAME]}
_OF_ARTICLE = {"thesis": _STATEMENT, "claims": list[_STATEMENT], **_NAMES}
_OF_COMMENT, _MERGED = {"points": list[_STATEMENT]}, {"groups": list[_GROUP], "themes": list[_NAME]}


class Proposed(NamedTuple):
    """A `book`; `made_by`: the comments that make each statement of readers, by its id; `dropped`: how
    many proposals were dropped, by reason; `failed`: how many calls."""

    book: Codebook
    made_by: dict[str, list[str]]
    dropped: Counter[str]
    failed: int


def propose(talk: Discussion, *, model: str, **how: Any) -> Proposed:
    """A codebook by a language model: one call about the article; one about each comment, so that code
    knows whose a point is; and one that merges points which say the same, each with all its comments.

    `how`: `base_url`, `most_calls`, `most_tokens`, `yes` and `replay`, as in `calls.answers`. Of more
    than MOST_COMMENTS comments a random sample is asked about. Raises ModelError as `calls.answers`, if
    not all calls are made, or without a thesis in words of the article; CodingsError for a bad `model`.
    """
    texts, log, dropped = talk.texts, log_path(talk), Counter()
    intro, of_article, of_comment, of_all = _RULES.split("---\n")
    tied, everything = {"model": model, "coder": named(model, _RULES)}, "\n".join(texts)

    def ask(rules: str, told: dict, shape: dict, here: str = "") -> Call:
        wanted = _shape(**shape).model_json_schema()
        return question(intro + rules, told, wanted, comment_id=here, **tied)

    def entries(call: Call, name: str, shape: type[BaseModel]) -> list:
        return _entries(call, name, shape, texts.get(call.comment_id, everything), dropped)

    def row(one: Any, own: str | None = None, text: str = "", answers: str | None = None) -> tuple:
        body = talk.article.loc[talk.article["role"] == "body", "start"].min()
        start = int(talk.comments["start"][own] if own else body) + texts[own or ARTICLE].find(one.quote)
        return statement(talk, text or one.text, one.quote, start, own, kind=one.kind, answers=answers)

    asked = [ask(of_article, {"article": texts[ARTICLE]}, _OF_ARTICLE, ARTICLE)]
    drawn = blank_sheet(talk, n=min(len(talk.comments), MOST_COMMENTS) or None)["comment_id"]
    for here in talk.comments.index[talk.comments.index.isin(drawn)]:
        above = [texts[one] for one in replied_to(talk.comments, here)]
        asked.append(ask(of_comment, {"answers_to": above, "comment": texts[here]}, _OF_COMMENT, here))
    article, *others = calls = _all_made(answers(log, asked, **how))
    if not (thesis := entries(article, "thesis", _STATEMENT)):
        why = article.error or "it quoted none from the article"
        raise ModelError(f"there is no thesis ({why})", remedy="Try another model, or draft by rules.")
    rows = [row(one) for one in thesis + entries(article, "claims", _STATEMENT)]
    claims = rows[:1] + sorted(rows[1:], key=lambda row: row[-2])  # in the order of the article
    ids = ["thesis", *(f"a{n}" for n in range(1, len(claims)))]
    points = [(call.comment_id, one) for call in others for one in entries(call, "points", _STATEMENT)]
    groups, names = [], entries(article, "themes", _NAME)
    if points:
        made = [call for call in calls if call.made_now]
        spent = {"most_calls": len(made), "most_tokens": sum(call.tokens for call in made)}
        how |= {name: how[name] - n for name, n in spent.items() if how.get(name) is not None}
        told = {"claims": dict(zip(ids, [row[2] for row in claims], strict=True))}
        told["points"] = {n: one.text for n, (_, one) in enumerate(points, 1)}
        calls += _all_made(answers(log, [ask(of_all, told, _MERGED)], **how))
        groups, names = entries(calls[-1], "groups", _GROUP), names + entries(calls[-1], "themes", _NAME)
    merged = _grouped(points, groups)
    rows = [
        row(own[0][1], own[0][0], group.text, group.answers if group.answers in ids else None)
        for group, own in merged
    ]
    actors = _named(entries(article, "actors", _NAME), everything, dropped)
    themes = _named(names, everything, dropped)
    themes["pattern"] = themes.pop("aliases").map(_any_word)
    themes["reason"] = "Proposed by a language model; its words are in the text."
    book = assembled(tied["coder"], KIND, claims, rows, actors, themes)
    made_by = [[*dict.fromkeys(comment_id for comment_id, _ in own)] for _, own in merged]
    by_id = dict(zip(book.points.index, made_by, strict=True))
    return Proposed(book, by_id, dropped, sum(bool(call.error) for call in calls))


def _all_made(calls: list[Call]) -> list[Call]:
    if late := sum(not call.at for call in calls):
        remedy = "Run it again with a higher limit: no answer is paid twice."
        raise ModelError(f"{late:,} of {len(calls):,} calls were not made: no draft yet", remedy=remedy)
    return calls


def _grouped(points: list[tuple], groups: list) -> list[tuple]:
    """Each group with its points, that of most comments first. A point in two groups stays in the first;
    one in none stands alone."""
    alone = [_GROUP(text=one.text, points=[n], answers="") for n, (_, one) in enumerate(points, 1)]
    left, found = dict(enumerate(points, 1)), []
    for group in [*groups, *alone]:
        if own := [left.pop(n) for n in group.points if n in left]:
            found.append((group, own))
    return sorted(found, key=lambda pair: -len({comment_id for comment_id, _ in pair[1]}))


def _entries(call: Call, name: str, shape: type[BaseModel], text: str, dropped: Counter) -> list:
    """The usable entries under a name in an answer, a quotation as it is in the text."""
    given, usable = found(call.answer, {name}).get(name), []
    for entry in given if isinstance(given, list) else [given]:
        try:
            one = shape.model_validate(entry)
        except ValidationError:
            dropped[NOT_USABLE] += not call.error
            continue
        if hasattr(one, "quote"):
            if not (spans := quoted_spans(text, one.quote)):
                dropped[NOT_FOUND] += 1
                continue
            one.quote = text[slice(*spans[0])]
        usable.append(one)
    return usable


def _any_word(words: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{any_of(words)})(?!\w)"


def _named(names: list, text: str, dropped: Counter) -> pd.DataFrame:
    """`name` and `aliases` of actors or themes, with those of the `words` that are in the text."""
    rows, plain = {}, normalise(text)
    for one in names:
        given = [word for word in one.words if any_of([word])]
        words = tuple(word for word in given if re.search(_any_word([word]), plain, re.IGNORECASE))
        if one.name in rows or one.name in _RESERVED or not words:
            dropped[TWICE if words else NOT_FOUND] += 1
        else:
            rows[one.name] = words
    return pd.DataFrame({"name": list(rows), "aliases": list(rows.values())}, dtype=object)
