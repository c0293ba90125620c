"""`aws-mobile preview`, as a user and as a script see it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import ROOT, Answer

Run = Callable[..., Answer]
Write = Callable[..., Path]

DATABASE = """
import pulumi
from pulumi_aws_mobile import HAdatabase

database = HAdatabase("db", {})
pulumi.export("endpoint", database.endpoint)
"""


def test_production_as_json_has_every_resource_with_its_parent(aws_mobile: Run) -> None:
    answer = aws_mobile("preview", "--stack", "prod", "--json")
    assert (answer.code, answer.err) == (0, "")
    resources = answer.document["resources"]
    urns = {resource["urn"] for resource in resources}
    for resource in resources:
        stack = resource["parent"].split("::")[2] == "pulumi:pulumi:Stack"
        assert resource["parent"] in urns or (stack and not resource["custom"])
    assert answer.document["summary"]["create"] == sum(resource["custom"] for resource in resources)


def test_secrets_and_unknown_values_are_words(aws_mobile: Run) -> None:
    document = aws_mobile("preview", "--stack", "prod", "--json").document
    version = next(item for item in document["resources"] if item["name"] == "database-secret-version")
    assert version["inputs"]["secretString"] in {"[secret]", "[unknown]"}
    instance = next(item for item in document["resources"] if item["name"] == "database-instance")
    assert instance["inputs"]["kmsKeyId"] == "[unknown]"
    assert "kmsKeyId" in instance["unknown"]
    assert document["outputs"]["database"]["endpoint"] == "[unknown]"


def test_a_person_sees_the_tree_the_outputs_and_a_sum(aws_mobile: Run) -> None:
    answer = aws_mobile("preview", "--stack", "dev")
    lines = answer.out.splitlines()
    assert lines[0] == "aws-mobile stack dev"
    assert "├── aws-mobile.HAdatabase database" in lines
    assert any(line.startswith("│   ├── + rds.Instance database-instance") for line in lines)
    assert "Outputs" in lines
    assert lines[-1].endswith("undecided")
    assert "\x1b" not in answer.out


def test_a_project_elsewhere_with_the_database_alone_previews(aws_mobile: Run, project: Write) -> None:
    answer = aws_mobile("preview", "--stack", "dev", "--json", folder=project(DATABASE))
    assert answer.code == 0
    assert answer.document["outputs"] == {"endpoint": "[unknown]"}


def test_a_stack_without_a_region_is_previewed_in_the_one_it_is_then_run_in(aws_mobile: Run, project: Write) -> None:
    program = 'import pulumi, pulumi_aws as aws\npulumi.export("zone", aws.get_availability_zones().names[0])\n'
    folder = project(program, "config: {}\n")
    zones = {
        command: aws_mobile(command, "--stack", "dev", "--json", folder=folder).document["outputs"]["zone"]
        for command in ("preview", "run")
    }
    assert zones == {"preview": "us-east-1a", "run": "us-east-1a"}


def test_wrong_arguments_list_every_problem_and_register_nothing(aws_mobile: Run, project: Write) -> None:
    program = DATABASE.replace("{}", '{"engin": "mysql", "storage_gib": "big"}')
    answer = aws_mobile("preview", "--stack", "dev", folder=project(program))
    assert answer.code == 2
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert lines[0] == 'aws-mobile: HAdatabase "db": 2 problems'
    assert [line.split(":")[0] for line in lines[1:]] == ["  engin", "  storage_gib"]


@pytest.mark.parametrize("command", ["preview", "run"])
def test_a_wrong_policy_tier_is_listed_with_the_other_problems(aws_mobile: Run, tmp_path: Path, command: str) -> None:
    for path in (ROOT / "Pulumi.yaml", ROOT / "__main__.py", *ROOT.glob("stack_*.py")):
        shutil.copy(path, tmp_path)
    config = "config: {aws:region: eu-west-1, aws-mobile:policies: lax, aws-mobile:database: {engin: mysql}}\n"
    (tmp_path / "Pulumi.dev.yaml").write_text(config)
    answer = aws_mobile(command, "--stack", "dev", "--json", folder=tmp_path)
    paths = [problem["path"] for problem in answer.document["problems"]]
    assert (answer.code, sorted(paths)) == (2, ["aws-mobile:database.engin", "aws-mobile:policies"])


def test_problems_are_a_document_with_json(aws_mobile: Run, project: Write) -> None:
    program = DATABASE.replace("{}", '{"engin": "mysql"}')
    answer = aws_mobile("preview", "--stack", "dev", "--json", folder=project(program))
    (problem,) = answer.document["problems"]
    assert (answer.code, problem["path"], problem["fix"]) == (2, "engin", 'did you mean "engine"?')


def test_an_unknown_stack_is_a_usage_error(aws_mobile: Run) -> None:
    answer = aws_mobile("preview", "--stack", "nope")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "aws-mobile: there is no stack file Pulumi.nope.yaml; the stacks here are: dev, local, prod, stage\n"
    )


STRANGE = """
import pulumi_aws as aws

repository = aws.ecr.Repository("images")
aws.ssm.Parameter("where", type="String", value=repository.repository_url)
aws.kms.Key("key")
"""


def test_a_type_that_the_sandbox_cannot_create_is_shown_and_judged_as_it_is_written(
    aws_mobile: Run, project: Write
) -> None:
    folder = project(STRANGE)
    answer = aws_mobile("preview", "--stack", "dev", "--policy-config", "nist-800-53", folder=folder)
    assert (answer.code, answer.err) == (1, "")
    assert "+ ecr.Repository images" in answer.out
    assert "+ ssm.Parameter where  1 unknown" in answer.out
    assert "mandatory kms-rotation key:" in answer.out
    said = "not run by the sandbox: aws:ecr/repository:Repository (1), aws:ssm/parameter:Parameter (1)"
    assert said in " ".join(answer.out.split())
    document = aws_mobile("preview", "--stack", "dev", "--json", folder=folder).document
    assert document["unsupported"] == {"aws:ecr/repository:Repository": 1, "aws:ssm/parameter:Parameter": 1}


def test_what_is_run_has_to_be_of_types_that_the_sandbox_can_create(aws_mobile: Run, project: Write) -> None:
    answer = aws_mobile("run", "--stack", "dev", folder=project(STRANGE))
    assert answer.code == 2
    assert answer.err.startswith(
        "aws-mobile: the sandbox does not support the resource type aws:ecr/repository:Repository; "
    )


def test_a_program_that_fails_shows_its_own_lines_alone(aws_mobile: Run, project: Write) -> None:
    answer = aws_mobile("preview", "--stack", "dev", folder=project("def f():\n    return 1 / 0\n\nf()\n"))
    assert answer.code == 3
    assert 'File "__main__.py", line 4' in answer.err
    assert answer.err.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "runpy" not in answer.err
    assert "pulumi/runtime" not in answer.err


def test_a_mandatory_finding_is_exit_code_one(aws_mobile: Run, project: Write) -> None:
    program = (
        'import pulumi_aws as aws\naws.rds.Instance("db", instance_class="db.t4g.micro", publicly_accessible=True)\n'
    )
    answer = aws_mobile("preview", "--stack", "dev", "--json", folder=project(program))
    assert answer.code == 1
    rules = {finding["rule"] for finding in answer.document["policies"] if finding["mandatory"]}
    assert {"rds-private", "rds-encrypted"} <= rules


def test_a_policy_configuration_can_be_chosen(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    program = 'import pulumi_aws as aws\naws.kms.Key("k")\n'
    folder = project(program)
    config = tmp_path / "policy.json"
    config.write_text('{"all": "disabled"}')
    answer = aws_mobile("preview", "--stack", "dev", "--json", "--policy-config", str(config), folder=folder)
    assert (answer.code, answer.document["policies"]) == (0, [])


def test_what_is_acknowledged_is_shown_with_its_reason_and_stops_nothing(
    aws_mobile: Run, project: Write, tmp_path: Path
) -> None:
    folder = project('import pulumi_aws as aws\naws.kms.Key("k")\n')
    accepted = {"urn": "::k$", "reason": "rotated by hand", "expires": "9999-12-31"}
    config = tmp_path / "policy.json"
    config.write_text(json.dumps({"all": "disabled", "kms-rotation": {"enforcementLevel": "mandatory"}}))
    assert aws_mobile("preview", "--stack", "dev", "--policy-config", str(config), folder=folder).code == 1
    rule = {"enforcementLevel": "mandatory", "excludeFor": [accepted]}
    config.write_text(json.dumps({"all": "disabled", "kms-rotation": rule}))
    answer = aws_mobile("preview", "--stack", "dev", "--policy-config", str(config), folder=folder)
    lines = " ".join(answer.out.split())
    assert answer.code == 0
    assert "acknowledged kms-rotation k: enableKeyRotation: got nothing;" in lines
    assert "(until 9999-12-31: rotated by hand)" in lines
    assert lines.endswith("policies: 0 mandatory, 0 advisory, 0 undecided, 1 acknowledged")
    answer = aws_mobile("preview", "--stack", "dev", "--json", "--policy-config", str(config), folder=folder)
    (finding,) = answer.document["policies"]
    assert (finding["kind"], finding["mandatory"]) == ("acknowledged", False)
    assert finding["acknowledged"] == "until 9999-12-31: rotated by hand"


def test_a_preset_can_be_chosen(aws_mobile: Run, project: Write) -> None:
    folder = project('import pulumi_aws as aws\naws.kms.Key("k")\n')
    answer = aws_mobile("preview", "--stack", "dev", "--json", "--policy-config", "nist-800-53", folder=folder)
    assert (answer.code, [one["rule"] for one in answer.document["policies"]]) == (1, ["kms-rotation"])


def test_a_file_named_as_a_preset_goes_first(aws_mobile: Run, project: Write) -> None:
    folder = project('import pulumi_aws as aws\naws.kms.Key("k")\n')
    (folder / "fsbp").write_text('{"all": "disabled"}')
    answer = aws_mobile(
        "preview", "--stack", "dev", "--json", "--project", ".", "--policy-config", str(folder / "fsbp"), folder=folder
    )
    assert (answer.code, answer.document["policies"]) == (0, [])


def test_a_tier_that_no_preset_has_is_refused(aws_mobile: Run, project: Write) -> None:
    folder = project("import pulumi\n")
    (stack,) = folder.glob("Pulumi.dev.yaml")
    stack.write_text("config:\n  aws:region: eu-west-1\n  app:policies: strict\n")
    answer = aws_mobile("preview", "--stack", "dev", folder=folder)
    assert answer.code == 2
    allowed = "development, production, fsbp, aws-solutions, nist-800-53"
    said = f'aws-mobile: app:policies: got "strict"; allowed: {allowed}; name one of these'
    assert answer.err.splitlines()[-1] == said


def test_an_unknown_rule_in_a_policy_configuration_is_refused(aws_mobile: Run, project: Write, tmp_path: Path) -> None:
    config = tmp_path / "policy.json"
    config.write_text('{"rds-privat": "disabled"}')
    answer = aws_mobile("preview", "--stack", "dev", "--policy-config", str(config), folder=project("import pulumi\n"))
    assert answer.code == 2
    assert "rds-privat" in answer.err
    assert "rds-private" in answer.err


def test_neither_boto3_nor_moto_is_loaded_by_a_preview(project: Write) -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "from aws_mobile_cli.__main__ import main\n"
        "main(['preview', '--stack', 'dev', '--json'])\n"
        "print(sorted({'boto3', 'botocore', 'moto', 'rich', 'pulumi_policy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project(DATABASE), capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
