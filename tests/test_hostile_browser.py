"""The report of a seed of attacks in a real browser: each payload is shown as written, and does nothing."""

import re
import subprocess
import sys
from pathlib import Path

import lab
import pytest
from hostile.payloads import PAYLOADS
from hostile.seed import NAME, write_seed
from watch import HIDING, acted, one_line, watched

from rejoinder.html import visible

ROOT = Path(__file__).parents[1]
# What the report is made of; text that became an element would bring others.
ELEMENTS = set(
    ["a", "b", "bdi", "blockquote", "body", "br", "caption", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt", "em", "figure", "footer", "h1", "h2", "h3", "h4", "head", "header", "html", "i", "img", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "section", "small", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"]
)
ADDRESS = re.compile(r"#[^:/]+|[\w-]+\.html(#[\w-]+)?|data:(,|image/png;base64,[\w+/=]+)|")
LOOK = """() => {
    const all = [...document.querySelectorAll('*')];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const apart = [];
    while (words.nextNode()) {
        const node = words.currentNode;
        if (!node.parentElement.closest('[dir=auto], bdi, code, pre')) apart.push(node.data);
    }
    return {
        text: document.body.innerText,
        elements: [...new Set(all.map(one => one.tagName.toLowerCase()))],
        attributes: [...new Set(all.flatMap(one => one.getAttributeNames()))],
        addresses: all.flatMap(one => ['href', 'src'].map(key => one.getAttribute(key) ?? '')),
        covering: all.filter(one => getComputedStyle(one).position === 'fixed').length,
        sheets: document.styleSheets.length,
        scripts: document.scripts.length,
        apart,
    };
}"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def pages(program, tmp_path_factory):
    """Each page of the report, by file name: what was found on it, and what it did (`hurt`)."""
    # By another process: an open playwright keeps the event loop.
    out = tmp_path_factory.mktemp("reports")
    seed = write_seed(tmp_path_factory.mktemp("hostile"))
    command = [sys.executable, "-m", "rejoinder", "report", str(seed), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert not HIDING.search(done.stdout + done.stderr)
    assert [folder.name for folder in out.iterdir()] == [NAME]
    with lab.browser(program) as chromium:
        return {file.name: looked_at(chromium, file) for file in (out / NAME).glob("*.html")}


def looked_at(chromium, file):
    page = chromium.new_page()
    hurt = watched(page)
    page.on("console", lambda message: hurt.append(f"console: {message.text}"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        # As a person who looks at all of it: unfolds, moves the mouse over it, tabs through.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for _ in range(10):
            page.keyboard.press("Tab")
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 3000)
        page.mouse.move(310, 400)
    seen = page.evaluate(LOOK) | {"html": page.content(), "hurt": hurt + acted(page)}
    page.close()
    return seen


def test_every_payload_is_shown_as_written(pages):
    shown = {name: one_line(seen["text"]) for name, seen in pages.items()}
    comments = " ".join(text for name, text in shown.items() if name.startswith("comments"))
    missing = [one.name for one in PAYLOADS if one_line(visible(one.text)) not in comments]
    assert missing == []


def test_nothing_acts_and_nothing_is_more_than_text(pages):
    assert HIDING.search(NAME)
    for name, seen in pages.items():
        assert seen["hurt"] == [], name
        assert set(seen["elements"]) <= ELEMENTS, name
        assert [one for one in seen["attributes"] if one == "style" or one.startswith("on")] == [], name
        assert (seen["sheets"], seen["scripts"], seen["covering"]) == (1, 0, 0), name
        assert [one[:80] for one in seen["addresses"] if not ADDRESS.fullmatch(one)] == [], name
        assert not HIDING.search(seen["html"]), name
        assert [one[:80] for one in seen["apart"] if re.search("[\u0590-\u08ff]", one)] == [], name
