"""Writes a drill as one HTML page that needs nothing else: light or dark, as the reader's system is."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from aws_mobile_cli.pages import cell, document, figure, table, write_page
from aws_mobile_cli.strategies import duration

from . import timeline
from .drawing import draw
from .outcome import Outcome, clock
from .records import Act

_BEFORE_SECONDS = 60
_BAR = 160

_STYLE = """
:root{--part:#d99a1c;--primary:#3267b5;--recovery:#7b4fb3;--step:#4b6b8a;--act:#cfd6e0}
@media(prefers-color-scheme:dark){:root{--part:#e0ac45;--primary:#6f9fe8;--recovery:#b08ae6;--step:#86a7c7;--act:#3a424f}}
svg{width:100%;min-width:760px;height:auto;display:block;font:11px system-ui,sans-serif}
.lane,.time{fill:var(--soft)}.inside{fill:var(--inside);font-weight:600;pointer-events:none}
.grid{stroke:var(--line)}.mark{stroke-width:1.5;stroke-dasharray:4 3}
.mark.bad{stroke:var(--bad)}.mark.good{stroke:var(--good)}
.word{font-weight:600}.word.bad{fill:var(--bad)}.word.good{fill:var(--good)}
rect.good{fill:var(--good)}rect.bad{fill:var(--bad)}rect.part{fill:var(--part)}rect.primary{fill:var(--primary)}
rect.recovery{fill:var(--recovery)}rect.step{fill:var(--step)}rect.act{fill:var(--soft)}rect.act.loss{fill:var(--bad)}
rect.range{fill:var(--act)}rect.seen{fill:var(--primary)}line.expected{stroke:var(--ink);stroke-width:1.5}
td.w{width:180px}td .bar{min-width:0;width:160px}
.legend{font-size:13px;color:var(--soft)}.legend i{display:inline-block;width:11px;height:11px;border-radius:2px;
margin:0 5px 0 14px}
"""


def write_html(outcome: Outcome, file: Path) -> None:
    """Write the page."""
    write_page(page(outcome), file)


def page(outcome: Outcome) -> str:
    """Return the page."""
    title = f"Drill: {outcome.lost} lost, {outcome.strategy}"
    body = "".join(
        [
            *_head(outcome, title),
            *_figures(outcome),
            *_drawings(outcome),
            *_steps(outcome, Act.LOSS, "The failover beside the recovery model"),
            *_steps(outcome, Act.WAY_BACK, "The way back beside the recovery model"),
            *_clients(outcome),
            *_expectations(outcome),
            *_moments(outcome),
        ]
    )
    return document(title, _STYLE, body)


def _head(outcome: Outcome, title: str) -> Iterator[str]:
    verdict = ("good", "every expectation held") if outcome.passed else ("bad", "an expectation was broken")
    yield f"<h1>{escape(title)}</h1><p>{escape(outcome.about)}.</p>"
    yield f'<p><span class="verdict {verdict[0]}">{verdict[1]}</span></p>'
    if outcome.approval_seconds is not None:
        yield f"<p>The operator approves {duration(outcome.approval_seconds)} after being asked.</p>"
    for change in outcome.changes:
        yield f"<p>For the rehearsal {escape(change)}.</p>"


def _figures(outcome: Outcome) -> Iterator[str]:
    model, failed = outcome.objectives, sum(not call.good for call in outcome.diary.calls)
    yield '<div class="figures">'
    if outcome.steps(Act.LOSS):
        rto = "not reached" if outcome.rto_seconds is None else duration(outcome.rto_seconds)
        yield figure("RTO seen", rto, _model(model.rto_seconds, model.rto_high_seconds))
        lost = f"{len(outcome.lost_writes)} writes lost; "
        yield figure(
            "RPO seen", duration(outcome.rpo_seconds), lost + _model(model.rpo_seconds, model.rpo_high_seconds)
        )
    yield figure("failed requests", f"{failed}", f"of {len(outcome.diary.calls)}, in {clock(outcome.ended)}")
    if outcome.diary.own_seconds:
        runs = len(outcome.diary.own_seconds)
        told = f"in {runs} run{'s' * (runs != 1)}, without what it waits for AWS"
        yield figure("the runbook itself", f"{outcome.own_seconds():.1f} s", told)
    yield "</div>"


def _model(seconds: float, high: float) -> str:
    return f"model: {duration(seconds)}, plan for {duration(high)}"


def _drawings(outcome: Outcome) -> Iterator[str]:
    legend = [
        ("good", "good"),
        ("part", "some failed"),
        ("bad", "failed"),
        ("primary", outcome.primary),
        ("recovery", outcome.recovery),
        ("step", "step of the runbook"),
    ]
    marks = "".join(f'<i style="background:var(--{kind})"></i>{escape(text)}' for kind, text in legend)
    key = f'<p class="legend">{marks}</p>'
    if outcome.loss is not None:
        recovered = timeline.recovered_at(outcome.diary.calls, outcome.loss)
        began = max(outcome.loss.began - _BEFORE_SECONDS, 0)
        ended = outcome.loss.ended if recovered is None else min(recovered + _BEFORE_SECONDS, outcome.loss.ended)
        if outcome.steps(Act.LOSS):
            yield "<h2>The loss</h2>" + key
            yield f'<div class="wide">{draw(outcome, began, ended, "The loss along its time")}</div>'
    yield "<h2>The whole drill</h2>" + ("" if outcome.steps(Act.LOSS) else key)
    yield f'<div class="wide">{draw(outcome, 0.0, outcome.ended, "The whole drill along its time")}</div>'


def _steps(outcome: Outcome, act: Act, title: str) -> Iterator[str]:
    rows = outcome.steps(act)
    if not rows:
        return
    yield f"<h2>{title}</h2>"
    yield (
        '<p class="legend"><i style="background:var(--act)"></i>the model\'s range, a line where it expects the end'
        '<i style="background:var(--primary)"></i>seen</p>'
    )
    heads = (("step", ""), ("at", "n"), ("took", "n"), ("model", "n"), ("plan for", "n"), ("", ""), ("", ""))
    yield (
        '<div class="wide"><table><tr>'
        + "".join(f'<th scope="col" class="{kind}">{text}</th>' for text, kind in heads)
        + "</tr>"
    )
    longest = max([row.high_seconds or 0 for row in rows] + [row.seen_seconds or 0 for row in rows] + [1])
    for row in rows:
        cells = (
            cell(row.step),
            cell("" if row.began is None else clock(row.began), "n"),
            cell("" if row.seen_seconds is None else duration(row.seen_seconds), "n"),
            cell("" if row.seconds is None else duration(row.seconds), "n"),
            cell("" if row.high_seconds is None else duration(row.high_seconds), "n"),
            f'<td class="w">{_range(row, longest)}</td>',
            cell(row.detail, "soft"),
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table></div>"


def _range(row: timeline.Beside, longest: float) -> str:
    """Draw a step's range by the model, and how long it took."""

    def at(seconds: float) -> float:
        return round(_BAR * seconds / longest, 1)

    parts = [f'<svg class="bar" viewBox="0 0 {_BAR} 14" aria-hidden="true">']
    if row.high_seconds is not None and row.low_seconds is not None:
        left = at(row.low_seconds)
        width = max(at(row.high_seconds) - left, 1)
        parts.append(f'<rect class="range" x="{left}" y="1" width="{width}" height="12" rx="2"/>')
    if row.seen_seconds is not None:
        width = max(at(row.seen_seconds), 1)
        parts.append(f'<rect class="seen" x="0" y="5" width="{width}" height="4" rx="1"/>')
    if row.seconds is not None:
        x = at(row.seconds)
        parts.append(f'<line class="expected" x1="{x}" y1="0" x2="{x}" y2="14"/>')
    return "".join([*parts, "</svg>"])


def _clients(outcome: Outcome) -> Iterator[str]:
    yield "<h2>Clients</h2>"
    rows = [
        (
            span.act.value,
            clock(span.began),
            clock(span.ended),
            str(seen.total),
            str(seen.failed),
            "" if seen.first_failed is None else clock(seen.first_failed),
            "" if seen.last_failed is None else clock(seen.last_failed),
            str(len(timeline.lost_in(outcome.diary, span.act))) if span.act in outcome.diary.lost else "",
        )
        for span, seen in timeline.acts(outcome.diary)
    ]
    heads = ("", "from", "to", "requests", "failed", "first failed", "last failed", "lost writes")
    yield table(heads, rows, numbers=range(1, 8))


def _expectations(outcome: Outcome) -> Iterator[str]:
    yield "<h2>Expectations</h2><table>"
    for each in outcome.diary.expectations:
        mark = '<td class="ok">ok</td>' if each.passed else '<td class="broken">broken</td>'
        yield f"<tr>{mark}{cell(each.claim)}{cell(each.seen, 'soft')}</tr>"
    yield "</table>"


def _moments(outcome: Outcome) -> Iterator[str]:
    yield f"<h2>What happened</h2><details><summary>{len(outcome.diary.moments)} moments</summary>"
    rows = [(clock(moment.at), moment.what, moment.text) for moment in outcome.diary.moments]
    yield table(("at", "", ""), rows, numbers=(0,))
    yield "</details>"
