"""What a function registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs, and that the code runs, is proved by the sandbox.
"""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from components.function.building import FUNCTION, TOPIC, Account, build, folder

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, record


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(tmp_path: Path, preview: bool) -> None:
    def program() -> None:
        function = Function("mail", {"source": folder(tmp_path), "alarm_topic_arn": TOPIC})
        function.allow("user-pool", "cognito-idp.amazonaws.com", "arn:aws:cognito-idp:eu-west-1:1:userpool/p")

    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(record(program, preview=preview, mocks=Account()).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_a_folder_alone_makes_a_role_a_log_group_and_a_function(tmp_path: Path, preview: bool) -> None:
    children = build({"source": folder(tmp_path)}, preview=preview).children(FUNCTION)
    assert {child.name for child in children} == {"mail-role", "mail-logs", "mail-permissions", "mail-function"}


def test_the_function_gets_its_settings(tmp_path: Path) -> None:
    inputs = build({"source": folder(tmp_path)}).named("mail-function").inputs
    code = inputs.pop("code")
    assert {name: asset["path"] for name, asset in code["assets"].items()} == {"index.py": str(tmp_path / "index.py")}
    assert inputs == {
        "architectures": ["arm64"],
        "handler": "index.handle",
        "loggingConfig": {
            "applicationLogLevel": "INFO",
            "logFormat": "JSON",
            "logGroup": "mail-logs",
            "systemLogLevel": "INFO",
        },
        "memorySize": 256,
        "role": "arn:aws:iam:eu-west-1:123456789012:mail-role",
        "runtime": "python3.13",
        "tags": {"Name": "mail-function"},
        "timeout": 10,
    }


def test_what_was_asked_for_reaches_the_function(tmp_path: Path) -> None:
    args = {
        "source": folder(tmp_path, {"app/main.py": "def run(event, context): ...\n"}),
        "handler": "app.main.run",
        "description": "Sends mail",
        "environment": {"TABLE_NAME": "users"},
        "timeout_seconds": 30,
        "memory_mib": 512,
        "log_retention_days": 7,
        "reserved_concurrency": 5,
        "region": "eu-central-1",
        "tags": {"team": "core"},
    }
    recording = build(args)
    inputs = recording.named("mail-function").inputs
    assert {name: value for name, value in inputs.items() if name not in {"code", "loggingConfig", "role"}} == {
        "architectures": ["arm64"],
        "description": "Sends mail",
        "environment": {"variables": {"TABLE_NAME": "users"}},
        "handler": "app.main.run",
        "memorySize": 512,
        "region": "eu-central-1",
        "reservedConcurrentExecutions": 5,
        "runtime": "python3.13",
        "tags": {"Name": "mail-function", "team": "core"},
        "timeout": 30,
    }
    assert recording.named("mail-logs").inputs == {
        "region": "eu-central-1",
        "retentionInDays": 7,
        "tags": {"Name": "mail-logs", "team": "core"},
    }


def test_only_lambda_may_take_the_role(tmp_path: Path) -> None:
    document = json.loads(build({"source": folder(tmp_path)}).named("mail-role").inputs["assumeRolePolicy"])
    assert document["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]


def test_the_role_may_write_its_own_log_and_do_what_was_asked_for(tmp_path: Path) -> None:
    table = "arn:aws:dynamodb:eu-west-1:123456789012:table/users"
    asked = [{"actions": ["dynamodb:PutItem"], "resources": [pulumi.Output.from_input(table)]}]
    recording = build({"source": folder(tmp_path), "statements": asked})
    policy = json.loads(recording.named("mail-permissions").inputs["policy"])
    assert policy["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": ["arn:aws:cloudwatch:eu-west-1:123456789012:mail-logs:*"],
        },
        {"Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": [table]},
    ]


def test_what_failed_is_kept_in_the_queue_that_is_named_and_nowhere_else(tmp_path: Path) -> None:
    queue = "arn:aws:sqs:eu-west-1:123456789012:failed"
    recording = build({"source": folder(tmp_path), "dead_letter_arn": pulumi.Output.from_input(queue)})
    assert recording.named("mail-function").inputs["deadLetterConfig"] == {"targetArn": queue}
    policy = json.loads(recording.named("mail-permissions").inputs["policy"])
    assert policy["Statement"][1] == {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": [queue]}
    assert "deadLetterConfig" not in build({"source": folder(tmp_path)}).named("mail-function").inputs


def test_the_permissions_are_there_before_the_first_event_can_come(tmp_path: Path) -> None:
    recording = build({"source": folder(tmp_path)})
    assert recording.named("mail-permissions").urn in recording.named("mail-function").dependencies


def test_without_a_topic_there_is_no_alarm(tmp_path: Path) -> None:
    assert build({"source": folder(tmp_path)}).of_type("aws:cloudwatch/metricAlarm:MetricAlarm") == []


def test_a_topic_is_told_of_failures(tmp_path: Path) -> None:
    args = {"source": folder(tmp_path), "alarm_topic_arn": pulumi.Output.from_input(TOPIC), "region": "eu-central-1"}
    assert build(args).named("mail-errors").inputs == {
        "alarmActions": [TOPIC],
        "alarmDescription": "The function mail failed",
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"FunctionName": "mail-function"},
        "evaluationPeriods": 1,
        "metricName": "Errors",
        "namespace": "AWS/Lambda",
        "okActions": [TOPIC],
        "period": 300,
        "region": "eu-central-1",
        "statistic": "Sum",
        "tags": {"Name": "mail-errors"},
        "threshold": 0,
        "treatMissingData": "notBreaching",
    }


def test_a_caller_is_let_in_for_one_resource(tmp_path: Path) -> None:
    pool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/pool"

    def program() -> None:
        Function("mail", {"source": folder(tmp_path), "region": "eu-west-1"}).allow(
            "user-pool", "cognito-idp.amazonaws.com", pulumi.Output.from_input(pool)
        )

    permission = record(program, mocks=Account()).named("mail-from-user-pool")
    assert permission.parent == FUNCTION
    assert permission.inputs == {
        "action": "lambda:InvokeFunction",
        "function": "mail-function",
        "principal": "cognito-idp.amazonaws.com",
        "region": "eu-west-1",
        "sourceArn": pool,
    }


def test_the_outputs_say_where_everything_is(tmp_path: Path) -> None:
    assert build({"source": folder(tmp_path)}).component_outputs[FUNCTION] == {
        "arn": "arn:aws:lambda:eu-west-1:123456789012:mail-function",
        "function_name": "mail-function",
        "role_name": "mail-role",
        "role_arn": "arn:aws:iam:eu-west-1:123456789012:mail-role",
        "log_group_name": "mail-logs",
    }


def test_in_a_preview_what_aws_decides_is_unknown(tmp_path: Path) -> None:
    recording = build({"source": folder(tmp_path)}, preview=True)
    assert set(recording.component_outputs[FUNCTION].values()) == {UNKNOWN}
    assert recording.named("mail-permissions").inputs["policy"] == UNKNOWN


@pytest.mark.parametrize("preview", [True, False])
def test_a_value_of_another_resource_flows_into_the_environment(tmp_path: Path, preview: bool) -> None:
    environment = {"TABLE_NAME": pulumi.Output.from_input("users")}
    inputs = build({"source": folder(tmp_path), "environment": environment}, preview=preview)
    assert inputs.named("mail-function").inputs["environment"] == {"variables": {"TABLE_NAME": "users"}}


@pytest.mark.parametrize("preview", [True, False])
def test_a_secret_in_the_environment_is_refused(tmp_path: Path, preview: bool) -> None:
    source = folder(tmp_path)
    # The SDK wraps the error that an output fails with.
    with pytest.raises(ValueError, match="environment") as raised:
        record(
            lambda: Function("mail", {"source": source, "environment": {"TOKEN": pulumi.Output.secret("hidden")}}),
            preview=preview,
            mocks=Account(),
        )
    assert str(raised.value).endswith(
        'Function "mail": 1 problem\n'
        "  environment.TOKEN: got a secret; allowed: no secrets: whoever may look at the function reads them; "
        "keep it in Secrets Manager, give the secret's ARN and a statement to read it"
    )


def test_refused_arguments_leave_nothing_registered(tmp_path: Path) -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: Function("mail", {"source": str(tmp_path)}), on_resource=registered.append)
    assert not registered


def test_two_functions_do_not_collide(tmp_path: Path) -> None:
    def program() -> None:
        for name in ("mail", "mail-2"):
            Function(name, {"source": folder(tmp_path), "alarm_topic_arn": TOPIC})

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_no_child_depends_on_a_component(tmp_path: Path) -> None:
    children = build({"source": folder(tmp_path), "alarm_topic_arn": TOPIC}).children(FUNCTION)
    assert not [child for child in children if FUNCTION in child.dependencies]


def test_importing_a_function_loads_none_of_its_services() -> None:
    loaded = (
        "sorted({name.split('.')[1] for name in sys.modules if name.startswith('pulumi_aws.') and name.count('.') > 1})"
    )
    program = f"import sys, pulumi_aws_mobile.function; print({loaded})"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not {"lambda_", "iam", "cloudwatch"} & set(ast.literal_eval(answer))
