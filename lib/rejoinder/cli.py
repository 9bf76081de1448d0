"""The command line: `python -m rejoinder COMMAND`, or `rejoinder COMMAND`."""

from __future__ import annotations

import argparse
import inspect
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from rejoinder.errors import RejoinderError, ReportError
from rejoinder.html import one_line

_ABOUT = """Compare an opinion article with what its readers say back.

For an article of your own, save its web page, export it, or paste it and its comments
into a text file, with a line "Comments" between them. Then:
  1. rejoinder report page.html   what can be said before anybody has read the comments
  2. rejoinder draft page         a codebook by rules, to correct
  3. rejoinder sheet page         a blank sheet, to code what each comment says
  4. rejoinder codings page sheets/page.csv --coder KM --kind person
  5. rejoinder report page        again, now with stance and agreement between coders"""
_STATUS = (
    "Exit status: 0 done; 1 failed, what was there is kept; 2 wrong arguments; 130 stopped by Ctrl-C."
)
_TEXT = {"seed": {"help": "an id in the folder seeds, or the path of a file"}}
_ENCODING = {"--encoding": {"metavar": "NAME", "help": "of the text; default: UTF-8"}}
_HALVES = {
    "--article": {"metavar": "FILE", "help": "the article of the comments; or which article is meant"},
    "--comments": {"metavar": "FILE", "help": "the comments on the article, or none"},
    "--columns": {"metavar": "WHAT=NAME,…", "help": "of a table, as in text=body,parent=reply_to"},
}
_SAMPLE = {
    "-n": {"type": int, "help": "draw N comments at random; default: all"},
    "--order": {"type": int, "default": 0, "help": "random number for order and sample; default: 0"},
}
_NAMED = {"--model": {"help": "a language model, by its name on the server"}}
_MODEL = {
    "--base-url": {"metavar": "URL", "help": "its server; default: OPENAI_BASE_URL, else OpenAI's"},
    "--most-calls": {"type": int, "metavar": "N", "help": "stop after N calls"},
    "--most-tokens": {"type": int, "metavar": "N", "help": "stop before there are over N tokens"},
    "--yes": {"action": "store_true", "help": "agree to what would be sent"},
    "--replay": {"action": "store_true", "help": "use recorded calls alone, without a network"},
}
_READING = {
    "--reading": {"metavar": "NAME", "help": "a reading of the text named in its layout"},
    **_ENCODING,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status. Expected errors become one line on stderr."""
    for stream in (sys.stdout, sys.stderr):  # of ASCII only: a sign beyond it is no reason to stop
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    if encoding := getattr(options, "encoding", None):
        os.environ["REJOINDER_ENCODING"] = encoding  # the importers and the notebooks read the text too
    try:
        options.do(options)
    except RejoinderError as error:
        print(f"rejoinder: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.filename is None:  # not about a file, so unexpected
            raise
        what = f"cannot be read or written ({error.strerror})"
        remedy = "Check the path, its permissions, and the free space on the disk."
        print(f"rejoinder: {RejoinderError(what, file=error.filename, remedy=remedy)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rejoinder: stopped.", file=sys.stderr)
        return 130
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(one_line(message))  # which repeats names of files


def _parser() -> argparse.ArgumentParser:
    called = "rejoinder" if Path(sys.argv[0]).stem == "rejoinder" else "python -m rejoinder"
    form = {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": _STATUS}
    parser = _Parser(prog=called, description=_ABOUT, **form)
    parser.add_argument("--version", action="version", version=f"rejoinder {version('rejoinder')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for do, arguments in _COMMANDS.items():
        name, about = do.__name__.lstrip("_"), inspect.cleandoc(do.__doc__)
        made = commands.add_parser(name, help=about.splitlines()[0], description=about, **form)
        made.set_defaults(do=do)
        for flags, options in arguments.items():
            made.add_argument(*flags.split(), **options)
    return parser


def _print_paths(*paths: Path) -> None:
    for path in paths:
        print(one_line(os.path.relpath(path)))


# Each command imports what it needs, so that --help is fast.


def _report(options: argparse.Namespace) -> None:
    """Run the notebooks on a text and write a report.

    The report is a folder of web pages that need neither Jupyter nor a network: OUT/<name>/index.html,
    a page for each question, the article and every comment. If nothing has changed, nothing runs.
    """
    from rejoinder.report.build import build

    seed = _seed(options)
    _print_paths(build(seed, out=options.out, fresh=options.fresh))


def _verify(options: argparse.Namespace) -> None:
    """Make a report again and compare it with what is there.

    What differs is printed: the text, the codebook, the codings, the versions of packages, or single
    pages. Exit status 1 if anything does.
    """
    from rejoinder.report.build import verify

    differs = verify(options.report, seed=options.seed)
    if len(differs):
        print(differs.to_string(index=False))
        remedy = "Compare the lines above; a page differs if anything that it rests on does."
        raise ReportError(
            f"differs from its receipt in {len(differs)} places", file=options.report, remedy=remedy
        )
    print("The same: text, codebook, codings, versions and every file.")


def _import(options: argparse.Namespace) -> None:
    """Write an article and its comments, from a file of any known format, as a seed.

    Known are tables (CSV, TSV, Excel, JSON lines, Parquet), exports of Reddit, YouTube, WordPress,
    Disqus, Blogger, the Guardian, Hacker News, Bluesky, Mastodon, Discourse, Commento and Remark42, and
    saved web pages. The seed is the folder seeds/<name>: article.md, comments.csv and source.toml, which
    says what was left out and why.
    """
    _print_paths(*_imported(options, Path(options.seed).expanduser()))


def _seed(options: argparse.Namespace) -> str:
    """The seed or pasted page that is meant; an export is imported first."""
    from rejoinder.corpus.importers.read import is_export
    from rejoinder.corpus.raw import is_imported, where

    path = where(options.seed)
    halves = any(getattr(options, name, None) for name in ("article", "comments", "columns"))
    if is_imported(path) or not (halves or is_export(path)):
        return options.seed
    return _imported(options, path)[0].name


def _imported(options: argparse.Namespace, path: Path) -> list[Path]:
    from rejoinder.corpus.imported import import_seeds

    given = {name: getattr(options, name, None) for name in ("article", "comments", "columns")}
    given["columns"] = _columns(given["columns"])
    found = import_seeds(path, **given, every=getattr(options, "all", False))
    for folder, export in found.items():
        print(one_line(f"{folder.name}: {export!r}")[:1000], file=sys.stderr)
    return list(found)


def _columns(given: str | None) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in filter(None, (given or "").split(","))]
    if wrong := [what for what, _, column in pairs if not column]:
        remedy = "Write it as in --columns text=body,parent=reply_to."
        raise RejoinderError(f"--columns: {wrong[0]!r} names no column", remedy=remedy)
    return {what.strip(): column.strip() for what, _, column in pairs}


def _sheet(options: argparse.Namespace) -> None:
    """Write a blank coding sheet, and the rules for coding beside it.

    The sheet has a row per comment, in random order, and a column per thing to code. Fill it in with any
    spreadsheet, save it as CSV, and give it to the command codings. Coders who are to be compared need
    the same -n and the same --order.
    """
    import rejoinder
    from rejoinder import coding

    talk = rejoinder.load(_seed(options), reading=options.reading, encoding=options.encoding)
    path = options.out or coding.sheet_path(talk)
    _print_paths(path, coding.write_sheet(talk, path, n=options.n, order=options.order))


def _codings(options: argparse.Namespace) -> None:
    """Add a filled coding sheet to the codings of a text.

    A sheet with mistakes is refused as a whole, and each mistake is listed. Existing codings are never
    replaced. A half-filled sheet can be added again when there is more in it.
    """
    from rejoinder.coding import add_codings

    given = {key: getattr(options, key) for key in ("coder", "kind", "reading", "encoding")}
    done = add_codings(_seed(options), options.sheet, **given)
    for remark in done["remarks"][:20]:
        print("note:", one_line(remark)[:300])
    if len(done["remarks"]) > 20:
        print(f"note: {len(done['remarks']) - 20:,} more of this kind")
    print(f"{done['added']:,} codings added, {done['known']:,} known, {done['empty']:,} cells empty")


def _draft(options: argparse.Namespace) -> None:
    """Write a codebook by rules, or by a language model, to be corrected by a person.

    The file is a draft of the thesis, the claims, the readers' points, actors and themes, each with the
    words it rests on; it says what to do. A codebook that is there is never replaced. With
    --model, article and comments are sent to a server, as by the command code.
    """
    import rejoinder
    from rejoinder import draft
    from rejoinder.corpus.raw import seed_folder

    seed = _seed(options)
    path = seed_folder(seed) / "codebook.toml"
    talk = rejoinder.load(seed, encoding=options.encoding)
    if options.model:
        from rejoinder.draft_by_model import propose
        from rejoinder.wording import counted

        draft.fail_if_there(path)
        made = propose(talk, model=options.model, **_limits(options))
        draft.write(talk, path, made.book, made.made_by)
        for why, n in made.dropped.items():
            print(f"{n:,} proposals dropped: {why}")
        print(f"{counted(made.failed, 'call')} failed")
    else:
        draft.write(talk, path)
    _print_paths(path)


def _code(options: argparse.Namespace) -> None:
    """Let a language model code the comments, as one more coder.

    The server is any that speaks the protocol of OpenAI, also one on this machine; the key is that in
    OPENAI_API_KEY. What would be sent where is said first, and nothing is sent before somebody agrees.
    Every call is recorded in calls.jsonl in the folder of the seed, and no answer is asked for twice.
    With --variant the answers are compared in notebook 09 and are no codings.
    """
    import rejoinder
    from rejoinder.coding import add_codings, language_model
    from rejoinder.coding.sheet import FilledSheet

    seed, given = _seed(options), {"reading": options.reading, "encoding": options.encoding}
    talk = rejoinder.load(seed, **given)
    how = {name: getattr(options, name) for name in ("model", "variant", "n", "order")}
    codings = language_model.code(talk, **how, **_limits(options))
    if options.variant:
        found = language_model.repeats(talk)
        own = found[found["coder"] + " " + found["variant"] == codings["coder"][0]]
        print(f"{(own['value'] != own['again']).sum():,} of {len(own):,} answers have changed")
        return
    read = codings["value"] != ""
    filled = FilledSheet(codings[read].drop(columns=["coder", "kind"]), int((~read).sum()), ())
    done = add_codings(seed, filled, coder=codings["coder"][0], kind=language_model.KIND, **given)
    lost = codings["note"][read].str.startswith(language_model.NOT_FOUND).sum()
    print(f"{done['added']:,} codings added, {done['known']:,} known, as {codings['coder'][0]!r}")
    print(f"{lost:,} with a quotation that was not found")
    for why, n in codings["note"][~read].str.split(":").str[0].value_counts().items():
        print(f"{n:,} {why}")


def _limits(options: argparse.Namespace) -> dict:
    names = ("base_url", "most_calls", "most_tokens", "yes", "replay")
    return {name: getattr(options, name) for name in names}


def _archive(options: argparse.Namespace) -> None:
    """Put the comments of many articles into one folder, or score them all.

    archive import FILES -o FOLDER adds the articles and comments of files of any known format and any
    size, and says what was left out; what is there already is passed over. archive score FOLDER -o SCORES
    scores every comment, in as many processes as there are cores. Stopped, both go on where they were.
    """
    from rejoinder import archive
    from rejoinder.corpus.schema import read_shared_codebook

    if options.what == "import":
        known = archive.ledger(options.out) if (options.out / "left_out").is_dir() else None
        said = archive.import_files(options.paths, options.out, columns=_columns(options.columns))
        for row in said.itertuples():
            print(one_line(f"{row.file}: {row.n:,} {row.reason or 'comments'}"), file=sys.stderr)
        if known is not None:
            before, now = (one.loc[one["reason"] == "", "n"].sum() for one in (known, said))
            print(f"{now - before:,} comments of these are new", file=sys.stderr)
    else:
        book = read_shared_codebook(options.codebook) if options.codebook else None
        for path in options.paths:
            archive.score(path, options.out, codebook=book)
    _print_paths(options.out)


def _run(options: argparse.Namespace) -> None:
    """Run the notebooks of a folder and keep their outputs in them."""
    from rejoinder.report.run import run_notebooks

    _print_paths(*run_notebooks(options.folder))


def _validate(options: argparse.Namespace) -> None:
    """Measure how often each method is right on labelled data.

    The results are printed and recorded. Datasets that are not in the folder keep their recorded results.
    rejoinder/evaluation/benchmarks.toml says where each dataset is published. With --model a language
    model is measured instead, on stance and claims; the texts are sent to a server, as by the command
    code, and the results are kept in models.csv beside the folder seeds.
    """
    from rejoinder import evaluation
    from rejoinder.tables import accuracy

    if options.model:
        from rejoinder.evaluation import models

        found = models.write(options.data, model=options.model, **_limits(options))
        print(found.to_string(index=False, float_format="%.2f"))
        _print_paths(models.results_file())
        return
    out = evaluation.write(options.data, options.out)
    columns = ["dataset", "metric", "n", "chance", "TextBlob", "VADER", "other_rule", "rejoinder"]
    columns += ["low", "high", "one_human", "best_published"]
    print(accuracy.beside(out)[columns].to_string(index=False, na_rep="–", float_format="%.2f"))
    _print_paths(out)


_COMMANDS = {
    _report: {
        **_TEXT,
        **_HALVES,
        "-o --out": {"type": Path, "default": Path("reports"), "help": "folder; default: %(default)s"},
        "--fresh": {"action": "store_true", "help": "run the notebooks even if nothing has changed"},
        **_ENCODING,
    },
    _verify: {
        "report": {"type": Path, "help": "the folder of a report"},
        "--seed": {"help": "the text that it was made from; default: the seed that the report names"},
        **_ENCODING,
    },
    _import: {
        "seed": {"metavar": "file", "help": "the file"},
        **_HALVES,
        "--all": {"action": "store_true", "help": "make a seed of each article of the file"},
        **_ENCODING,
    },
    _sheet: {
        **_TEXT,
        "--out": {"type": Path, "help": "the sheet; default: <name>.csv in the folder sheets"},
        **_SAMPLE,
        **_READING,
    },
    _codings: {
        **_TEXT,
        "sheet": {"type": Path, "help": "the sheet as a CSV file"},
        "--coder": {"required": True, "help": "who coded: a name or initials"},
        "--kind": {"required": True, "choices": ["person", "language model"], "help": "of the coder"},
        **_READING,
    },
    _draft: {**_TEXT, **_NAMED, **_MODEL, **_ENCODING},
    _code: {
        **_TEXT,
        "--model": {"required": True, "help": "its name on the server"},
        "--variant": {
            "choices": ["reversed", "paraphrased", "again"],
            "default": "",
            "help": "ask again, with the values in reverse order, in other words, or just so",
        },
        **_SAMPLE,
        **_MODEL,
        **_READING,
    },
    _archive: {
        "what": {"choices": ["import", "score"]},
        "paths": {"nargs": "+", "type": Path, "help": "the files, or the folder of the archive"},
        "-o --out": {"type": Path, "required": True, "help": "the folder that is written"},
        "--columns": _HALVES["--columns"],
        "--codebook": {"type": Path, "help": "TOML with the actors and themes to look for"},
        **_ENCODING,
    },
    _run: {"folder": {"type": Path, "help": "the folder that holds the notebooks"}},
    _validate: {
        "--data": {"type": Path, "required": True, "help": "folder with the data"},
        "--out": {"default": "results.json", "help": "file for the results; default: %(default)s"},
        **_NAMED,
        **_MODEL,
    },
}


if __name__ == "__main__":
    sys.exit(main())
