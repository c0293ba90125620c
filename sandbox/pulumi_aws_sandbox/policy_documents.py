"""`aws.iam.getPolicyDocument`: statements as the provider's arguments name them, written as an IAM policy document."""

import hashlib
import json
from typing import Any

from pulumi_aws_sandbox.handler import Properties

_LISTS = {"actions": "Action", "notActions": "NotAction", "resources": "Resource", "notResources": "NotResource"}
_PRINCIPALS = {"principals": "Principal", "notPrincipals": "NotPrincipal"}


def answer(args: Properties) -> Properties:
    """Return the function's answer: the arguments and the document as JSON."""
    document: dict[str, Any] = {"Version": args.get("version", "2012-10-17")}
    if "policyId" in args:
        document["Id"] = args["policyId"]
    statements = [statement for text in args.get("sourcePolicyDocuments", []) for statement in _parse(text)]
    statements = _override(statements, [_statement(each) for each in args.get("statements", [])])
    for text in args.get("overridePolicyDocuments", []):
        statements = _override(statements, _parse(text))
    document["Statement"] = statements
    text = json.dumps(document, indent=2)
    digest = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
    return {**args, "id": str(digest), "json": text, "minifiedJson": json.dumps(document, separators=(",", ":"))}


def _parse(text: str) -> list[dict[str, Any]]:
    statements = json.loads(text).get("Statement", [])
    return statements if isinstance(statements, list) else [statements]


def _override(statements: list[dict[str, Any]], later: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the statements with `later` added; one with the same Sid takes the place of the earlier one."""
    merged = list(statements)
    for statement in later:
        sids = [each.get("Sid") for each in merged]
        if statement.get("Sid") and statement["Sid"] in sids:
            merged[sids.index(statement["Sid"])] = statement
        else:
            merged.append(statement)
    return merged


def _statement(given: Properties) -> dict[str, Any]:
    statement: dict[str, Any] = {"Sid": given["sid"]} if given.get("sid") else {}
    statement["Effect"] = given.get("effect", "Allow")
    for name, key in _LISTS.items():
        if given.get(name):
            statement[key] = _one_or_more(given[name])
    for name, key in _PRINCIPALS.items():
        if given.get(name):
            statement[key] = _principals(given[name])
    if given.get("conditions"):
        conditions: dict[str, dict[str, Any]] = {}
        for each in given["conditions"]:
            conditions.setdefault(each["test"], {})[each["variable"]] = _one_or_more(each["values"])
        statement["Condition"] = conditions
    return statement


def _principals(given: list[Properties]) -> Any:  # noqa: ANN401 - a star or a map
    if any(each["type"] == "*" for each in given):
        return "*"
    by_type: dict[str, list[str]] = {}
    for each in given:
        by_type.setdefault(each["type"], []).extend(each["identifiers"])
    return {kind: _one_or_more(identifiers) for kind, identifiers in by_type.items()}


def _one_or_more(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else sorted(values, reverse=True)
