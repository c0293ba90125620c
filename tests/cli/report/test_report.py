"""The report of a run says what was seen, what failed first, and gives nothing away."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli.conftest import Answer

from aws_mobile_cli.checks import Check, System
from aws_mobile_cli.report.observed import Report, Timed
from aws_mobile_cli.report.page import page
from aws_mobile_cli.report.sent import Sent, harmless, short
from aws_mobile_cli.story import Chapter

Run = Callable[..., Answer]
Write = Callable[..., Path]

_AT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
_GOOD = Check("database-instance", "is available", passed=True, seen="available", system=System.DATABASES)
_BAD = Check("archive", "keeps <script>alert(1)</script>", passed=False, seen='"<b>" & lost', system=System.ARCHIVES)
_REPORT = Report(
    project="app",
    stack="dev",
    regions=("eu-west-1", "eu-central-1"),
    began=_AT,
    resources=7,
    deploy_seconds=1.25,
    check_seconds=2.5,
    chapters=(Chapter(System.DATABASES, (_GOOD,), 2.5),),
    unchecked=(System.WEB_SERVERS,),
    outputs={"api": {"url": "https://<x>", "keys": ["[secret]"]}},
    dashboards=(),
    sent=(),
    steps=(Timed("check", "database-instance is available", 2.5), Timed("create", "s3.Bucket <b>", 0.5)),
)
_PROGRAM = """
import json, pulumi, pulumi_aws as aws
widget = {"type": "metric", "width": 6, "height": 6, "properties": {"title": "Calls", "metrics": [["N", "Calls"]]}}
body = json.dumps({"widgets": [widget]})
aws.cloudwatch.Dashboard("numbers", dashboard_name="numbers", dashboard_body=body)
aws.cloudwatch.Dashboard("there", dashboard_name="there", dashboard_body=body, region="eu-central-1")
pulumi.export("answer", "<42>")
"""


def _sent(way: str, body: str, subject: str = "", attributes: Mapping[str, str] | None = None) -> Sent:
    return Sent(way, "to@example.com", "from@example.com", subject, body, "eu-west-1", _AT, attributes or {})


def test_a_run_that_passed_says_so_with_figures() -> None:
    text = page(_REPORT)
    assert "<h1>Run: app, stack dev</h1>" in text
    assert "<p>Regions eu-west-1, eu-central-1; began 2030-01-02 03:04 UTC;" in text
    assert '<span class="verdict good">all 1 checks passed</span>' in text
    assert "<b>1 of 1</b><span>in 2.5 s</span>" in text
    assert "<b>7</b><span>deployed in 1.2 s</span>" in text
    assert 'class="failures"' not in text


def test_failures_come_first_and_once_more_in_their_system() -> None:
    failed = replace(_REPORT, chapters=(*_REPORT.chapters, Chapter(System.ARCHIVES, (_BAD,), 0)))
    text = page(failed)
    assert '<span class="verdict bad">1 of 2 checks failed</span>' in text
    assert '<h2 id="failures">1 check failed</h2>' in text
    assert text.index('id="failures"') < text.index('id="checks"')
    assert text.index("<h3>M9 S3 and Glacier <small>0 of 1 passed") < text.index(
        "<h3>M7 RDS <small>1 of 1 passed, 2.5 s"
    )


def test_what_a_check_says_stays_text() -> None:
    text = page(replace(_REPORT, chapters=(Chapter(System.ARCHIVES, (_BAD,), 0),)))
    assert "keeps &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&quot;&lt;b&gt;&quot; &amp; lost" in text
    assert not re.search(r"<script|<i>|<b>&quot;", text)


def test_outputs_are_shown_by_their_paths() -> None:
    text = page(_REPORT)
    assert "<tr><td>api.url</td><td>https://&lt;x&gt;</td></tr>" in text
    assert "<tr><td>api.keys</td><td>[&quot;[secret]&quot;]</td></tr>" in text


def test_messages_are_shown_by_the_way_they_went_with_all_that_came_along() -> None:
    push = _sent("APNS", '{"aps": "<hi>"}', attributes={"AWS.SNS.MOBILE.APNS.PUSH_TYPE": "alert"})
    text = page(replace(_REPORT, sent=(_sent("E-mail", "code 123456 <p>", "Your code"), push)))
    assert "<h3>E-mail <small>1</small></h3>" in text
    assert "<h4>Your code</h4><dl><dt>to</dt><dd>to@example.com</dd>" in text
    assert "<pre>code 123456 &lt;p&gt;</pre>" in text
    assert "<h3>APNS <small>1</small></h3>" in text
    assert "<dt>AWS.SNS.MOBILE.APNS.PUSH_TYPE</dt><dd>alert</dd>" in text
    assert "<pre>{&quot;aps&quot;: &quot;&lt;hi&gt;&quot;}</pre>" in text


def test_a_stack_without_messages_and_dashboards_says_so() -> None:
    text = page(_REPORT)
    assert "<p>Nothing was sent.</p>" in text
    assert "<p>The stack deploys no dashboard.</p>" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("your code is 123456", "your code is 123456"),
        ("a eyJhbGciOiJSUzI1.eyJzdWIiOiIxMjM0.abcdefgh z", "a eyJhbGci…efgh z"),
        ('{"token": "0123456789abcdef0123456789abcdef"}', '{"token": "01234567…cdef"}'),
        ("https://x/?Token=0123456789abcdef0123456789abcdef&a=1", "https://x/?Token=01234567…cdef&a=1"),
    ],
)
def test_tokens_in_texts_are_shortened_and_codes_are_not(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_of_a_short_token_almost_nothing_is_shown() -> None:
    assert short("abcdefghijkl") == "ab…"


def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", page(_REPORT))


def test_a_run_writes_its_report_with_every_dashboard(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    answer = aws_mobile("run", "--stack", "dev", "--html", str(file), folder=project(_PROGRAM))
    text = file.read_text(encoding="utf-8")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[-1] == f"report written to {file}"
    assert "<h3>numbers</h3><span>eu-west-1</span>" in text
    assert "<h3>there</h3><span>eu-central-1</span>" in text
    assert "No data in this span" in text
    assert "&lt;42&gt;" in text
    assert "cloudwatch.Dashboard numbers" in text


def test_a_report_that_cannot_be_written_is_refused_before_the_run(aws_mobile: Run, project: Write) -> None:
    answer = aws_mobile("run", "--stack", "dev", "--html", "/no-such-folder/r.html", folder=project(_PROGRAM))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "aws-mobile: --html: there is no folder /no-such-folder\n"


def test_json_stays_one_document_with_a_report_beside_it(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    answer = aws_mobile("run", "--stack", "dev", "--json", "--html", str(file), folder=project(_PROGRAM))
    assert answer.document["outputs"] == {"answer": "<42>"}
    assert file.is_file()
