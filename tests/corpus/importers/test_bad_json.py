# ruff: noqa: E501 - tables of what is expected
"""What is wrong with a file is said, with its line if there is one; what can be read is counted."""

import copy
import gzip
import json

import json_exports as made
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_exports import read, reddit_comment, status

from rejoinder.errors import ExportError, RejoinderError

TEXT = json.dumps(made.REDDIT, indent=1)
LINES = "\n".join(json.dumps(one) for one in made.DUMP)
FRAME = zstandard.ZstdCompressor().compress(LINES.encode())
GZIP = gzip.compress(LINES.encode())
DEEP = 50_000
LEFT = {"deleted": 1, "not a comment": 1}  # of DUMP
HELD = {"pending": 1, "spam": 1, "deleted": 1}  # of COMMENTO


def large_window(text):
    """A frame without its size, whose window is larger than readers allow by default."""
    large = zstandard.ZstdCompressionParameters.from_level(1, window_log=28, write_content_size=0)
    frame = zstandard.ZstdCompressor(compression_params=large).compressobj()
    return frame.compress(text.encode()) + frame.flush()


def reply(**more):
    return [reddit_comment("1", "t3_a", "Hi") | more]


# Kind: content; a part of the error and its line, or the number of comments and what is left out.
BAD = {
    "cut off": (TEXT[:900], "is not JSON", TEXT[:900].count("\n") + 1),
    "cut off on one line": (json.dumps(made.GUARDIAN)[:300], "is not JSON", 1),
    "cut off in the last line": (LINES[:-20], "is not JSON", 5),
    "broken line in the middle": (LINES.replace('"id": "2", ', '"id": 2" '), "is not JSON", 3),
    "two pages one after the other": (TEXT + TEXT, "is not JSON", len(TEXT.split("\n"))),
    "comma too many": ('{"comments": [1, 2,]}', "is not JSON", 1),
    "printed by Python": ("{'comments': []}", "Python", None),
    "nested deeply": ("[" * DEEP + "]" * DEEP, "nested too deeply", None),
    "replies nested deeply": ('{"id": 1, "type": "story", "kids": [' * DEEP, "nested too deeply", None),
    "a line nested deeply": (f"{LINES}\n" + "[" * DEEP, "is not JSON", 6),
    "id of 5,000 digits": ('[{"id": ' + "1" * 5_000 + "}]", "digits", None),
    "id of 5,000 digits in a line": (f'{LINES}\n{{"id": {"1" * 5_000}}}', "is not JSON", 6),
    "script around JSON": (f"var data = {TEXT}", "script around JSON", None),
    "callback around JSON": (f"done({TEXT})", "script around JSON", None),
    "empty": ("", "is empty", None),
    "zeros": (b"[{\0\0\0" + bytes(2_000), None, None),
    "zstd cut off": (FRAME[:-9], "cannot be unpacked", None),
    "zstd cut off after its head": (FRAME[:5], "cannot be unpacked", None),
    "zstd of noise": (FRAME[:20] + b"\xff" * 200, "cannot be unpacked", None),
    "gzip cut off": (GZIP[:-9], "cannot be unpacked", None),
    "gzip of noise": (GZIP[:20] + b"\xff" * 200, "cannot be unpacked", None),
    "no comments": ({"ancestors": [], "descendants": []}, "no article and no comment", None),
    "null instead of comments": ({"discussion": {"comments": None, "key": "k"}}, 0, {}),
    "number instead of children": ({"kind": "Listing", "data": {"children": 7}}, None, None),
    "zstd with a large window": (large_window(LINES), 2, LEFT),
    "zstd in two frames": (FRAME + zstandard.compress(f"\n{LINES}".encode()), 2, {
        "deleted": 2, "not a comment": 2, "repeated": 2}),
    "gzip": (GZIP, 2, LEFT),
    "UTF-16": (json.dumps(made.COMMENTO).encode("utf-16"), 2, HELD),
    "byte order mark": ("\ufeff" + json.dumps(made.COMMENTO), 2, HELD),
    "Windows letters": (json.dumps(reply(author="Zoë"), ensure_ascii=False).encode("cp1252"), 1, {}),
    "half a surrogate pair": ('[{"body": "a\\ud83d", "id": "\\ud83d", "link_id": "t3_\\ud83d"}]', 1, {}),
    "line separator inside a text": (LINES.replace("Old", "O\u2028ld"), 2, LEFT),
    "null first": ([None, *reply()], 1, {"not a comment": 1}),
    "null list": ({**made.GUARDIAN, "discussion": {"comments": [None, None]}}, 0, {"empty": 2}),
    "ids as fractions": (reply(id=139792451.0, name=None), 1, {}),
    "no ids": ([status(None, None), status(None, 1), status(None, 1)], 2, {}),
    "object for a text": (reply(body={"a": 1}) + reply(id="2", name="t1_2"), 1, {"empty": 1}),
    "list for an author": (reply(author=["ann"], created_utc={}, score="many"), 1, {}),
    "times beyond the calendar": (
        reply(created_utc="9999-12-31T00:00:00Z") + reply(created_utc=1e300), 1, {"repeated": 1}),
    "infinite votes": ('[{"body": "a", "id": 1, "link_id": 2, "score": Infinity}]', 1, {}),
    "pages twice": ([made.YOUTUBE[0], made.YOUTUBE[0]], 2, {"pending": 2, "repeated": 2}),
    "two formats": ([*reply(), made.ALGOLIA, made.BLUESKY], 1, {"not a comment": 2}),
    "backup twice": ([*made.REMARK42, *made.REMARK42], 2, {"deleted": 2, "repeated": 2}),
    "comment that answers itself": ([status("1", None), status("2", "2")], 1, {}),
    "descendants as an object": ({**made.MASTODON, "descendants": made.MASTODON["descendants"][0]}, 1, {}),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_input(tmp_path, kind):
    data, expected, detail = BAD[kind]
    if isinstance(expected, int):
        export = read(tmp_path, data)
        assert len(export.comments) == expected
        assert export.left_out.set_index("reason")["n"].to_dict() == detail
        return
    with pytest.raises(ExportError) as caught:
        read(tmp_path, data)
    assert (expected or "") in caught.value.problem and caught.value.line == detail
    assert caught.value.file and caught.value.remedy


OTHERS = st.sampled_from(
    [None, "", "a", 7, -1.5, 1e300, True, [], {}, [None], [[]], {"a": 1}, "\ud800", "1.2K"]
)


def places(node):
    """Every container in the data and each of its keys."""
    for key in range(len(node)) if isinstance(node, list) else list(node):
        yield node, key
        if isinstance(node[key], list | dict):
            yield from places(node[key])


@given(st.data(), st.sampled_from(sorted(made.SAMPLES)))
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_changed_file_is_counted_or_refused(tmp_path, data, kind):
    changed = [copy.deepcopy(made.SAMPLES[kind][0])]
    for _ in range(data.draw(st.integers(1, 6))):
        node, key = data.draw(st.sampled_from([*places(changed)]))
        if data.draw(st.booleans()) and node is not changed:
            del node[key]
        else:
            node[key] = copy.deepcopy(data.draw(OTHERS))
    try:
        export = read(tmp_path, changed[0])
    except RejoinderError as error:
        assert error.remedy
        return
    assert (export.left_out["n"] == export.left_out["ids"].map(len)).all()
    assert export.comments["comment_id"].notna().all() and export.comments["text"].ne("").all()
    assert not export.comments.duplicated(["article_id", "comment_id"]).any()
    assert set(export.comments["article_id"]) <= set(export.articles["article_id"])
