"""What pages share: their frame, their look, figures and tables. Everything that is given as text is escaped."""

from collections.abc import Iterable
from html import escape

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1d2430;--soft:#5c6675;--line:#dfe3ea;--panel:#f6f7f9;--good:#23794a;
--bad:#c2322a;--link:#2a5ea8;--inside:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e7eaf0;--soft:#9aa4b3;--line:#2d333d;--panel:#1c2027;
--good:#4fb37d;--bad:#f0796d;--link:#86b0f0;--inside:#101318}}
*{box-sizing:border-box}
body{margin:0 auto;padding:32px 24px 64px;max-width:1120px;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:18px;margin:40px 0 12px}
p{margin:4px 0;color:var(--soft)}
.verdict{display:inline-block;padding:2px 10px;border-radius:12px;font-weight:600;color:var(--inside)}
.verdict.good{background:var(--good)}.verdict.bad{background:var(--bad)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:24px 0 8px}
.figure{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:14px 16px}
.figure b{display:block;font-size:28px;line-height:1.2}
.figure span{color:var(--soft);font-size:13px;display:block}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:13px}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.soft{color:var(--soft)}
.ok{color:var(--good);font-weight:600}.broken{color:var(--bad);font-weight:600}
details{margin-top:12px}summary{cursor:pointer;color:var(--soft)}
"""


def document(title: str, style: str, body: str) -> str:
    """Return a page: its title as text, more style than every page has, and its body as HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}{style}</style></head><body>{body}</body></html>\n"
    )


def figure(name: str, value: str, about: str) -> str:
    """Return a number that is to be seen first."""
    return f'<div class="figure"><span>{escape(name)}</span><b>{escape(value)}</b><span>{escape(about)}</span></div>'


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], numbers: Iterable[int] = ()) -> str:
    """Return a table of texts that scrolls in its own box; the columns at `numbers` are set to the right."""
    right = frozenset(numbers)

    def kind(place: int) -> str:
        return "n" if place in right else ""

    head = "".join(f'<th scope="col" class="{kind(place)}">{escape(text)}</th>' for place, text in enumerate(heads))
    body = "".join(f"<tr>{''.join(cell(text, kind(place)) for place, text in enumerate(row))}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def cell(text: str, kind: str = "") -> str:
    """Return a cell of a table."""
    return f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"
