"""Every rule is written the same way, and none in a way that passes in silence."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from policy.test_rules import PACK

from aws_mobile_guard.rule import BaseRule, Rule, StackRule
from aws_mobile_guard.rules import RULES

MODULES = sorted(path for path in (PACK / "rules").glob("*.py") if path.name != "__init__.py")
SHARED = [
    PACK / f"{name}.py"
    for name in (
        "balancers",
        "beanstalk",
        "buckets",
        "databases",
        "expect",
        "gateways",
        "iam",
        "openapi",
        "plain_secrets",
        "records",
        "security_groups",
        "stack",
    )
]
FAMILIES = {
    "acm",
    "alarm",
    "api",
    "appsync",
    "asg",
    "athena",
    "backup",
    "cognito",
    "ddb",
    "dr",
    "eb",
    "firehose",
    "glacier",
    "glue",
    "guard",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "lb",
    "log",
    "lt",
    "r53",
    "rds",
    "s3",
    "secret",
    "sg",
    "sns",
    "sqs",
    "subnet",
    "vpc",
    "waf",
}
FRAMEWORK = re.compile(
    r"(FSBP )?(ACM|APIGateway|AppSync|Athena|AutoScaling|Backup|CloudWatch|Cognito|DataFirehose|DynamoDB|EC2|ELB"
    r"|ElasticBeanstalk|IAM|KMS|Kinesis|Lambda|RDS|Route53|S3|SNS|SQS|SecretsManager|WAF)\.\d+"
    r"|AwsSolutions-[A-Z]+\d+|CKV2?_AWS_\d+|AWS-\d{4}"
)
TOKEN = re.compile(r"aws:[a-z0-9]+/[a-z][A-Za-z0-9]+:[A-Z][A-Za-z0-9]+")
SITES = ("https://docs.aws.amazon.com/", "https://www.pulumi.com/")
MOST_LINES = 130


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_holds_the_one_rule_that_it_is_named_after(path: Path) -> None:
    rule = importlib.import_module(f"aws_mobile_guard.rules.{path.stem}").RULE
    assert rule.id == path.stem.replace("_", "-")
    assert rule in RULES
    assert len(path.read_text().splitlines()) <= MOST_LINES


def test_the_rules_are_ordered_and_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) == len(MODULES)


@pytest.mark.parametrize("path", [*MODULES, *SHARED], ids=lambda path: path.stem)
def test_no_rule_asks_for_pythons_own_lists_and_objects_which_pulumis_are_not(path: Path) -> None:
    refused = {"list", "dict", "tuple"}
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"isinstance", "type"}:
            names = {node.id for argument in call.args[1:] for node in ast.walk(argument) if isinstance(node, ast.Name)}
            asked = names & refused
            # The ports of an ingress rule are the guard's own pair, not Pulumi's list.
            assert asked <= ({"tuple"} if path.stem == "sg_open_ingress" else set()), f"line {call.lineno}"


@pytest.mark.parametrize("path", [*MODULES, *SHARED], ids=lambda path: path.stem)
def test_no_rule_knows_of_pulumi_or_of_the_components(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert [name for name in modules if name.partition(".")[0].startswith("pulumi")] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_everything_about_itself(rule: BaseRule) -> None:
    assert rule.id.partition("-")[0] in FAMILIES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.description)
    assert len(rule.description) <= 100
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.remediation)
    assert rule.url.startswith(SITES)
    assert isinstance(rule, (Rule, StackRule))
    assert [one for one in rule.frameworks if not FRAMEWORK.fullmatch(one)] == []
    assert rule.types
    assert len(set(rule.types)) == len(rule.types)
    assert [one for one in rule.types if not TOKEN.fullmatch(one)] == []


def test_one_sentence_describes_one_rule() -> None:
    assert len({rule.description for rule in RULES}) == len(RULES)
    assert len({rule.remediation for rule in RULES}) == len(RULES)
