"""Text to text, and text to spans of text. Nothing here changes a length, so offsets always hold."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

# One character for one character: a match in normalised text is at the same place in the raw text.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒−", "-"),
        **dict.fromkeys("\t\r\n\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        "…": ".",
    }
)
_SIGN = re.compile(r"\S")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SPACED = bytes(sign if chr(sign).isalnum() or sign in b"'-" else b" "[0] for sign in range(256))
# Within a line, between double marks as English, German or French use them.
QUOTATION = re.compile(r"""[“„][^“”„\n]+[“”]|«[^«»\n]+»|"[^"\n]+\"""")

# "Ann wrote:" and "> her words", but not ">:(" and "> 50 %".
_QUOTED_LINES = re.compile(
    r"^(?:[^\n]{1,80}\b(?:wrote|writes|said|says) ?:[ \t]*\n\s*)?"
    r"[ \t]*>(?![:;=]-?[()]| ?[$€£]?\d)[^\n]*$",
    re.MULTILINE,
)

# What a program reads and no reader says: links, mail addresses, HTML of an export; and handles.
_ADDRESS, _HANDLE = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"""(?:(?:https?|ftp):/|\bwww\.)\S*[^\s.,;:!?'"’”)\]}>…]"""
        r"|(?<![\w.+%-])(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
        r"|(?<![\w.@-])(?:[\w-]+\.)+(?:(?:com|org|net|edu|gov|co\.uk|de|eu)\b(?:/\S*[\w/])?|[a-z]{2}/\S*[\w/])"
        r"|</?(?:a|b|blockquote|br|code|div|em|i|li|ol|p|q|span|strong|u|ul)(?:\s[^<>=\n]*=[^<>\n]*)?\s*/?>"
        r"|&(?:amp|apos|gt|lt|nbsp|quot|#x?[0-9a-f]{1,6});",
        r"(?<![\w@])@\w[\w-]*(?:@[\w.-]*\w)?|(?<![\w/])/?[ru]/\w{3,}",
    )
)
_DOT = re.compile(r"\.\w")

# pysbd's time grows with the square of the length: longer lines are cut, if possible after a full stop,
# else between words.
LONGEST, _LONGEST_WORD = 5_000, 60
_STRETCH = rf"[\s\S]{{1,{LONGEST}}}"
_RUN = re.compile(rf"{_STRETCH}\Z|{_STRETCH}(?<=[.!?])(?=\s)|{_STRETCH}(?=\s)|{_STRETCH}")
_LINE, _ALL = re.compile(r"[^\r\n]+"), re.compile(r"[\s\S]+")


def word_lists(section: str, *, kind: type = frozenset) -> dict:
    """A section of words.toml: word lists as sets, or of another `kind`; everything else as it is."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))[section]
    return {name: kind(v.split()) if isinstance(v, str) else v for name, v in table.items()}


_NO_START = re.compile("|".join(word_lists("sentences")["no_start"]))
_MARKDOWN = [re.compile("|".join(ways), re.MULTILINE) for ways in word_lists("markdown").values()]
# "At 5 p.m. Mr. Smith went home.": pysbd ends a sentence at every "p.m." before a capital, also here,
# where only a time has been given yet. Before a word such as "The" it does end.
_AROUND_A_TIME = word_lists("around_a_time").values()
_BEFORE_TIME, _OF_TIME, STARTERS = ("|".join(sorted(words)) for words in _AROUND_A_TIME)
_TIME = r"[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m\. +"
_WHEN = re.compile(
    rf"(?:{_BEFORE_TIME}) (?:(?:{_BEFORE_TIME}|{_OF_TIME}),? )*{_TIME}(?!(?:{STARTERS})\b)", re.IGNORECASE
)

# A line without anything of `_SPECIAL` is cut by few of pysbd's rules, about `_MARK`: the word before a
# mark, the mark, white space, and what follows. Within parentheses or quotation marks no sentence ends.
_ASIDE = re.compile(
    r"""(?:(?<=[\w,;:] )|(?<=\w)(?=\()|^)(?:\(([^][(){}"\\]+)\)|"([^][(){}"\\]+)")"""
    r"""(?=([ ,;:]|[.!?](?!\w)|$)([A-Z]?))"""
)
_NO_ASIDE = re.compile(r"(?<!\w\w)\.|\d\.|(?:\b[ivx]+|\b\w|\d)$|(?<!\w)'|['-]$|--")
_NAMED = re.compile(r"(?<=[\w,;:] )'[^\W\d_]{2,}(?:[ -][^\W\d_]{2,})*'(?![\w'])")
_FACE = re.compile(r"(?<!\S)[:;=]-?[()DPp](?!\S)")
_SPECIAL, _FOREIGN = '"()[]{}\\°', re.compile("[\u0250-\u2012\u2015-\U0010ffff]")
_APOSTROPHE = re.compile(r"[-.!?]'|(?<!\w)'")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_MARK, _LETTERS = re.compile(r"([.!?]+)( *)(?=(\S?))"), re.compile(r"[^\W_]*\Z")
_MARKS, _YAHOO = (".", "!", "?"), ("yahoo", "yum")  # of "Yahoo!", the mark is a part
_GOES_ON, _UNLESS_IT_GOES_ON = re.compile(r"[a-z]|I |I'm|I'll"), "unless it goes on"


def normalise(text: str) -> str:
    """Straight quotes, plain hyphens and plain spaces; dashes, letters and their case stay.

    Each character becomes exactly one, so a span of the result is the same span of the raw text.
    Raises TypeError if `text` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"not a text but of type {type(text).__name__}: {text!r}")
    if text.isascii() and text.isprintable() and "`" not in text:  # mostly, and fast
        return text
    return text.translate(_TYPOGRAPHY)


def without_markdown(text: str) -> str:
    """`text` with spaces for the marks of Markdown and for addresses; the words stay where they are."""

    def blanked(found: re.Match) -> str:
        kept = found[1] if found.lastindex else ""
        before, after = found[0].split(kept, 1) if kept else (found[0], "")
        return _SIGN.sub(" ", before) + kept + _SIGN.sub(" ", after)

    for pattern in _MARKDOWN:
        text = pattern.sub(blanked, text)
    return text


def own_words(text: str) -> str:
    """`text` with spaces for the lines in which it quotes others: those that begin with ">", and above
    them who wrote that."""
    return _QUOTED_LINES.sub(lambda at: _SIGN.sub(" ", at[0]), text) if ">" in text else text


def quoted_spans(text: str, quotation: str) -> list[tuple[int, int]]:
    """Where `text` has the words of a quotation, as (start, end); empty if it does not have all of them.

    Quotation marks and white space may differ; "…" or "..." in the quotation stands for words left out.
    """
    if quotation.strip() and (at := text.find(quotation)) >= 0:  # mostly, and fast
        return [(at, at + len(quotation))]
    plain, spans = normalise(text) if quotation.strip() else "", []
    for part in filter(str.strip, re.split(r"\[?(?:…|\.\.\.)\]?", quotation)):
        at = spans[-1][1] if spans else 0
        bare = normalise(part).strip(" \"'")
        tries = (re.search(any_of([one]) or r"(?!)", plain[at:]) for one in (part, bare) if one.strip())
        if not (found := next(filter(None, tries), None)):
            return []
        spans.append((at + found.start(), at + found.end()))
    return spans


def tokens(text: str) -> list[str]:
    """The words of `text` in lower case, in order: letters and digits, with inner ' and - kept. Addresses
    and handles are none."""
    text = without_addresses(normalise(text)).lower()
    if not text.isascii():
        return _TOKEN.findall(text)
    pieces = text.encode().translate(_SPACED).decode().split()  # faster than to look for each word
    words, at = [], 0
    for i in [i for i, piece in enumerate(pieces) if not piece.isalnum()]:
        words += pieces[at:i]
        words += _TOKEN.findall(pieces[i])
        at = i + 1
    return words + pieces[at:]


def without_addresses(text: str, *, handles: bool = True, filler: str = " ") -> str:
    """`filler`, as often as it is long, in place of each link, mail address and (unless `handles` is
    False) handle (@name, u/name); spaces in place of HTML tags."""
    signs = "/" in text or "@" in text or "<" in text or "&" in text
    if not (signs or _DOT.search(text) or "www." in text.lower()):
        return text
    for pattern in (_ADDRESS, _HANDLE)[: 1 + handles]:
        text = pattern.sub(lambda at: (" " if at[0][0] in "<&" else filler) * len(at[0]), text)
    return text


def any_of(terms: Iterable[str]) -> str:
    """A pattern that finds any of the terms in normalised text, the longest first, with any white space
    between their words; "" for no terms."""
    split = {tuple(normalise(term).split()) for term in terms} - {()}
    longest_first = sorted(split, key=lambda words: (-len(" ".join(words)), words))
    return "|".join(r"\s+".join(map(re.escape, words)) for words in longest_first)


def sentences(text: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """The sentences of `text`, in order.

    Parameters
    ----------
    wrapped : whether the text is broken at the margin; otherwise a line break ends a sentence.

    Returns (start, end) offsets without surrounding white space. Every other character lies in exactly
    one span; signs without a letter or digit, such as an emoji after a full stop, belong to the sentence
    before them. Blank text gives an empty list. Source: pysbd's rules for English.
    """
    spans, lines = [], (_ALL if wrapped else _LINE).finditer(text)
    for line in lines:
        for run in [line] if len(line[0]) <= LONGEST else _RUN.finditer(text, *line.span()):
            first, plain, at = len(spans), normalise(run[0]), run.start()
            for left, right in pairwise([*_starts(plain), len(plain)]):
                piece = plain[left:right].rstrip()
                if bare := piece.lstrip():
                    end = at + left + len(piece)
                    start = end - len(bare)
                    if len(spans) > first and not (bare[0].isalnum() or any(map(str.isalnum, bare))):
                        start = spans.pop()[0]
                    spans.append((start, end))
    return spans


@lru_cache(maxsize=20_000)  # the same text is split for each reading, and again when it is scored
def _starts(line: str) -> tuple[int, ...]:
    """Where the sentences of a normalised line begin, the first at 0."""
    found = _ordinary_starts(line) or _starts_by_pysbd(line)
    for left, right in pairwise(tuple(found)) if "m. " in line.lower() else ():
        when = _WHEN.match(line, left)
        # After a question it is an answer.
        if when and when.end() == right and not line[:left].rstrip().endswith("?"):
            found.remove(right)
    # Before a capital after a space, nothing that `_NO_START` is about.
    if not any([not ("A" <= line[at] <= "Z" and line[at - 1] == " ") for at in found if at]):
        return tuple(found)
    inner = {gap.end() for gap in _NO_START.finditer(line)}
    return tuple(at for at in found if at not in inner)


def _ordinary_starts(line: str) -> list[int] | None:
    """What `_starts_by_pysbd` gives, without the 160 patterns that it applies to any line; None for a
    line that holds what only few of them are about, such as a list or an unpaired quotation mark."""

    def blank(aside: re.Match) -> str:
        inner = aside[1] or aside[2]
        if _NO_ASIDE.search(inner):
            return aside[0]
        likely = bool(aside[2]) + (not aside.start()) + (inner[-1] in ".!?") > 1
        ends = likely and aside[3] == " " and aside[4]
        return "x" * (len(aside[0]) - 1) + (" ." if ends else "x")[-1]

    core = _FACE.sub(lambda face: "_" * len(face[0]), line) if "(" in line or ")" in line else line
    core = _ASIDE.sub(blank, core) if '"' in core or "(" in core else core
    core = _NAMED.sub(lambda name: "x" * len(name[0]), core) if " '" in core else core
    if any([sign in core for sign in _SPECIAL]) or (not core.isascii() and _FOREIGN.search(core)):
        return None
    if ("'" in core and _APOSTROPHE.search(core)) or core.count("--") > 1:
        return None
    found = [0]
    for mark in _MARK.finditer(core):
        first, at = mark.span()
        begin = max(0, first - _LONGEST_WORD)
        before = core[max(begin, core.rfind(" ", begin, first) + 1) : first]
        ends = _ends(before, *mark.groups())
        if ends is _UNLESS_IT_GOES_ON:
            ends = not _GOES_ON.match(core, at)
        if ends is None:
            return None
        if ends and at < len(core):
            found.append(at)
    return found


@lru_cache(maxsize=50_000)
def _ends(before: str, run: str, gap: str, after: str) -> bool | str | None:
    """Whether a sentence ends at a mark; None for what few rules do not tell."""
    prepositive, numbered, others = _abbreviations()
    word = before if before.isalnum() else _LETTERS.search(before)[0]
    low = word.lower()
    short = low in others
    if run == "." and _INITIALS.fullmatch(before):
        in_name = before != word or (word.isupper() and word != "I")
        onward = after.islower() or (before == word and "A" <= after <= "Z")
        inside = onward and in_name if gap == " " else not gap and (after.isalpha() or after == ",")
        return False if inside else None
    if not before and run in _MARKS and len(gap) == 1 and "A" <= after <= "Z":
        return True
    if (
        not before
        or not (word or before[-1] in "%$*x")
        or (gap and after in _MARKS)
        or low.endswith(_YAHOO)
    ):
        return None
    if run == "." and not gap and after.isdigit() and word.isdigit():
        return False
    if run[0] == ".":
        if len(word) < 2 or before[-len(word) - 1 : -len(word)] == "." or run not in (".", "..."):
            return None
        if (word[-1].isdigit() and (len(word) < 3 or run != ".")) or (
            short and (run != "." or before != word or (len(gap) != 1 and after))
        ):
            return None
    elif "." in run or (after and not gap):
        return None
    if after and not gap and not (after.isalnum() or after == "_"):
        return None
    if run == "." and after and not gap:
        return False if (word[-1].isdigit() if after.isdigit() else word.isalpha()) else None
    if run == "...":
        return gap != "" and "A" <= after <= "Z"
    if run == "." and short:
        if low in prepositive or after.isdigit():
            return False
        return low in numbered or _UNLESS_IT_GOES_ON
    if run == "!":
        return len(gap) != 1 or not "a" <= after <= "z"
    return run[0] == "." or len(run) < 3


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """pysbd's: those before a name, those before a number, and all."""
    from pysbd.lang.english import English

    known = English.Abbreviation
    return tuple(
        frozenset(words)
        for words in (known.PREPOSITIVE_ABBREVIATIONS, known.NUMBER_ABBREVIATIONS, known.ABBREVIATIONS)
    )


def _starts_by_pysbd(line: str) -> list[int]:
    from pysbd.lang.english import English
    from pysbd.processor import Processor

    # pysbd makes three patterns of each abbreviation, also of those that no full stop follows.
    lowered = line.lower()
    words = (word for word in English.Abbreviation.ABBREVIATIONS if word in lowered)
    english = _english(English, tuple(word for word in words if "." in word or f"{word}." in lowered))
    found, at = {0}, 0
    for piece in filter(None, Processor(line, english).process()):
        # A piece that the rules altered is not found, and stays with the one before; so does the rest
        # of ". . .".
        start = line.find(piece, at)
        if start >= 0 and not (" " in piece and not piece.strip(" .")):
            found.add(start)
            at = start + len(piece)
    return sorted(found)


@lru_cache(maxsize=1_000)
def _english(rules: type, abbreviations: tuple[str, ...]) -> type:
    known = type("Abbreviation", (rules.Abbreviation,), {"ABBREVIATIONS": abbreviations})
    starters = [*rules.AbbreviationReplacer.SENTENCE_STARTERS, *STARTERS.split("|")]
    replacer = type("Replacer", (rules.AbbreviationReplacer,), {"SENTENCE_STARTERS": starters})
    return type("English", (rules,), {"Abbreviation": known, "AbbreviationReplacer": replacer})
