"""Print every row of every simulation; exit 1 if one does not hold. `--quick` draws fewer samples."""

from __future__ import annotations

import sys
import time
from pathlib import Path

# Run as a folder, Python looks for modules in it and not beside it.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from simulations.claims import METHODS, measured  # noqa: E402
from simulations.harness import holds, printed, refuses  # noqa: E402


def main(arguments: list[str]) -> int:
    rows, began = [], time.perf_counter()
    for method in METHODS:
        start = time.perf_counter()
        found = measured(method, quick=arguments == ["--quick"])
        seconds = time.perf_counter() - start
        print(f"\n{method.__doc__} ({seconds:.0f} s)\n\n{printed(found)}", flush=True)
        rows += found
    failed = sum(not (holds(row) and refuses(row)) for row in rows)
    seconds = time.perf_counter() - began
    print(f"\n{len(rows)} rows in {seconds:.0f} s, {failed} outside their bands (marked !)")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
