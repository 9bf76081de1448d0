"""What the reading room tells of a discussion: which comments hold what is picked, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from rejoinder.answers import passages
from rejoinder.answers.answer import NO_CODEBOOK, count, joined, some
from rejoinder.answers.coded import DISPUTED, NO_CODINGS, PARTLY_SEEN, UNCODED, deciding_spans, settled
from rejoinder.answers.stances import has_stances
from rejoinder.answers.tone import marked_comments, tones
from rejoinder.discussion import Discussion

KINDS = ("claim", "theme", "actor", "comment")
# What a comment may be to a claim, in the order in which comments are listed; the last two hold
# nothing.
STANDS = {
    "agree": "agrees",
    "disagree": "disagrees",
    "mixed": "is mixed",
    DISPUTED: "speaks to it, coders differ how",
    PARTLY_SEEN: "speaks to it for some coders only",
    "unclear": "is unclear",
    "silent": "is silent on it",
    UNCODED: "is not coded",
}
UNHEARD = ("silent", UNCODED)
Mark = tuple[int, int, str]
_NONE = pd.DataFrame(columns=passages.COLUMNS)


class Reading:
    """A discussion, `talk`, and what is looked up of it once.

    `settled`: item to comment to value; `passages`: by kind, then (id, side). `along` is given the steps
    of the looking up, to go through and to tell how far it has got.
    """

    def __init__(self, talk: Discussion, *, along: Callable[[list], Iterable] = iter):
        steps = [
            ("claim", passages.claim_passages),
            ("theme", passages.theme_passages),
            ("actor", passages.actor_passages),
            ("settled", settled),
            # The first text that is scored brings the word lists, which takes two seconds.
            ("tone", lambda talk: tones(part(talk, talk.comments.index[:1]))),
        ]
        found = {name: look_up(talk) for name, look_up in along(steps)}
        self.talk, self.settled = talk, found["settled"].to_dict()
        self.passages = {kind: dict(tuple(found[kind].groupby(["id", "side"]))) for kind in KINDS[:3]}
        self._coded = talk.codings.groupby("comment_id", sort=False).indices

    def names(self, kind: str) -> dict[str, str]:
        """What there is of a kind: id to name, or to the words of the claim or the comment."""
        book = self.talk.codebook
        if kind == "comment":
            return dict(self.talk.comments["text"])
        if book is None:
            return {}
        named = {"claim": book.claims["text"], "theme": book.themes["name"], "actor": book.actors["name"]}
        return dict(named[kind])

    def holding(self, kind: str, which: str) -> list[str]:
        """The ids of the comments that hold it, as they are listed.

        For a claim those that speak to it, by stance; for a comment itself, after what it answers and
        before what answers it.
        """
        if kind == "claim":
            return self._by_stance(which, [value for value in STANDS if value not in UNHEARD])
        if kind == "comment":
            replies = self.talk.comments["reply_to"]
            answering = replies.index[(replies == which).fillna(False)]
            return list(dict.fromkeys([*thread(self.talk.comments, which), which, *answering]))
        return self._units(kind, which, "readers")

    def listed(self, kind: str, which: str, *, whole: bool) -> list[str]:
        """`holding`, and if the `whole` is wanted also the others."""
        if not whole:
            return self.holding(kind, which)
        return self._by_stance(which, STANDS) if kind == "claim" else list(self.talk.comments.index)

    def article_marks(self, kind: str, which: str) -> dict[int, list[Mark]]:
        """The words of the article to mark, by paragraph; for a comment those of the claims to which it
        takes a stand."""
        claims = self.stands(which) if kind == "comment" else [which]
        kind = "claim" if kind == "comment" else kind
        spans: dict[int, list[tuple[int, int]]] = {}
        for claim in claims:
            for row in self._found(kind, claim, "author"):
                spans.setdefault(row.unit, []).append((row.start, row.end))
        return {unit: joined_marks(own) for unit, own in spans.items()}

    def comment_marks(self, kind: str, which: str, comment_id: str) -> list[Mark]:
        """The words of a comment to mark: for a claim those that coders quote, for a comment its scored
        words."""
        if kind == "claim":
            codings, comment = self.codings(comment_id), self.talk.comments.loc[comment_id]
            at, spans = comment["start"], deciding_spans(codings[codings["item"] == which], comment)
            return joined_marks((start - at, end - at) for start, end in spans)
        if kind == "comment" and comment_id == which:
            return marked_comments(part(self.talk, [which]), [which])["mark"].iloc[0]
        if kind == "comment":
            return []
        table = self.passages[kind].get((which, "readers"), _NONE)
        own = table[table["unit"] == comment_id]
        return joined_marks(zip(own["start"], own["end"], strict=True))

    def notes(self, comment_id: str) -> dict[int, str]:
        """What paragraphs have to do with a comment: the claims to which it takes a stand, and which of
        them are nearest in their words."""
        notes: dict[int, list[str]] = {}
        stands = self.stands(comment_id)
        for claim, value in stands.items():
            for unit in self._units("claim", claim, "author"):
                notes.setdefault(unit, []).append(f"on {claim} it {STANDS[value]}")
        for number, likeness in passages.nearest_paragraphs(self.talk, comment_id).items():
            found = f"near in its words, by machine (likeness {likeness:.2f} of 1)"
            notes.setdefault(number, []).append(found)
        return {number: f"{comment_id}: {'; '.join(found)}" for number, found in notes.items()}

    def note(self, kind: str, which: str, comment_id: str) -> str:
        """What a comment is to what is picked: its stance, or its place in the thread."""
        if kind == "claim":
            return STANDS[self.settled[which][comment_id]]
        if kind != "comment":
            return ""
        if comment_id == which:
            return "picked"
        above = comment_id in thread(self.talk.comments, which)
        return f"above {which} in its thread" if above else ""

    def stands(self, comment_id: str) -> dict[str, str]:
        """The claims to which a comment takes a stand, and which."""
        values = {claim: self.settled[claim][comment_id] for claim in self.names("claim")}
        return {claim: value for claim, value in values.items() if value not in UNHEARD}

    def codings(self, comment_id: str) -> pd.DataFrame:
        """The codings of a comment."""
        return self.talk.codings.iloc[self._coded.get(comment_id, [])]

    def told(self, kind: str, which: str | None) -> list[str]:
        """What is picked and how many hold it, as sentences; or what is missing."""
        if which is None:
            if kind == "comment":
                return ["There are no comments."]
            return [NO_CODEBOOK if self.talk.codebook is None else f"The codebook names no {kind}s."]
        if kind == "comment":
            return self._comment_told(which)
        n = count(len(self.talk.comments), "comment")
        paragraphs = self._units(kind, which, "author")
        if kind != "claim":
            held, of = len(self.holding(kind, which)), count(len(self.talk.paragraphs), "paragraph")
            return [f"Readers: in {held:,} of {n}. The author: in {len(paragraphs)} of {of}."]
        claim = self.talk.codebook.claims.loc[which]
        places = [f"paragraph {one}" for one in paragraphs] or [f"line {claim['line']}"]
        values = Counter(self.settled[which].values())
        told = "; ".join(f"{one} {values[one]:,}" for one in STANDS)
        tally = f"Of {n}: {told}." if has_stances(self.talk) else NO_CODINGS
        said = f"“{claim['text']}” A {claim['kind']}; the author says it in {joined(places)}."
        return [said, tally]

    def _comment_told(self, which: str) -> list[str]:
        above = thread(self.talk.comments, which)
        below = [one for one in self.holding("comment", which) if one not in [*above, which]]
        told = [f"It answers {above[-1]}." if above else "It answers no other comment."]
        told += [f"Answered by {some(below)}."] if below else []
        if self.talk.codebook is None:
            return [*told, f"On what claims it takes a stand: can't tell. {NO_CODEBOOK}"]
        if which not in self._coded:
            return [*told, "On what claims it takes a stand: can't tell, since nobody has coded it."]
        stands = [f"{claim} ({value})" for claim, value in self.stands(which).items()]
        return [*told, f"It takes a stand on {joined(stands) or 'no claim'}."]

    def _found(self, kind: str, which: str, side: str) -> Iterable:
        return self.passages[kind].get((which, side), _NONE).itertuples()

    def _units(self, kind: str, which: str, side: str) -> list:
        """The paragraphs or comments in which it is found, in the order of the text."""
        return list(dict.fromkeys(self.passages[kind].get((which, side), _NONE)["unit"]))

    def _by_stance(self, claim: str, wanted: Iterable[str]) -> list[str]:
        values = self.settled[claim].items()
        return [i for one in wanted for i, value in values if value == one]


def part(talk: Discussion, ids: Iterable[str]) -> Discussion:
    """The discussion with some of its comments only."""
    return replace(talk, comments=talk.comments.loc[list(ids)])


def joined_marks(spans: Iterable[tuple[int, int]]) -> list[Mark]:
    """Spans (start, end) as marks; those that overlap are one."""
    marks: list[Mark] = []
    for start, end in sorted(spans):
        if marks and start < marks[-1][1]:
            start, before, _ = marks.pop()
            end = max(before, end)
        marks.append((start, end, "neutral"))
    return marks


def thread(comments: pd.DataFrame, comment_id: str) -> list[str]:
    """The ids of the comments that this one answers, oldest first; none for one that answers nobody."""
    above: list[str] = []
    asked = comments["reply_to"].get(comment_id)
    while asked in comments.index and asked not in above:
        above.insert(0, asked)
        asked = comments.loc[asked, "reply_to"]
    return above
