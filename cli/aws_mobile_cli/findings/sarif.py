"""Findings as SARIF 2.1.0, which GitHub's code scanning and other viewers read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aws_mobile_guard.rule import BaseRule, Level, Pack, Severity

from .said import BY_ID, Said, Standing

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Standing.MANDATORY: "error", Standing.ADVISORY: "warning"}
_SCORES: Mapping[Severity, str] = {
    Severity.LOW: "2.0",
    Severity.MEDIUM: "5.0",
    Severity.HIGH: "8.0",
    Severity.CRITICAL: "9.5",
}
"""What code scanning sorts by: the middle of the range that it calls by the same word."""


def sarif(said: Sequence[Said], *, project: str, stack: str, file: str, version: str) -> dict[str, Any]:
    """Return the findings of one preview; `file`, a path in the project, is where people change what they are about.

    A finding has no line in a program: it is about a resource, which the logical location names.
    """
    used = sorted({one.rule for one in said})
    places = {rule: index for index, rule in enumerate(used)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "aws-mobile-guard",
                        "semanticVersion": version,
                        "informationUri": "https://www.pulumi.com/docs/insights/policy/",
                        "rules": [_descriptor(rule) for rule in used],
                    }
                },
                "automationDetails": {"id": f"{project}/{stack}/"},
                "columnKind": "utf16CodeUnits",
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "exitCode": int(any(one.standing is Standing.MANDATORY for one in said)),
                    }
                ],
                "results": [_result(one, places[one.rule], file) for one in said],
            }
        ],
    }


def _descriptor(name: str) -> dict[str, Any]:
    rule = BY_ID.get(name)
    if rule is None:
        about = {"text": f"{name}, a policy of another pack."}
        return {"id": name, "shortDescription": about, "fullDescription": about, "help": about}
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.description},
        "fullDescription": {"text": f"{rule.description} {rule.remediation}"},
        "help": {"text": f"{rule.remediation} {rule.url}", "markdown": f"{rule.remediation} [Why]({rule.url})."},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": "warning" if rule.level is Level.ADVISORY else "error"},
        "properties": {
            "tags": _tags(rule),
            "precision": "high",
            "problem.severity": "warning" if rule.level is Level.ADVISORY else "error",
            # Code scanning takes a rule with this for one about security.
            **({"security-severity": _SCORES[rule.severity]} if rule.pack is Pack.SECURITY else {}),
        },
    }


def _tags(rule: BaseRule) -> list[str]:
    return list(dict.fromkeys((rule.pack.value, rule.id.partition("-")[0], *rule.frameworks)))


def _result(one: Said, index: int, file: str) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        **_standing(one),
        "message": {"text": f"{one.resource}: {one.message}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": 1}},
                "logicalLocations": [
                    {"name": one.resource, "fullyQualifiedName": one.urn or one.resource, "kind": "resource"}
                ],
            }
        ],
        "partialFingerprints": {"resourceAndProperty/v1": _fingerprint((one.rule, one.urn, one.path))},
    }


def _standing(one: Said) -> dict[str, Any]:
    match one.standing:
        case Standing.UNDECIDED:
            return {"kind": "open", "level": "none"}
        case Standing.ACKNOWLEDGED:  # without a level of its own it has its rule's
            return {"suppressions": [{"kind": "external", "status": "accepted", "justification": one.reason}]}
        case _:
            return {"level": _LEVELS[one.standing]}


def _fingerprint(parts: Iterable[str]) -> str:
    """Return what stays the same while the finding does: the rule, the resource and the property."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
