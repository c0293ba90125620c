"""The reports as a user asks for them: beside a preview, and from a log of the engine."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from cli.conftest import Answer
from cli.findings.test_events import BEGINS, _event
from junitparser import JUnitXml

Run = Callable[..., Answer]
Write = Callable[..., Path]

CANARY = "correct-horse-battery"
BAD = f"""
import pulumi
import pulumi_aws as aws

aws.kms.Key("key", description=pulumi.Output.secret("{CANARY}"))
aws.rds.Instance(
    "db", instance_class="db.t4g.micro", publicly_accessible=True, password=pulumi.Output.secret("{CANARY}"),
    username=pulumi.Output.secret("{CANARY}"), identifier=pulumi.Output.secret("{CANARY}"),
)
token = pulumi.Output.secret("{CANARY}")
aws.lambda_.Function("function", role="role", environment={{"variables": {{"API_TOKEN": token}}}}, runtime="python3.8")
"""


def test_a_preview_writes_both_reports_and_prints_as_without(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    folder = project(BAD)
    reports = ["--sarif", str(tmp_path / "out.sarif"), "--junit", str(tmp_path / "out.xml")]
    answer = aws_mobile("preview", "--stack", "dev", "--json", *reports, folder=folder)
    assert answer.code == 1
    (run,) = json.loads((tmp_path / "out.sarif").read_text())["runs"]
    said = [(one["rule"], one["urn"]) for one in answer.document["policies"]]
    assert said == [
        (one["ruleId"], one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]) for one in run["results"]
    ]
    report = JUnitXml.fromfile(str(tmp_path / "out.xml"))
    mandatory = sum(one["mandatory"] for one in answer.document["policies"])
    assert sum(len(case.result) for suite in report for case in suite if not case.is_skipped) == mandatory > 0


def test_no_report_gives_a_secret_away(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    folder = project(BAD)
    reports = ["--sarif", str(tmp_path / "out.sarif"), "--junit", str(tmp_path / "out.xml")]
    for words in ([], ["--json"]):
        answer = aws_mobile("preview", "--stack", "dev", *words, *reports, folder=folder)
        texts = [answer.out, answer.err, *((tmp_path / name).read_text() for name in ("out.sarif", "out.xml"))]
        assert [CANARY in text for text in texts] == [False] * 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sarif", "/no-such-folder/x"], "--sarif: there is no folder /no-such-folder"),
        (["--junit", "/"], "--junit: / is a folder; name a file in it"),
        (["--sarif", "same", "--junit", "./same"], "--sarif and --junit name one file; name one for each"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_program_runs(
    aws_mobile: Run, project: Write, words: list[str], said: str
) -> None:
    folder = project('raise ValueError("it ran")\n')
    answer = aws_mobile("preview", "--stack", "dev", *words, folder=folder)
    assert (answer.code, answer.err) == (2, f"aws-mobile: {said}\n")
    assert not (folder / "same").exists()


def test_a_log_of_the_engine_is_told_and_written_in_the_same_forms(aws_mobile: Run, tmp_path: Path) -> None:
    log = tmp_path / "events.json"
    log.write_text("\n".join([BEGINS, _event("mandatory", "A key is rotated.\nenableKeyRotation: got nothing")]))
    sarif = tmp_path / "out.sarif"
    answer = aws_mobile("policies", "report", str(log), "--sarif", str(sarif))
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "app stack dev",
        "  mandatory kms-rotation key: enableKeyRotation: got nothing",
        "policies: 1 mandatory, 0 advisory, 0 undecided",
    ]
    (result,) = json.loads(sarif.read_text())["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("kms-rotation", "error")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.dev.yaml"


def test_a_log_without_mandatory_findings_ends_well_and_as_json(aws_mobile: Run, tmp_path: Path) -> None:
    log = tmp_path / "events.json"
    log.write_text(_event("advisory", "A key is rotated.\nenableKeyRotation: got nothing"))
    answer = aws_mobile("policies", "report", str(log), "--json")
    assert (answer.code, [one["standing"] for one in answer.document["policies"]]) == (0, ["advisory"])


def test_a_log_that_is_not_there_is_refused(aws_mobile: Run, tmp_path: Path) -> None:
    answer = aws_mobile("policies", "report", str(tmp_path / "none"))
    assert answer.code == 2
    assert answer.err.startswith(f"aws-mobile: {tmp_path / 'none'}: cannot be read: ")


def test_a_preset_is_a_configuration_that_is_right(aws_mobile: Run) -> None:
    answer = aws_mobile("policies", "check", "fsbp")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("fsbp: ")
    assert answer.out.endswith("; 0 acknowledged, 0 of them expired\n")
    levels = aws_mobile("policies", "check", "fsbp", "--json").document["rules"]
    assert (levels["rds-encrypted"], levels["rds-final-snapshot"]) == ("mandatory", "disabled")


def test_an_acknowledgement_that_has_expired_is_told(aws_mobile: Run, tmp_path: Path) -> None:
    old = {"urn": "::a$", "reason": "moving in May", "expires": "2026-05-31"}
    new = {"urn": "::b$", "reason": "stays"}
    (tmp_path / "policy.json").write_text(json.dumps({"rds-encrypted": {"excludeFor": [old, new]}}))
    answer = aws_mobile("policies", "check", str(tmp_path / "policy.json"))
    assert answer.code == 1
    assert answer.out.splitlines()[0] == "  expired   rds-encrypted ::a$: acknowledged until 2026-05-31: moving in May"
    assert answer.out.endswith("; 2 acknowledged, 1 of them expired\n")
    document = aws_mobile("policies", "check", str(tmp_path / "policy.json"), "--json").document
    assert document["expired"] == [
        {"rule": "rds-encrypted", "urn": "::a$", "acknowledged": "until 2026-05-31: moving in May"}
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"rds-encypted": "mandatory"}', 'rds-encypted: no rule has this name; did you mean "rds-encrypted"?'),
        (
            '{"rds-backups": {"minimumDay": 7}}',
            'rds-backups.minimumDay: the rule has no such option; did you mean "minimumDays"?',
        ),
        ('{"all": "advisory", "all": "mandatory"}', 'not a policy configuration: "all" stands there twice'),
        ("[]", "not a policy configuration: it must be an object"),
        ("{", "not a policy configuration: "),
    ],
)
def test_a_mistake_in_a_configuration_is_an_error(aws_mobile: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "policy.json").write_text(text)
    answer = aws_mobile("policies", "check", str(tmp_path / "policy.json"))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def _diagnostic(severity: str, message: str) -> str:
    return json.dumps({"sequence": 9, "diagnosticEvent": {"severity": severity, "message": message}})


def test_a_run_that_failed_by_itself_is_not_taken_for_one_without_findings(aws_mobile: Run, tmp_path: Path) -> None:
    log = tmp_path / "events.json"
    crash = "<{%fg 1%}>Program failed with an unhandled exception:\nTraceback: canary<{%reset%}>"
    log.write_text("\n".join([BEGINS, _diagnostic("warning", "careful"), _diagnostic("error", crash)]))
    answer = aws_mobile("policies", "report", str(log))
    assert answer.code == 3
    assert answer.out.endswith("policies: 0 mandatory, 0 advisory, 0 undecided\n")
    assert answer.err == (
        "aws-mobile: Pulumi's run failed, so not everything was judged: Program failed with an unhandled exception:\n"
    )
    assert aws_mobile("policies", "report", str(log), "--json").document["failed"]


@pytest.mark.parametrize("whole", ["preview failed", "update failed\n"])
def test_a_preview_that_failed_for_its_policies_is_what_they_found(aws_mobile: Run, tmp_path: Path, whole: str) -> None:
    log = tmp_path / "events.json"
    log.write_text("\n".join([BEGINS, _event("mandatory", "a\nb"), _diagnostic("error", whole)]))
    answer = aws_mobile("policies", "report", str(log))
    assert (answer.code, answer.err) == (1, "")


def test_a_pack_is_written_once_and_into_nothing_that_is_there(aws_mobile: Run, tmp_path: Path) -> None:
    folder = tmp_path / "checks" / "policies"
    answer = aws_mobile("policies", "init", str(folder), "--pack", "security")
    assert (answer.code, answer.out) == (0, f"{folder}: run it by pulumi preview --policy-pack {folder}\n")
    assert sorted(path.name for path in folder.iterdir()) == ["PulumiPolicy.yaml", "__main__.py"]
    settings = yaml.safe_load((folder / "PulumiPolicy.yaml").read_text())
    assert (folder / settings["runtime"]["options"]["virtualenv"]).resolve() == Path(sys.prefix).resolve()
    compile((folder / "__main__.py").read_text(), "__main__.py", "exec")
    again = aws_mobile("policies", "init", str(folder))
    assert again.code == 2
    assert again.err == f"aws-mobile: {folder}: is there already; name a folder that is not, or an empty one\n"
