"""The short answer to each question: one template per question and state, filled from the tables.

Notebook 00, the front page of a report and the README show these sentences and no others.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rejoinder import stats, tables
from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment, themes
from rejoinder.tables import accuracy
from rejoinder.tables.adjudication import DISPUTED, UNCODED
from rejoinder.wording import amount, counted, listed, side

QUESTIONS = {
    "01_what_does_the_author_argue": "What does the author argue?",
    "02_who_answers": "Who answers?",
    "03_how_do_readers_feel": "How do readers feel?",
    "04_what_do_readers_talk_about": "What do readers talk about?",
    "05_whom_is_the_feeling_about": "Whom is the feeling about?",
    "06_do_readers_accept_the_thesis": "Do readers accept the thesis?",
    "07_does_feeling_tell_agreement": "Does feeling tell agreement?",
    "08_would_another_reader_code_it_the_same": "Would another reader code it the same?",
    "09_does_the_answer_survive_other_choices": "Does the answer survive other choices?",
    "10_how_often_is_the_method_right": "How often is the method right?",
}
NOT_CODED = "Not coded yet."
TEMPLATES = {
    "01": "“{thesis}” This is a {kind}; {claims} stand beside it ({kinds}).",
    "01 no codebook": "Nobody has named the thesis yet. Rules find this sentence the likeliest: “{guess}”",
    "02": "{comments} in {threads}. {replies}{people}",
    "02 replies": "{amount} comments answer another reader: {share}.",
    "02 guesses": "Where one comment ends was found by rules; who answers whom is not known.",
    "02 people": " {authors} wrote them.",
    "03": "{amount} comments sound {tone}: {share}. {warm} sound warm, {cold} cold, {neither} neither{unscored}. {article}",
    "03 even": "Comments are divided in tone: {warm} sound warm, {cold} cold, {neither} neither{unscored}. {article}",
    "03 none": "No comment sounds warm or cold: the word lists know none of their words.",
    "03 article": "The article itself sounds {tone} ({mean}).",
    "04": "Readers talk most about {top} ({share}){next}. {author}{own}",
    "04 author": "The author writes most about {top}; {k} of {n} comments take that up.",
    "04 own": " {n} from readers alone: {names}.",
    "04 none": "No comment speaks of a theme of the codebook.",
    "05": "Readers sound {sides}. {author}",
    "05 side": "{tone} toward {name} ({mean})",
    "05 author": "The author sounds {sides}.",
    "05 none": "No comment names an actor near a word that the lists know.",
    "06": "{verdict}: {agree} agree, {disagree} disagree{rest}. {claims}",
    "06 nobody": "No comment takes a side on the thesis{rest}. {claims}",
    "06 claims": "Readers respond to {k} of {n} other claims{most}.",
    "07": "In public debates no: the sign of the tone matches the stance in {public}. Here it does in {here}.",
    "07 not coded": "In public debates no: the sign of the tone matches the stance in {public}. Here: not coded yet.",
    "08": "Two coders give the same value in {same}. Where at least one of them hears a stance, they agree in {spoken}.",
    "08 not coded": "Not known: nothing was coded by two coders.",
    "09": "{same} of {n} answers stay the same under every combination of choices{changed}. {firm} of {n} do not change "
    "when any one comment, thread or author is removed.",
    "10": "Against people's ratings, the tone score reaches r = {tone}; tone toward a person has a macro-F1 of {target}; "
    "the claim that a text answers is found with a mAP of {claim}.",
    "firm": "Stays the same under all {n} combinations of choices, and without any one comment.",
    "firm choices": "Stays the same under all {n} combinations of choices.",
    "changes choices": "Changes with the {by}.",
    "changes comments": "Changes if {which} is removed.",
}  # fmt: skip


def short_answers(talk: Discussion, *, robustness: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every question with its short answer.

    Parameters
    ----------
    robustness : `tables.robustness.summary(talk)`, if it was made already.

    Returns
    -------
    DataFrame of str, index the number of the notebook ("01"): `question`, `answer` (what these comments
    say), `beyond` (how far it would carry to more such comments; "" where nothing is estimated), `firm`
    (whether it survives other choices and the loss of a comment), `notebook` (stem of its file).
    """
    found = tables.robustness.summary(talk) if robustness is None else robustness
    rows = {}
    for notebook, question in QUESTIONS.items():
        number = notebook[:2]
        answer, beyond = _ANSWERS[number](talk, found)
        first = found[found["notebook"] == number].head(1)
        firm = firmness(first.iloc[0]) if len(first) else ""
        rows[number] = (question, answer, beyond, firm, notebook)
    columns = ["question", "answer", "beyond", "firm", "notebook"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def firmness(row: pd.Series) -> str:
    """How firm the answer in a row of `tables.robustness.summary` is, as a sentence or two; "" without an
    answer."""
    if row["answer"] == tables.robustness.NO_ANSWER:
        return ""
    same, left = row["same"] == row["combinations"], row["left_out"]
    if same and not left:
        return TEMPLATES["firm"].format(n=row["combinations"])
    choices = (
        TEMPLATES["firm choices"].format(n=row["combinations"])
        if same
        else TEMPLATES["changes choices"].format(by=listed(row["changed_by"]) or "combination of choices")
    )
    return " ".join(
        [choices, *(TEMPLATES["changes comments"].format(which=_either(left)) for _ in left[:1])]
    )


def _either(ids: list[str]) -> str:
    return listed(ids, most=3).replace(" and ", " or ")


def _thesis(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    claims = talk.codebook.claims
    if claims.empty:
        guess = tables.claims.thesis_candidates(talk)["text"].iloc[0]
        return TEMPLATES["01 no codebook"].format(guess=guess), ""
    others = claims.drop(index="thesis")
    kinds = [counted(n, kind) for kind, n in others["kind"].value_counts().items()]
    thesis = claims.loc["thesis"]
    parts = {"thesis": thesis["text"], "kind": thesis["kind"], "claims": counted(len(others), "claim")}
    return TEMPLATES["01"].format(**parts, kinds=listed(kinds)).replace(" ()", ""), ""


def _voices(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    n, authors = len(talk.comments), talk.comments["author"].nunique()
    replies = stats.clustered_share(talk.comments["reply_to"].notna(), talk.clusters)
    text = (
        TEMPLATES["02 guesses"]
        if talk.guesses
        else TEMPLATES["02 replies"].format(amount=amount(replies.count, n).capitalize(), share=replies)
    )
    people = TEMPLATES["02 people"].format(authors=counted(authors, "author")) if authors else ""
    parts = {
        "comments": counted(n, "comment").capitalize(),
        "threads": counted(talk.threads.nunique(), "thread"),
    }
    return TEMPLATES["02"].format(
        **parts, replies=text, people=people
    ), "" if talk.guesses else replies.beyond


def _tone(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    tone = sentiment.score(talk.comments["text"], mask=talk.mask, words=False)["tone"]
    warm, cold, neither, unscored = (
        (tone == kind).sum() for kind in ("positive", "negative", "neutral", "unscored")
    )
    article = stats.mean(
        sentiment.score(talk.paragraphs["text"], mask=talk.mask, words=False)["polarity"], bounds=(-1, 1)
    )
    if not warm + cold + neither:
        return TEMPLATES["03 none"], ""
    words = tables.tone.word(article.value)
    parts = {
        "warm": warm,
        "cold": cold,
        "neither": neither,
        "unscored": f", {unscored} have no word that the lists know" if unscored else "",
        "article": TEMPLATES["03 article"].format(tone=words, mean=stats.signed(article.value))
        if article.n
        else "",
    }
    leading = str(side(warm / (warm + cold) if warm + cold else float("nan"), above="warm", below="cold"))
    kind = {"warm": "positive", "cold": "negative"}.get(leading, "neutral")
    share = stats.clustered_share(tone == kind, talk.clusters)
    if kind == "neutral":
        return TEMPLATES["03 even"].format(**parts).strip(), ""
    word = amount(share.count, share.n).capitalize()
    return TEMPLATES["03"].format(amount=word, tone=leading, share=share, **parts).strip(), share.beyond


def _themes(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    table = tables.topics.shares(talk, talk.codebook.themes)
    if table.empty:
        return NOT_CODED, ""
    k = table["readers"].map(lambda one: one.count)
    if not k.max():
        return TEMPLATES["04 none"], ""
    top = table[k == k.max()]
    second = k[k < k.max()].max()
    follow = (
        f", then {listed(table.loc[k == second, 'name'], most=2, quote=True)} ({second})"
        if second
        else ""
    )
    author = table.loc[table["author"].map(lambda one: one.value).idxmax()]
    own = table.loc[table["raised_by"] == "readers", "name"]
    told = TEMPLATES["04"].format(
        top=listed(top["name"], quote=True),
        share=top["readers"].iloc[0].of("comments"),
        next=follow,
        author=TEMPLATES["04 author"].format(
            top=f"“{author['name']}”", k=author["readers"].count, n=len(talk.comments)
        ),
        own=TEMPLATES["04 own"].format(
            n=counted(len(own), "theme").capitalize() + (" comes" if len(own) == 1 else " come"),
            names=listed(own, quote=True),
        )
        if len(own)
        else "",
    )
    return told, top["readers"].iloc[0].beyond


def _toward(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    if talk.codebook.actors.empty:
        return NOT_CODED, ""
    table = tables.target_sentiment.means(talk, tables.target_sentiment.mentions(talk))
    told = {}
    for who in ("readers", "author"):
        order = table[table[who].map(lambda one: one.n > 0)]
        order = order.loc[order[who].map(lambda one: -one.n).sort_values(kind="stable").index].head(3)
        told[who] = listed(
            TEMPLATES["05 side"].format(
                tone=tables.tone.word(row[who].value), name=row["name"], mean=row[who]
            )
            for _, row in order.iterrows()
        )
    author = TEMPLATES["05 author"].format(sides=told["author"]) if told["author"] else ""
    if not told["readers"]:
        return f"{TEMPLATES['05 none']} {author}".strip(), ""
    return TEMPLATES["05"].format(sides=told["readers"], author=author).strip(), ""


def _acceptance(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    table = tables.stance.counts(talk)
    if table.empty or (table[UNCODED] == len(talk.comments)).all():
        return NOT_CODED, ""
    thesis, others = table.loc["thesis"], table.drop(index="thesis")
    rest = [f"{thesis[value]} {words}" for value, words in _REST.items() if thesis[value]]
    parts = {"rest": f" ({listed(rest)})" if rest else "", "claims": _claims(others)}
    k, n = int(thesis["agree"]), int(thesis["agree"] + thesis["disagree"])
    if not n:
        return TEMPLATES["06 nobody"].format(**parts).strip(), ""
    coded = len(talk.comments) - int(thesis[UNCODED])
    verdict = str(
        side(
            k / n,
            above="agree with the thesis",
            below="reject the thesis",
            between="are divided on the thesis",
        )
    )
    who = (
        f"The {counted(n, 'comment')} that take{'s' if n == 1 else ''} a side"
        if amount(n, coded) == "few"
        else "Readers who take a side"
    )
    if n == 1:
        verdict = verdict.replace("agree", "agrees").replace("reject", "rejects")
    values = tables.stance.thesis_stances(talk)
    agree = stats.clustered_share(values[values != UNCODED] == "agree", talk.clusters)
    parts = {"verdict": f"{who} {verdict}", "agree": k, "disagree": n - k, **parts}
    return TEMPLATES["06"].format(**parts).strip(), f"agree, {agree.beyond}"


_REST = {
    "mixed": "both",
    "unclear": "unclear",
    "silent": "say nothing of it",
    DISPUTED: "disputed between the coders",
    UNCODED: "not coded",
}


def _claims(others: pd.DataFrame) -> str:
    if others.empty:
        return ""
    spoken = others[[*tables.stance.SPEAKS, DISPUTED]].sum(axis=1) > 0
    most = []
    for value, word in (("agree", "agreement"), ("disagree", "disagreement")):
        if others[value].max():
            row = others.loc[others[value].idxmax()]
            most.append(
                f"most {word}: “{row['text'].rstrip('.')}” ({row['agree']} agree, {row['disagree']} disagree)"
            )
    told = f"; {'; '.join(most)}" if most else ""
    return TEMPLATES["06 claims"].format(k=int(spoken.sum()), n=len(others), most=told)


def _match(talk: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    scores = accuracy.scores().query("measure == 'stance' and metric == 'right_where_answered'")
    scores = scores[scores["dataset"].str.endswith("thesis") & scores["method"].str.startswith("sign of")]
    public = listed(
        f"{row.value:.0%} of comments ({row.method.removeprefix('sign of ')})".replace("%", " %")
        for row in scores.itertuples()
    )
    here = found.loc[found["notebook"] == "07", "estimate"].iloc[0]
    if not here.n:
        return TEMPLATES["07 not coded"].format(public=public), ""
    return TEMPLATES["07"].format(public=public, here=here.of("comments")), here.beyond


def _agreement(talk: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    table = tables.reliability.pairs(talk)
    if table.empty:
        return TEMPLATES["08 not coded"], ""
    comments = table.index.get_level_values("comment_id")
    stances = table[table.index.get_level_values("item").isin(talk.codebook.claims.index)]
    spoken = stances[(stances.drop(columns="same").fillna("silent") != "silent").any(axis=1)]
    same = stats.clustered_share(table["same"].to_numpy(), comments)
    heard = stats.share(int(spoken["same"].sum()), len(spoken))
    return TEMPLATES["08"].format(same=same.of("codings"), spoken=heard.of("codings")), same.beyond


def _survival(talk: Discussion, found: pd.DataFrame) -> tuple[str, str]:
    known = found[found["answer"] != tables.robustness.NO_ANSWER]
    stays = known["same"] == known["combinations"]
    by = known.loc[~stays, "changed_by"].explode().dropna().value_counts()
    changed = f"; the others change with the {listed(by.index, most=3)}" if len(by) else ""
    firm = int((known["left_out"].map(len) == 0).sum())
    return TEMPLATES["09"].format(same=int(stays.sum()), n=len(known), changed=changed, firm=firm), ""


def _accuracy(talk: Discussion, _: pd.DataFrame) -> tuple[str, str]:
    def told(measure: str) -> str:
        rows: Iterator = accuracy.headline(measure).itertuples()
        return listed(f"{row.value:.2f} on {row.dataset}" for row in rows)

    return TEMPLATES["10"].format(
        tone=told("sentiment"), target=told("tone toward"), claim=told("links")
    ), ""


_ANSWERS = {
    "01": _thesis, "02": _voices, "03": _tone, "04": _themes, "05": _toward, "06": _acceptance, "07": _match,
    "08": _agreement, "09": _survival, "10": _accuracy,
}  # fmt: skip
