"""What a discussion and a codebook hold, at a glance: what a notebook shows where a cell ends in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rejoinder.html import Fragment, card, code, count, listed

if TYPE_CHECKING:
    from rejoinder.corpus.codebook import Codebook
    from rejoinder.discussion import Discussion, Source

_CLAIMS = 20  # that are shown; a codebook has seldom more than ten


def discussion_card(talk: Discussion) -> Fragment:
    """Where the text comes from, how many of what, who decided and coded it, and where to look next."""
    return card(
        talk.seed,
        [
            *_from(talk.source),
            ("article", _article(talk)),
            ("comments", _comments(talk)),
            ("guessed", " ".join(talk.guesses) or "nothing: an analyst declared every line"),
            ("codebook", _codebook(talk.codebook)),
            ("codings", _codings(talk)),
            (
                "look at",
                code(
                    "talk.article",
                    "talk.comments",
                    "talk.codebook",
                    "talk.codings",
                    "rejoinder.answers.what_do_readers_say_back(talk)",
                ),
            ),
        ],
    )


def codebook_card(book: Codebook) -> Fragment:
    """Who wrote it, the thesis, and the claims, actors and themes by name."""
    claims = book.claims.drop("thesis", errors="ignore")
    told = [(f"{claim.Index}, {claim.kind}", claim.text) for claim in claims.head(_CLAIMS).itertuples()]
    more = [("…", f"{len(claims) - _CLAIMS:,} more claims")] if len(claims) > _CLAIMS else []
    return card(
        "Codebook",
        [
            ("by", _written_by(book)),
            ("thesis", _thesis(book)),
            *told,
            *more,
            (count(len(book.actors), "actor"), listed(book.actors["name"])),
            (count(len(book.themes), "theme"), listed(book.themes["name"])),
            (count(len(book.topic_terms), "topic term"), listed(book.topic_terms)),
            ("look at", code("talk.codebook.claims", "talk.codebook.actors", "talk.codebook.themes")),
        ],
    )


def _from(source: Source) -> list[tuple[str, str]]:
    named = {"publisher": source.publisher, "licence": source.licence}
    known = [(what, value) for what, value in named.items() if value is not None]
    unknown = [what for what, value in named.items() if value is None]
    unknown += [what for what in source.unknown if what not in unknown]
    return [("file", source.path), *known, ("unknown", listed(unknown))]


def _article(talk: Discussion) -> str:
    roles = talk.article["role"].value_counts()
    body = int(roles.get("body", 0))
    told = f"{count(len(talk.paragraphs), 'paragraph')} of {count(body, 'sentence')}"
    beside = int(roles.sum()) - body
    return told + (f"; {count(beside, 'sentence')} in headings and notes" if beside else "")


def _comments(talk: Discussion) -> str:
    told = f"{len(talk.comments):,} in the reading “{talk.reading}”"
    others = talk.readings["comments"].drop(talk.reading, errors="ignore")
    if len(others):
        told += f" (other readings: {listed([f'“{name}” {n:,}' for name, n in others.items()])})"
    authors = talk.comments["author"].dropna()
    known = count(authors.nunique(), "author") if len(authors) else "no author"
    return f"{told}; {talk.comments['reply_to'].notna().sum():,} answer another; {known} known"


def _codebook(book: Codebook | None) -> str:
    if book is None:
        return "none (seeds/README.md shows how to write one)"
    held = [
        count(len(book.claims.drop("thesis", errors="ignore")), "claim"),
        count(len(book.actors), "actor"),
        count(len(book.themes), "theme"),
    ]
    return f"{', '.join(held)}; by {_written_by(book)}. Thesis: {_thesis(book)}"


def _written_by(book: Codebook) -> str:
    return f"{book.analyst}, a {book.kind}, checked by {book.checked_by or 'nobody'}"


def _thesis(book: Codebook) -> str:
    return book.claims["text"].get("thesis", "none")


def _codings(talk: Discussion) -> str:
    if talk.codings.empty:
        return "none (rejoinder.coding.write_sheet(talk, path) writes a sheet to fill in)"
    by = talk.codings.groupby("coder", sort=False)
    table = by.agg(kind=("kind", "first"), comments=("comment_id", "nunique"), codings=("item", "size"))
    told = [
        f"{row.Index}, a {row.kind}: {count(row.codings, 'coding')} of {count(row.comments, 'comment')}"
        for row in table.itertuples()
    ]
    return listed(told, mark="; ")
