"""A codebook proposed by rules, for an article that nobody has read yet. A person corrects it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.atomic_write import write_whole
from rejoinder.discussion import RULES, STATEMENT_COLUMNS, Codebook, Discussion
from rejoinder.errors import CodebookError
from rejoinder.measure import key_points, themes, thesis
from rejoinder.measure.keyness import is_content
from rejoinder.text import any_of, normalise, tokens, without_addresses, word_lists
from rejoinder.wording import counted, listed

MOST_CLAIMS, MOST_ACTORS, MOST_THEMES, MOST_POINTS = 6, 8, 8, 10
MOST_COMMENTS = 2_000  # that are looked at; of more, evenly many from the whole page
FEWEST_WORDS, MOST_WORDS = 6, 60  # of a claim
TWICE = 0.5  # the share of words in common from which two claims are one
LONGEST = 160  # characters of a point; a longer one ends behind a clause
FEWEST_TEXTS = 3  # that name an actor, unless author and readers do
OFTEN_SMALL = 0.25  # times as often written small as with a capital: no name
# The cosine of the texts of terms of one theme; the share of its texts that have an earlier theme.
TOGETHER, OLD, MOST_TERMS = 0.4, 0.6, 3
NOUN = 0.4  # the share of a term's places where it ends what stands behind a word such as "the"
FEW = 40  # paragraphs and comments, among which a theme may be in two only

_WORDS = word_lists("draft")
_CUES = {kind: re.compile(*_WORDS[kind], re.IGNORECASE) for kind in ("judgement", "forecast")}
_NAME = re.compile(r"(?<![\w@#.'/-])(?:[A-Z]\.)+|(?<![\w@#.'/-])[A-Z][\w&-]*(?: (?:of )?[A-Z][\w&-]*)*")
_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?:;\"()\[\]*>-])[\s\"'(]*\Z")
_NO_NAME = re.compile(r"^[\w-]*(?:ese|ish|ians?|icans?|eans?)\Z|[a-z][A-Z]|\d")  # an adjective, code
_CLAUSE = re.compile(r"(?:[,;:]| [-–—])(?= )")
_LINE_END = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")
_BREAK = re.compile(r"[^\w\s'-]+|(?:^| )-|-(?: |$)")
_HEAD = """# A draft by rules, unchecked. To make it yours:
# - correct the wording of each `text`, so that one can accept or reject it, and its `kind`;
# - delete what is wrong, and add what is missing (seeds/README.md says what each key means);
# - a quotation has to stay as it is in the text: it is checked;
# - then change `kind` under [coder] to "person", and `name` to your name.
"""


def fill(talk: Discussion) -> Discussion:
    """The same discussion, with `codebook` of it where nobody has written one."""
    return talk if talk.codebook else replace(talk, codebook=codebook(talk))


def codebook(talk: Discussion) -> Codebook:
    """A codebook by rules: the thesis and up to six claims, actors, themes, and up to ten points of the
    readers, each with words that stand in the text. A table is empty where rules find nothing.

    Claims are sentences of the body by `thesis.rank`, of a kind by cue words; points come from
    `key_points.extract`. Actors are names that author and readers, or several texts, have. Themes are
    terms of the same paragraphs and comments, named by the one in most of them.
    """
    step = max(1, -(-len(talk.comments) // MOST_COMMENTS))
    comments, plain = talk.comments.iloc[::step], normalise(talk.raw)
    said = talk.paragraphs["normalised"], comments["normalised"]
    actors = _actors(*said, {*talk.comments["author"].dropna().str.lower()})
    claims, points = _claims(talk, plain), _points(talk, comments["text"], plain)
    ids = ["thesis", *(f"a{n}" for n in range(1, len(claims)))][: len(claims)]
    ids += [f"r{n}" for n in range(1, len(points) + 1)]
    statements = pd.DataFrame(claims + points, columns=STATEMENT_COLUMNS, index=ids)
    found = _frame(_themes(*said, actors), "theme", ["name", "pattern", "reason"])
    return Codebook(RULES, RULES, None, statements.rename_axis("statement_id"), actors, found, ())


def members(talk: Discussion) -> pd.Series:
    """Which comments make each point of the readers by their words: lists of ids by `statement_id`, the
    point with most of them first. Nobody has read them: others may make it in other words."""
    points = talk.codebook.points
    known = talk.article["text"]
    groups = key_points.members(talk.comments["text"], points["quote"], known=known)
    ids = [
        [one for one in talk.comments.index.intersection([own])] + [one for one in group if one != own]
        for own, group in zip(points["comment_id"], groups, strict=True)
    ]
    found = pd.Series(ids, index=points.index, dtype=object)
    return found.iloc[np.argsort([-len(one) for one in ids], kind="stable")]


def write(talk: Discussion, path: Path) -> None:
    """Write the draft of `talk` to the codebook file `path`, with a comment on what to do with it.

    Raises CodebookError if there is such a file, or no sentence that can be the thesis; OSError.
    """
    if os.path.lexists(path):
        remedy = "Edit it, or move it away and run the command again."
        raise CodebookError("exists already, and a draft replaces nothing", file=path, remedy=remedy)
    book = codebook(talk)
    if book.claims.empty:
        remedy = f"Write the codebook yourself: the article needs a sentence of {FEWEST_WORDS} words."
        raise CodebookError("rules find no sentence that states a thesis", file=path, remedy=remedy)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole({path: as_toml(book)})


def as_toml(book: Codebook) -> str:
    """The text of a codebook.toml that loads as `book`."""
    parts = [_HEAD, _table("[coder]", name=book.analyst, kind=book.kind)]
    for row in book.statements.itertuples():
        said = {"text": row.text, "kind": row.kind, "quote": row.quote}
        if row.by == "readers":
            said = {"by": row.by, "comment": row.comment_id, "answers": "new"} | said
        header = "[thesis]" if row.Index == "thesis" else "[[statements]]"
        parts.append(_table(header, **({} if row.Index == "thesis" else {"id": row.Index}), **said))
    for row in book.actors.itertuples():
        parts.append(_table("[[actors]]", id=row.Index, name=row.name, aliases=list(row.aliases)))
    for row in book.themes.itertuples():
        about = {"name": row.name, "pattern": row.pattern, "reason": row.reason}
        parts.append(_table("[[themes]]", id=row.Index, **about))
    return "\n".join(parts)


def _table(header: str, **entries: str | list[str]) -> str:
    # JSON escapes what TOML does, except for DEL.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items()]
    return f"{header}\n{''.join(lines)}".replace("\x7f", "\\u007f")


def _frame(rows: list[tuple], kind: str, columns: list[str]) -> pd.DataFrame:
    ids = pd.Index([f"{kind}{n}" for n in range(1, len(rows) + 1)], name=f"{kind}_id", dtype="str")
    return pd.DataFrame(rows, columns=columns, index=ids)


def _row(talk: Discussion, plain: str, text: str, quote: str, places: pd.DataFrame, own: str | None):
    """The row of a statement, or None; quoted where the text first says it, as for a codebook file."""
    pattern = re.compile(any_of([quote]) or r"(?!)")
    spans = places[["start", "end"]].itertuples(index=False, name=None)
    found = next(filter(None, (pattern.search(plain, a, b) for a, b in spans)), None)
    if found is None:
        return None
    kind = next((kind for kind, cue in _CUES.items() if cue.search(text)), "fact")
    line = len(_LINE_END.findall(talk.raw, 0, found.start())) + 1
    by = "author" if own is None else "readers"
    return by, kind, text, talk.raw[slice(*found.span())], own, None, line, *found.span()


def _claims(talk: Discussion, plain: str) -> list[tuple]:
    body = talk.article[talk.article["role"] == "body"]
    headings = talk.article.loc[talk.article["role"] == "heading", "normalised"]
    title = headings.iloc[0] if len(headings) and headings.index[0] < min(body.index, default=0) else None
    ranks = thesis.rank(body["normalised"], paragraphs=body["paragraph"], title=title)
    rows, taken = [], []
    for at in np.argsort(-ranks, kind="stable"):
        said, words = " ".join(body["normalised"].iloc[at].split()), tokens(body["normalised"].iloc[at])
        own = {word for word in words if is_content(word)}
        new = all(len(own & other) < TWICE * len(own | other) for other in taken)
        if FEWEST_WORDS <= len(words) <= MOST_WORDS and own and new and said[-1] not in "?:":
            taken.append(own)
            rows.append(_row(talk, plain, said, body["text"].iloc[at], talk.article, None))
        if len(rows) > MOST_CLAIMS:
            break
    rows = [row for row in rows if row]
    return rows[:1] + sorted(rows[1:], key=lambda row: row[-2])  # in the order of the article


def _points(talk: Discussion, comments: pd.Series, plain: str) -> list[tuple]:
    found = key_points.extract(comments, most=MOST_POINTS, known=talk.article["text"])
    rows = []
    for point, own in zip(found["point"], found["text_id"], strict=True):
        text = " ".join(normalise(point).split())
        if len(text) > LONGEST:
            ends = [end.start() for end in _CLAUSE.finditer(text, LONGEST // 3, LONGEST)]
            text = text[: ends[-1] if ends else text.rfind(" ", 0, LONGEST)] + " …"
        rows.append(_row(talk, plain, text, point, talk.comments.loc[[own]], own))
    return [row for row in rows if row]


def _actors(paragraphs: pd.Series, comments: pd.Series, writers: set[str]) -> pd.DataFrame:
    names, small, texts = Counter(), Counter(), pd.concat([paragraphs, comments], ignore_index=True)
    found = []
    for text in texts.map(without_addresses):
        small.update(re.findall(r"(?<![\w@#.'/-])[a-z][\w-]*", text))
        for match in _NAME.finditer(text):
            first = _BEFORE_SENTENCE.search(text[max(0, match.start() - 6) : match.start()])
            found.append((match[0].split(), bool(first)))
    for words, first in found:
        word = words[0].lower()  # the first of a sentence has a capital whatever it is
        words = words[first and (len(words) == 1 or small[word] > 0 or not is_content(word)) :]
        no = [word.lower() in _WORDS["no_names"] for word in words]
        words = words[no.index(False) : len(no) - no[::-1].index(False)] if False in no else []
        shouts = "".join(words).isupper() and (len(words) > 1 or len(words[0]) > 5)
        if words and not shouts and len(words[0]) > 1:
            names[" ".join(words)] += 1
    known = {alias for names_of_one in _WORDS["same"] for alias in names_of_one}
    for name, n in list(names.items()):
        first, *rest = name.split()
        often = [
            small[word.lower()] > n * (1 if word.isupper() else OFTEN_SMALL) for word in (first, *rest)
        ]
        often = [False] if name in known else often
        if often[0] and " ".join(rest) in names:  # "Poor Trump"
            names[" ".join(rest)] += n
        elif not (all(often) or name.lower() in writers or _NO_NAME.search(name)):
            continue
        del names[name]
    groups, used = {}, set()
    for name, *aliases in _WORDS["same"]:
        groups[name] = tuple(alias for alias in aliases if alias in names)
        used.update(groups[name])
    for name in sorted(names, key=lambda name: (" " not in name, -names[name])):
        own = {one for one in names if one in (name, name.split()[-1]) or one.lower() == name.lower()}
        groups[name] = tuple(sorted(own - used, key=lambda one: -len(one))) if name not in used else ()
        used |= own
    often = sorted(filter(groups.get, groups), key=lambda name: -sum(names[one] for one in groups[name]))
    book = _frame(
        [(name, groups[name]) for name in often[: 5 * MOST_ACTORS]], "actor", ["name", "aliases"]
    )
    there = themes.presence(texts, themes.from_names(book)).drop(columns="none")
    author, readers = there.iloc[: len(paragraphs)].sum(), there.iloc[len(paragraphs) :].sum()
    kept = ((author > 0) & (readers > 0)) | (author + readers >= FEWEST_TEXTS)
    order = (author + readers)[kept].sort_values(ascending=False, kind="stable").index[:MOST_ACTORS]
    return _frame(list(book.loc[order].itertuples(index=False, name=None)), "actor", ["name", "aliases"])


def _themes(paragraphs: pd.Series, comments: pd.Series, actors: pd.DataFrame) -> list[tuple]:
    no_term = _WORDS["no_themes"] | {w for of in actors["aliases"] for one in of for w in tokens(one)}
    said, texts, forms = [*paragraphs, *comments], defaultdict(set), defaultdict(Counter)
    nouns = Counter()  # how often a term ends what stands behind a word such as "the"
    for i, text in enumerate(said):
        for part in _BREAK.split(without_addresses(text)):
            words = [word.removesuffix("'s") for word in tokens(part)]
            content = [*map(is_content, words), False]
            fits = [ok and word not in no_term for word, ok in zip(words, content, strict=False)]
            for at, end in ((at, at + size) for at in range(len(words)) for size in (1, 2)):
                if end <= len(words) and all(fits[at:end]):
                    term = tuple(map(_singular, words[at:end]))
                    texts[term].add(i)
                    forms[term][" ".join(words[at:end])] += 1
                    before = words[at - 1] if at else ""
                    behind = before in _WORDS["before_nouns"] or (at > 0 and content[at - 1])
                    nouns[term] += behind and not content[end]
    fewest = 2 if len(said) < FEW else FEWEST_TEXTS
    worth = {
        term: len(of) * len(term)
        for term, of in texts.items()
        if len(of) >= fewest and nouns[term] >= NOUN * forms[term].total()
    }
    rows, earlier = [], []
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        own = texts[term]
        if any(len(own & of) > OLD * len(own) for of in earlier):
            continue
        near = {
            one: len(own & texts[one]) / (len(own) * len(texts[one])) ** 0.5
            for one in worth
            if not {*one} & {*term} and len(texts[one]) >= FEWEST_TEXTS
        }
        chosen = sorted((one for one in near if near[one] >= TOGETHER), key=near.get, reverse=True)
        chosen = [term, *chosen[: MOST_TERMS - 1]]
        earlier.append(set().union(*(texts[one] for one in chosen)))
        n = sum(i < len(paragraphs) for i in earlier[-1])
        where = f"{counted(n, 'paragraph')} and {counted(len(earlier[-1]) - n, 'comment')}"
        names = [forms[one].most_common(1)[0][0] for one in chosen]
        written = Counter(re.findall(rf"\b{names[0]}\b", "\n".join(said), re.IGNORECASE))
        name = written.most_common(1)[0][0] if written else names[0]
        reason = f"Found by rules in {where}: {listed(names, quote=True)}."
        rows.append((name, rf"\b(?:{'|'.join(map(_pattern, chosen))})\b", reason))
        if len(rows) == MOST_THEMES:
            break
    return rows


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "news")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses")) else word[:-1]


def _pattern(term: tuple[str, ...]) -> str:
    """Finds a term in the singular and the plural."""
    last = re.sub(r"(?<=[^aeiou])y$", "(?:y|ies)", term[-1])
    return r"[\s-]+".join([*term[:-1], last if last.endswith(")") else f"{last}(?:s|es)?"])
