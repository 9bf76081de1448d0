"""A report as one PDF, and a page of it as a picture, made by a browser that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rejoinder.atomic_write import write_whole
from rejoinder.errors import ReportError

if TYPE_CHECKING:
    from bs4 import Tag

# By name on the path, then where macOS keeps programs.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_BROWSERS += ("microsoft-edge", "brave-browser")
_MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
PDF = "report.pdf"
_SECONDS = 300


def browser() -> str:
    """The program of an installed browser that prints. Raises ReportError where there is none."""
    found = next(filter(None, map(shutil.which, (*_BROWSERS, *_MAC_BROWSERS))), None)
    if found is None:
        raise ReportError(
            "no browser is installed that could print a PDF",
            remedy="Install Chromium or Chrome, or open the report in any browser and print from there.",
        )
    return found


def write(index: Path) -> Path:
    """Print the report with this index.html into one PDF beside it, in which its links lead on.

    Raises ReportError where no browser is installed or it fails; an earlier PDF is then as it was.
    """
    from bs4 import BeautifulSoup

    program, pdf = browser(), index.with_name(PDF)
    soup = BeautifulSoup(index.read_text(encoding="utf-8"), "html.parser")
    pages = [index.with_name(link["href"]) for link in soup.select(".contents > * > li > a")]
    with TemporaryDirectory() as folder:
        source, printed = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(one_page(pages), encoding="utf-8")
        _open(program, source, printed, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
        write_whole({pdf: printed.read_bytes()})
    return pdf


def picture(page: Path, *, width: int, height: int) -> bytes:
    """The top of a page as a PNG, so many pixels wide and high. Raises ReportError as `write` does."""
    program = browser()
    with TemporaryDirectory() as folder:
        shot = Path(folder) / "page.png"
        _open(program, page, shot, f"--screenshot={shot}", f"--window-size={width},{height}")
        return shot.read_bytes()


def _open(program: str, page: Path, made: Path, *options: str) -> None:
    """Have a browser open a page of ours without a window, and make a file as `options` say.

    Raises ReportError where it fails, makes none, or takes too long."""
    # A profile of its own, and nothing asked of any host. Chromium refuses its sandbox to root.
    quiet = "--headless --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    quiet += " --disable-component-update --disable-extensions --disable-quic --hide-scrollbars"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet += " --no-sandbox"
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *quiet.split(), f"--user-data-dir={profile}", *options]
        command.append(page.resolve().as_uri())
        problem = None
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False, errors="replace"
            )
            if done.returncode:
                problem = f"status {done.returncode}"
            elif not made.exists():
                problem = "it made no file"
        except (OSError, subprocess.TimeoutExpired) as error:
            problem = type(error).__name__
    if problem:
        raise ReportError(
            f"{Path(program).name} could not print it ({problem})",
            file=page.name,
            remedy="Open the report in a browser and print from there.",
        )


def one_page(pages: list[Path]) -> str:
    """The pages below one another as one page, in which links between them lead to each other."""
    from bs4 import BeautifulSoup

    names = {page.name: f"page-{number}" for number, page in enumerate(pages)}
    whole, *others = [BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in pages]
    body = whole.body
    for page, soup in zip(pages, [whole, *others], strict=True):
        main = soup.find("main")
        _renamed(main, names, names[page.name])
        if soup is not whole:
            body.append(main)
    body.append(whole.find("footer"))
    # On paper nothing unfolds but what belongs to a comment; code stays folded, as on the screen.
    for fold in body.select(".rj-entry details"):
        fold["open"] = ""
    return str(whole)


def _renamed(main: Tag, names: dict[str, str], own: str) -> None:
    """Make the ids of a page its own, and links to any page of the report links within one."""
    for element in main.select("[id]"):
        element["id"] = f"{own}-{element['id']}"
    main["id"] = own
    main["class"] = "part"
    for link in main.select("a[href]"):
        page, _, anchor = link["href"].partition("#")
        if page in names or not page:
            link["href"] = f"#{names.get(page, own)}" + (f"-{anchor}" if anchor else "")
        elif not re.match(r"https?:|mailto:", page):
            del link["href"]  # to a notebook that is not in the report
