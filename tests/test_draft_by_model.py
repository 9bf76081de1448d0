"""What a language model proposes for a page that nobody has read. No real model is asked."""

import json
from dataclasses import replace

import pytest

import rejoinder
from rejoinder import cli, draft, draft_by_model
from rejoinder.coding import language_model
from rejoinder.coding.calls import answers, read_calls
from rejoinder.draft_by_model import NOT_FOUND, NOT_USABLE, TWICE, propose
from rejoinder.errors import ModelError

PAGE = """NATO is good for us. The EU is “weak”.

Comments

NATO costs money.

We need no more money.

NATO costs money.

Never!
"""
ROOT = "page.txt"


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ROOT).write_text(PAGE, encoding="utf-8")
    return tmp_path / ROOT


def proposed(page, server, **how):
    given = {"model": "rules", "base_url": server.url, "yes": True, **how}
    return propose(rejoinder.load(page), **given)


def changed(**changes):
    """A fault that changes the answer to one question: by a key of what is asked, what to do with it."""

    def fault(handler, request, answer):
        asked = json.loads(request["messages"][1]["content"])
        for key, change in changes.items():
            if key in asked:
                answer = change(answer) or answer
        return answer if isinstance(answer, tuple) else json.dumps(answer)

    return fault


def test_every_point_keeps_the_comments_that_it_was_formed_from(page, server):
    found = proposed(page, server)
    book, points = found.book, found.book.points
    assert (book.kind, found.failed, +found.dropped) == ("language model", 0, {})
    assert book.analyst.startswith("rules ") and book.claims["text"]["thesis"] == "NATO is good for us."
    assert found.made_by == {"r1": ["c01", "c02", "c03"], "r2": ["c04"]}
    assert list(points["comment_id"])[1] == "c04" and list(points["answers"]) == ["thesis", "thesis"]
    assert list(book.actors["name"]) == list(book.themes["name"]) == ["NATO", "EU"]
    talk = rejoinder.load(page)
    for row in book.statements.itertuples():
        assert talk.raw[row.start : row.end] == row.quote
    # No comment was asked about together with another.
    told = [one["messages"][1]["content"] for one in server.asked]
    assert len(told) == 6 and sum("Never!" in one for one in told) == 2  # and once among the points


def test_the_written_file_loads_and_says_who_wrote_it(page, server, capsys):
    command = ["draft", ROOT, "--model", "rules", "--base-url", server.url]
    assert cli.main(command) == 1 and server.asked == []  # nobody agreed
    assert cli.main([*command, "--yes", "--most-calls", "5"]) == 1  # the last call is missing
    assert len(server.asked) == 5 and not (page.parent / "page" / "codebook.toml").exists()
    assert cli.main([*command, "--yes"]) == 0 and len(server.asked) == 6
    book = rejoinder.load(page).codebook
    assert (book.kind, book.checked_by, len(book.statements)) == ("language model", None, 4)
    text = (page.parent / "page" / "codebook.toml").read_text(encoding="utf-8")
    assert "language model, unchecked" in text.splitlines()[0] and "# c01, c02 and c03" in text
    assert cli.main([*command, "--yes"]) == 1 and len(server.asked) == 6
    (page.parent / "page" / "codebook.toml").unlink()
    assert cli.main([*command[:-2], "--replay"]) == 0 and len(server.asked) == 6


ODD = {"text": "So.", "kind": "fact", "quote": "never said"}
DROPPED = {
    "invented quotation": ({"comment": lambda a: a["points"].append(ODD)}, {NOT_FOUND: 4}),
    "of another comment": (
        {"comment": lambda a: a["points"].append({**ODD, "quote": "Never!"})}, {NOT_FOUND: 3}
    ),
    "unknown kind": ({"article": lambda a: a["claims"][0].update(kind="hope")}, {NOT_USABLE: 1}),
    "no text": ({"article": lambda a: a["claims"][0].update(text=" \n")}, {NOT_USABLE: 1}),
    "another key": ({"article": lambda a: a["claims"][0].update(id="r1")}, {NOT_USABLE: 1}),
    "no list": ({"article": lambda a: {**a, "claims": "none"}}, {NOT_USABLE: 1}),
    "missing": ({"article": lambda a: a.pop("themes") and None}, {NOT_USABLE: 1}),
    "invented words": ({"article": lambda a: a["actors"][0].update(words=["UN"])}, {NOT_FOUND: 1}),
    "hostile words": ({"article": lambda a: a["actors"][0].update(name='"]\n[x]\\\x07\ud800')}, {}),
    "a name twice": ({"article": lambda a: a["actors"].append(a["actors"][0])}, {TWICE: 1}),
    "a reserved name": ({"article": lambda a: a["themes"][0].update(name="none")}, {TWICE: 1}),
}  # fmt: skip


@pytest.mark.parametrize("kind", DROPPED)
def test_a_proposal_that_cannot_be_used_is_dropped_and_counted(page, server, kind):
    changes, dropped = DROPPED[kind]
    server.fault = changed(**changes)
    found = proposed(page, server)
    assert +found.dropped == dropped and found.failed == 0
    path = page.with_suffix("") / "codebook.toml"
    draft.write(rejoinder.load(page), path, found.book, found.made_by)
    assert len(rejoinder.load(page).codebook.points) == 2 + (kind == "of another comment")


MERGES = {
    "a point in two groups": lambda a: a["groups"].append({"text": "B", "points": [1, 9], "answers": ""}),
    "a point in none": lambda a: a["groups"].pop() and None,
    "no group": lambda a: a.update(groups=[]),
    "nothing usable": lambda a: {"groups": "all"},
    "failed": lambda a: (400, {"error": {"message": "too long"}}),
}


@pytest.mark.parametrize("kind", MERGES)
def test_no_merging_loses_a_comment(page, server, kind):
    server.fault = changed(points=MERGES[kind])
    found = proposed(page, server)
    assert sorted(one for ids in found.made_by.values() for one in ids) == ["c01", "c02", "c03", "c04"]
    assert found.failed == (kind == "failed")
    assert len(found.book.points) == (2 if "point" in kind else 4)


def test_a_failed_comment_is_counted_and_a_missing_thesis_is_an_error(page, server, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    busy = (503, {"error": {"message": "busy"}})
    server.fault = changed(comment=lambda a: busy if a["points"][0]["text"] == "Never!" else a)
    found = proposed(page, server)
    assert found.failed == 1 and found.made_by == {"r1": ["c01", "c02", "c03"]}
    for wrong in (lambda a: busy, lambda a: a["thesis"].update(quote="never said")):
        server.fault = changed(article=wrong)
        (page.with_suffix("") / "calls.jsonl").unlink()
        with pytest.raises(ModelError, match="no thesis"):
            proposed(page, server)


def test_a_page_without_comments_has_claims_alone(page, server):
    talk = rejoinder.load(page)
    nobody = replace(talk, comments=talk.comments[:0], codings=talk.codings[:0])
    found = propose(nobody, model="rules", base_url=server.url, yes=True)
    assert len(found.book.claims) == 2 and found.book.points.empty and len(server.asked) == 1


def test_the_log_of_a_draft_is_no_coding(page, server):
    proposed(page, server)
    talk = rejoinder.load(page)
    log = draft_by_model.log_path(talk)
    calls, _ = read_calls(log)
    assert len(calls) == 6 and answers(log, [*calls.values()], replay=True) == [*calls.values()]
    assert draft_by_model.log_path(talk).name == "calls.jsonl"
    assert language_model.undecided(talk).empty and language_model.repeats(talk).empty
