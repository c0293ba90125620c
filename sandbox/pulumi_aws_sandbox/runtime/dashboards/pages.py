"""A dashboard as HTML: its widgets where its body puts them, in one file."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime.dashboards import charts, markdown, numbers
from pulumi_aws_sandbox.runtime.dashboards.numbers import Numbers

_COLUMNS = 24
_UNIT_WIDTH, _UNIT_HEIGHT = 60, 54
_CHROME = 64
"""What of a graph's height its title and its legend take."""
_STATES = {"ALARM": "In alarm", "INSUFFICIENT_DATA": "Insufficient data", "OK": "OK"}

_STYLE = """
:root{color-scheme:light dark;--ground:#f3f5f8;--card:#fff;--ink:#16202c;--soft:#5b6b7d;--edge:#dde3ea}
@media (prefers-color-scheme:dark){:root{--ground:#10151c;--card:#19212b;--ink:#e8eef5;--soft:#95a5b8;--edge:#2b3643}}
*{box-sizing:border-box}
body{margin:0;padding:24px;background:var(--ground);color:var(--ink);
 font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.dashboard{max-width:1440px;margin:0 auto 36px}
.dashboard>header{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;margin:0 0 14px}
.dashboard h1{font-size:22px;margin:0}.dashboard>header span{color:var(--soft)}
.widgets{display:grid;grid-template-columns:repeat(24,minmax(0,1fr));grid-auto-rows:54px;gap:10px}
.widget{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:10px 12px;overflow:hidden;
 display:flex;flex-direction:column;min-width:0}
.widget.text{background:none;border:0;padding:4px 2px;justify-content:flex-end}
.widget h2{font-size:14px;margin:0 0 4px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.text h1,.text h2,.text h3{margin:0;font-size:18px}.text p{margin:4px 0}
.widget svg{flex:1;min-height:0;width:100%}
.grid{stroke:var(--edge)}.tick{font-size:11px;fill:var(--soft)}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.none{fill:var(--soft);text-anchor:middle;font-size:13px}
.legend{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:12px;color:var(--soft);max-height:36px;overflow:auto}
.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}
.values{flex:1;display:flex;gap:26px;align-items:center}
.value b{display:block;font-size:30px;line-height:1.1;font-weight:650;font-variant-numeric:tabular-nums}
.value span{color:var(--soft);font-size:12px}
.alarms{display:flex;flex-wrap:wrap;gap:8px}
.state{border:1px solid var(--edge);border-left:5px solid;border-radius:5px;padding:3px 10px}
.state small{color:var(--soft);display:block}
.OK{border-left-color:#2ca470}.ALARM{border-left-color:#c9485b}.INSUFFICIENT_DATA{border-left-color:#8593a3}
.note{color:var(--soft);margin:auto 0}
@media (max-width:760px){.widgets{display:block}.widget{margin-bottom:10px;min-height:120px}}
"""


def render(region: str, name: str, *, start: float, end: float) -> str:
    """Return a deployed dashboard's part of a page for a span of time; raise `KeyError` if there is none."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    found = cloudwatch_backends[ACCOUNT][region].dashboards.get(name)
    if found is None:
        message = f"no dashboard {name} in {region}"
        raise KeyError(message)
    body = json.loads(found.body)
    widgets = "".join(_widget(each, region, start, end) for each in body.get("widgets") or [])
    first, last = (datetime.fromtimestamp(each, UTC).strftime("%Y-%m-%d %H:%M") for each in (start, end))
    head = f"<h1>{escape(name)}</h1><span>{escape(region)}</span><span>{first} to {last} UTC</span>"
    return f'<section class="dashboard"><header>{head}</header><div class="widgets">{widgets}</div></section>'


def page(dashboards: Sequence[str], title: str = "Dashboards") -> str:
    """Return rendered dashboards as one page that needs nothing else."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!doctype html><html lang="en"><head>{head}<style>{_STYLE}</style></head>'
        f"<body>{''.join(dashboards)}</body></html>\n"
    )


def _widget(widget: Mapping[str, Any], region: str, start: float, end: float) -> str:
    kind, properties = str(widget.get("type")), widget.get("properties") or {}
    width, height = int(widget.get("width", 6)), int(widget.get("height", 6))
    place = ""
    if "x" in widget and "y" in widget:
        place = f"grid-column:{int(widget['x']) + 1}/span {width};grid-row:{int(widget['y']) + 1}/span {height}"
    else:
        place = f"grid-column:span {min(width, _COLUMNS)};grid-row:span {height}"
    place = escape(place, quote=True)
    inner = _KINDS.get(kind, _unknown)(widget, properties.get("region") or region, start, end)
    title = "" if kind == "text" else f"<h2>{escape(str(properties.get('title') or ''))}</h2>"
    return f'<div class="widget {escape(kind, quote=True)}" style="{place}">{title}{inner}</div>'


def _metric(widget: Mapping[str, Any], region: str, start: float, end: float) -> str:
    properties = widget.get("properties") or {}
    shown = numbers.of(properties, region, start, end)
    if shown.problem is not None:
        return f'<p class="note">{escape(shown.problem)}</p>'
    if properties.get("view") == "singleValue":
        return _single(shown)
    width = int(widget.get("width", 6)) * _UNIT_WIDTH
    height = max(80, int(widget.get("height", 6)) * (_UNIT_HEIGHT + 10) - _CHROME)
    legend = "".join(
        f'<span><i style="background:{charts.color(line, at)}"></i>{escape(line.label)}</span>'
        for at, line in enumerate(shown.lines)
    )
    return f'{charts.graph(shown, properties, width, height)}<div class="legend">{legend}</div>'


def _single(shown: Numbers) -> str:
    cells = []
    for at, line in enumerate(shown.lines):
        # CloudWatch shows the last value that there is.
        value = charts.short(line.values[max(line.values)]) if line.values else "--"
        style = f' style="color:{charts.color(line, at)}"' if line.color else ""
        cells.append(f'<div class="value"><b{style}>{value}</b><span>{escape(line.label)}</span></div>')
    return f'<div class="values">{"".join(cells)}</div>'


def _text(widget: Mapping[str, Any], _region: str, _start: float, _end: float) -> str:
    return markdown.as_html(str((widget.get("properties") or {}).get("markdown", "")))


def _alarm(widget: Mapping[str, Any], _region: str, _start: float, _end: float) -> str:
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto loads only when deploying

    cells = []
    for arn in (widget.get("properties") or {}).get("alarms") or []:
        where, name = arn.split(":")[3], arn.split(":", 6)[-1]
        found = cloudwatch_backends[ACCOUNT][where].alarms.get(name)
        state = found.state_value if found is not None else "INSUFFICIENT_DATA"
        told = _STATES.get(state, state) if found is not None else "does not exist"
        cells.append(f'<div class="state {escape(state)}">{escape(name)}<small>{escape(told)}</small></div>')
    return f'<div class="alarms">{"".join(cells)}</div>'


def _log(widget: Mapping[str, Any], _region: str, _start: float, _end: float) -> str:
    query = str((widget.get("properties") or {}).get("query", ""))
    return (
        f'<p class="note">A query of CloudWatch Logs, which the sandbox does not run: <code>{escape(query)}</code></p>'
    )


def _unknown(widget: Mapping[str, Any], _region: str, _start: float, _end: float) -> str:
    return f'<p class="note">The sandbox does not draw widgets of the type {escape(str(widget.get("type")))}.</p>'


_KINDS: Mapping[str, Callable[[Mapping[str, Any], str, float, float], str]] = {
    "alarm": _alarm,
    "log": _log,
    "metric": _metric,
    "text": _text,
}
