"""Writes a report as HTML: what failed first, then what was seen, measured and sent. It needs nothing else."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from aws_mobile_cli.checks import Check
from aws_mobile_cli.pages import cell, document, figure, table

from .observed import Report
from .sent import Sent, harmless

_SLOWEST = 12
_BAR = 160

_STYLE = """
.top{overflow-wrap:anywhere}nav{margin:16px 0 0}nav a{margin-right:16px;white-space:nowrap}a{color:var(--link)}
h3{font-size:15px;margin:24px 0 6px;overflow-wrap:anywhere}h3 small{font-weight:400;color:var(--soft);font-size:13px}
.failures{border:2px solid var(--bad);border-radius:8px;padding:4px 18px 14px;margin:28px 0}
.failures h2{color:var(--bad);margin:12px 0}.failures li{margin:10px 0;overflow-wrap:anywhere}
.failures li p{color:var(--ink)}
.checks table{min-width:640px}.checks td{width:44%;overflow-wrap:anywhere}
.checks td.ok,.checks td.broken{width:72px;white-space:nowrap}
.message{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:12px 0}
.message dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 14px;margin:0 0 8px;font-size:13px}
.message dt{color:var(--soft)}.message dd{margin:0;overflow-wrap:anywhere}
.message h4{margin:0 0 6px;font-size:14px;overflow-wrap:anywhere}
pre{margin:0;font:12.5px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.boards{margin:0 -24px;padding:0 24px}.boards .dashboard{margin-bottom:44px}
.steps table{min-width:560px}.steps td.bar{width:180px}.steps svg{width:160px;height:12px;display:block}
.steps rect{fill:var(--link)}
@media(min-width:1240px){.boards{margin:0 calc(50% - min(50vw,720px) + 8px)}}
@media(max-width:600px){body{padding:20px 14px 40px}.figures{grid-template-columns:1fr 1fr}.figure b{font-size:22px}
.boards{margin:0;padding:0}.dashboard .widget.metric svg{min-width:0}
.checks table{min-width:0}.checks thead{display:none}
.checks tr{display:grid;grid-template-columns:64px minmax(0,1fr);border-bottom:1px solid var(--line);padding:6px 0}
.checks td,.checks td.ok,.checks td.broken{width:auto;border:0;padding:1px 0}.checks td.soft{grid-column:2}}
@media print{body{max-width:none;padding:0;font-size:12px}nav{display:none}.boards{margin:0;padding:0}
.message,.figure,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}.wide{overflow:visible}
.checks table,.steps table{min-width:0}}
"""


def page(report: Report) -> str:
    """Return the page."""
    from pulumi_aws_sandbox.runtime.dashboards import WIDGETS_STYLE  # noqa: PLC0415 - only a run with a report needs it

    title = f"Run: {report.project}, stack {report.stack}"
    body = "".join(
        [
            *_head(report, title),
            *_addresses(report.addresses),
            *_failures(report.failed),
            *_checks(report),
            *_dashboards(report.dashboards),
            *_messages(report.sent),
            *_steps(report),
            *_outputs(report.outputs),
        ]
    )
    return document(title, WIDGETS_STYLE + _STYLE, f"<main>{body}</main>")


def _head(report: Report, title: str) -> Iterator[str]:
    total, failed = len(report.checks), len(report.failed)
    verdict = ("bad", f"{failed} of {total} checks failed") if failed else ("good", f"all {total} checks passed")
    where = f"Region{'s' * (len(report.regions) > 1)} {', '.join(report.regions)}"
    yield f'<header class="top"><h1>{escape(title)}</h1>'
    stands = "which stands until it is stopped" if report.addresses else "of which nothing is left"
    yield f"<p>{escape(where)}; began {report.began:%Y-%m-%d %H:%M} UTC; in the sandbox, {stands}.</p>"
    yield f'<p><span class="verdict {verdict[0]}">{verdict[1]}</span></p>'
    yield '<nav aria-label="Parts of the report">'
    parts = ("Checks", "Dashboards", "Messages", "Slowest steps", "Outputs")
    yield "".join(f'<a href="#{_anchor(part)}">{part}</a>' for part in parts)
    yield '</nav></header><div class="figures">'
    yield figure("checks passed", f"{total - failed} of {total}", f"in {report.check_seconds:.1f} s")
    yield figure("resources", f"{report.resources}", f"deployed in {report.deploy_seconds:.1f} s")
    yield figure("messages sent", f"{len(report.sent)}", "e-mails, SMS and notifications")
    yield figure("dashboards", f"{len(report.dashboards)}", "as they stood after the checks")
    yield "</div>"


def _addresses(addresses: Mapping[str, str]) -> Iterator[str]:
    if addresses:
        yield "<section>" + _heading("Addresses")
        yield table(("what", "where it answers on this machine"), addresses.items()) + "</section>"


def _heading(text: str) -> str:
    return f'<h2 id="{_anchor(text)}">{text}</h2>'


def _anchor(text: str) -> str:
    return text.lower().replace(" ", "-")


def _failures(failed: Sequence[Check]) -> Iterator[str]:
    if not failed:
        return
    many = "1 check" if len(failed) == 1 else f"{len(failed)} checks"
    yield f'<section class="failures" aria-labelledby="failures"><h2 id="failures">{many} failed</h2><ul>'
    for check in failed:
        yield f"<li><b>{escape(check.subject)}</b> {escape(check.claim)}<p>Seen: {_text(check.seen)}</p></li>"
    yield "</ul></section>"


def _checks(report: Report) -> Iterator[str]:
    yield '<section class="checks">' + _heading("Checks")
    for chapter in sorted(report.chapters, key=lambda each: not each.failed):
        passed, total = len(chapter.checks) - len(chapter.failed), len(chapter.checks)
        said = f"{passed} of {total} passed, {chapter.seconds:.1f} s"
        yield f"<h3>{chapter.system.number} {escape(chapter.system.value)} <small>{said}</small></h3>"
        yield '<div class="wide"><table><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in ("result", "check", "seen")) + "</tr></thead><tbody>"
        for check in sorted(chapter.checks, key=lambda each: each.passed):
            mark = '<td class="ok">ok</td>' if check.passed else '<td class="broken">FAILED</td>'
            yield f"<tr>{mark}{cell(f'{check.subject} {check.claim}')}{cell(check.seen, 'soft')}</tr>"
        yield "</tbody></table></div>"
    if report.unchecked:
        names = ", ".join(f"{system.number} {system.value}" for system in report.unchecked)
        yield f'<p class="soft">No check looked at: {escape(names)}.</p>'
    yield "</section>"


def _dashboards(rendered: Sequence[str]) -> Iterator[str]:
    yield "<section>" + _heading("Dashboards")
    if rendered:
        yield "<p>CloudWatch's dashboards of the stack with the sandbox's metrics, as they stood after the checks.</p>"
        yield f'<div class="boards">{"".join(rendered)}</div>'
    else:
        yield "<p>The stack deploys no dashboard.</p>"
    yield "</section>"


def _messages(sent: Sequence[Sent]) -> Iterator[str]:
    yield "<section>" + _heading("Messages")
    if not sent:
        yield "<p>Nothing was sent.</p></section>"
        return
    yield (
        "<p>What people and phones would have got, exactly, by the way it went. Device tokens and signed tokens are "
        "shortened; codes are whole, for their users are gone.</p>"
    )
    for way in dict.fromkeys(each.way for each in sent):
        these = [each for each in sent if each.way == way]
        yield f"<h3>{escape(way)} <small>{len(these)}</small></h3>"
        for each in these:
            yield from _message(each)
    yield "</section>"


def _message(sent: Sent) -> Iterator[str]:
    about = {"from": sent.sender, "Region": sent.region, "at": f"{sent.at:%Y-%m-%d %H:%M:%S}", **sent.attributes}
    yield f'<article class="message"><h4>{escape(sent.subject or f"To {sent.to}")}</h4><dl>'
    if sent.subject:
        about = {"to": sent.to, **about}
    yield "".join(f"<dt>{escape(name)}</dt><dd>{_text(value)}</dd>" for name, value in about.items() if value)
    yield f"</dl><pre>{escape(sent.body)}</pre></article>"


def _steps(report: Report) -> Iterator[str]:
    yield '<section class="steps">' + _heading("Slowest steps")
    slowest = report.steps[:_SLOWEST]
    longest = max([step.seconds for step in slowest] + [0.001])
    yield '<div class="wide"><table><thead><tr>'
    yield '<th scope="col" class="n">seconds</th><th scope="col">share of the slowest</th>'
    yield '<th scope="col">kind</th><th scope="col">step</th></tr></thead><tbody>'
    for step in slowest:
        width = max(round(_BAR * step.seconds / longest, 1), 1)
        bar = f'<svg viewBox="0 0 {_BAR} 12" aria-hidden="true"><rect width="{width}" height="12" rx="2"/></svg>'
        yield f'<tr>{cell(f"{step.seconds:.2f}", "n")}<td class="bar">{bar}</td>{cell(step.kind, "soft")}'
        yield f"{cell(step.what)}</tr>"
    yield "</tbody></table></div></section>"


def _outputs(outputs: Mapping[str, Any]) -> Iterator[str]:
    yield "<section>" + _heading("Outputs")
    rows = [(name, harmless(value)) for name, value in _flat("", outputs)]
    yield table(("name", "value"), rows) if rows else "<p>The stack has no outputs.</p>"
    yield "</section>"


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Give a value's leaves with their paths."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _flat(f"{path}.{name}" if path else str(name), each)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, default=str)


def _text(text: str) -> str:
    return escape(harmless(text))
