"""Print every row of every simulation; exit 1 if one does not hold. `--quick` draws fewer samples."""

from __future__ import annotations

import sys
from pathlib import Path

# Run as a folder, Python looks for modules in it and not beside it.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from simulations.claims import METHODS, measured  # noqa: E402
from simulations.harness import holds, printed, refuses  # noqa: E402


def main(arguments: list[str]) -> int:
    rows = []
    for method in METHODS:
        found = measured(method, quick=arguments == ["--quick"])
        print(f"\n{method.__doc__}\n\n{printed(found)}", flush=True)
        rows += found
    failed = sum(not (holds(row) and refuses(row)) for row in rows)
    print(f"\n{len(rows)} rows, {failed} outside their bands (marked !)")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
