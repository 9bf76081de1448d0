"""The command line: python -m rejoinder COMMAND; --help lists the commands."""

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

    sheet = commands.add_parser("sheet", help="write a blank coding sheet, and how to code beside it")
    sheet.add_argument("seed", help="an id in seeds/, or the path of a text file")
    sheet.add_argument("--out", type=Path, help="default: <seed>.csv in the folder sheets")
    sheet.add_argument("-n", type=int, help="draw so many comments at random (default: all)")
    sheet.add_argument(
        "--order", type=int, default=0, help="seed of the shuffled order and of the draw; default: 0"
    )
    _which_text(sheet)
    sheet.set_defaults(do=_sheet)

    codings = commands.add_parser("codings", help="take a filled coding sheet into a seed's codings")
    codings.add_argument("seed", help="an id in seeds/, or the path of a text file")
    codings.add_argument(
        "sheet", type=Path, help="the filled sheet, as written or saved by a spreadsheet"
    )
    codings.add_argument("--coder", required=True, help="who coded: a name, or initials")
    codings.add_argument("--kind", required=True, choices=["person", "language model"])
    _which_text(codings)
    codings.set_defaults(do=_codings)

    run = commands.add_parser("run", help="run the notebooks of a folder; keep their outputs")
    run.add_argument("folder", type=Path)
    run.set_defaults(do=_run)

    scores = commands.add_parser("scores", help="measure the methods on labelled public data")
    scores.add_argument("folder", type=Path)
    scores.set_defaults(do=_scores)

    readme = commands.add_parser("readme", help="write the findings of README.md anew")
    readme.set_defaults(do=_readme)
    return parser


def _which_text(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reading", help="one of the readings of the text in its layout")
    command.add_argument("--encoding", help="of the text; default: UTF-8")


# Each imports what it needs, so that --help and a wrong command are answered at once.


def _report(options: argparse.Namespace) -> None:
    from rejoinder.show import report

    print(os.path.relpath(report.build(options.seed, out=options.out)))


def _sheet(options: argparse.Namespace) -> None:
    from rejoinder import coding, read

    talk = read.load(options.seed, reading=options.reading, encoding=options.encoding)
    path = options.out or coding.sheet_path(talk)
    rules = coding.write_sheet(talk, path, n=options.n, order=options.order)
    print(f"{os.path.relpath(path)}\n{os.path.relpath(rules)}")


def _codings(options: argparse.Namespace) -> None:
    from rejoinder import coding

    done = coding.add_codings(
        options.seed,
        options.sheet,
        coder=options.coder,
        kind=options.kind,
        reading=options.reading,
        encoding=options.encoding,
    )
    for remark in done["remarks"][:20]:
        print("noticed:", "".join(c if c.isprintable() else "\ufffd" for c in remark)[:300])
    if len(done["remarks"]) > 20:
        print(f"noticed: {len(done['remarks']) - 20:,} more of this kind")
    print(
        f"{done['added']:,} codings of {options.coder} added, {done['known']:,} were there already; "
        f"{done['empty']:,} cells of the sheet are still empty."
    )


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
