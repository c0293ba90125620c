"""Folders with code, and functions built of them."""

from pathlib import Path
from typing import Any

from pulumi.runtime.mocks import MockResourceArgs

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]
CODE = "def handle(event, context):\n    return event\n"
FUNCTION = "urn:pulumi:stack::project::aws-mobile:index:Function::mail"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms"


class Account(PlainMocks):
    """Answers with the names that AWS would have."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        return id_, {"name": args.name, **outputs}


def folder(path: Path, files: dict[str, str] | None = None) -> str:
    """Write files by their names, or one that works, and return their folder."""
    for name, text in (files or {"index.py": CODE}).items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return str(path)


def build(args: Args, *, preview: bool = False) -> Recording:
    """Record the function `mail`."""
    return record(lambda: Function("mail", args), preview=preview, mocks=Account())
