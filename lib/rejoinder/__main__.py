"""The command line: python -m rejoinder report SEED | run FOLDER | scores FOLDER | readme."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rejoinder.errors import RejoinderError


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0, or 1 after an error that was explained in one message on stderr."""
    options = _parser().parse_args(arguments)
    try:
        options.do(options)
    except RejoinderError as error:
        print(f"rejoinder: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rejoinder: stopped.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rejoinder", description="Set an article beside what its readers say back."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    report = commands.add_parser("report", help="run the notebooks on a seed; write a report")
    report.add_argument("seed", help="an id in seeds/, or the path of a text file")
    report.add_argument("--out", type=Path, default=Path("reports"), help="default: %(default)s")
    report.set_defaults(do=_report)

    run = commands.add_parser("run", help="run the notebooks of a folder; keep their outputs")
    run.add_argument("folder", type=Path)
    run.set_defaults(do=_run)

    scores = commands.add_parser("scores", help="measure the methods on labelled public data")
    scores.add_argument("folder", type=Path)
    scores.set_defaults(do=_scores)

    readme = commands.add_parser("readme", help="write the findings of README.md anew")
    readme.set_defaults(do=_readme)
    return parser


# Each imports what it needs, so that --help and a wrong command are answered at once.


def _report(options: argparse.Namespace) -> None:
    from rejoinder.show import report

    print(os.path.relpath(report.build(options.seed, out=options.out)))


def _run(options: argparse.Namespace) -> None:
    from rejoinder.show import run

    run.run_notebooks(options.folder)


def _scores(options: argparse.Namespace) -> None:
    from rejoinder import scores

    scores.write(options.folder)


def _readme(options: argparse.Namespace) -> None:
    from rejoinder.show import readme

    readme.write()


if __name__ == "__main__":
    sys.exit(main())
