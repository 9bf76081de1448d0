"""A seed of nothing but attacks: raw text, layout, codebook and codings, written into a folder."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from hostile.payloads import BY_NAME, MOUNTAINS, PAYLOADS, Payload
from rejoinder.corpus.codings import COLUMNS, SIDES, text_sha
from rejoinder.csv_cells import guarded

# Where a seed's name stands: in paths, on every page, in messages.
NAME = "-o <img src=x onerror=window.hurt='seed'> $x^2$ & {{7*7}} %s \u202egnp\x1b[31m"

# Those that stand in the article and the codebook too, as claim, quotation, theme and actor.
SHARP = [
    BY_NAME[name]
    for name in (
        *("script", "img-error", "img-newline", "style-cover", "link-tab", "md-link", "md-table"),
        *("tex-href", "tex-display", "mathtext-open", "entity", "jinja", "dollar-brace", "f-string"),
        *("bidi-open", "zero-width", "ansi-colour", "hebrew", "formula-link", "proto", "closing"),
    )
]
CODERS = {
    "<img src=x onerror=window.hurt='coder'> $x^2$ [b](javascript:alert(1))": "person",
    "=1+1 {{7*7}} | שלום %s": "person",
}
READING = "<svg onload=window.hurt='reading'> $y^2$ \u202e"
_VALUES = [("agree", "disagree"), ("mixed", "silent"), ("disagree", "disagree"), ("silent", "silent")]


def comment_id(payload: Payload) -> str:
    """The id of the comment that consists of the payload."""
    return f"c{PAYLOADS.index(payload) + 1:03}"


def write_seed(folder: Path, name: str = NAME) -> Path:
    """The path of the raw text; the files of its analyst lie beside it. Each payload is a comment, and
    the next one in the table is the reason of its borders and its coders' note."""
    raw, spans = _raw()
    beside = folder / name
    beside.mkdir()
    path = folder / f"{name}.txt"
    path.write_bytes(raw.encode())
    (beside / "layout.toml").write_text(_layout(raw, spans), encoding="utf-8")
    (beside / "codebook.toml").write_text(_codebook(), encoding="utf-8")
    with (beside / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *(map(guarded, row) for row in _codings())])
    return path


def _raw() -> tuple[str, list[tuple[int, int]]]:
    """The text, and first and last line of each of its parts: heading, body, border, comments."""
    body = [f"The author says that it is good: {one.text} In Paris." for one in SHARP]
    raw, spans, line = "", [], 1
    for part in (SHARP[0].text, *body, "Comments", *(one.text for one in PAYLOADS)):
        last = line + len(re.findall("\r\n|[\n\r\v\f\u2028\u2029]", part))
        spans.append((line, last))
        raw, line = f"{raw}{part}\n", last + 1
    return raw, spans


def _following(at: int) -> str:
    return PAYLOADS[(at + 1) % len(PAYLOADS)].text


def _layout(raw: str, spans: list[tuple[int, int]]) -> str:
    heading, body = spans[0], spans[1 : len(SHARP) + 1]
    border, *comments = spans[len(SHARP) + 1 :]
    parts = [
        _table("[source]", sha256=hashlib.sha256(raw.encode()).hexdigest())
        + _keys(publisher=_following(0), licence=_following(30), unknown=[p.text for p in SHARP]),
        _table("[article]", heading=[heading], body=body, boilerplate=[border], reason=_following(3)),
        _table(f"[readings.{_quoted(READING)}]", about=_following(22)),
    ]
    for at, (payload, span) in enumerate(zip(PAYLOADS, comments, strict=True)):
        keys = {"id": comment_id(payload), "lines": span, "certainty": "likely", "reason": _following(at)}
        if at % 10:  # threads of ten
            above = {"reply_to": comment_id(PAYLOADS[at - 1]), "reply_certainty": "possible"}
            keys |= {**above, "reply_reason": _following(at)}
        parts.append(_table(f"[[readings.{_quoted(READING)}.comments]]", **keys))
    each = [comments[0][0], comments[-1][1]]
    lines = {"about": _following(40), "each_line": each, "certainty": "possible", "reason": "x"}
    return "\n".join([*parts, _table("[readings.lines]", **lines)])


def _codebook() -> str:
    coder = {"name": SHARP[1].text, "kind": "person", "checked_by": SHARP[7].text}
    parts = [_keys(topic_terms=[one.text for one in SHARP]), _table("[coder]", **coder)]
    for at, (_, text) in enumerate(SHARP):
        claim = {"text": text, "kind": ("fact", "forecast", "judgement")[at % 3], "quote": text}
        head, own = ("[[statements]]", {"id": f"k{at}"}) if at else ("[thesis]", {})
        parts.append(_table(head, **own, **claim))
        theirs = {"id": f"r{at}", "by": "readers", "comment": comment_id(SHARP[at]), "answers": "thesis"}
        parts.append(_table("[[statements]]", **theirs, **claim))
    for at, (_, text) in enumerate(SHARP):
        names, aliases = {"id": text, "name": text}, [text, "Paris", BY_NAME["nan"].text][at % 2 :]
        parts.append(_table("[[actors]]", **names, aliases=aliases))
        word = r"\$|\bgood\b|שלום|hurt" if at % 2 else r"<\w+|\{\{|alert"
        parts.append(_table("[[themes]]", **names, pattern=word, reason=text))
    return "\n".join(parts)


def _codings() -> Iterable[tuple[str, ...]]:
    wordings = {
        "tone": "",
        "sarcasm": "",
        "thesis": SHARP[0].text,
        "k1": SHARP[1].text,
        "r2": SHARP[2].text,
    }
    for at, payload in enumerate(PAYLOADS):
        sha = text_sha(payload.text)
        items = {"tone": ("negative", "positive"), "sarcasm": ("no", "yes")}
        items |= {item: _VALUES[(at + n) % 4] for n, item in enumerate(["thesis", "k1", "r2"])}
        for item, values in items.items():
            for (coder, kind), value in zip(CODERS.items(), values, strict=True):
                basis = ("stated", "implied")[at % 2] if value in SIDES else ""
                quote = payload.text if value in SIDES or item == "tone" else ""
                wording = wordings[item] and text_sha(wordings[item])
                coding = (coder, kind, comment_id(payload), item, value, basis, quote, _following(at))
                yield *coding, "1", sha, wording


def _table(head: str, **keys: object) -> str:
    return f"{head}\n{_keys(**keys)}"


def _keys(**keys: object) -> str:
    return "".join(f"{key} = {_toml(value)}\n" for key, value in keys.items())


def _toml(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")


def write_mountains(folder: Path) -> Path:
    """The path of a page, as it was pasted, each comment of which is long beyond all measure."""
    path = folder / "mountains.txt"
    kept = [text for name, text in MOUNTAINS.items() if name not in ("blank lines", "spaces")]
    comments = "\n\n".join(f"Russia and China: {text}" for text in kept)
    path.write_text(f"An article that says how good it is.\n\nComments\n\n{comments}\n", encoding="utf-8")
    return path
