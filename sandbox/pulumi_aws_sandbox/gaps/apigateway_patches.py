"""Patch operations as API Gateway takes them: a path into a resource, and what to do there.

https://docs.aws.amazon.com/apigateway/latest/developerguide/patch-operations.html
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse

Operation = Mapping[str, Any]
Apply = Callable[[str, Any], None]
"""Does an operation: its kind (`add`, `replace` or `remove`) and its value, `None` where there is none."""


def apply(operations: Iterable[Operation], known: Mapping[str, Apply]) -> None:
    """Apply operations by the paths that are known; refuse any other path."""
    for each in operations:
        kind, path = str(each.get("op", "")), str(each.get("path", ""))
        if kind not in {"add", "copy", "move", "remove", "replace", "test"}:
            refuse(
                f"1 validation error detected: Value '{kind}' at 'updateRequest.patchOperations.1.member.op' failed to "
                "satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
                "ValidationException",
            )
        do = known.get(path)
        if do is None or kind not in {"add", "remove", "replace"}:
            refuse(
                f"Invalid patch path  '{path}' specified for op '{kind}'. Must be one of: [{', '.join(sorted(known))}]"
            )
        do(kind, each.get("value"))


def text(owner: Any, name: str) -> Apply:  # noqa: ANN401 - moto's own types
    """Set or clear a text of a resource."""
    return lambda kind, value: setattr(owner, name, None if kind == "remove" else value)


def switch(owner: Any, name: str) -> Apply:  # noqa: ANN401 - moto's own types
    """Set a switch of a resource."""
    return lambda kind, value: setattr(owner, name, kind != "remove" and is_true(value))


def is_true(value: object) -> bool:
    """Tell whether a patch says true: it always says so as text."""
    return str(value).lower() == "true"


def key(path: str) -> str:
    """Return a name as it stood before it became part of a path."""
    return path.replace("~1", "/").replace("~0", "~")
