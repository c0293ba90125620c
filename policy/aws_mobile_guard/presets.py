"""Ready configurations, one file each beside this module: a tier's, or the demands of one framework.

python -m aws_mobile_guard.presets    writes those of the frameworks anew
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aws_mobile_guard import nist
from aws_mobile_guard.rule import BaseRule
from aws_mobile_guard.rules import RULES

FOLDER = Path(__file__).parent

FRAMEWORKS: Mapping[str, str] = {"fsbp": "FSBP ", "aws-solutions": "AwsSolutions-", "nist-800-53": nist.PREFIX}
"""How the ids of a framework begin, by the name of its preset."""

_OPTIONS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "fsbp": {"api-tls": {"onlyRecommended": True}, "rds-log-exports": {"everyLog": True}},
    "nist-800-53": {"log-retention": {"minimumDays": 365}, "rds-log-exports": {"everyLog": True}},
}
"""What a framework asks more of a rule than the rule does, by the name of its preset.

https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16
https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9
https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-11
"""

NAMES = ("development", "production", *FRAMEWORKS)
"""The presets."""


def path(name: str) -> Path:
    """Return the file of a preset."""
    return FOLDER / f"{name}.json"


def elsewhere(rule: BaseRule) -> tuple[str, ...]:
    """Return what a rule asks for by the names of every framework."""
    return *rule.frameworks, *nist.demands(rule)


def of_framework(name: str, rules: Iterable[BaseRule] = RULES) -> dict[str, Any]:
    """Return the configuration that makes mandatory what a framework demands, and asks for nothing else."""
    demanded = (rule.id for rule in rules if any(one.startswith(FRAMEWORKS[name]) for one in elsewhere(rule)))
    options = _OPTIONS.get(name, {})
    return {"all": "disabled"} | {
        rule: {"enforcementLevel": "mandatory", **options[rule]} if rule in options else "mandatory"
        for rule in demanded
    }


def written(name: str) -> str:
    """Return what the file of a framework's preset says."""
    return json.dumps(of_framework(name), indent=2) + "\n"


if __name__ == "__main__":
    for framework in FRAMEWORKS:
        path(framework).write_text(written(framework), encoding="utf-8")
