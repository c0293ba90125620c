"""Writes `Pulumi.schema.json`, by which editors complete and check the stack files: `python stack_schema.py`."""

import json
import sys
from typing import Any

from pulumi_aws_mobile.args_reader import fields
from pulumi_aws_mobile.json_schema import object_schema
from pulumi_aws_mobile.limits import REGION
from stack_args import LIMITS, WIRED, StackArgs

NAMESPACE = "aws-mobile"


def stack_schema() -> dict[str, Any]:
    """Return the JSON Schema of a stack file, from the types by which the program reads it."""
    stack = object_schema(StackArgs, LIMITS)
    for path, names in WIRED.items():
        options = stack
        for step in path.split("."):
            options = options["properties"][step]
        for name in names:
            del options["properties"][name]
        options["required"] = [name for name in options.get("required", []) if name not in names]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of the mobile app's AWS side",
        "type": "object",
        "properties": {
            "config": {
                "type": "object",
                "properties": {
                    "aws:region": {
                        "type": "string",
                        "description": "The primary Region. Give it; it has no default.",
                        **REGION.schema(),
                    },
                    **{f"{NAMESPACE}:{name}": stack["properties"][name] for name in fields(StackArgs)},
                },
                "patternProperties": {f"^(?!{NAMESPACE}:)[^:]+:": {}},
                "additionalProperties": False,
                "required": ["aws:region"],
            },
            "secretsprovider": {"type": "string"},
            "encryptedkey": {"type": "string"},
            "encryptionsalt": {"type": "string"},
            "environment": {},
        },
        "required": ["config"],
        "additionalProperties": False,
    }


if __name__ == "__main__":
    json.dump(stack_schema(), sys.stdout, indent=2)
    sys.stdout.write("\n")
