"""What a discussion and a codebook show of themselves."""

import dataclasses

import pandas as pd
import pytest
from markup import tags

import rejoinder

HOSTILE = '<script>owned()</script> <img src=x onerror="owned()"> \u202eevil\x1b[31m\n'


def words(shown):
    return " ".join(repr(shown).split())


def test_a_discussion_tells_what_it_holds_in_a_few_lines(talk):
    assert len(repr(talk).splitlines()) < 25
    for said in (
        talk.seed,
        "publisher The Conversation",
        "unknown title of the article, site",
        "21 paragraphs of 42 sentences",
        "9 in the reading “voices” (other readings: “apart” 10, “lines” 15)",
        "3 answer another; no author known",
        "nothing: an analyst declared every line",
        "10 claims, 10 actors, 10 themes; by A, a language model, checked by nobody. Thesis: A deal with",
        "A, a language model: 117 codings of 9 comments",
        "look at talk.article, talk.comments, talk.codebook, talk.codings, rejoinder.answers.",
    ):
        assert said in words(talk)
    assert talk.raw[:200] not in repr(talk)


def test_a_bare_page_tells_what_is_guessed_and_what_there_is_not(bare):
    for said in (
        "unknown publisher, licence, title",
        "guessed No layout was written for this text",
        "codebook none",
        "codings none",
    ):
        assert said in words(bare)


def test_known_authors_are_counted(talk):
    named = talk.comments.assign(author=["x"] * 4 + ["y"] * 4 + [None])
    assert "2 authors known" in words(dataclasses.replace(talk, comments=named))


def test_what_it_says_to_look_at_is_there(talk):
    for shown in (talk, talk.codebook):
        expressions = repr(shown).rsplit("look at")[1].split(",")
        assert len(expressions) > 2
        for expression in expressions:
            eval(expression.strip().partition("(")[0], {"talk": talk, "rejoinder": rejoinder})


def test_a_codebook_shows_claims_actors_and_themes(talk):
    shown = words(talk.codebook)
    for said in ("thesis A deal with Putin", "k1, judgement Trump's wish", "10 actors Trump, Putin"):
        assert said in shown
    claims = talk.codebook.claims
    many = pd.concat([claims, *[claims.drop("thesis")] * 2])
    assert "10 more claims" in words(dataclasses.replace(talk.codebook, claims=many))


def hostile_versions(talk):
    """The discussion with hostile text in each of its fields in turn."""
    book = talk.codebook
    claims = book.claims.assign(text=HOSTILE, quote=HOSTILE)
    actors, themes = book.actors.assign(name=HOSTILE), book.themes.assign(name=HOSTILE)
    for field, value in {
        "seed": HOSTILE,
        "source": dataclasses.replace(talk.source, path=HOSTILE, publisher=HOSTILE, licence=HOSTILE),
        "guesses": (HOSTILE,),
        "reading": HOSTILE,
        "readings": talk.readings.rename(index=lambda name: HOSTILE + name),
        "codings": talk.codings.assign(coder=HOSTILE, kind=HOSTILE),
        "codebook": dataclasses.replace(book, analyst=HOSTILE, checked_by=HOSTILE, claims=claims),
    }.items():
        yield field, dataclasses.replace(talk, **{field: value})
    unknown = dataclasses.replace(talk.source, unknown=(HOSTILE,))
    yield "unknown", dataclasses.replace(talk, source=unknown)
    for field, value in {"claims": claims, "actors": actors, "themes": themes}.items():
        yield field, dataclasses.replace(book, **{field: value})


def test_hostile_text_in_any_field_stays_text(talk):
    allowed = {"div", "p", "b", "table", "tbody", "tr", "th", "td", "code", "br", "bdi"}
    for field, shown in hostile_versions(talk):
        html = shown._repr_html_()
        assert "owned" in html, field
        assert {tag for tag, _ in tags(html)} <= allowed, field
        assert {name for _, names in tags(html) for name in names} <= {"class", "style", "scope"}, field
        for form in (html, repr(shown)):
            assert not set(form) & set("\u202e\x1b"), field


@pytest.mark.parametrize("what", ["talk", "bare"])
def test_nothing_shown_depends_on_the_page_being_light_or_dark(what, request):
    html = request.getfixturevalue(what)._repr_html_()
    assert "color" not in html
    assert "background" not in html
