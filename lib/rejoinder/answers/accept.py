"""Do readers accept the thesis? Stance to it and to each claim, as coded."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.answer import NO_CODEBOOK, Answer, count, joined, some
from rejoinder.answers.coded import (
    DISPUTED,
    NO_CODINGS,
    PARTLY_SEEN,
    UNCODED,
    apart,
    evidence,
    offered_sheet,
    settled,
    who_coded,
)
from rejoinder.infer.intervals import Estimate, share
from rejoinder.read.codebook import KINDS
from rejoinder.read.codings import STANCE
from rejoinder.read.discussion import Discussion

# What a comment may be to a claim: a stance, a dispute between coders, or nothing known.
STANDS = (*STANCE, DISPUTED, PARTLY_SEEN, UNCODED)
# All coders find that the comment speaks to the claim, be it differently.
SPEAKS = ("agree", "disagree", "mixed", "unclear", DISPUTED)
_TOLD = {DISPUTED: "disputed between the coders", PARTLY_SEEN: "in which only some coders hear a stance"}
_COUNTED = ("mixed", "unclear", DISPUTED, PARTLY_SEEN, "silent", UNCODED)


def do_readers_accept_the_thesis(talk: Discussion) -> Answer:
    """Notebook 06: stance to the thesis and to each claim."""
    question, notebook = "Do readers accept the thesis?", "06_do_readers_accept_the_thesis"
    if not has_stances(talk):
        return Answer(question, f"Can't tell. {missing(talk)}", "Nobody has read for it.", notebook)
    thesis = thesis_stances(talk)
    if (thesis == UNCODED).all():
        short = f"Can't tell: stance to the thesis was not coded. {claims_met(talk)}"
        return Answer(question, short, who_coded(talk), notebook)
    agree, disagree = (coded_share(thesis, [side]) for side in ("agree", "disagree"))
    short = (
        f"{verdict(talk).capitalize()}: {agree.of('comments')} "
        f"agree{'s' if agree.count == 1 else ''} with the thesis, {disagree.of('comments')} "
        f"disagree{'s' if disagree.count == 1 else ''}"
        f"{rest_of(thesis)}. {claims_met(talk)} {who_speaks(talk)}"
    )
    sure = f"{who_coded(talk)} {why_verdict(talk)} {thesis_without_each(talk)}"
    return Answer(question, short, sure, notebook)


def rest_of(thesis: pd.Series) -> str:
    """How many comments are on neither side of the thesis, and where they are, in words: "; 7 silent"."""
    counts = thesis.value_counts()
    rest = [f"{counts[value]} {_TOLD.get(value, value)}" for value in STANDS[2:] if value in counts]
    return f"; {joined(rest)}" if rest else ""


def has_stances(talk: Discussion) -> bool:
    """Whether anybody has coded stance to the thesis or to a claim."""
    return bool(talk.codebook is not None and talk.codings["item"].isin(talk.codebook.claims.index).any())


def missing(talk: Discussion) -> str:
    """What is missing to answer, and the blank sheet that was written for it; "" where nothing is."""
    if has_stances(talk):
        return ""
    why = NO_CODEBOOK if talk.codebook is None else NO_CODINGS
    return f"{why} {offered_sheet(talk)}"


def stances(talk: Discussion) -> pd.DataFrame:
    """`coded.settled` of the thesis and of each claim; without columns where there is no codebook."""
    claims = talk.codebook.claims.index if talk.codebook is not None else []
    return settled(talk)[list(claims)]


def thesis_stances(talk: Discussion) -> pd.Series:
    """The stance of each comment to the thesis; "uncoded" throughout where nobody named one."""
    unknown = pd.Series(UNCODED, index=talk.comments.index, dtype="str")
    return stances(talk).get("thesis", unknown)


def coded_share(values: pd.Series, wanted: list[str]) -> Estimate:
    """The share of `wanted` among what was coded."""
    return share(int(values.isin(wanted).sum()), int((values != UNCODED).sum()))


def sides_taken(talk: Discussion) -> Estimate:
    """Of the comments that take a side on the thesis, the share that agrees."""
    thesis = thesis_stances(talk)
    return share(int((thesis == "agree").sum()), int(thesis.isin(["agree", "disagree"]).sum()))


def verdict(talk: Discussion) -> str:
    """Accepted or rejected by those who take a side, where the interval of `sides_taken` lies beyond one
    half; else can't tell."""
    taken = sides_taken(talk)
    if not (taken.low > 0.5 or taken.high < 0.5):  # also where nobody takes a side
        return "can't tell"
    return f"{'accepted' if taken.low > 0.5 else 'rejected'} by those who take a side"


def why_verdict(talk: Discussion) -> str:
    """What the verdict rests on, as a sentence."""
    taken = sides_taken(talk)
    if not taken.n:
        return "No comment takes a side on the thesis."
    return (
        f"Of those that take a side on the thesis, {taken} agree{'s' if taken.count == 1 else ''}; only "
        "an interval beyond one half would decide it. The silent are on no side."
    )


def who_speaks(talk: Discussion) -> str:
    """How many comments speak to the thesis or to any claim, as a sentence."""
    speaks = stances(talk).isin([*SPEAKS, PARTLY_SEEN]).any(axis=1)
    speakers = speaks.index[speaks]
    named = f": {some(speakers)}" if len(speakers) else ""
    return f"All this comes from {count(len(speakers), 'comment')}{named}."


def claim_stances(talk: Discussion) -> pd.DataFrame:
    """One row per claim, the thesis first: `kind`, `text`, `agree` and `disagree` (Estimate, share of
    the coded comments), then counts: `mixed`, `unclear`, `disputed` (the coders differ), `seen by
    some` (only some of them see a stance), `silent`, `uncoded`; those without any but `silent` are left
    out. Empty where there is no codebook."""
    table = stances(talk)
    rows = [
        {
            "kind": talk.codebook.claims.loc[claim, "kind"],
            "text": talk.codebook.claims.loc[claim, "text"],
            **{v: coded_share(table[claim], [v]) for v in ("agree", "disagree")},
            **{v: int((table[claim] == v).sum()) for v in _COUNTED},
        }
        for claim in table.columns
    ]
    found = pd.DataFrame(
        rows,
        index=pd.Index(table.columns, name="claim"),
        columns=["kind", "text", "agree", "disagree", *_COUNTED],
    )
    return found.drop(columns=[v for v in _COUNTED if v != "silent" and not found[v].any()])


def claims_met(talk: Discussion) -> str:
    """How many claims get an answer, and which find agreement or disagreement, as sentences."""
    table = claim_stances(talk).drop(index="thesis", errors="ignore")
    if table.empty:
        return "The codebook names no claims beside the thesis."
    cells = stances(talk)[table.index]
    coded = (cells != UNCODED).any()
    if not coded.any():
        return "The claims beside the thesis were not coded."
    spoken = cells.isin(SPEAKS).any()
    partly = int((~spoken & (cells == PARTLY_SEEN).any()).sum())
    n = int(coded.sum())
    parts = [f"Of {count(n, 'coded claim')}, {int(spoken.sum())} find an answer"]
    parts[0] += f", {partly} one that only some coders see." if partly else "."
    for side, noun in (("agree", "agreement with"), ("disagree", "disagreement with")):
        met = table[[estimate.count > 0 for estimate in table[side]]]
        order = sorted(met.index, key=lambda claim: -met.loc[claim, side].count)
        named = [f"“{met.loc[c, 'text'].rstrip('.')}” ({met.loc[c, side].counted()})" for c in order]
        if named:
            parts.append(f"There is {noun} {some(named, most=3)}.")
    return " ".join(parts)


def kind_stances(talk: Discussion) -> pd.DataFrame:
    """Facts, forecasts and judgements apart (the thesis aside): one row per kind with the number of
    `claims`, and `speak`, `agree`, `disagree` (Estimate): the share of the coded comments that speak
    to at least one of them, agree with one, disagree with one. Empty without a codebook."""
    rows = {}
    for kind, cells in _by_kind(talk).items():
        coded = cells[(cells != UNCODED).any(axis=1)]
        rows[kind] = {"claims": cells.shape[1]} | {
            name: share(int(coded.isin(values).any(axis=1).sum()), len(coded))
            for name, values in (("speak", SPEAKS), ("agree", ["agree"]), ("disagree", ["disagree"]))
        }
    columns = ["claims", "speak", "agree", "disagree"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("kind")


def _by_kind(talk: Discussion) -> dict[str, pd.DataFrame]:
    """The stances to the claims of each kind that there is, the thesis aside."""
    if talk.codebook is None:
        return {}
    table, kinds = stances(talk), talk.codebook.claims["kind"].drop("thesis")
    return {k: table[list(kinds.index[kinds == k])] for k in KINDS if (kinds == k).any()}


def kinds_apart(talk: Discussion) -> str:
    """Whether anybody shares a forecast and rejects a judgement, or the other way round, as a
    sentence."""
    if not has_stances(talk):
        return missing(talk)
    nobody = pd.DataFrame(index=talk.comments.index)
    forecasts, judgements = (_by_kind(talk).get(kind, nobody) for kind in ("forecast", "judgement"))
    found = []
    for side, other in (("agree", "disagree"), ("disagree", "agree")):
        both = (forecasts == side).any(axis=1) & (judgements == other).any(axis=1)
        if both.any():
            names = some(both.index[both])
            found.append(f"{names}: {side} with a forecast, {other} with a judgement.")
    return (
        " ".join(found) or "No comment shares a forecast and rejects a judgement, or the other way round."
    )


def telling_words(talk: Discussion, *, each: int = 5) -> pd.DataFrame:
    """For each claim and stance the words that decided it, for `page.quotes`: `claim`, `stance`, `text`,
    `source`, `mark`; in the order of the claims, then agree, disagree, mixed, unclear, disputed, seen by
    some; of each at most so many comments, and the source of the last tells how many more there are."""
    table, cells, rows = stances(talk), [], []
    for claim in table.columns:
        for value in (*SPEAKS, PARTLY_SEEN):
            found = list(table.index[table[claim] == value])
            cells += [(comment, claim) for comment in found[:each]]
            more = ["" for _ in found[:each]]
            if len(found) > each:
                more[-1] = f" ({len(found) - each:,} more are not quoted)"
            rows += [(claim, value, note) for note in more]
    if not rows:
        return pd.DataFrame(columns=["claim", "stance", "text", "source", "mark"])
    told = pd.DataFrame(rows, columns=["claim", "stance", "more"]).join(evidence(talk, cells))
    source = told["claim"] + ", " + told["stance"] + ": " + told["source"] + told["more"]
    return told.assign(source=source).drop(columns="more")


def stance_cells(talk: Discussion) -> pd.DataFrame:
    """One row per claim and comment, for the picture: `claim`, `kind`, `text` (of the claim),
    `comment_id`, `stance`."""
    table = stances(talk).rename_axis(index="comment_id", columns=None)
    cells = table.melt(var_name="claim", value_name="stance", ignore_index=False).reset_index()
    if talk.codebook is None:
        return cells.reindex(columns=["claim", "kind", "text", "comment_id", "stance"]).head(0)
    claims = talk.codebook.claims[["kind", "text"]]
    return cells.join(claims, on="claim")[["claim", "kind", "text", "comment_id", "stance"]]


def thesis_by_choice(talk: Discussion) -> pd.DataFrame:
    """The stance to the thesis under other choices, a row each: `agree`, `disagree` (Estimate, of the
    coded comments), and how many take `no side`: by each coder alone, and as bounds, with all that is
    not settled between the coders given to either side."""
    table = apart(talk).query("item == 'thesis'")
    rows = {"what all coders say": thesis_stances(talk)}
    for coder, own in table.groupby("coder"):
        values = own.set_index("comment_id")["value"]
        rows[f"{coder} alone"] = values.reindex(talk.comments.index).fillna(UNCODED)
    for side in ("agree", "disagree"):
        settled_so = rows["what all coders say"].replace([DISPUTED, PARTLY_SEEN], side)
        rows[f"bound: all that coders see differently is called {side}"] = settled_so
    return pd.DataFrame(
        [
            {
                "choice": choice,
                "agree": coded_share(values, ["agree"]),
                "disagree": coded_share(values, ["disagree"]),
                "no side": int((~values.isin(["agree", "disagree", UNCODED])).sum()),
            }
            for choice, values in rows.items()
        ]
    )


def thesis_without_each(talk: Discussion) -> str:
    """Whether the side with more comments stays the same with each comment left out in turn, as a
    sentence."""
    if not has_stances(talk):
        return "Without codings this cannot be checked."
    thesis = thesis_stances(talk)
    agree, disagree = (thesis.index[thesis == side] for side in ("agree", "disagree"))
    if len(agree) + len(disagree) == 1:
        return f"The only comment that takes a side is {[*agree, *disagree][0]}."
    lead = _lead(len(agree), len(disagree))
    turned = [i for i in agree if _lead(len(agree) - 1, len(disagree)) != lead]
    turned += [i for i in disagree if _lead(len(agree), len(disagree) - 1) != lead]
    if not turned:
        return f"That {lead} holds whichever comment is left out."
    which = "it" if len(turned) == 1 else "any of these"
    return f"That {lead} hangs on {some(turned)}: without {which} it is otherwise."


def _lead(agree: int, disagree: int) -> str:
    if agree == disagree:
        return "neither side has more comments" if agree else "no comment takes a side"
    return f"more comments {'agree' if agree > disagree else 'disagree'}"
