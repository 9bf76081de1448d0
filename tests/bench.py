"""Time the report against nbconvert, unchanged, and on 5,000 coded comments; the import against pandas;
and the scores of an archive of a million comments (an argument says how many) against plain lexicons.

Both of a pair run in turn, in processes of their own, so that whatever else the machine does meets both
alike. Exit status 1 if a bound is missed.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

import rejoinder
from rejoinder import invented
from rejoinder.corpus.codings import (
    COLUMNS,
    SIDES,
    STANCE,
    items,
    statement_sha,
    text_sha,
    values_of,
    write_codings,
)

ROOT = Path(__file__).resolve().parents[1]
SEED = sorted((ROOT / "seeds").glob("*.txt"))[0].stem
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
COMMENTS = 5_000


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        page = coded_page(Path(scratch) / "many", COMMENTS)
        again = [["-m", "rejoinder", "report", SEED, "--out", scratch]]
        report = [[*again[0], "--fresh"]]
        many = [["-m", "rejoinder", "report", str(page), "--out", scratch, "--fresh"]]
        convert = ["-m", "nbconvert", "--execute", "--to", "html", "--output-dir", scratch]
        imports = ([["-c", "import rejoinder"]], [["-c", "import pandas"]])
        one_by_one = [[*convert, str(notebook)] for notebook in NOTEBOOKS]
        rows = [
            ("report : nbconvert, seconds", *medians(seconds, report, one_by_one, 3), 0.45),
            ("unchanged again : report, seconds", *medians(seconds, again, report, 3), 0.10),
            ("import rejoinder : pandas, seconds", *medians(seconds, *imports, 15), 1.30),
            ("5,000 comments : first seed, processor s", *medians(processor, many, report, 1), 4.00),
        ]  # fmt: skip
        rows.append(("choosing a group of 5,000 comments, ms", *chosen(Path(scratch) / "page"), 1.00))
        time_, memory = imported(Path(scratch), 20_000)
        n = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
        wall, used, largest, plain = archive_scored(Path(scratch), n)
    print(f"20,000 comments from CSV: loaded in {time_:.1f} s, {memory:,.0f} MB")
    print(
        f"{n:,} comments of an archive scored in {wall:.0f} s, {used:.0f} s of processor, "
        f"{largest:,.0f} MB the largest process"
    )
    print(
        f"TextBlob and VADER in turn: {1e6 * plain:.0f} µs of processor a comment; "
        f"all columns of the archive: {1e6 * used / n:.0f}"
    )
    print(f"{len(NOTEBOOKS)} notebooks, {os.cpu_count()} cores, medians")
    print(f"{'':52} {'one':>8} {'other':>8} {'ratio':>6} {'bound':>6}")
    for name, one, other, bound in rows:
        print(f"{name:52} {one:8.2f} {other:8.2f} {one / other:6.2f} {bound:6.2f}")
    return int(any(one / other > bound for _, one, other, bound in rows))


def coded_page(folder: Path, n: int) -> Path:
    """A page with the first seed's article and the author's statements of its codebook, and `n` comments
    made of its sentences, coded by two coders who agree in four of five values."""
    talk, rng = rejoinder.load(SEED), np.random.default_rng(0)
    sentences = list(talk.comment_sentences["text"])
    comments = [" ".join(rng.choice(sentences, rng.integers(1, 6))) for _ in range(n)]
    folder.mkdir()
    page = folder / "page.txt"
    article = "\n\n".join(talk.paragraphs["text"])
    page.write_text(f"{article}\n\nComments\n\n" + "\n\n".join(comments) + "\n", encoding="utf-8")
    (folder / "page").mkdir()
    book = (ROOT / "seeds" / SEED / "codebook.toml").read_text(encoding="utf-8")
    others = [part for part in re.split(r"^(?=\[)", book, flags=re.M) if 'by = "readers"' not in part]
    (folder / "page" / "codebook.toml").write_text("".join(others), encoding="utf-8")
    many = rejoinder.load(page)
    shas = many.comments["text"].map(text_sha)
    rows = []
    for item in items(many.codebook):
        known = list(values_of(item))
        odds = [0.05, 0.05, 0.02, 0.86, 0.02] if known == list(STANCE) else [1 / len(known)] * len(known)
        first = rng.choice(known, n, p=odds)
        second = np.where(rng.random(n) < 0.8, first, rng.choice(known, n, p=odds))
        for coder, values in (("A", first), ("B", second)):
            for (i, text), value, sha in zip(many.comments["text"].items(), values, shas, strict=True):
                sided = known == list(STANCE) and value in SIDES
                basis = ("stated", "implied")[len(text) % 2] if sided else ""
                coding = (coder, "person", i, item, value, basis, text.split(".")[0], "", "1")
                rows.append((*coding, sha, statement_sha(many.codebook, item)))
    write_codings(folder / "page" / "codings.csv", pd.DataFrame(rows, columns=COLUMNS))
    return page


def chosen(report: Path) -> tuple[float, float]:
    """Milliseconds (median) from choosing a group on the page that finds comments to its being shown, and
    what is bearable. No page of the report may have more than 1.5 megabytes."""
    large = [file.name for file in report.glob("*.html") if file.stat().st_size > 1.5e6]
    if large:
        sys.exit(f"pages above 1.5 MB: {', '.join(large)}")
    change = """([menu, value]) => new Promise(done => {
        const [select, start] = [document.querySelector(menu), performance.now()];
        select.value = value;
        requestAnimationFrame(() => {
            document.body.offsetHeight;
            setTimeout(() => done(performance.now() - start), 0);
        });
    })"""
    took = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto((report / "find.html").absolute().as_uri())
        for menu in ("#rj-a", "#rj-b"):
            values = page.locator(f"{menu} option").evaluate_all("all => all.map(one => one.value)")
            took += [page.evaluate(change, [menu, one]) for one in values[1::5]]
        browser.close()
    return statistics.median(took), 200


def imported(folder: Path, n: int) -> tuple[float, float]:
    """Seconds and megabytes that a process needs to load an article and `n` comments from a CSV table."""
    rng, sentences = np.random.default_rng(0), list(rejoinder.load(SEED).comment_sentences["text"])
    texts = [" ".join(rng.choice(sentences, rng.integers(1, 6))) for _ in range(n)]
    pd.DataFrame({"id": range(n), "text": texts}).to_csv(folder / "comments.csv", index=False)
    (folder / "article.md").write_text("# A title\n\nAn article of one sentence.\n", encoding="utf-8")
    code = (
        "import resource, rejoinder; rejoinder.load('article.md', comments='comments.csv');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=folder, capture_output=True, text=True
    )
    return time.perf_counter() - start, float(done.stdout)


def archive_scored(folder: Path, n: int) -> tuple[float, float, float, float]:
    """Seconds on the wall and of the processor, and megabytes of the largest process, to score an
    invented archive of `n` comments; and seconds of the processor a comment of TextBlob and VADER."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    invented.archive(folder / "archive", articles=max(10, n // 50), comments=n)
    texts = pd.read_parquet(min((folder / "archive" / "comments").iterdir()), columns=["text"])["text"]
    vader, texts = SentimentIntensityAnalyzer(), texts.head(5_000)
    start = time.process_time()
    for text in texts:
        vader.polarity_scores(text), TextBlob(text).sentiment
    plain, start = (time.process_time() - start) / len(texts), time.perf_counter()
    score = ["-m", "rejoinder", "archive", "score", str(folder / "archive"), "-o", str(folder / "scores")]
    used = processor([score])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - start, used, memory, plain


def medians(
    measure: Callable, one: list[list[str]], other: list[list[str]], rounds: int
) -> tuple[float, float]:
    """The median of each side."""
    pairs = [(measure(one), measure(other)) for _ in range(rounds)]
    return tuple(statistics.median(side) for side in zip(*pairs, strict=True))


def seconds(commands: list[list[str]]) -> float:
    start = time.perf_counter()
    run(commands)
    return time.perf_counter() - start


def processor(commands: list[list[str]]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(commands)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(commands: list[list[str]]) -> None:
    for command in commands:
        done = subprocess.run(
            [sys.executable, *command], check=False, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
