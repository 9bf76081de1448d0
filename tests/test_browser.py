"""Every page of the report of the first seed, opened in a real browser."""

import os
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlparse

import axe_playwright_python
import pytest

from rejoinder.report import build

SEED = "000_b03053bac9951049"
QUESTIONS = [file.stem for file in sorted(build.NOTEBOOKS.glob("*.ipynb"))]
PAGES = ["index", *QUESTIONS[1:], "methods", "article", "comments"]
MEGABYTES = 3
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1200, "height": 900}

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def built(program, tmp_path_factory):
    """The folder of the report; not built where there is no browser to look at it."""
    return build.build(SEED, out=tmp_path_factory.mktemp("reports")).parent


@pytest.fixture(scope="module")
def chromium(program, built):
    # After `built`, and no longer than this module: while it is open, playwright keeps the event
    # loop of this thread, and a report is built in one.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, which is who runs tests in a container.
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture(params=PAGES)
def opened(request, chromium, built):
    """(page, what it complained of and what it asked of anyone but the file system)."""
    page, complaints = chromium.new_page(viewport=DESK), []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("file:", "data:")) else complaints.append(asked.url),
    )
    page.goto((built / f"{request.param}.html").as_uri())
    yield page, complaints
    page.close()


def test_there_is_a_page_for_each_notebook_and_those_behind(built):
    assert len(QUESTIONS) > 1
    assert {file.stem for file in built.iterdir()} == {*PAGES}


def test_the_report_can_be_mailed(built):
    assert sum(file.stat().st_size for file in built.iterdir()) < MEGABYTES * 10**6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_that_axe_finds_serious(opened, scheme):
    page, _ = opened
    page.emulate_media(color_scheme=scheme)
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    serious = [
        (one["id"], node["target"], node["failureSummary"])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


def test_every_quotation_leads_to_its_words(opened, built):
    """Whatever is quoted stands, letter for letter, where its link leads."""
    page, _ = opened
    quoted = page.locator("main .rj-quote").evaluate_all(
        """all => all.map(one => [
            [...one.querySelectorAll('blockquote p')].map(p => {
                const copy = p.cloneNode(true);
                copy.querySelectorAll('sup').forEach(sign => sign.remove());
                return copy.textContent;
            }),
            one.querySelector('.rj-source a')?.getAttribute('href'),
        ])"""
    )
    for paragraphs, href in quoted:
        if not page.url.endswith("article.html"):
            assert href, paragraphs
            name, anchor = href.split("#")
            target = words(built / name, anchor)
            assert all(one.strip() in target for one in paragraphs), (paragraphs, href)


def words(file, anchor):
    """The text of the element with this id, without the signs of marks."""
    from bs4 import BeautifulSoup

    found = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").find(id=anchor)
    for sign in found("sup"):
        sign.decompose()
    return found.get_text()


def test_page_is_silent_and_asks_nobody(opened):
    _, complaints = opened
    assert complaints == []


def test_every_picture_says_what_it_shows(opened):
    alts = opened[0].locator("img").evaluate_all("images => images.map(image => image.alt.trim())")
    assert all(alts)


def test_every_picture_is_drawn(opened):
    widths = opened[0].locator("img").evaluate_all("images => images.map(one => one.naturalWidth)")
    assert all(widths)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_sticks_out(opened, size):
    page, _ = opened
    page.set_viewport_size(size)
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_headings_make_an_outline(opened):
    levels = opened[0].locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_two_elements_share_an_id(opened):
    ids = opened[0].locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert sorted(ids) == sorted(set(ids))


def test_links_between_pages_lead_somewhere(opened):
    hrefs = opened[0].locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    inside = [urlparse(href) for href in hrefs if href.startswith("file:")]
    assert inside
    for link in inside:
        html = Path(unquote(link.path)).read_text()
        anchor = re.escape(unquote(link.fragment))
        assert not anchor or re.search(rf'id="{anchor}"', html), link.geturl()


def test_page_can_be_told_from_the_others_by_its_title(opened):
    page, _ = opened
    assert page.title().startswith(page.locator("h1").inner_text())
    assert page.locator("[aria-current=page]").count() == 1


def test_keyboard_reaches_the_text_first(opened):
    page, _ = opened
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
