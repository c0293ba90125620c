"""A failover calls only what it may, and nothing whose control plane may be lost with a Region.

The calls are read from the functions' source; what AWS does behind them is AWS's own statement.
"""

import ast
import functools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore import xform_name
from botocore.session import get_session
from components.dr_pair.building import STRATEGIES, build, everything

SERVICES = ("cloudformation", "cloudwatch", "dynamodb", "elasticbeanstalk", "rds", "sns")
SOURCE = Path(__file__).parents[3] / "components" / "pulumi_aws_mobile" / "dr_pair" / "functions"
CREATING = {"cloudformation:CreateStack", "cloudformation:DeleteStack", "cloudformation:DescribeStacks"}
RESTORING = {"rds:DescribeDBInstanceAutomatedBackups"}
TRANSACTION = {"dynamodb:TransactWriteItems": "dynamodb:PutItem"}
"""IAM judges a transaction by what is in it."""


def texts() -> Iterator[str]:
    """Yield every text in the functions' source."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@functools.cache
def called() -> frozenset[str]:
    """Return the actions that the functions' calls need."""
    session = get_session()
    operations = {
        xform_name(operation): f"{service}:{operation}"
        for service in SERVICES
        for operation in session.get_service_model(service).operation_names
    }
    found = {operations[text] for text in texts() if text in operations}
    return frozenset(TRANSACTION.get(action, action) for action in found)


def allowed(strategy: str) -> set[str]:
    """Return what the recovery function may do."""
    recording = build(everything(strategy))
    names = ["recovery-permissions", "recovery-reads", "scales-primary", "scales-recovery"]
    documents = [json.loads(recording.named(f"pair-{name}").inputs["policy"]) for name in names]
    return {action for document in documents for one in document["Statement"] for action in one["Action"]}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_recovery_function_may_make_every_call_of_the_strategy(strategy: str) -> None:
    not_needed: set[str] = set() if strategy in {"backup_restore", "pilot_light"} else CREATING | RESTORING
    assert called() - not_needed <= allowed(strategy)


def test_there_are_calls_to_judge() -> None:
    assert {"rds:PromoteReadReplica", "elasticbeanstalk:UpdateEnvironment", "dynamodb:PutItem"} <= called()


@pytest.mark.parametrize("service", ["iam", "route53", "route53domains", "cognito-idp", "lambda", "events", "s3"])
def test_no_function_calls_a_service_whose_settings_a_failover_leaves_alone(service: str) -> None:
    assert service not in set(texts())


def test_the_functions_have_clients_of_their_services_alone() -> None:
    assert set(texts()) & set(get_session().get_available_services()) == set(SERVICES)
