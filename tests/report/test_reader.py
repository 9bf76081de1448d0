"""The reading room without a browser: what is picked, listed, marked, counted and said."""

import dataclasses
import json
import re
import shutil

import pytest

import rejoinder
from rejoinder import answers
from rejoinder.corpus.codings import no_codings
from rejoinder.corpus.load import SEEDS
from rejoinder.report.reader import PAGE, room

SEED = "000_b03053bac9951049"
NOTEBOOK = SEEDS.parent / "notebooks" / "desk" / "reading_room.ipynb"
HOSTILE = "<img src=x onerror=alert(1)></blockquote><script>alert(2)</script> $\\alpha$ \u202eevil"


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


@pytest.fixture
def opened(talk):
    return room(talk)


@pytest.fixture
def pasted(tmp_path):
    """Makes a discussion of comments pasted under one sentence, without codebook."""

    def made(*comments):
        path = tmp_path / "page.txt"
        path.write_text("\n\n".join(["An article that argues for rain.", "Comments", *comments]) + "\n")
        return rejoinder.load(path)

    return made


@pytest.fixture(scope="module")
def thousands(talk):
    """The room of 2,000 comments, each with the text of one of nine; nothing is coded."""
    nine = talk.comments.assign(reply_to=None)
    many = nine.iloc[[n % 9 for n in range(2_000)]].astype(nine.dtypes.to_dict())
    many = many.set_axis([f"c{n:04}" for n in range(1, 2_001)]).rename_axis("comment_id")
    return room(dataclasses.replace(talk, comments=many, codings=no_codings()))


def pick(opened, kind, which=None):
    opened.kind.value = kind
    if which is not None:
        opened.thing.value = which
    return opened


def listed(opened):
    """The ids of the comments that are drawn."""
    return re.findall(r"— (c\d+), lines? ", opened.comments.value)


def marked(html):
    """The words that are marked, without their signs."""
    return re.findall(r'class="rj-mark [^>]*>(.*?)<sup>', html)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(opened):
    return "".join(one.value for one in (opened.head, opened.article, opened.comments, opened.place))


# What is picked


def test_it_opens_on_the_thesis_where_stance_is_coded(opened):
    assert (opened.kind.value, opened.thing.value) == ("claim", "thesis")


def test_it_opens_on_themes_where_nothing_is_coded_and_on_comments_without_a_codebook(talk, pasted):
    assert room(dataclasses.replace(talk, codings=no_codings())).kind.value == "theme"
    assert room(pasted("Yes.", "No.")).kind.value == "comment"


def test_a_seed_a_path_and_a_discussion_open_it(pasted):
    talk = pasted("Yes.")
    assert room(talk.source.path)._reading.talk.seed == talk.seed
    assert room(SEED)._reading.talk.seed == SEED


def test_everything_there_is_of_a_kind_can_be_picked(opened, talk):
    book = talk.codebook
    for kind, table in {
        "claim": book.claims,
        "theme": book.themes,
        "actor": book.actors,
        "comment": talk.comments,
    }.items():
        pick(opened, kind)
        assert [i for _, i in opened.thing.options] == list(table.index)
        assert opened.thing.value == table.index[0]


def test_two_kinds_may_bear_the_same_id(opened, talk):
    shared = set(talk.codebook.themes.index) & set(talk.codebook.actors.index)
    for i in shared:
        pick(opened, "theme", i)
        theme = opened.comments.value
        assert pick(opened, "actor", i).comments.value != theme


# Themes and actors


def test_the_comments_that_hold_a_theme_are_those_that_the_notebooks_count(opened, talk):
    shares, presence = answers.theme_shares(talk), answers.theme_presence(talk)
    for theme in talk.codebook.themes.index:
        pick(opened, "theme", theme)
        assert listed(opened) == list(presence.index[presence[theme]])
        readers, author = shares.loc[theme, "readers"], shares.loc[theme, "author"]
        assert f"in {readers.count} of 9 comments" in opened.head.value
        assert f"in {author.count} of 21 paragraphs" in opened.head.value


def test_the_comments_that_name_an_actor_are_those_that_the_notebooks_count(opened, talk):
    shares = answers.actor_shares(talk)
    for actor in talk.codebook.actors.index:
        assert len(listed(pick(opened, "actor", actor))) == shares.loc[actor, "readers"].count


def test_in_article_and_comments_the_matched_words_are_marked(opened, talk):
    pick(opened, "actor", "xi")
    assert set(marked(opened.article.value)) <= {*talk.codebook.actors.loc["xi", "aliases"]}
    pick(opened, "theme", "bond")
    assert "Russia and China" in marked(opened.article.value)
    assert marked(opened.comments.value) == [
        "Russia and China",
        "alliance in Eurasia",
        "Eurasia has",
        "Siberia",
    ]


def test_paragraphs_without_it_are_folded_up_until_all_is_wanted(opened):
    pick(opened, "theme", "bond")
    assert "Paragraphs 3–4: nothing marked" in words(opened.article.value)
    opened.whole.value = True
    assert "nothing marked" not in words(opened.article.value)
    assert listed(opened) == [f"c0{n}" for n in range(1, 10)]
    assert marked(opened.comments.value)[:1] == ["Russia and China"]


# Claims


def test_a_claim_lists_the_comments_that_speak_to_it_by_stance_and_counts_the_others(opened, talk):
    settled = answers.settled(talk)
    for claim in talk.codebook.claims.index:
        pick(opened, "claim", claim)
        heard = ~settled[claim].isin(["silent", "uncoded"])
        assert sorted(listed(opened)) == list(settled.index[heard])
        for value, n in settled[claim].value_counts().items():
            assert f"{value} {n}" in opened.head.value
    pick(opened, "claim", "thesis")
    assert "c04, line 31: agrees" in words(opened.comments.value)
    assert "c05, lines 32–\u206037: speaks to it for some coders only" in words(opened.comments.value)


def test_of_a_claim_the_authors_quotation_and_the_words_that_coders_quote_are_marked(opened, talk):
    pick(opened, "claim", "k6")
    assert "".join(marked(opened.article.value)).startswith("This is of course a complete fantasy")
    pick(opened, "claim", "thesis")
    assert (
        marked(opened.comments.value)[0]
        == "Russia and China are very well aware of American insincere attempts to woo them"
    )


def test_of_a_claim_every_coding_is_told_with_coder_kind_and_note(opened, talk):
    pick(opened, "claim", "thesis")
    own = talk.codings.query("comment_id == 'c04' and item == 'thesis'")
    for row in own.itertuples():
        assert f"{row.coder} (a {row.kind}): {row.value} :" in words(opened.comments.value)


# Comments


def test_a_comment_stands_between_what_it_answers_and_what_answers_it(opened):
    pick(opened, "comment", "c06")
    assert listed(opened) == ["c05", "c06", "c07"]
    assert "It answers c05." in opened.head.value
    assert "Answered by c07." in opened.head.value
    assert "c06, line 38, answers c05: picked" in words(opened.comments.value)


def test_of_a_comment_the_scored_words_are_marked_with_their_sign(opened):
    pick(opened, "comment", "c06")
    assert {"rj-positive", "rj-negative"} <= set(
        re.findall(r"rj-(?:positive|negative)", opened.comments.value)
    )
    assert "trust<sup>+</sup>" in opened.comments.value


def test_beside_a_comment_stand_the_claims_on_which_it_takes_a_stand_and_the_nearest_paragraphs(opened):
    pick(opened, "comment", "c05")
    assert "k6 (agree)" in opened.head.value
    assert "c05: on k6 it agrees" in words(opened.article.value)
    assert words(opened.article.value).count("near in its words, by machine") == 2


# Tone and codings beside each comment


def test_tone_is_told_with_score_coverage_and_words(opened, talk):
    tone = answers.tones(talk).loc["c04"]
    pick(opened, "comment", "c04")
    told = words(opened.comments.value)
    assert (
        f"Tone: cold, −{abs(tone['polarity']):.2f} ; {tone['coverage'] * 100:.0f} % of its words known"
        in told
    )
    assert tone["drivers"] in told


def test_unscored_and_uncoded_are_said(pasted):
    opened = room(pasted("The of and.", "I love it."))
    assert "Tone: can't tell (unscored" in opened.comments.value
    assert "Not coded" in opened.comments.value


# What is missing


def test_without_a_codebook_comments_are_read_and_it_is_said_what_is_missing(pasted):
    opened = room(pasted("I love rain.", "I hate it."))
    assert listed(opened) == ["c01"]
    assert "there is no codebook.toml" in opened.head.value
    for kind in ("claim", "theme", "actor"):
        pick(opened, kind)
        assert "there is no codebook.toml" in opened.head.value
        assert opened.thing.layout.display == "none"
        assert listed(opened) == ["c01", "c02"]
        assert "An article that argues" in opened.article.value
    pick(opened, "comment", "c02")
    assert listed(opened) == ["c02"]


def test_without_codings_it_is_said_and_the_quotation_is_marked_all_the_same(talk):
    opened = pick(room(dataclasses.replace(talk, codings=no_codings())), "claim", "k6")
    assert "Nobody has coded these comments yet." in opened.head.value
    assert listed(opened) == []
    assert "No comment holds it." in opened.comments.value
    assert marked(opened.article.value)


def test_without_comments_the_article_is_there(talk):
    empty = dataclasses.replace(talk, comments=talk.comments.head(0), codings=no_codings())
    for kind in ("claim", "theme", "actor", "comment"):
        opened = pick(room(empty), kind)
        assert opened.place.value == "0 of 0"
        assert "None." in opened.comments.value
        assert opened.back.disabled
        assert opened.on.disabled
    assert "There are no comments." in opened.head.value


# Many


@pytest.mark.slow
def test_many_are_drawn_a_page_at_a_time(thousands):
    pick(thousands, "theme").whole.value = True
    assert thousands.place.value == "1–25 of 2,000"
    assert listed(thousands) == [f"c{n:04}" for n in range(1, PAGE + 1)]
    assert thousands.back.disabled
    thousands.on.click()
    assert thousands.place.value == "26–50 of 2,000"
    thousands.back.click()
    assert thousands.place.value == "1–25 of 2,000"


@pytest.mark.slow
def test_the_last_page_ends_with_the_last(thousands):
    thousands.whole.value = False
    pick(thousands, "comment", "c1990")
    assert thousands.place.value == "1–1 of 1"
    thousands.whole.value = True
    assert thousands.place.value == "1,976–2,000 of 2,000"
    assert "c1990" in listed(thousands)
    assert thousands.on.disabled


@pytest.mark.slow
def test_another_pick_begins_at_its_first_page(thousands):
    pick(thousands, "theme").whole.value = True
    thousands.on.click()
    thousands.thing.index = 1
    assert thousands.place.value.startswith("1–")
    assert len(listed(thousands)) == PAGE


# Hostile text, and where no widget runs


def test_no_text_becomes_part_of_the_page(tmp_path):
    folder = tmp_path / "page"
    shutil.copytree(SEEDS / SEED, folder, ignore=shutil.ignore_patterns("layout.toml", "codings.csv"))
    text = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    (tmp_path / "page.txt").write_text(f"{text}\nTrump {HOSTILE}\n", encoding="utf-8")
    book = (folder / "codebook.toml").read_text(encoding="utf-8")
    book = book.replace('text = "There is much', 'text = "<b onclick=alert(3)>There is much')
    book = book.replace('name = "Trump"', 'name = "<b onclick=alert(4)>Trump"')
    (folder / "codebook.toml").write_text(book, encoding="utf-8")
    talk = rejoinder.load(tmp_path / "page.txt")
    last = talk.comments.index[-1]
    codings = {"coder": "<b onclick=1>", "kind": "person", "comment_id": last, "item": "k3"}
    codings |= {"value": "agree", "note": HOSTILE, "weight": 1.0, "text_sha": ""}
    opened = room(dataclasses.replace(talk, codings=no_codings().from_records([codings])))
    shown = []
    for kind, which in (("claim", "k3"), ("actor", "trump"), ("comment", last)):
        pick(opened, kind, which)
        shown.append(page(opened))
    assert all("&lt;img" in one for one in shown)
    for tag in ("<img", "<script", "<b onclick", "\u202e"):
        assert tag not in "".join(shown)
        assert tag not in repr(opened)


def test_where_no_widget_runs_it_is_said_how_to_open_it(opened):
    bundle = opened._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    for kind in ("text/html", "text/plain"):
        assert "desk/reading_room.ipynb" in bundle[kind]
        assert "report" in bundle[kind]


def test_the_notebook_keeps_what_is_said_where_no_widget_runs_and_no_widget(opened):
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (cell,) = [cell for cell in cells if "".join(cell["source"]) == "room(SEED)"]
    (output,) = cell["outputs"]
    kept = {kind: "".join(lines) for kind, lines in output["data"].items()}
    told = opened._repr_mimebundle_()
    assert kept == {kind: told[kind] for kind in ("text/html", "text/plain")}
