"""The part of Markdown that text widgets use: headings, lists, emphasis, code and links."""

import re
from html import escape

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*]+)\*"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)"), r'<a href="\2">\1</a>'),
)
_DEEPEST, _LOWEST = 3, 6


def as_html(text: str, first: int = 1) -> str:
    """Return a widget's text as HTML, its headings from a level on; what is no Markdown stays text."""
    parts: list[str] = []
    items: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith(("- ", "* ")):
            items.append(f"<li>{_inline(line.lstrip()[2:])}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        heading = _HEADING.fullmatch(line.strip())
        if heading is not None:
            level = min(min(len(heading[1]), _DEEPEST) + first - 1, _LOWEST)
            parts.append(f"<h{level}>{_inline(heading[2])}</h{level}>")
        elif line.strip():
            parts.append(f"<p>{_inline(line.strip())}</p>")
    return "".join(parts)


def _inline(text: str) -> str:
    made = escape(text)
    for pattern, written in _INLINE:
        made = pattern.sub(written, made)
    return made
