"""Would another reader code it the same? Agreement of coders who worked apart."""

from __future__ import annotations

from math import isnan

import pandas as pd

from rejoinder.answers.answer import Answer, count, joined, place
from rejoinder.answers.coded import NO_CODINGS, apart, coders, offered_sheet, who_coded
from rejoinder.corpus.codings import ADJUDICATED, TONE, items
from rejoinder.discussion import Discussion
from rejoinder.stats import agreement
from rejoinder.stats.clustered import clustered_share
from rejoinder.stats.estimate import Estimate

# Items that are pooled, since they share their values.
STANCE_ITEMS = "stance, all claims"
# Below this alpha not even tentative conclusions: Krippendorff 2004, Content Analysis, chapter 11.
TENTATIVE = 0.667


def would_another_reader_code_it_the_same(talk: Discussion) -> Answer:
    """Notebook 08: inter-coder reliability."""
    question = "Would another reader code it the same?"
    notebook = "08_would_another_reader_code_it_the_same"
    if unpaired(talk):
        sure = "Two codings made apart from each other are needed."
        return Answer(question, f"Can't tell. {unpaired(talk)}", sure, notebook)
    pairs = paired(talk)
    stance = item_agreement(talk)["alpha"].get(STANCE_ITEMS)
    same = clustered_share(pairs["same"], pairs.index.get_level_values("comment_id"))
    same = f"the same value in {same.of('cells')} of comment and item"
    short = f"{agreement_verdict(stance)}: the coders give {same}. "
    if stance is not None:
        short += spoken_agreement(talk)
        comments = pairs.index.get_level_values("comment_id").nunique()
        short += f" Krippendorff's alpha of stance is {stance.of(f'cells in {comments} comments')}."
    sure = f"{who_coded(talk)} {same_kind(talk)} {dispute_kinds(talk)}"
    return Answer(question, short, sure, notebook)


def agreement_verdict(alpha: Estimate | None) -> str:
    """Whether alpha lies above or below TENTATIVE with its whole interval; else Can't tell."""
    if alpha is not None and alpha.low >= TENTATIVE:
        return "These coders do"
    return "Not reliably" if alpha is not None and alpha.high < TENTATIVE else "Can't tell"


def unpaired(talk: Discussion) -> str:
    """Why agreement cannot be told, and what to do about it, as a sentence; "" where it can."""
    if paired(talk).empty:
        names = list(apart(talk)["coder"].unique())
        why = NO_CODINGS
        if names:
            why = "No comment was coded by two." if len(names) > 1 else f"Only {names[0]} coded these."
        return f"{why} {offered_sheet(talk)}"
    return ""


def paired(talk: Discussion) -> pd.DataFrame:
    """What at least two coders coded: one row per comment and item (the index), a column per coder
    with the value (NA where he gave none), and `same`: whether all of them agree."""
    own = apart(talk).set_index(["comment_id", "item", "coder"])["value"]
    table = own.unstack("coder").rename_axis(columns=None)
    table = table[table.notna().sum(axis=1) >= 2].sort_index(key=_place_of(talk))
    if table.empty:
        return table.assign(same=pd.Series(dtype=bool))
    first = table.bfill(axis=1).iloc[:, 0]
    return table.assign(same=(table.eq(first, axis=0) | table.isna()).all(axis=1))


def _place_of(talk: Discussion):
    order = {name: at for at, name in enumerate([*talk.comments.index, *items(talk.codebook)])}
    return lambda labels: labels.map(order)


def item_agreement(talk: Discussion) -> pd.DataFrame:
    """One row per item, and one for the stances pooled: `same` (Estimate, share of comments on which
    the coders agree), `alpha` (Estimate; of tone with its values in order), `note` (what alpha's
    method says of itself). Empty where nothing was coded twice."""
    own = apart(talk)
    parts = {item: own[own["item"] == item] for item in items(talk.codebook)}
    if talk.codebook is not None:
        parts[STANCE_ITEMS] = own[own["item"].isin(talk.codebook.claims.index)]
    rows = {}
    for item, part in parts.items() if len(paired(talk)) else ():
        of_tone = {"metric": "ordinal", "order": TONE} if item == "tone" else {}
        estimate = agreement.alpha(part, **of_tone)
        same = agreement.raw_agreement(part)
        rows[item] = {"same": same, "alpha": estimate, "note": estimate.method}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["same", "alpha", "note"])
    return table.rename_axis("item")


def stance_pairs(talk: Discussion) -> pd.DataFrame:
    """The rows of `paired` that are of the thesis or of a claim."""
    table = paired(talk)
    return table[~table.index.get_level_values("item").isin(["tone", "sarcasm"])]


def spoken_agreement(talk: Discussion) -> str:
    """How often the coders agree where at least one finds that a comment speaks to a claim.

    The interval takes the claims of one comment to be alike.
    """
    same = stance_pairs(talk)["same"]
    spoken = ~(stance_pairs(talk).drop(columns="same").fillna("silent") == "silent").all(axis=1)
    comments = same.index.get_level_values("comment_id")
    return (
        f"Of those on stance {clustered_share(spoken, comments)} are not silent to every coder; of these "
        f"they agree in {clustered_share(same[spoken], comments[spoken])}."
    )


def same_kind(talk: Discussion) -> str:
    """What the kinds of the coders mean for their agreement, as a sentence."""
    kinds = coders(talk).drop(index=ADJUDICATED, errors="ignore")["kind"].unique()
    if not len(kinds):
        return "So nothing can be said of them."
    if list(kinds) == ["language model"]:
        return "Even if language models agreed throughout, persons might read otherwise."
    if list(kinds) == ["person"]:
        return "The coders are persons."
    return "Persons and language models are among the coders."


def disputes(talk: Discussion) -> pd.DataFrame:
    """What the coders see differently: one row per comment and item, with `comment_id`, `item`, the
    `text` of the comment, and for each coder the value and note ("agree. …") in a column of the
    coder's name; `adjudicated` is among them where somebody settled one."""
    pairs = paired(talk)
    keys = pairs.index[~pairs["same"]]
    said = talk.codings.assign(
        said=talk.codings["value"]
        + ". "
        + talk.codings["note"].where(talk.codings["note"] != "", "No note.")
    )
    wide = said.pivot_table(index=["comment_id", "item"], columns="coder", values="said", aggfunc="first")
    wide = wide.reindex(keys)[[c for c in coders(talk).index if wide.reindex(keys)[c].notna().any()]]
    table = wide.reset_index().rename_axis(columns=None)
    table.insert(2, "text", list(talk.comments["text"].reindex(table["comment_id"])))
    return table


def disputed_comments(talk: Discussion) -> pd.DataFrame:
    """The comments on which the coders differ, each once and in full, for `page.quotes`: `text`, and
    as `source` where it stands and on which items they differ, with the statements."""
    keys = paired(talk).query("not same").index.to_frame(index=False)
    claims = talk.codebook.claims["text"] if talk.codebook is not None else {}
    rows = []
    for comment, own in keys.groupby("comment_id", sort=False):
        on = [f"{item} (“{claims[item]}”)" if item in claims else item for item in own["item"]]
        text = talk.comments.loc[comment]
        rows.append((text["text"], f"{comment}, {place(text)}; disputed: {joined(on)}"))
    return pd.DataFrame(rows, columns=["text", "source"], dtype="str")


def dispute_kinds(talk: Discussion) -> str:
    """Of what sort the disputes over stance are, and where they lie, as sentences."""
    table = stance_pairs(talk).query("not same")
    if table.empty:
        return "There is no dispute over stance."
    values = table.drop(columns="same")
    whether = values[(values == "silent").any(axis=1)]
    heard = (whether.notna() & (whether != "silent")).sum()
    per_comment = table.index.get_level_values("comment_id").value_counts()
    parts = [
        f"Disputes over stance: {len(table)}; {len(whether)} about whether the comment speaks to the "
        f"statement at all, {len(table) - len(whether)} about what it says of it."
    ]
    if len(whether):
        by = [f"{coder} in {n}" for coder, n in heard.items()]
        parts.append(f"Where only some hear a stance, it is {joined(by)}.")
    if len(table) > 1:
        parts.append(f"The most on one comment are {per_comment.iloc[0]}, on {per_comment.index[0]}.")
    return " ".join(parts)


def alpha_choices(talk: Discussion) -> pd.DataFrame:
    """Alpha of the stances under other choices, a row each: how many `comments`, and `alpha` (Estimate;
    its n counts cells, comment and item). Empty where nothing
    was coded twice or there is no codebook."""
    if talk.codebook is None or paired(talk).empty:
        return pd.DataFrame(columns=["choice", "comments", "alpha"])
    own = apart(talk)
    claims = own[own["item"].isin(talk.codebook.claims.index)]
    spoken = claims.groupby(["comment_id", "item"])["value"].transform(lambda v: (v != "silent").any())
    speaks = claims.assign(value=(claims["value"] != "silent").map({True: "speaks", False: "silent"}))
    rows = {
        "thesis and claims together": claims,
        "the thesis alone": claims[claims["item"] == "thesis"],
        "the claims without the thesis": claims[claims["item"] != "thesis"],
        "whether a comment speaks to a claim at all": speaks,
        "only where at least one coder sees it speak": claims[spoken],
        "tone, as values without an order": own[own["item"] == "tone"],
    }
    return pd.DataFrame(
        [(choice, part["comment_id"].nunique(), agreement.alpha(part)) for choice, part in rows.items()],
        columns=["choice", "comments", "alpha"],
    )


def so_few(talk: Discussion) -> str:
    """What full agreement on so few comments can and cannot show, as sentences."""
    table = item_agreement(talk)
    if table.empty:
        return "Without two codings nothing can be shown."
    alone = table.drop(index=STANCE_ITEMS, errors="ignore")
    full = [same for same in alone["same"] if same.n and same.count == same.n]
    undefined = sum(isnan(estimate.value) and estimate.n > 0 for estimate in alone["alpha"])
    parts = []
    if full:
        fewest = min(full, key=lambda same: same.n)
        parts.append(
            f"On {count(len(full), 'item')} the coders never differ, on the least coded in "
            f"{fewest.of('comments')}: so they may yet differ on up to {1 - fewest.low:.2f} of such "
            "comments."
        )
    if undefined:
        parts.append(
            f"For {count(undefined, 'item')} alpha is undefined; where there is one value throughout, "
            "nobody can tell agreement from habit."
        )
    return " ".join(parts) or "On no item do the coders always agree."
