"""What NIST SP 800-53 (revision 5) demands of the rules that ask for the same as a control of AWS Security Hub.

AWS says which demands a control serves, on the control's page under "Related requirements". `PAGES` is what those pages
say, of the controls that rules name in `frameworks`. A control without an entry has no demand of NIST on its page; no
rule claims a demand by itself.

A page's address is `SOURCE` with its name.
"""

from collections.abc import Iterable, Mapping

from aws_mobile_guard.rule import BaseRule

SOURCE = "https://docs.aws.amazon.com/securityhub/latest/userguide/{page}.html"
PREFIX = "NIST.800-53.r5 "
"""How Security Hub begins a demand of the standard."""

_ACCESS_LOG = "AC-2(4) AC-4(26) AC-6(9) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SC-7(9) SI-3(8) SI-4(20) SI-7(8)"
_AT_REST = "CA-9(1) CM-3(6) SC-13 SC-28 SC-28(1) SC-7(10) SI-7(6)"
_CONFIGURED = "CA-9(1) CM-2"
_IN_TRANSIT = "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)"
_LEAST_PRIVILEGE = "AC-2 AC-2(1) AC-3 AC-3(15) AC-3(7) AC-5 AC-6 AC-6(3)"
_LOG = "AC-4(26) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SC-7(9) SI-7(8)"
_MANAGED_ACCESS = "AC-2(1) AC-3 AC-3(15) AC-3(7) AC-6"
_MONITORED = "CA-7 SI-2"
_NETWORK = "AC-4 AC-4(21) SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)"
_NOT_PUBLIC = "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)"
_PATCHED = "SI-2 SI-2(2) SI-2(4) SI-2(5)"
_PROTECTED = "CA-9(1) CM-2 CM-2(2) CM-3 SC-5(2)"
_ROTATED = "AC-2(1) AC-3(15)"
_TWO_ZONES = "CP-10 CP-6(2) SC-36 SC-5(2) SI-13(5)"

PAGES: Mapping[str, Mapping[str, str]] = {
    "apigateway-controls": {
        "APIGateway.1": _LOG,
        "APIGateway.3": "CA-7",
        "APIGateway.4": "AC-4(21)",
        "APIGateway.5": _AT_REST,
        "APIGateway.8": "AC-3 CM-2 CM-2(2)",
        "APIGateway.9": _LOG,
    },
    "appsync-controls": {"AppSync.5": _MANAGED_ACCESS},
    "autoscaling-controls": {
        "AutoScaling.1": "CA-7 CP-2(2) SI-2",
        "AutoScaling.2": f"{_TWO_ZONES} CP-2(2)",
        "AutoScaling.3": "AC-3 AC-3(15) AC-3(7) AC-6 CA-9(1) CM-2",
    },
    "backup-controls": {"Backup.1": "CP-9(8) SI-12"},
    "cloudwatch-controls": {
        "CloudWatch.15": "AU-6(1) AU-6(5) CA-7 IR-4(1) IR-4(5) SI-2 SI-20 SI-4(12) SI-4(5)",
        "CloudWatch.16": "AU-10 AU-11 AU-6(3) AU-6(4) CA-7 SI-12",
        "CloudWatch.17": "AU-6(1) AU-6(5) CA-7 SI-2 SI-4(12)",
    },
    "datafirehose-controls": {"DataFirehose.1": "AC-3 AU-3 SC-12 SC-13 SC-28"},
    "dynamodb-controls": {
        "DynamoDB.1": f"{_TWO_ZONES} CP-2(2)",
        "DynamoDB.2": "CP-10 CP-6(2) CP-9 SC-5(2) SI-12 SI-13(5)",
        "DynamoDB.6": _PROTECTED,
    },
    "ec2-controls": {
        "EC2.2": _NETWORK,
        "EC2.6": "AC-4(26) AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SI-7(8)",
        "EC2.8": "AC-3 AC-3(15) AC-3(7) AC-6",
        "EC2.15": _NOT_PUBLIC,
        "EC2.18": _NETWORK,
        "EC2.19": f"{_NETWORK} CA-9(1) CM-2 CM-2(2) CM-7",
    },
    "elasticbeanstalk-controls": {"ElasticBeanstalk.1": _MONITORED, "ElasticBeanstalk.2": _PATCHED},
    "elb-controls": {
        "ELB.1": _IN_TRANSIT,
        "ELB.4": "SC-7(4) SC-8(2)",
        "ELB.5": _LOG,
        "ELB.6": _PROTECTED,
        "ELB.12": "AC-4(21) CA-9(1) CM-2",
        "ELB.17": _IN_TRANSIT,
    },
    "iam-controls": {
        "IAM.1": f"{_LEAST_PRIVILEGE} AC-6(10) AC-6(2)",
        "IAM.21": f"{_LEAST_PRIVILEGE} AC-6(10) AC-6(2)",
    },
    "kinesis-controls": {"Kinesis.1": _AT_REST},
    "kms-controls": {
        "KMS.1": _LEAST_PRIVILEGE,
        "KMS.2": _LEAST_PRIVILEGE,
        "KMS.4": "SC-12 SC-12(2) SC-28(3)",
    },
    "lambda-controls": {"Lambda.1": _NOT_PUBLIC, "Lambda.2": f"{_CONFIGURED} {_PATCHED}", "Lambda.7": "CA-7"},
    "rds-controls": {
        "RDS.2": _NETWORK,
        "RDS.3": _AT_REST,
        "RDS.5": _TWO_ZONES,
        "RDS.6": _MONITORED,
        "RDS.7": "CM-3 SC-5(2)",
        "RDS.8": "CM-3 SC-5(2) SI-13(5)",
        "RDS.9": f"{_ACCESS_LOG} SC-7(10)",
        "RDS.10": _MANAGED_ACCESS,
        "RDS.11": "CP-10 CP-6 CP-6(1) CP-6(2) CP-9 SC-5(2) SI-12 SI-13(5)",
        "RDS.12": _MANAGED_ACCESS,
        "RDS.13": _PATCHED,
        "RDS.15": _TWO_ZONES,
        "RDS.16": f"{_CONFIGURED} CM-2(2)",
        "RDS.17": f"{_CONFIGURED} CM-2(2)",
        "RDS.19": _MONITORED,
        "RDS.20": _MONITORED,
        "RDS.23": _NETWORK,
        "RDS.24": _CONFIGURED,
        "RDS.25": _CONFIGURED,
        "RDS.27": _AT_REST,
        "RDS.34": _ACCESS_LOG,
        "RDS.35": _PATCHED,
    },
    "route53-controls": {"Route53.2": _ACCESS_LOG},
    "s3-controls": {
        "S3.2": _NOT_PUBLIC,
        "S3.3": _NOT_PUBLIC,
        "S3.5": _IN_TRANSIT,
        "S3.6": _CONFIGURED,
        "S3.7": "AU-9(2) CP-10 CP-6 CP-6(1) CP-6(2) CP-9 SC-36(2) SC-5(2) SI-13(5)",
        "S3.8": _NOT_PUBLIC,
        "S3.9": _ACCESS_LOG,
        "S3.12": _MANAGED_ACCESS,
        "S3.13": "CP-10 CP-6(2) CP-9 SC-5(2) SI-13(5)",
        "S3.14": "AU-9(2) CP-10 CP-6 CP-6(1) CP-6(2) CP-9 SC-5(2) SI-12 SI-13(5)",
        "S3.15": "CP-6(2)",
        "S3.17": f"{_AT_REST} SC-12(2) AU-9",
    },
    "secretsmanager-controls": {"SecretsManager.1": _ROTATED, "SecretsManager.4": _ROTATED},
    "sns-controls": {"SNS.1": _AT_REST},
    "sqs-controls": {"SQS.1": _AT_REST},
    "waf-controls": {"WAF.10": _CONFIGURED, "WAF.11": f"{_LOG} SC-7(10)"},
}
"""The demands of each control, by the page that names them."""

_DEMANDS = {control: line.split() for page in PAGES.values() for control, line in page.items()}


def demands(rule: BaseRule) -> tuple[str, ...]:
    """Return what the standard demands of a rule, each once, in the standard's order."""
    controls = (one.removeprefix("FSBP ") for one in rule.frameworks)
    found = {demand for control in controls for demand in _DEMANDS.get(control, ())}
    return tuple(f"{PREFIX}{demand}" for demand in sorted(found, key=_order))


def rules_by_demand(rules: Iterable[BaseRule]) -> dict[str, list[BaseRule]]:
    """Return which rules serve each demand, in the standard's order."""
    served: dict[str, list[BaseRule]] = {}
    for rule in rules:
        for demand in demands(rule):
            served.setdefault(demand.removeprefix(PREFIX), []).append(rule)
    return {demand: served[demand] for demand in sorted(served, key=_order)}


def _order(demand: str) -> tuple[str, int, int]:
    family, _, number = demand.partition("-")
    base, _, enhancement = number.rstrip(")").partition("(")
    return family, int(base), int(enhancement or 0)
