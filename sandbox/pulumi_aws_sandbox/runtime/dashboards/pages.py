"""A dashboard as HTML: its widgets where its body puts them, in one file."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.dashboards import charts, markdown, numbers
from pulumi_aws_sandbox.runtime.dashboards.numbers import Numbers

_COLUMNS = 24
_UNIT_WIDTH, _UNIT_HEIGHT = 60, 54
_CHROME = 84
"""What of a graph's height its title, its axis' name and its legend take."""
_PERIODS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
_STATES = {"ALARM": "In alarm", "INSUFFICIENT_DATA": "Insufficient data", "OK": "OK"}

_STYLE = """
:root{color-scheme:light dark}
body{margin:0;padding:24px;background:#f3f5f8}
@media (prefers-color-scheme:dark){body{background:#10151c}}
"""

WIDGETS_STYLE = """
.dashboard{--card:#fff;--ink:#16202c;--soft:#5b6b7d;--edge:#dde3ea;color:var(--ink);
 font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;max-width:1440px;margin:0 auto 36px}
@media (prefers-color-scheme:dark){.dashboard{--card:#19212b;--ink:#e8eef5;--soft:#95a5b8;--edge:#2b3643}}
.dashboard,.dashboard *{box-sizing:border-box}
.dashboard>header{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;margin:0 0 14px}
.dashboard>header>:first-child{font-size:22px;margin:0;overflow-wrap:anywhere}.dashboard>header span{color:var(--soft)}
.dashboard .widgets{display:grid;grid-template-columns:repeat(24,minmax(0,1fr));grid-auto-rows:54px;gap:10px}
.dashboard .widget{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:10px 12px;
 overflow:hidden;display:flex;flex-direction:column;min-width:0;break-inside:avoid}
.dashboard .widget.text{background:none;border:0;padding:4px 2px;justify-content:flex-end}
.dashboard .name{font-size:14px;font-weight:650;margin:0 0 4px;white-space:nowrap;overflow:hidden;
 text-overflow:ellipsis}
.dashboard .text :is(h1,h2,h3,h4,h5,h6){margin:0;font-size:18px}.dashboard .text p{margin:4px 0;color:var(--ink)}
.dashboard .axis{margin:0 0 2px;font-size:11px;color:var(--soft)}
.dashboard .plot{flex:1;min-height:0;overflow-x:auto;overflow-y:hidden}
.dashboard svg{display:block;width:100%;height:100%;min-width:0}
.dashboard .grid{stroke:var(--edge)}.dashboard .tick{font-size:11px;fill:var(--soft)}
.dashboard .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.dashboard .legend{display:flex;flex-wrap:wrap;gap:2px 14px;margin-top:2px;font-size:12px;color:var(--soft);
 max-height:36px;overflow:auto}
.dashboard .legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 5px 0 0}
.dashboard .values{flex:1;display:flex;flex-wrap:wrap;gap:4px 26px;align-items:center}
.dashboard .value b{display:block;font-size:28px;line-height:1.1;font-weight:650;font-variant-numeric:tabular-nums}
.dashboard .value span{color:var(--soft);font-size:12px}
.dashboard .alarms{display:flex;flex-wrap:wrap;gap:8px;overflow:auto}
.dashboard .state{border:1px solid var(--edge);border-left:5px solid;border-radius:5px;padding:3px 10px;
 overflow-wrap:anywhere}
.dashboard .state small{color:var(--soft);display:block}
.dashboard .OK{border-left-color:#2ca470}.dashboard .ALARM{border-left-color:#c9485b}
.dashboard .INSUFFICIENT_DATA{border-left-color:#8593a3}
.dashboard .note{color:var(--soft);margin:auto 0}
@media (max-width:760px){.dashboard .widgets{display:block}
.dashboard .widget{margin-bottom:10px}.dashboard .widget.metric svg{min-width:520px;height:auto}
.dashboard .name{white-space:normal}.dashboard .legend{max-height:none}}
@media print{.dashboard .widget{box-shadow:none}.dashboard .alarms,.dashboard .legend{overflow:visible;max-height:none}}
"""
"""How the part of a page looks that `render` returns; it touches nothing outside of it."""


@dataclass(frozen=True, slots=True)
class _View:
    """What of a dashboard is looked at."""

    region: str
    start: float
    end: float
    heading: int
    """The level of the dashboard's own heading."""


def render(region: str, name: str, *, start: float, end: float, heading: int = 1) -> str:
    """Return a deployed dashboard's part of a page for a span of time; raise `KeyError` if there is none.

    Its name is a heading of the level given, and what is in it has the levels below.
    """
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    found = cloudwatch_backends[ACCOUNT][region].dashboards.get(name)
    if found is None:
        message = f"no dashboard {name} in {region}"
        raise KeyError(message)
    body = json.loads(found.body)
    view = _View(region, start, end, heading)
    widgets = "".join(_widget(each, view) for each in body.get("widgets") or [])
    first, last = (datetime.fromtimestamp(each, UTC).strftime("%Y-%m-%d %H:%M") for each in (start, end))
    head = f"<h{heading}>{escape(name)}</h{heading}><span>{escape(region)}</span><span>{first} to {last} UTC</span>"
    return f'<section class="dashboard"><header>{head}</header><div class="widgets">{widgets}</div></section>'


def page(dashboards: Sequence[str], title: str = "Dashboards") -> str:
    """Return rendered dashboards as one page that needs nothing else."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!doctype html><html lang="en"><head>{head}<style>{_STYLE}{WIDGETS_STYLE}</style></head>'
        f"<body>{''.join(dashboards)}</body></html>\n"
    )


def _widget(widget: Mapping[str, Any], view: _View) -> str:
    kind, properties = str(widget.get("type")), widget.get("properties") or {}
    width, height = int(widget.get("width", 6)), int(widget.get("height", 6))
    place = ""
    if "x" in widget and "y" in widget:
        place = f"grid-column:{int(widget['x']) + 1}/span {width};grid-row:{int(widget['y']) + 1}/span {height}"
    else:
        place = f"grid-column:span {min(width, _COLUMNS)};grid-row:span {height}"
    place = escape(place, quote=True)
    inner = _KINDS.get(kind, _unknown)(widget, replace(view, region=properties.get("region") or view.region))
    level = view.heading + 1
    name = escape(str(properties.get("title") or ""))
    title = f'<h{level} class="name" title="{name}">{name}</h{level}>' if name and kind != "text" else ""
    return f'<div class="widget {escape(kind, quote=True)}" style="{place}">{title}{inner}</div>'


def _metric(widget: Mapping[str, Any], view: _View) -> str:
    properties = widget.get("properties") or {}
    shown = numbers.of(properties, view.region, view.start, view.end)
    if shown.problem is not None:
        return f'<p class="note">{escape(shown.problem)}</p>'
    if properties.get("view") == "singleValue":
        return _single(shown)
    legend = "".join(
        f'<span><i style="background:{charts.color(line, at)}"></i>{escape(line.label)}'
        f"{'' if line.values else ': no data'}</span>"
        for at, line in enumerate(shown.lines)
    )
    limits = (properties.get("annotations") or {}).get("horizontal")
    if not limits and not any(line.values for line in shown.lines):
        return f'<p class="note">No data in this span</p><div class="legend">{legend}</div>'
    width = int(widget.get("width", 6)) * _UNIT_WIDTH
    height = max(80, int(widget.get("height", 6)) * (_UNIT_HEIGHT + 10) - _CHROME)
    drawn = charts.graph(shown, properties, width, height)
    axis = f'<p class="axis">{escape(_axis(shown, properties))}</p>'
    return f'{axis}<div class="plot">{drawn}</div><div class="legend">{legend}</div>'


def _axis(shown: Numbers, properties: Mapping[str, Any]) -> str:
    """Say what the upright axis counts and in which periods."""
    label = ((properties.get("yAxis") or {}).get("left") or {}).get("label")
    stats = label or ", ".join(dict.fromkeys(line.stat for line in shown.lines))
    size, unit = next((size, unit) for size, unit in _PERIODS if shown.seen.period % size == 0)
    return f"{stats} per {shown.seen.period // size} {unit}, times in UTC"


def _single(shown: Numbers) -> str:
    cells = []
    for at, line in enumerate(shown.lines):
        # CloudWatch shows the last value that there is.
        value = charts.short(line.values[max(line.values)]) if line.values else "--"
        style = f' style="color:{charts.color(line, at)}"' if line.color else ""
        cells.append(f'<div class="value"><b{style}>{value}</b><span>{escape(line.label)}</span></div>')
    return f'<div class="values">{"".join(cells)}</div>'


def _text(widget: Mapping[str, Any], view: _View) -> str:
    return markdown.as_html(str((widget.get("properties") or {}).get("markdown", "")), view.heading)


def _alarm(widget: Mapping[str, Any], _view: _View) -> str:
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    cells = []
    for arn in (widget.get("properties") or {}).get("alarms") or []:
        where, name = arn.split(":")[3], arn.split(":", 6)[-1]
        found = cloudwatch_backends[ACCOUNT][where].alarms.get(name)
        state = found.state_value if found is not None else "INSUFFICIENT_DATA"
        told = _STATES.get(state, state) if found is not None else "does not exist"
        cells.append(f'<div class="state {escape(state)}">{escape(name)}<small>{escape(told)}</small></div>')
    return f'<div class="alarms">{"".join(cells)}</div>'


def _log(widget: Mapping[str, Any], _view: _View) -> str:
    query = str((widget.get("properties") or {}).get("query", ""))
    return (
        f'<p class="note">A query of CloudWatch Logs, which the sandbox does not run: <code>{escape(query)}</code></p>'
    )


def _unknown(widget: Mapping[str, Any], _view: _View) -> str:
    return f'<p class="note">The sandbox does not draw widgets of the type {escape(str(widget.get("type")))}.</p>'


_KINDS: Mapping[str, Callable[[Mapping[str, Any], _View], str]] = {
    "alarm": _alarm,
    "log": _log,
    "metric": _metric,
    "text": _text,
}
