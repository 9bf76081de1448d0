"""Every page of the report of the first seed, opened once each in a real browser."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlparse

import axe_playwright_python
import lab
import pytest
from bs4 import BeautifulSoup

from rejoinder.report.build import build, notebooks_folder

ROOT = Path(__file__).parents[1]
SEED = "000_b03053bac9951049"
QUESTIONS = [file.stem for file in sorted((ROOT / "notebooks").glob("[01][0-9]_*.ipynb"))][:12]
PAGES = ["index", *QUESTIONS[1:], "article", "comments", "statements", "find", "words", "left_out"]
MEGABYTES, SCREENS = 4, 8  # of the report; of its first page on a phone
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1200, "height": 900}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What is seen of a page, by name.
LOOK = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    return {
        ids: all('[id]').map(one => one.id),
        levels: all('h1, h2, h3, h4').map(one => +one.tagName[1]),
        images: all('img').map(one => [one.alt.trim(), one.naturalWidth]),
        hrefs: all('a[href]').map(one => one.href),
        current: all('[aria-current=page]').length,
        heading: document.querySelector('h1').innerText,
        quoted: all('main .rj-quote').map(one => [
            [...one.querySelectorAll('blockquote p')].map(p => {
                const copy = p.cloneNode(true);
                copy.querySelectorAll('sup').forEach(sign => sign.remove());
                return copy.textContent.trim();
            }),
            one.querySelector('.rj-source a')?.getAttribute('href'),
        ]),
    };
}"""
# Pictures of which a part is seen only after scrolling sideways.
HIDDEN = """() => [...document.querySelectorAll('.picture')]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.querySelector('img').alt)"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def built(program, tmp_path_factory):
    """The folder of the report, and the text of each element with an id, by page and id."""
    folder = build(SEED, notebooks=ROOT / "notebooks", out=tmp_path_factory.mktemp("reports")).parent
    return folder, {file.name: words(file) for file in folder.glob("*.html")}


@pytest.fixture(scope="module")
def chromium(program, built):
    # After `built`: an open playwright keeps the event loop, and a report is built in one.
    with lab.browser(program) as made:
        yield made


def words(file):
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    for sign in soup("sup"):
        sign.decompose()
    return {one["id"]: one.get_text() for one in soup.find_all(id=True)}


def test_there_is_a_page_for_each_notebook_in_a_report_that_can_be_mailed(built):
    folder, _ = built
    assert notebooks_folder() == ROOT / "notebooks"
    assert len(QUESTIONS) > 5
    assert {file.stem for file in folder.glob("*.html")} == {*PAGES}
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MEGABYTES * 10**6
    for file in files:
        assert str(ROOT).encode() not in file.read_bytes()


@pytest.mark.parametrize("name", PAGES)
def test_a_page(chromium, built, name):
    folder, texts = built
    page, complaints = chromium.new_page(viewport=DESKTOP), []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:"))
            else complaints.append(asked.url))  # fmt: skip
    page.goto((folder / f"{name}.html").as_uri())
    page.keyboard.press("Tab")  # the keyboard reaches the text first
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], size
        assert page.evaluate(HIDDEN) == [], size
    seen = page.evaluate(LOOK)
    assert page.title().startswith(seen["heading"])
    assert seen["current"] == 1
    assert sorted(seen["ids"]) == sorted(set(seen["ids"]))
    assert seen["levels"][0] == 1 and seen["levels"].count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(seen["levels"]))
    assert all(alt and width for alt, width in seen["images"])
    for href in seen["hrefs"]:
        link = urlparse(href)
        if link.scheme == "file" and "/data/" in link.path:
            assert Path(unquote(link.path)).is_file()
        elif link.scheme == "file":
            target, anchor = texts[Path(unquote(link.path)).name], unquote(link.fragment)
            assert not anchor or anchor in target, href
    for paragraphs, href in seen["quoted"]:  # a quotation stands, letter for letter, where its link leads
        if name != "article":
            assert href, paragraphs
            target, anchor = href.split("#")
            assert all(one in texts[target][anchor] for one in paragraphs), (paragraphs, href)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        serious = [
            (one["id"], node["target"], node["failureSummary"])
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert serious == [], scheme
    assert complaints == []
    page.close()


def test_the_first_page_is_short_on_a_phone(chromium, built):
    page = chromium.new_page(viewport=PHONE)
    page.goto((built[0] / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * PHONE["height"]
    page.close()


def test_a_number_opens_its_comments_and_each_leads_to_its_full_text(chromium, built):
    page = chromium.new_page(viewport=PHONE)
    page.goto((built[0] / "06_do_readers_accept_the_thesis.html").as_uri())
    number = page.locator("tr", has_text="Most of Europe would not go along").locator(".rj-behind").first
    assert number.inner_text() == "2"
    number.locator("summary").click()
    links = number.locator("li a")
    assert links.all_inner_texts() == ["c01", "c05"]
    links.last.click()
    assert page.locator(":target h2").inner_text().startswith("c05")
    page.close()


# The comments that are seen, those of the first group left, of the second right, of both between.
SEEN = """() => Object.groupBy([...document.querySelectorAll('.rj-list a')].filter(one => {
        const style = getComputedStyle(one);
        return style.display != 'none' && style.visibility != 'hidden';
    }).map(one => [one.innerText.split(' ')[0], getComputedStyle(one)]),
    ([_, style]) => `${style.gridColumnStart} ${style.gridColumnEnd}`)"""


def test_groups_are_filtered_combined_and_compared_without_a_script(chromium, built):
    page = chromium.new_page(viewport=DESKTOP)
    page.goto((built[0] / "find.html").as_uri())

    def choose(first, second="", how="both"):
        for menu, chosen in (("#rj-a", first), ("#rj-b", second)):
            group, _, name = chosen.partition(": ")
            option = page.locator(f"{menu} optgroup[label^='{group}'] option", has_text=f"{name} (")
            page.select_option(menu, option.first.get_attribute("value") if chosen else "")
        page.select_option("#rj-how", how)
        seen = {place: [one for one, _ in own] for place, own in page.evaluate(SEEN).items()}
        return seen if how == "beside" else [one for own in seen.values() for one in own]

    assert len(choose("")) == 9
    assert choose("tone: cold") == ["c02", "c04", "c05", "c06", "c09"]
    assert choose("tone: cold", "thesis: agree") == ["c04"]
    assert choose("k7: silent") == ["c02", "c03", "c04", "c06", "c07", "c08", "c09"]
    assert choose("k7: silent", "tone: cold") == ["c02", "c04", "c06", "c09"]
    assert choose("", "tone: warm") == ["c03"]
    assert choose("tone: warm", "k7: disagree", "beside") == {"1 2": ["c03"], "2 3": ["c01", "c05"]}
    assert choose("tone: cold", "k7: disagree", "beside") == {
        "1 2": ["c02", "c04", "c06", "c09"],
        "2 3": ["c01"],
        "1 3": ["c05"],
    }
    assert choose("k7: silent", "k7: disagree", "beside")["2 3"] == ["c01", "c05"]
    assert choose("tone: warm", "thesis: agree") == []
    count = "getComputedStyle(document.querySelector('.rj-count'), '::before').content"
    assert "shown" in page.evaluate(count)
    for anchor, ids in (("by-k7-disagree", ["c01", "c05"]), ("by-thesis-agree", ["c04"])):
        page.goto((built[0] / "find.html").as_uri() + f"#{anchor}")
        page.reload()
        assert [one for own in page.evaluate(SEEN).values() for one, _ in own] == ids
        assert page.locator(".rj-only").inner_text().startswith("Only")
    page.goto((built[0] / "find.html").as_uri() + "#by-thesis-silent")
    page.reload()
    assert len(page.evaluate(SEEN)["auto auto"]) == 8
    page.close()
