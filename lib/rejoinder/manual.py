"""What the command line says of itself: a page for each command, without its arguments.

`%(prog)s` is the command as it was called. Every line of an example that begins with it is one to type.
"""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """`short` stands in the list of commands, `what` above the command's arguments, `more` below."""

    short: str
    what: str
    more: str


_STATUS = """
exit status:
  0    done
  1    not done; one line on standard error says what is wrong, where, and
       what to do; every file is as it was before
  2    the command line was not understood
  130  stopped by Ctrl-C; every file is whole, the old one or the new one
"""

PROGRAM = Page(
    "",
    """\
Set an opinion article beside what its readers say back.

A seed is an article with the comments under it: the id of one in the folder
seeds/, or the path of a text file into which both were pasted, with a line
"Comments" between them and a blank line between comments.""",
    """\
in this order, for an article of your own:
  1. report    what can be said without anybody having read the comments
  2. sheet     a blank sheet, on which a person codes what each comment says
  3. codings   what was coded, taken in; as often as there are coders
  4. report    again: now with stance, and how well the coders agree

for work on the collection itself:
  run, readme, validate

examples:
  %(prog)s report 000_b03053bac9951049
  %(prog)s sheet --help
"""
    + _STATUS,
)

REPORT = Page(
    "run the notebooks on a seed; write a report",
    """\
Run every notebook on a seed, and write what they show as pages that a browser
opens without Jupyter and without a network: one folder, to be mailed or put on
any server. A notebook runs again only if something that it depends on has
changed: a seed, a coding, a line of the library, a version. Where nobody has
coded the comments, the pages say so, and a blank coding sheet is written.""",
    """\
files:
  OUT/<seed>/index.html    the whole collection on one page, and beside it a page
                           for each question, the methods and limits, the article
                           and every comment; an earlier report is replaced when
                           the new one is whole
  OUT/<seed>/report.pdf    all of it to print, with --pdf
  OUT/.kept/<seed>/        the notebooks as they were run; may be deleted
  sheets/<seed>.csv        the blank coding sheet, if one is needed and none is
                           there

The path of index.html is printed, and that of the PDF.

examples:
  %(prog)s 000_b03053bac9951049
  %(prog)s ~/pages/mine.txt -o ~/reports --pdf
"""
    + _STATUS,
)

SHEET = Page(
    "write a blank coding sheet, and how to code beside it",
    """\
Write a table with a row for each comment and a column for each thing that is
coded of it: its tone, whether it is sarcastic and, where the article has a
codebook, whether it accepts the thesis and each claim. Fill it in with any
spreadsheet, save it as CSV, and give it to the command codings.""",
    """\
The rows are shuffled, so that no comment is always coded last, and show nothing
of codings that exist. Two coders who are to be compared need the same comments:
the same -n and the same --order.

files, beside the folder seeds/, or in the working folder where there is none:
  sheets/<seed>.csv              the sheet, or what --out names; one that exists
                                 is never touched
  sheets/<seed>.how-to-code.md   the rules, and the statements to code

The paths of both are printed.

examples:
  %(prog)s 000_b03053bac9951049
  %(prog)s mine.txt -n 50 --order 7 --out sheets/mine-KM.csv
"""
    + _STATUS,
)

CODINGS = Page(
    "take a filled coding sheet into a seed's codings",
    """\
Add what a coder has put into a sheet to the codings of the seed. What spreadsheets
do to a table without harm is taken in and told; a value that cannot be meant, a
row that is missing or a comment that was changed is refused, with every row that
is at fault, and then nothing is taken in.""",
    """\
A sheet that is half filled in can be taken in, and again when there is more: what
is known is not added twice. Nothing that is coded is ever replaced; whoever codes
a second time does so under another name.

files:
  <seed>/codings.csv   beside the text of the seed: a row for each coder, comment
                       and item

How many codings were added is printed.

examples:
  %(prog)s mine.txt sheets/mine.csv --coder KM --kind person
  %(prog)s mine.txt mine-B.csv --coder B --kind "language model"
"""
    + _STATUS,
)

RUN = Page(
    "run the notebooks of a folder; keep their outputs",
    """\
Run each notebook of a folder from top to bottom, in a Python process of its own,
and keep what it shows. Nothing is kept that tells when it was run, or by which
Python, so that the same notebooks give the same files.""",
    """\
files:
  FOLDER/*.ipynb   replaced when all of them have run; after an error none is

The paths are printed.

examples:
  %(prog)s notebooks
"""
    + _STATUS,
)

VALIDATE = Page(
    "measure the methods on labelled public data",
    """\
Measure how often each method is right on public data that people have labelled,
beside chance, plain TextBlob, plain VADER, one human where that is known, and the
best that is published; print it as one table, and keep the figures, which the
notebooks show. What is measured is what the folder holds; the figures on other
sets stay as they were. A file that is not what its name says is refused. Takes
some minutes.""",
    """\
The data is not part of this project. rejoinder/read/benchmarks.toml says of each
set whose it is, where it is published, and by which checksums its files are known.
Nothing is downloaded but what --fetch names:
  newsmtsc-mt, newsmtsc-rw, argkp, tweeteval

files:
  rejoinder/read/validation.json   in the library; replaced when all is measured
  DIR/<set>/*                      with --fetch

The table is printed, then the paths.

examples:
  %(prog)s --data ~/benchmarks
  %(prog)s --fetch argkp
"""
    + _STATUS,
)

README = Page(
    "write the findings of README.md anew",
    """\
Answer every question for the first seed, and put the answers into README.md,
between the two marks there.""",
    """\
files:
  README.md                            what stands between the marks
  notebooks/claims_and_comments.png    its picture
  notebooks/report.png                 with --report: the front page of the report,
                                       by an installed browser

The paths are printed.

examples:
  %(prog)s
"""
    + _STATUS,
)
