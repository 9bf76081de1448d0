"""A language model as one more coder: one comment a call, every answer checked, every call recorded."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pandas as pd
from pydantic import AliasPath, BaseModel, Field, ValidationError
from tqdm import tqdm

from rejoinder.coding.sheet import blank_sheet, how_to_code, replied_to, writing
from rejoinder.corpus import codings
from rejoinder.corpus.csv_io import tidy
from rejoinder.corpus.raw import seed_folder, seeds_folder
from rejoinder.discussion import Discussion
from rejoinder.errors import ModelError
from rejoinder.html import one_line
from rejoinder.text import quoted_spans

KIND = "language model"
# How a note begins: no usable answer; no call yet; an answer with words that the comment does not have.
UNDECIDED, NOT_ASKED, NOT_FOUND = "could not be decided", "not asked", "quotation not found"
SECONDS, RETRIES = 120, 5  # of a call; how often a busy or failing server is asked again, with back-off
_SETTINGS, _FORMS = {"temperature": 0}, ("json_schema", "json_object", "text")  # the best first
_HOPELESS = ("AuthenticationError", "PermissionDeniedError", "NotFoundError")  # no other call can succeed
_FAILURES = 3  # so many in a row, and the server counts as down
_LETTERS_PER_TOKEN, _TOKENS_PER_ITEM = 4, 30  # rules of thumb for English
_LONGEST_ANSWER, _LONGEST_WORDS, _MOST_OBJECTS = 200_000, 2_000, 50  # what is read of an answer
_NO_SECRET = 11  # letters; a shorter key is a word such as "none", for a server that needs no key
_INSTRUCTIONS = Path(__file__).with_suffix(".md")


class Call(BaseModel):
    """A call: what is asked, and once it is made (`at`) the answer, or the error for lack of one."""

    key: str  # a hash of everything that the answer depends on
    coder: str
    comment_id: str
    text_sha: str
    items: list[str]
    model: str
    messages: list[dict] = Field([], exclude=True)  # not in the log, where they would fill pages
    at: str = ""
    server: str = ""
    sent: dict = {}
    answer: str = ""
    error: str = ""
    tokens: int = 0


class _Reply(BaseModel):
    """What is used of a server's answer."""

    content: str | None = Field(validation_alias=AliasPath("choices", 0, "message", "content"))
    refusal: str | None = Field(None, validation_alias=AliasPath("choices", 0, "message", "refusal"))
    tokens: int = Field(0, validation_alias=AliasPath("usage", "total_tokens"))


def code(
    talk: Discussion,
    *,
    model: str,
    base_url: str | None = None,
    most_calls: int | None = None,
    most_tokens: int | None = None,
    yes: bool = False,
    replay: bool = False,
    **sample: int | None,
) -> pd.DataFrame:
    """The codings of a language model, by the rules and the blank sheet that people get.

    It says where the comments would go, in how many calls and about how many tokens, and asks. A comment
    with those that it answers is one call, so words in it that pose as instructions reach its own coding
    and that of its replies, no other. Each call is recorded in `log_path(talk)` at once; one that was
    answered is never made again.

    Parameters
    ----------
    model, base_url : its name, and the address of a server that speaks the protocol of OpenAI (default:
        OPENAI_BASE_URL, else OpenAI's own). The key in OPENAI_API_KEY is written nowhere.
    most_calls, most_tokens : stop before this run has more of them.
    yes : agree without being asked.
    replay : take the answers from the log alone, without a network.
    sample : `n` and `order`, as in `blank_sheet`.

    Returns
    -------
    DataFrame in the columns of codings.csv, a row per comment and item; `coder` is the model with a hash
    of the instructions. A quotation that the comment lacks is kept, with a note that begins NOT_FOUND. An
    item without a usable answer has the value "", and a note that begins UNDECIDED or NOT_ASKED.

    Raises ModelError if no call can be made or _FAILURES in a row fail; CodingsError for a bad `n` or
    `model`, or a log that cannot be written.
    """
    rules, texts = _INSTRUCTIONS.read_text(encoding="utf-8") + how_to_code(talk), talk.texts
    coder = f"{model} {codings.text_sha(rules)[:8]}"
    codings.fail_if(codings.problems_of_coder(coder), "model", "Give the name that the server knows.")
    sheet, log = blank_sheet(talk, **sample), log_path(talk)
    asked = [_question(talk, texts, row, coder, model, rules) for row in sheet.to_dict("records")]
    with nullcontext() if replay else writing(log, "Check the folder, or wait for another run to end."):
        known, broken = read_calls(log)
        left = [one for one in asked if one.key not in known or known[one.key].error]
        todo = left if most_calls is None else left[: max(most_calls, 0)]
        if todo and not replay:
            with _client(base_url) as client, log.open("ab") as file:
                _agree(client, todo, yes)
                file.write(b"\n" * bool(broken))  # ends a line that a killed run left half-written
                made = _ask(client, todo, file, most_tokens)
            known |= made
            if late := len(left) - len(made):
                print(f"Stopped with {late:,} texts to go. To go on, run it again.", file=sys.stderr)
    if broken:
        print(f"{broken:,} lines of {log.name} cannot be read, as after a kill.", file=sys.stderr)
    calls = [known.get(one.key, one) for one in asked]
    return _codings(talk, sheet, calls)


def undecided(talk: Discussion) -> pd.DataFrame:
    """What language models were asked and gave no usable answer for, by the log of calls.

    Returns
    -------
    DataFrame: `coder`, `comment_id`, `item`, `reason`. No rows where all is decided, or without a log.
    """
    keys, texts, rows = ["coder", "comment_id", "item"], talk.texts, []
    decided = {*talk.codings[keys].itertuples(index=False, name=None)}
    for call in read_calls(log_path(talk))[0].values():
        if call.text_sha == codings.text_sha(texts.get(call.comment_id, "")):
            for item, (value, *_, why) in _read_answer(call).items():
                place = call.coder, call.comment_id, item
                rows += [(*place, why)] if not value and place not in decided else []
    return pd.DataFrame(rows, columns=[*keys, "reason"])


def log_path(talk: Discussion) -> Path:
    """The log of calls, a line of JSON each: calls.jsonl in the folder of the seed."""
    path = Path(talk.source.path)
    return seed_folder(path if path.exists() else seeds_folder().parent / path) / "calls.jsonl"


def read_calls(log: Path) -> tuple[dict[str, Call], int]:
    """The calls in a log by key, an answered one before a failed one, and how many lines are broken."""
    calls, broken = {}, 0
    for line in filter(bytes.strip, log.read_bytes().splitlines() if log.exists() else ()):
        try:
            call = Call.model_validate_json(line)
        except ValidationError:
            broken += 1
        else:
            calls[call.key] = calls[call.key] if call.error and call.key in calls else call
    return calls, broken


def _question(talk: Discussion, texts: pd.Series, row: dict, coder: str, model: str, rules: str) -> Call:
    here = row["comment_id"]
    items, above = codings.items(talk.codebook, here), replied_to(talk.comments, here)
    # Within JSON no text can end its own quotation marks.
    told = {"items": items, "answers_to": [texts[one] for one in above], "comment": texts[here]}
    told = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
    messages = [{"role": "system", "content": rules}, {"role": "user", "content": told}]
    key = codings.text_sha(json.dumps([model, _SETTINGS, _schema(items), messages]))
    tied = {"coder": coder, "comment_id": here, "text_sha": row["text_sha"], "model": model}
    return Call(key=key, items=items, messages=messages, **tied)


def _client(base_url: str | None):
    try:
        from openai import DefaultHttpxClient, OpenAI
    except ImportError:
        raise ModelError("the package openai is missing", remedy="pip install openai") from None
    url = base_url or os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
    if not re.match(r"https?://\w", url):
        raise ModelError("the address of the server is none", remedy="Begin it with http:// or https://.")
    key = os.environ.get("OPENAI_API_KEY") or ("" if "//api.openai.com" in url else "none")
    if not key:
        raise ModelError("there is no key", remedy="Set OPENAI_API_KEY, or name a server of your own.")
    # A redirect would take the comments where nobody agreed to send them.
    http = DefaultHttpxClient(follow_redirects=False, timeout=SECONDS)
    return OpenAI(api_key=key, base_url=url, timeout=SECONDS, max_retries=RETRIES, http_client=http)


def _server(client) -> str:
    """The address, without a name or password in it."""
    return re.sub(r"//[^/]*@", "//", str(client.base_url).partition("?")[0]).rstrip("/")


def _tokens(call: Call) -> int:
    return sum(len(one["content"]) for one in call.messages) // _LETTERS_PER_TOKEN


def _agree(client, calls: list[Call], yes: bool) -> None:
    there, back = sum(map(_tokens, calls)), sum(len(one.items) for one in calls) * _TOKENS_PER_ITEM
    where = f"To {_server(client)} (model {calls[0].model}): {len(calls):,} calls with a text each"
    print(f"{where}, about {there:,} tokens to read and {back:,} to write.", file=sys.stderr)
    agreed = yes or (sys.stdin.isatty() and input("Send them? [y/N] ").strip().lower() in ("y", "yes"))
    if not agreed:
        raise ModelError("nobody agreed, so nothing was sent", remedy="Answer y, or add --yes.")


def _ask(client, calls: list[Call], file, most_tokens: int | None) -> dict[str, Call]:
    """Make the calls, each in the log `file` before the next is made; those that were made, by key."""
    ways, made, spent, failures = [*product((_SETTINGS, {}), _FORMS)], {}, 0, 0
    for one in tqdm(calls, unit="text", disable=None):
        if most_tokens is not None and spent + _tokens(one) > most_tokens:
            break
        call = made[one.key] = _made(client, one, ways)
        file.write(call.model_dump_json().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
        spent, failures = spent + call.tokens, failures + 1 if call.error else 0
        if call.error.startswith(_HOPELESS) or failures == _FAILURES:
            remedy = "Check address, key and model, then run it again: no answer is paid twice."
            raise ModelError(f"{_server(client)}: {call.error}", remedy=remedy)
    return made


def _made(client, call: Call, ways: list[tuple]) -> Call:
    """The call with its answer or error. The `ways` to ask that the server refused before it took one are
    removed."""
    from openai import APIError, BadRequestError, UnprocessableEntityError

    def hidden(text: str) -> str:
        return text.replace(client.api_key, "[key]") if len(client.api_key) > _NO_SECRET else text

    made = {"server": _server(client), "at": datetime.now(UTC).isoformat(timespec="seconds"), "error": ""}
    schema = {"name": "codings", "strict": True, "schema": _schema(call.items)}
    create = client.chat.completions.with_raw_response.create
    for at, (settings, form) in enumerate(ways):
        if settings and "temperature" in made["error"]:
            continue
        wanted = {"type": form} | ({"json_schema": schema} if form == "json_schema" else {})
        given = settings | ({"response_format": wanted} if form != "text" else {})
        try:
            raw = create(model=call.model, messages=call.messages, **given).http_response.text
            reply = _Reply.model_validate_json(raw)
        except (APIError, ValueError) as error:
            plain = "no answer in the protocol" if isinstance(error, ValueError) else error
            made["error"] = hidden(one_line(f"{type(error).__name__}: {plain}"))[:300]
            if not isinstance(error, BadRequestError | UnprocessableEntityError):  # else try another way
                break
        else:
            del ways[:at]
            answer = hidden(reply.content or reply.refusal or "")[:_LONGEST_ANSWER]
            used = reply.tokens or _tokens(call) + len(answer) // _LETTERS_PER_TOKEN
            made |= {"sent": {"form": form, **settings}, "answer": answer, "tokens": used, "error": ""}
            break
    return call.model_copy(update=made)


def _schema(items: list[str]) -> dict:
    def table(parts: dict) -> dict:
        own = {"properties": parts, "required": [*parts], "additionalProperties": False}
        return {"type": "object", **own}

    words, cells = {"type": "string"}, {}
    for item in items:
        values = codings.values_of(item)
        basis = {"basis": {**words, "enum": ["", *codings.BASES]}} if values is codings.STANCE else {}
        value = {"value": {**words, "enum": [*values]}}
        cells[item] = table({**value, **basis, "quote": words, "note": words})
    return table(cells)


def _read_answer(call: Call) -> dict[str, tuple[str, str, str, str]]:
    """Value, basis, quotation and note of each item; for lack of a usable answer the note alone: why."""
    answers, found = {}, _found(call.answer, {*call.items})
    for item in call.items:
        given = found.get(item)
        one = given if isinstance(given, dict) else {"value": given}
        value, basis, *words = (one.get(cell) or "" for cell in ("value", "basis", "quote", "note"))
        value = tidy(str(value)).lower()
        basis = basis if value in codings.SIDES and codings.values_of(item) is codings.STANCE else ""
        if value not in codings.values_of(item) or not all(isinstance(one, str) for one in words):
            wrong = [f"{item} was {f'answered {given!r:.80}' if item in found else 'not answered'}"]
        else:
            wrong = codings.problems_of_basis(item, value, basis)
        if call.error or wrong:
            why = f"call failed ({call.error})" if call.error else wrong[0]
            answers[item] = "", "", "", f"{UNDECIDED}: {why}" if call.at else NOT_ASKED
        else:
            answers[item] = value, basis, *(text[:_LONGEST_WORDS] for text in words)
    return answers


def _found(answer: str, items: set[str]) -> dict:
    """The JSON object with most of the items, whatever stands around it; of several the last."""

    def once(pairs: list[tuple]) -> dict:
        table = {}
        for name, value in pairs:  # what is there twice has no value
            table[name] = None if name in table else value
        return table

    text, at, best = answer.lstrip(), 0, {}
    text = text.partition("</think>")[2] if text.startswith("<think>") else text
    decoder = json.JSONDecoder(object_pairs_hook=once)
    for _ in range(_MOST_OBJECTS):
        if (at := text.find("{", at)) < 0:
            break
        try:
            one, end = decoder.raw_decode(text, at)
            best = one if len(items & {*one}) >= len(items & {*best}) else best
            at = end if items & {*one} else at + 1  # it may be wrapped in another object
        except (ValueError, RecursionError):
            at += 1
    return best


def _codings(talk: Discussion, sheet: pd.DataFrame, calls: list[Call]) -> pd.DataFrame:
    """A row per comment and item, also for what was not decided."""
    rows, texts = [], talk.texts
    for call, weight in zip(calls, sheet["weight"], strict=True):
        for item, (value, basis, quote, note) in _read_answer(call).items():
            needed = quote or value not in ("", "silent", "neutral", "no")
            if needed and not quoted_spans(texts[call.comment_id], quote):
                note = "; ".join(filter(None, (NOT_FOUND, note)))
            tied = float(weight), call.text_sha, codings.statement_sha(talk.codebook, item)
            rows.append((call.coder, KIND, call.comment_id, item, value, basis, quote, note, *tied))
    return pd.DataFrame(rows, columns=list(codings.COLUMNS))
