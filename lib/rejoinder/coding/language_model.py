"""A language model as one more coder: one comment a call, every answer checked, every call recorded."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pandas as pd

from rejoinder.coding.calls import KIND, Call, answers, found, named, object_of, question, read_calls
from rejoinder.coding.sheet import blank_sheet, how_to_code, replied_to
from rejoinder.corpus import codings
from rejoinder.corpus.csv_io import tidy
from rejoinder.corpus.raw import seed_folder, seeds_folder
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.text import quoted_spans

# How a note begins: no usable answer; no call yet; an answer with words that the comment does not have.
UNDECIDED, NOT_ASKED, NOT_FOUND = "could not be decided", "not asked", "quotation not found"
# Other ways to ask the same: the values in reverse order; the instructions in other words; a second draw.
REVERSED, PARAPHRASED, AGAIN = VARIANTS = ("reversed", "paraphrased", "again")
_LONGEST_WORDS = 2_000
_INSTRUCTIONS = Path(__file__).with_suffix(".md")


def code(
    talk: Discussion,
    *,
    model: str,
    variant: str = "",
    n: int | None = None,
    order: int = 0,
    **how: str | int | bool | None,
) -> pd.DataFrame:
    """The codings of a language model, by the rules and the blank sheet that people get.

    It says where the comments would go, in how many calls and about how many tokens, and asks. A comment
    with those that it answers is one call, so words in it that pose as instructions reach its own coding
    and that of its replies, no other. Each call is recorded in `log_path(talk)` at once; one that was
    answered is never made again.

    Parameters
    ----------
    model : its name on the server.
    variant : "", or one of VARIANTS, whose answers `repeats` compares with those to "".
    n, order : as in `blank_sheet`.
    how : `base_url`, `most_calls`, `most_tokens`, `yes` and `replay`, as in `calls.answers`.

    Returns
    -------
    DataFrame in the columns of codings.csv, a row per comment and item; `coder` is the model with a hash
    of the instructions, and the variant. A quotation that the comment lacks is kept, with a note that
    begins NOT_FOUND. An item without a usable answer has the value "", and a note that begins UNDECIDED
    or NOT_ASKED.

    Raises ModelError as `calls.answers`; CodingsError for a bad `n` or `model`, or a log that cannot be
    written.
    """
    rules, texts = _INSTRUCTIONS.read_text(encoding="utf-8") + how_to_code(talk), talk.texts
    variant = variant and known(variant, VARIANTS, "variant")
    tied = {"coder": named(model, rules), "model": model, "variant": variant}
    sheet, told = blank_sheet(talk, n=n, order=order), _varied(talk, rules, variant)
    asked = []
    for here, sha in zip(sheet["comment_id"], sheet["text_sha"], strict=True):
        items, above = codings.items(talk.codebook, here), replied_to(talk.comments, here)
        data = {"items": items, "answers_to": [texts[one] for one in above], "comment": texts[here]}
        wanted = _schema(items, variant)
        asked.append(question(told, data, wanted, comment_id=here, text_sha=sha, items=items, **tied))
    return _codings(talk, sheet, answers(log_path(talk), asked, **how))


def undecided(talk: Discussion) -> pd.DataFrame:
    """What language models were asked and gave no usable answer for, by the log of calls.

    Returns
    -------
    DataFrame: `coder`, `comment_id`, `item`, `reason`. No rows where all is decided, or without a log.
    """
    keys = ["coder", "comment_id", "item"]
    decided = {*talk.codings[keys].itertuples(index=False, name=None)}
    rows = [
        (*place, why)
        for *place, variant, value, why in _logged(talk)
        if not (variant or value) and tuple(place) not in decided
    ]
    return pd.DataFrame(rows, columns=[*keys, "reason"])


def repeats(talk: Discussion) -> pd.DataFrame:
    """What language models answered when they were asked again in another way, by the log of calls.

    Returns
    -------
    DataFrame: `coder`, `comment_id`, `item`, `variant` (of VARIANTS), `value` (of the codings), `again`
    (of the variant; "" in either: no usable answer). No rows for what was not asked in both ways.
    """
    keys, rows = ["coder", "comment_id", "item"], _logged(talk)
    found = pd.DataFrame(rows, columns=[*keys, "variant", "value", "reason"]).drop(columns="reason")
    first = found["variant"] == ""
    again = found[~first].rename(columns={"value": "again"})
    return again.merge(found[first].drop(columns="variant"), on=keys)[
        [*keys, "variant", "value", "again"]
    ]


def _logged(talk: Discussion) -> list[tuple[str, str, str, str, str, str]]:
    """Coder, comment, item, variant, value and note of all that the log has on the texts as they are."""
    texts = {comment_id: codings.text_sha(text) for comment_id, text in talk.texts.items()}
    return [
        (call.coder, call.comment_id, item, call.variant, value, note)
        for call in read_calls(log_path(talk))[0].values()
        if call.text_sha == texts.get(call.comment_id)
        for item, (value, *_, note) in _read_answer(call).items()
    ]


def log_path(talk: Discussion) -> Path:
    """The log of calls, a line of JSON each: calls.jsonl in the folder of the seed."""
    path = Path(talk.source.path)
    return seed_folder(path if path.exists() else seeds_folder().parent / path) / "calls.jsonl"


def _varied(talk: Discussion, rules: str, variant: str) -> str:
    if variant == PARAPHRASED:
        other = _INSTRUCTIONS.with_name(f"{_INSTRUCTIONS.stem}.{PARAPHRASED}.md")
        return other.read_text(encoding="utf-8") + how_to_code(talk)
    if variant == REVERSED:  # the rows of each table of values
        tables = groupby(rules.splitlines(keepends=True), lambda line: line.startswith("| `"))
        return "".join("".join([*rows][::-1] if is_row else rows) for is_row, rows in tables)
    return rules


def _schema(items: list[str], variant: str) -> dict:
    words, cells = {"type": "string"}, {}
    for item in items:
        values = codings.values_of(item)
        basis = {"basis": {**words, "enum": ["", *codings.BASES]}} if values is codings.STANCE else {}
        value = {"value": {**words, "enum": [*(values[::-1] if variant == REVERSED else values)]}}
        cells[item] = object_of({**value, **basis, "quote": words, "note": words})
    return object_of(cells)


def _read_answer(call: Call) -> dict[str, tuple[str, str, str, str]]:
    """Value, basis, quotation and note of each item; for lack of a usable answer the note alone: why."""
    answers, told = {}, found(call.answer, {*call.items})
    for item in call.items:
        given = told.get(item)
        one = given if isinstance(given, dict) else {"value": given}
        value, basis, *words = (one.get(cell) or "" for cell in ("value", "basis", "quote", "note"))
        value = tidy(str(value)).lower()
        basis = basis if value in codings.SIDES and codings.values_of(item) is codings.STANCE else ""
        if value not in codings.values_of(item) or not all(isinstance(one, str) for one in words):
            wrong = [f"{item} was {f'answered {given!r:.80}' if item in told else 'not answered'}"]
        else:
            wrong = codings.problems_of_basis(item, value, basis)
        if call.error or wrong:
            why = f"call failed ({call.error})" if call.error else wrong[0]
            answers[item] = "", "", "", f"{UNDECIDED}: {why}" if call.at else NOT_ASKED
        else:
            answers[item] = value, basis, *(text[:_LONGEST_WORDS] for text in words)
    return answers


def _codings(talk: Discussion, sheet: pd.DataFrame, calls: list[Call]) -> pd.DataFrame:
    """A row per comment and item, also for what was not decided."""
    rows, texts = [], talk.texts
    for call, weight in zip(calls, sheet["weight"], strict=True):
        coder = f"{call.coder} {call.variant}".strip()
        for item, (value, basis, quote, note) in _read_answer(call).items():
            needed = quote or value not in ("", "silent", "neutral", "no")
            if needed and not quoted_spans(texts[call.comment_id], quote):
                note = "; ".join(filter(None, (NOT_FOUND, note)))
            tied = float(weight), call.text_sha, codings.statement_sha(talk.codebook, item)
            rows.append((coder, KIND, call.comment_id, item, value, basis, quote, note, *tied))
    return pd.DataFrame(rows, columns=list(codings.COLUMNS))
