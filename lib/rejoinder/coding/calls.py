"""Calls to a language model: every one is agreed to, limited, recorded, and never made twice."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from pydantic import AliasPath, BaseModel, Field, ValidationError
from tqdm import tqdm

from rejoinder.coding.sheet import writing
from rejoinder.corpus import codings
from rejoinder.errors import ModelError
from rejoinder.html import one_line
from rejoinder.wording import counted

KIND = "language model"
SECONDS, RETRIES = 120, 5  # of a call; how often a busy or failing server is asked again, with back-off
_SETTINGS, _FORMS = {"temperature": 0}, ("json_schema", "json_object", "text")  # the best first
_HOPELESS = ("AuthenticationError", "PermissionDeniedError", "NotFoundError")  # no other call can succeed
_FAILURES = 3  # so many in a row, and the server counts as down
_LETTERS_PER_TOKEN, _TOKENS_PER_ITEM, _OTHER_ITEMS = 4, 30, 10  # rules of thumb for English
_LONGEST_ANSWER, _MOST_OBJECTS = 200_000, 50  # what is read of an answer
_NO_SECRET = 11  # letters; a shorter key is a word such as "none", for a server that needs no key


class Call(BaseModel):
    """A call: what is asked, and once it is made (`at`) the answer, or the error for lack of one."""

    key: str  # a hash of everything that the answer depends on
    coder: str
    model: str
    comment_id: str = ""
    text_sha: str = ""
    items: list[str] = []  # what is coded; of other questions none
    variant: str = ""  # how a question that is asked again differs
    messages: list[dict] = Field([], exclude=True)  # not in the log, where they would fill pages
    wanted: dict = Field({}, exclude=True)  # the JSON schema of the answer
    made_now: bool = Field(False, exclude=True)
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


def object_of(parts: dict[str, dict]) -> dict:
    """The JSON schema of an object with exactly these parts."""
    return {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}


def question(rules: str, told: dict, wanted: dict, **tied) -> Call:
    """A call to make: the `rules`, what is `told` as data, and the JSON schema `wanted` of the answer;
    `tied`: fields of the Call."""
    # Within JSON no text can end its own quotation marks.
    data = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
    messages = [{"role": "system", "content": rules}, {"role": "user", "content": data}]
    one = Call(key="", messages=messages, wanted=wanted, **tied)
    # Two comments with the same words are two questions, and a second draw is another.
    parts = [one.model, _SETTINGS, wanted, messages, one.comment_id, one.variant]
    return one.model_copy(update={"key": codings.text_sha(json.dumps(parts))})


def named(model: str, rules: str) -> str:
    """The name of a model as a coder: with a hash of its instructions. Raises CodingsError."""
    coder = f"{model} {codings.text_sha(rules)[:8]}"
    codings.fail_if(codings.problems_of_coder(coder), "model", "Give the name that the server knows.")
    return coder


def answers(
    log: Path,
    asked: list[Call],
    *,
    base_url: str | None = None,
    most_calls: int | None = None,
    most_tokens: int | None = None,
    yes: bool = False,
    replay: bool = False,
) -> list[Call]:
    """The calls with their answers, those that were not made as they are.

    Parameters: `log`, where each call is recorded at once; one that was answered is never made again.
    `base_url`, a server that speaks the protocol of OpenAI (default: OPENAI_BASE_URL, else OpenAI's own);
    the key in OPENAI_API_KEY is written nowhere. `most_calls`, `most_tokens`: stop before this run has
    more of them. `yes`: agree without being asked. `replay`: take the log alone, without a network.
    Raises ModelError if no call can be made, nobody agrees, or _FAILURES in a row fail; CodingsError for
    a log that cannot be written.
    """
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
    return [known.get(one.key, one) for one in asked]


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
    items = sum(len(one.items) or _OTHER_ITEMS for one in calls)
    there, back = sum(map(_tokens, calls)), items * _TOKENS_PER_ITEM
    many = counted(len(calls), "call")
    where = f"To {_server(client)} (model {calls[0].model}): {many} with a text each"
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

    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = {"made_now": True, "server": _server(client), "at": now, "error": ""}
    schema = {"name": "answer", "strict": True, "schema": call.wanted}
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


def found(answer: str, items: set[str]) -> dict:
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
