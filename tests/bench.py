"""Time the report against nbconvert and against itself with nothing changed, the import against pandas,
key words against a plain loop; exit 1 if a bound is missed.

Both of a pair are measured in turn, the first two in processes of their own, so that whatever else the
machine does meets both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from simulations import words

ROOT = Path(__file__).resolve().parents[1]
SEED = sorted((ROOT / "seeds").glob("*.txt"))[0].stem
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

REPORT_ROUNDS, IMPORT_ROUNDS = 3, 15
REPORT_BOUND = 0.45  # on two cores
AGAIN_BOUND = 0.10
IMPORT_BOUND = 1.30
WORDS_BOUND = 0.10


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        again = [["-m", "rejoinder", "report", SEED, "--out", scratch]]
        report = [[*again[0], "--fresh"]]
        nbconvert = [
            ["-m", "nbconvert", "--execute", "--to", "html", "--output-dir", scratch, str(notebook)]
            for notebook in NOTEBOOKS
        ]
        rows = [
            ("report : nbconvert, s", *medians(report, nbconvert, REPORT_ROUNDS), REPORT_BOUND),
            ("report again : report, s", *medians(again, report, REPORT_ROUNDS), AGAIN_BOUND),
            (
                "import rejoinder : import pandas, s",
                *medians([["-c", "import rejoinder"]], [["-c", "import pandas"]], IMPORT_ROUNDS),
                IMPORT_BOUND,
            ),
            ("key words of 20,000 texts : plain loop, s", *words.speed(), WORDS_BOUND),
        ]
    print(f"{len(NOTEBOOKS)} notebooks, {os.cpu_count()} cores, medians")
    print(f"{'':42} {'ours':>8} {'theirs':>8} {'ratio':>6} {'bound':>6}")
    for name, ours, theirs, bound in rows:
        print(f"{name:42} {ours:8.2f} {theirs:8.2f} {ours / theirs:6.2f} {bound:6.2f}")
    return int(any(ours / theirs > bound for _, ours, theirs, bound in rows))


def medians(ours: list[list[str]], theirs: list[list[str]], rounds: int) -> tuple[float, float]:
    """The median seconds of each side."""
    times = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return tuple(statistics.median(side) for side in zip(*times, strict=True))


def seconds(commands: list[list[str]]) -> float:
    start = time.perf_counter()
    for command in commands:
        done = subprocess.run(
            [sys.executable, *command], check=False, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
