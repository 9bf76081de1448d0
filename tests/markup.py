"""What a browser would make of a piece of HTML."""

from html.parser import HTMLParser


def tags(html: str) -> list[tuple[str, list[str]]]:
    """Its elements: each tag with the names of its attributes."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, [a for a, _ in attributes]))
    parser.feed(html)
    return found
