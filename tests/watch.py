"""What a page in a browser does that no text of a stranger may make it do."""

import re

from hostile.payloads import UNSEEN

# U+2060 stands between figures of ours.
HIDING = re.compile(UNSEEN.pattern.replace("\u2060-\u206f", "\u2061-\u206f"))


def watched(page):
    """A list to which every error, dialog, window, download and request to another host is added."""
    seen = []
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda other: seen.append(f"popup: {other.url}"))
    page.on("download", lambda other: seen.append(f"download: {other.url}"))
    own = re.compile(r"(file|data|blob):|(http|ws)://(localhost|127\.0\.0\.1):")
    for event in ("request", "websocket"):
        page.on(event, lambda asked: own.match(asked.url) or seen.append(f"asked: {asked.url}"))
    return seen


def acted(page):
    """Which payload has run, as a list of at most one."""
    # An element with that id would be found by the name, too.
    flag = page.evaluate("window.hurt === undefined ? null : String(window.hurt)")
    return [] if flag is None else [f"flag: {flag}"]


def one_line(text):
    """As it can be compared: a page breaks lines elsewhere, and keeps figures together."""
    return " ".join(text.replace("\u2060", "").split())
