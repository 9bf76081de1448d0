"""Every headline under every combination of choices that could as well be made otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isnan

import pandas as pd

from rejoinder.answers.answer import count, joined
from rejoinder.answers.coded import apart
from rejoinder.answers.headlines import ESTIMATE, HEADLINES, Headline
from rejoinder.answers.once import once
from rejoinder.answers.view import View
from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment
from rejoinder.progress import progress
from rejoinder.stats.multiverse import combinations, explained, switches


@dataclass(frozen=True)
class Choice:
    """A choice that could as well be made otherwise, and `why`. `options` gives, for a discussion, what
    each option changes in a `View`; the first is that of the notebooks."""

    name: str
    why: str
    options: Callable[[Discussion], dict[str, dict]]


CHOICES = (
    Choice(
        "comment borders",
        "A pasted page does not say where one comment ends.",
        lambda talk: {name: {"read": talk.as_read(name)} for name in _readings(talk)},
    ),
    Choice(
        "quotations",
        "Words in quotation marks may be another's.",
        lambda _: {"in": {}, "out": {"quotations": False}},
    ),
    Choice(
        "word list",
        "Neither list is made for comments under opinion pieces.",
        lambda _: {"both": {}} | {name: {"word_list": name.lower()} for name in ("TextBlob", "VADER")},
    ),
    Choice(
        "scoring unit",
        "Both lists are used either way; of a long text as one, the loudest words decide.",
        lambda _: {"sentence": {}, "whole text": {"whole": True}},
    ),
    Choice(
        "masking",
        "A name can sound warm or cold (“Cold War”) by itself, or because it is meant so.",
        lambda talk: (
            {"names and topics masked": {}, "nothing masked": {"masked": False}}
            if talk.mask
            else {"nothing to mask": {}}
        ),
    ),
    Choice(
        "neutral band",
        "How near zero a tone is neutral is a convention.",
        lambda _: {f"±{band:g}": {"band": band} for band in (sentiment.NEUTRAL_BAND, 0.05, 0.1)},
    ),
    Choice(
        "coder",
        "Coders who worked apart hear different things.",
        lambda talk: {"all": {}} | {f"{name} alone": {"coder": name} for name in _coders(talk)},
    ),
)


def _readings(talk: Discussion) -> list[str]:
    return [talk.reading, *(name for name in talk.readings.index if name != talk.reading)]


def _coders(talk: Discussion) -> list[str]:
    names = list(apart(talk)["coder"].unique())
    return names if len(names) > 1 else []


def choices(talk: Discussion) -> pd.DataFrame:
    """What is varied: one row per choice, `choice`, `options` (those of the notebooks first), `why`."""
    return pd.DataFrame(
        [(choice.name, list(choice.options(talk)), choice.why) for choice in CHOICES],
        columns=["choice", "options", "why"],
    )


def universes(talk: Discussion, headline: Headline, *, view: View | None = None) -> pd.DataFrame:
    """A headline under every combination of the choices that can matter to it: a column per choice,
    `estimate`, `finding` (as text). The first row is what the notebooks use. `view`, where several
    headlines are asked for: what one has scored the next one need not."""
    view = view or View(talk)
    chosen = [choice for choice in CHOICES if choice.name in headline.choices]
    options = {choice.name: choice.options(talk) for choice in chosen}
    table = combinations({name: list(changes) for name, changes in options.items()})
    found = []
    rows = list(table.itertuples(index=False, name=None))
    for row in progress(rows, f"{headline.name}, under other choices"):
        changes = [options[name][option] for name, option in zip(table.columns, row, strict=True)]
        found.append(headline.finding(replace(view, **{k: v for c in changes for k, v in c.items()})))
    return table.assign(estimate=[one.estimate for one in found], finding=list(map(str, found)))


def spread_shares(table: pd.DataFrame) -> pd.DataFrame:
    """What each choice does to a headline, from `universes`: one row per choice, and "together" for what
    only several of them explain; `share of variance`: of that of the estimates (0 to 1, NaN where they do
    not differ); `answer changed`, `answer or side changed`: in how many of the switches
    of this choice alone."""
    known = _known(table)
    choices = _choices(known)
    parts = explained(known["estimate"].map(lambda one: one.value), choices)
    found = {"share of variance": parts}
    for what, findings in (
        ("answer changed", _says(known["finding"])),
        ("answer or side changed", known["finding"]),
    ):
        turned = switches(findings, choices)
        told = turned["changed"].astype("str") + " of " + turned["of"].astype("str")
        found[what] = told.reindex(parts.index).fillna("")
    return pd.DataFrame(found).rename_axis("choice")


@once
def survival(talk: Discussion) -> pd.DataFrame:
    """Every headline under every combination of choices: one row per headline, `notebook`, `headline`,
    `combinations` (that have an estimate), `lowest` and `highest` (the estimates there are), `usual`
    (the answer of the notebooks), `answers` (how many different ones), `turned_by` (the choices that
    change it when switched alone, the one that does most often first), `survives` (sentences)."""
    rows, view = [], View(talk)
    for headline in progress(HEADLINES, "headlines, under other choices"):
        table = universes(talk, headline, view=view)
        known = _known(table)
        says = _says(known["finding"])
        order = sorted(known["estimate"], key=lambda one: one.value)
        rows.append(
            {
                "notebook": headline.notebook,
                "headline": headline.name,
                "combinations": len(known),
                "lowest": order[0] if order else "none",
                "highest": order[-1] if order else "none",
                "usual": _says(table["finding"]).iloc[0],
                "answers": says.nunique(),
                "turned_by": tuple(_turned(says, known).index),
                "survives": survives(table),
            }
        )
    return pd.DataFrame(rows)


def survives(table: pd.DataFrame) -> str:
    """Whether a headline gives the same answer under all choices, from `universes`, as sentences."""
    known = _known(table)
    if known.empty:
        return "Nothing to tell under any choice."
    says, n = _says(known["finding"]), len(known)
    everywhere = f"in all {n} combinations" if n > 1 else "in the one combination there is"
    if len(set(known["finding"])) == 1:
        found = f"Survives: {_quoted(known['finding'].iloc[0])} {everywhere}."
    elif len(set(says)) == 1:
        sides = known["finding"].map(lambda finding: finding.partition(ESTIMATE)[2].removesuffix(")"))
        found = f"Survives: {_quoted(says.iloc[0])} {everywhere}. The estimate alone would say "
        found += f"{_counted(sides)}; that turns with {_named(_turned(sides, known))}."
    else:
        found = f"Depends on {_named(_turned(says, known))}: {_counted(says)} of {n} combinations."
        usual = _says(table["finding"]).iloc[0]
        found += "".join(_only_with(known, says, answer) for answer in sorted(set(says) - {usual}))
    if nothing := len(table) - n:
        found += f" In {count(nothing, 'more combination')} nothing was scored or coded."
    return found


def _only_with(table: pd.DataFrame, says: pd.Series, answer: str) -> str:
    """The options without which there is no such answer, as a sentence; "" for none."""
    choices = _choices(table)
    own = choices[says == answer]
    shared = [c for c in choices if len(set(own[c])) == 1 < len(set(choices[c]))]
    named = joined([f"{own[choice].iloc[0]} ({choice})" for choice in shared])
    return f" The answer {_quoted(answer)} comes only with {named}." if named else ""


def _says(findings: pd.Series) -> pd.Series:
    """The answers, without the side on which the estimate lies."""
    return findings.map(lambda finding: finding.partition(ESTIMATE)[0])


def _counted(answers: pd.Series) -> str:
    return joined([f"{_quoted(answer)} in {n}" for answer, n in answers.value_counts().items()])


def _quoted(answer: str) -> str:
    return answer if answer.startswith("“") else f"“{answer}”"


def _turned(findings: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    """`switches` of the choices that change the finding, the one that does so most often first."""
    turned = switches(findings, _choices(table)).query("changed > 0")
    order = (turned["changed"] / turned["of"]).sort_values(ascending=False, kind="stable").index
    return turned.loc[order]


def _named(turned: pd.DataFrame) -> str:
    found = [f"the {row.Index} ({row.changed} of {row.of} switches)" for row in turned.itertuples()]
    return joined(found) or "several choices together"


def _known(table: pd.DataFrame) -> pd.DataFrame:
    return table[[not isnan(one.value) for one in table["estimate"]]]


def _choices(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns=["estimate", "finding"])
