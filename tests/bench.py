"""Time the report against nbconvert, unchanged, and on 5,000 coded comments; the import against pandas;
scores against TextBlob and VADER, called one after the other; and archives of 10,000 comments to a
million (an argument says how many at most), which are drawn in build/archive.png.

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
from rejoinder.measure import sentiment

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
        time_, memory = imported(Path(scratch), 20_000)  # before this process is large, which counts too
        rows.append(("sentiment : TextBlob and VADER, µs a comment", *scored(Path(scratch)), 0.25))
        most = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
        sizes = [n for n in (10_000, 30_000, 100_000, 300_000) if n < most] + [most]
        cost = pd.DataFrame({n: archive_scored(Path(scratch) / str(n), n) for n in sizes}).T
    print(f"20,000 comments from CSV: loaded in {time_:.1f} s, {memory:,.0f} MB")
    print(cost.rename_axis("comments of an archive").round(1).to_string())
    axes = cost["seconds"].plot(style="o-", logx=True, logy=True, ylabel="seconds")
    axes.set(xlabel=f"comments of an archive, scored on {os.cpu_count()} cores")
    axes.set_xticks(sizes, [f"{n:,}" for n in sizes])
    axes.set_yticks(cost["seconds"], [f"{took:.0f}" for took in cost["seconds"]], minor=False)
    axes.minorticks_off()
    (ROOT / "build").mkdir(exist_ok=True)
    axes.figure.savefig(ROOT / "build" / "archive.png")
    if most == 1_000_000:
        rows.append(("1,000,000 comments of an archive, seconds", cost["seconds"].iloc[-1], 60, 1.0))
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


def scored(folder: Path) -> tuple[float, float]:
    """Microseconds of the processor a comment (invented, none seen before): for the columns of
    `sentiment.score` without `words`; for TextBlob and VADER, called one after the other."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    invented.archive(folder / "invented", articles=100, comments=12_000)
    texts, vader = pd.read_parquet(folder / "invented" / "comments")["text"], SentimentIntensityAnalyzer()

    def ours(some: pd.Series) -> None:
        sentiment.score(some, words=False)

    def plain(some: pd.Series) -> None:
        for text in some:
            vader.polarity_scores(text), TextBlob(text).sentiment

    took = []
    for way in (ours, plain):
        times = []
        for at in range(0, len(texts), 2_000):
            start = time.process_time()
            way(texts[at : at + 2_000])
            times.append((time.process_time() - start) / 2_000 * 1e6)
        took.append(statistics.median(times))
    return took[0], took[1]


def archive_scored(folder: Path, n: int) -> dict[str, float]:
    """What it takes to score an invented archive of `n` comments, from the command to its end."""
    invented.archive(folder / "archive", articles=max(10, n // 50), comments=n)
    command = [sys.executable, "-m", "rejoinder", "archive", "score", folder / "archive", "-o"]
    code = (
        "import resource, subprocess, sys, time; start = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True); took = time.perf_counter() - start;"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command, folder / "scores"],
        check=True,
        capture_output=True,
        text=True,
    )
    names = ("seconds", "of the processor", "megabytes of the largest process")
    shutil.rmtree(folder)
    return dict(zip(names, map(float, done.stdout.split()[-3:]), strict=True))


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
