"""Sends a message from a server in Python: `python send.py FUNCTION USER TITLE BODY`.

boto3 finds credentials where the server runs: the role of an instance, a function or a container, which has the
statements of the component's `send_statements`.
"""

import json
import sys
from typing import Any

import boto3


def send(function: str, order: dict[str, Any]) -> dict[str, Any]:
    """Return what became of an order; its `status` is 200 where it was sent."""
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(order).encode())
    said = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise RuntimeError(said.get("errorMessage", "the function failed"))
    return said


if __name__ == "__main__":
    name, user, title, body = sys.argv[1:]
    print(json.dumps(send(name, {"to": {"user": user}, "message": {"title": title, "body": body}})))  # noqa: T201 - for whoever called it
