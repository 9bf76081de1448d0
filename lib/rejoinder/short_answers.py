"""The short answer to each question: the templates of short_answers.toml, filled from the tables."""

from __future__ import annotations

import tomllib
from math import nan
from pathlib import Path

import pandas as pd

from rejoinder import draft, stats, tables
from rejoinder.discussion import GUESS, Discussion
from rejoinder.measure import sentiment
from rejoinder.tables import accuracy
from rejoinder.tables.adjudication import DISPUTED, UNCODED
from rejoinder.tables.robustness import NO_ANSWER
from rejoinder.wording import amount, counted, listed, side

_TEMPLATES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
QUESTIONS, _REST = _TEMPLATES.pop("questions"), _TEMPLATES.pop("rest")


def short_answers(talk: Discussion) -> pd.DataFrame:
    """Every question with its short answer.

    Returns
    -------
    DataFrame of str, index the number of the notebook ("01"): `question`, `answer` (what these comments
    say), `beyond` (how far it carries to more such comments; "" where nothing is estimated), `firm`
    (whether it survives other choices and the loss of a comment), `notebook` (stem of its file).
    """
    found = tables.robustness.summary(talk)
    firm = found.drop_duplicates("notebook").set_index("notebook").apply(_firmness, axis=1)
    rows = {}
    for notebook, question in QUESTIONS.items():
        number = notebook[:2]
        answer, beyond = _ANSWERS[number](talk, found)
        if number in ("01", "04", "05") and talk.codebook.is_draft:
            answer = filled("draft", answer=answer)
        beyond = filled(f"{number} beyond", share=beyond) if beyond not in ("", "no interval") else ""
        rows[number] = (question, answer.strip(), beyond, firm.get(number, ""), notebook)
    columns = ["question", "answer", "beyond", "firm", "notebook"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def in_short(talk: Discussion, answers: pd.DataFrame) -> tuple[str, ...]:
    """The discussion in a few sentences: the analyst's conclusions, or else what is argued, whether
    readers accept it, what they argue back and how they sound; then what was left out,
    who coded, and what is out of date. `answers`: from `short_answers`."""
    comments, claims = counted(len(talk.comments), "comment").capitalize(), talk.codebook.claims
    out = listed(f"{row.n:,} {row.reason}" for row in talk.left_out.itertuples())
    whole = "record" if talk.source.format else "line"
    about = [filled("in short, left out", out=out) if out else filled(f"in short, no {whole} left out")]
    about += [who_says_so(talk)] if len(talk.codings) else []
    if len(talk.stale):
        about.append(filled("in short, stale", n=counted(len(talk.stale), "coding")))
    if written := conclusions(talk, "00"):
        return (*written, *about)
    if claims.empty:
        template, told = "in short, not coded", ["03", "07"]
    elif talk.codebook.is_draft:
        template, told = "in short, draft", ["03", "04"]
    else:
        template, told = "in short", ["06", "07", "03"]
    article = f"“{talk.title}”" if talk.title else "an article"
    thesis = "".join(claims["text"][:1])
    opening = filled(template, comments=comments, article=article, thesis=thesis)
    return opening, *answers.loc[told, "answer"], *about


def model_only(talk: Discussion) -> tuple[str, ...]:
    """That language models alone coded the comments, in the words used everywhere; empty where a person
    coded, or nobody."""
    kinds = tables.adjudication.coders(talk)["kind"]
    alone = len(kinds) > 0 and (kinds == "language model").all()
    return (filled("model only", coders=listed(kinds.index)),) if alone else ()


def conclusions(talk: Discussion, notebook: str) -> tuple[str, ...]:
    """What the analyst concludes for a notebook, by its number, and who signed it; empty for nothing."""
    found = talk.conclusions
    if found is None or notebook not in found.sections:
        return ()
    signed = filled("conclusions", analyst=found.analyst, kind=found.kind)
    return found.sections[notebook], signed + (filled("conclusions outdated") if found.outdated else "")


def who_says_so(talk: Discussion) -> str:
    """That the statements are a draft, if they are, and who coded the comments; "" for neither."""
    kinds = tables.adjudication.coders(talk)["kind"]
    coders = listed(f"{one} (a {kind})" for one, kind in kinds.items())
    coded = model_only(talk) or ((filled("in short, coders", coders=coders),) if coders else ())
    return " ".join([*([filled("draft", answer="").strip()] if talk.codebook.is_draft else []), *coded])


def _firmness(row: pd.Series) -> str:
    """How firm the answer in a row of `tables.robustness.summary` is; "" where there is no answer."""
    if row["answer"] == NO_ANSWER:
        return ""
    n, left = row["combinations"], row["left_out"]
    of = filled("firm some", every=row["of"]) if n < row["of"] else ""
    if row["same"] == n:
        told = filled("firm choices" if left else "firm", n=n, of=of)
    else:
        by = listed(row["changed_by"]) or "combination of choices"
        told = filled("changes choices", same=row["same"], n=n, of=of, by=by)
    which = listed(left, most=3).replace(" and ", " or ")
    return f"{told} {filled('changes comments', which=which)}" if left else told


def filled(template: str, /, **parts: object) -> str:
    """A template of short_answers.toml with its gaps filled. Raises KeyError for an unknown name or a gap
    without a value."""
    return _TEMPLATES[template].format(**parts)


def _thesis(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    claims = talk.codebook.claims
    if talk.article.empty:
        return filled("01 no article"), ""
    if claims.empty:
        guess = tables.claims.thesis_candidates(talk)["text"].iloc[0]
        return filled("01 not coded", guess=" ".join(guess.split())), ""
    others, thesis = claims.drop(index="thesis"), claims.loc["thesis"]
    number = counted(len(others), "other claim" if talk.codebook.is_draft else "claim")
    if talk.codebook.is_draft:
        return filled("01 draft", thesis=thesis["text"], claims=number), ""
    kinds = listed(counted(n, kind) for kind, n in others["kind"].value_counts().items())
    return filled("01", thesis=thesis["text"], kind=thesis["kind"], claims=number, kinds=kinds or "–"), ""


def _voices(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    authors = talk.comments["author"].nunique()
    parts = {
        "comments": counted(len(talk.comments), "comment").capitalize(),
        "threads": counted(talk.threads.nunique(), "thread"),
        "people": filled("02 people", authors=counted(authors, "author")) if authors else "",
    }
    if talk.comments["certainty"].eq(GUESS).any():
        return filled("02", replies=filled("02 rules"), **parts), ""
    if talk.comments["reply_to"].isna().all() and talk.source.format:
        return filled("02 no replies", **parts), ""
    share = stats.clustered_share(talk.comments["reply_to"].notna(), talk.clusters)
    replies = filled("02 replies", amount=amount(share.count, share.n).capitalize(), share=share)
    return filled("02", replies=replies, **parts), share.beyond


def _tone(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    tone = sentiment.score(talk.comments["normalised"], mask=talk.mask, words=False)["tone"]
    own = sentiment.score(talk.paragraphs["normalised"], mask=talk.mask, words=False)["polarity"].mean()
    kinds = ("positive", "negative", "neutral", "unscored")
    warm, cold, neither, unscored = ((tone == kind).sum() for kind in kinds)
    if not warm + cold + neither:
        return filled("03 none"), ""
    parts = {
        "warm": warm,
        "cold": cold,
        "neither": neither,
        "unscored": filled("03 unscored", n=unscored) if unscored else "",
        "article": filled("03 article", tone=tables.tone.word(own), mean=stats.signed(own))
        if pd.notna(own)
        else "",
    }
    leading = str(side(warm / (warm + cold) if warm + cold else nan, above="warm", below="cold"))
    if leading not in ("warm", "cold"):
        return filled("03 divided", **parts), ""
    kind = "positive" if leading == "warm" else "negative"
    share = stats.clustered_share(tone == kind, talk.clusters)
    word = amount(share.count, share.n).capitalize()
    parts |= {"others": warm + cold - share.count, "opposite": "cold" if leading == "warm" else "warm"}
    return filled("03", amount=word, tone=leading, share=share, **parts), share.beyond


def _themes(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    table = tables.topics.shares(talk, talk.codebook.themes)
    if table.empty:
        return filled("not coded"), ""
    k = table["readers"].map(lambda one: one.count)
    if not k.max():
        return filled("04 none"), ""
    top, second = table[k == k.max()], k[k < k.max()].max()
    share = top["readers"].iloc[0]
    author = table.loc[table["author"].map(lambda one: one.count).idxmax()]
    own = listed(table.loc[table["raised_by"] == "readers", "name"], quote=True)
    after = listed(table.loc[k == second, "name"], most=2, quote=True)
    text = filled(
        "04",
        top=listed(top["name"], quote=True),
        share=share.of("comments"),
        next=filled("04 next", names=after, k=int(second)) if second > 0 else "",
        author=filled("04 author", top=author["name"], k=author["readers"].count, n=len(talk.comments))
        if author["author"].count
        else "",
        own=filled("04 own", names=own) if own else "",
    )
    return text, share.beyond


def _toward(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    if talk.codebook.actors.empty:
        return filled("not coded"), ""
    table = tables.target_sentiment.means(talk, tables.target_sentiment.mentions(talk))
    told = {}
    for who, unit in (("readers", "comment"), ("author", "paragraph")):
        n = table[who].map(lambda one: one.n).sort_values(ascending=False, kind="stable")
        most, sides = table.loc[n[n > 0].index[:3]], []
        for name, one in zip(most["name"], most[who], strict=True):
            parts = {"name": name, "mean": stats.signed(one.value), "n": counted(one.n, unit)}
            sides.append(filled("05 side", tone=tables.tone.word(one.value), **parts))
        told[who] = listed(sides)
    author = filled("05 author", author=told["author"]) if told["author"] else ""
    return filled("05" if told["readers"] else "05 none", readers=told["readers"], author=author), ""


def _acceptance(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    table = tables.stance.counts(talk)
    if table.empty or (table[UNCODED] == len(talk.comments)).all():
        return filled("06 not coded"), ""
    thesis = table.loc["thesis"]
    said = tables.stance.counts(talk, basis=tables.adjudication.STATED).loc["thesis"]
    rest = [words.format(n=thesis[value]) for value, words in _REST.items() if thesis[value]]
    parts = {"rest": "".join(f"; {words}" for words in rest), "claims": _claims(table[1:])}
    n = int(thesis["agree"] + thesis["disagree"])
    if not n:
        return filled("06 no side", **parts), ""
    if n > said["agree"] + said["disagree"]:
        stated = "06 stated" if said["agree"] + said["disagree"] else "06 implied"
        stated = filled(stated, agree=said["agree"], disagree=said["disagree"])
        parts["rest"] = stated + parts["rest"]
    values = tables.stance.thesis_stances(talk)
    agree = stats.clustered_share(values[values != UNCODED] == "agree", talk.clusters)
    verdicts = ["agrees", "rejects it", ""] if n == 1 else ["agree", "reject it", "are divided"]
    verdict = side(thesis["agree"] / n, above=verdicts[0], below=verdicts[1], between=verdicts[2])
    parts |= {"verdict": verdict, "agree": int(thesis["agree"]), "disagree": int(thesis["disagree"])}
    if n == 1:
        return filled("06 one", **parts), agree.beyond
    who = filled("06 few", n=n) if amount(n, agree.n) == "few" else filled("06 many")
    return filled("06", who=who, **parts), agree.beyond


def _claims(others: pd.DataFrame) -> str:
    if others.empty:
        return ""
    spoken = others[[*tables.stance.SPEAKS, DISPUTED]].sum(axis=1) > 0
    most = ""
    for value, word in (("agree", "agreement"), ("disagree", "disagreement")):
        row = others.loc[others[value].idxmax()]
        if row[value]:
            counts = {"agree": row["agree"], "disagree": row["disagree"]}
            most += filled("06 most", word=word, claim=row["text"].rstrip("."), **counts)
    return filled("06 claims", k=int(spoken.sum()), n=len(others), most=most)


def _points(talk: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    points = tables.stance.points(talk)
    share = found.loc[found["notebook"] == "07", "estimate"].iloc[0]
    if points.empty or not share.n:
        drafted = talk if len(points) else draft.fill(talk)
        told = [(item, n) for item, n in draft.members(drafted).head(3).map(len).items() if n > 1]
        text = drafted.codebook.points["text"]
        said = listed(f"“{text[item]}” ({counted(n, 'comment')})" for item, n in told)
        return filled("07 draft", points=said) if said else filled("07 no draft"), ""
    made = points[points["agree"].map(len) > 0]
    if made.empty:
        return filled("07 none"), share.beyond
    told = zip(made["text"].str.rstrip("."), made["agree"], strict=True)
    disputed = made.loc[made["disagree"].map(len) > 0, "text"].str.rstrip(".")
    text = filled(
        "07",
        points=counted(len(made), "point"),
        most=listed((f"“{point}” ({len(ids)})" for point, ids in list(told)[:3]), most=3),
        new=filled("07 new", n=new) if (new := int((made["article"] == "silent").sum())) else "",
        disputed=filled("07 disputed", points=listed(disputed, quote=True)) if len(disputed) else "",
        share=share.of("comments"),
    )
    return text, share.beyond


def _match(_: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    signs = accuracy.headline("stance").iloc[0]
    public = listed(f"{100 * signs[name]:.0f} % of comments ({name})" for name in ("TextBlob", "VADER"))
    here = found.loc[found["notebook"] == "08", "estimate"].iloc[0]
    if not here.n:
        return filled("08 not coded", public=public), ""
    if here.n == 1:
        return filled("08 one", public=public, n="one comment"), ""
    return filled("08", public=public, here=here.of("comments")), here.beyond


def _agreement(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    table = tables.reliability.pairs(talk)
    if table.empty:
        return filled("09 not coded"), ""
    same = stats.clustered_share(table["same"].to_numpy(), table.index.get_level_values("comment_id"))
    stances = table[table.index.get_level_values("item").isin(talk.codebook.statements.index)]
    spoken = stances[(stances.drop(columns="same").fillna("silent") != "silent").any(axis=1)]
    heard = stats.share(int(spoken["same"].sum()), len(spoken))
    return filled("09", same=same.of("cases"), spoken=heard.of("cases")), same.beyond


def _survival(_: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    known = found[found["answer"] != NO_ANSWER]
    stays = known["same"] == known["combinations"]
    by = listed(known.loc[~stays, "changed_by"].explode().dropna().value_counts().index, most=3)
    changed = filled("10 changed", by=by) if by else ""
    firm = int((known["left_out"].map(len) == 0).sum())
    return filled("10", same=int(stays.sum()), n=len(known), changed=changed, firm=firm), ""


def _accuracy(*_: object) -> tuple[str, str]:
    measures = {"tone": "sentiment", "target": "target sentiment", "claim": "claim matching"}
    told = {}
    for name, measure in measures.items():
        rows = accuracy.headline(measure).itertuples()
        told[name] = listed(f"{row.value:.2f} ({row.task})" for row in rows)
    return filled("11", **told), ""


_ANSWERS = {
    "01": _thesis, "02": _voices, "03": _tone, "04": _themes, "05": _toward, "06": _acceptance,
    "07": _points, "08": _match, "09": _agreement, "10": _survival, "11": _accuracy,
}  # fmt: skip
