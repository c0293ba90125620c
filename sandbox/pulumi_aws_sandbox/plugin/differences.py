"""What the engine is told about a change: which paths, added, deleted or changed, and what they replace."""

import re
from collections.abc import Iterator

from pulumi.runtime.proto import provider_pb2

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.engine_api import Diff
from pulumi_aws_sandbox.handler import Properties

_Kind = provider_pb2.PropertyDiff
_STEP = re.compile(r"\[(\d+)\]")


def without_adopted(diff: Diff, old_inputs: Properties, old_outputs: Properties, new_inputs: Properties) -> Diff:
    """Drop the inputs that a program newly states as they already are.

    So an imported resource, whose inputs were never stated, shows no change when the program describes it rightly.
    """
    silent = {
        path
        for path in diff.changed
        if path in new_inputs
        and path not in old_inputs
        and path in old_outputs
        and _same(path, old_outputs, new_inputs)
    }
    replaces = [path for path in diff.replaces if path not in silent]
    return Diff(
        [path for path in diff.changed if path not in silent],
        replaces,
        diff.delete_before_replace and bool(replaces),
    )


def response(diff: Diff, old_inputs: Properties, new_inputs: Properties) -> provider_pb2.DiffResponse:
    """Return `diff` for the engine; paths that are in neither map come from the resource type's own rules."""
    old, new = wire.plain(old_inputs), wire.plain(new_inputs)
    paths = [*diff.changed, *(path for path in diff.replaces if path not in diff.changed)]
    detailed = {
        path: provider_pb2.PropertyDiff(kind=_kind(path, old, new, replaces=path in diff.replaces), inputDiff=True)
        for path in paths
    }
    kind = provider_pb2.DiffResponse.DIFF_SOME if paths else provider_pb2.DiffResponse.DIFF_NONE
    return provider_pb2.DiffResponse(
        changes=kind,
        diffs=list(dict.fromkeys(_property(path) for path in paths)),
        replaces=list(dict.fromkeys(_property(path) for path in diff.replaces)),
        deleteBeforeReplace=diff.delete_before_replace,
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


def _same(path: str, old_outputs: Properties, new_inputs: Properties) -> bool:
    return wire.plain(old_outputs[path]) == wire.plain(new_inputs[path])


def _kind(path: str, old: Properties, new: Properties, *, replaces: bool) -> provider_pb2.PropertyDiff.Kind.ValueType:
    if not _holds(old, path):
        return _Kind.ADD_REPLACE if replaces else _Kind.ADD
    if not _holds(new, path):
        return _Kind.DELETE_REPLACE if replaces else _Kind.DELETE
    return _Kind.UPDATE_REPLACE if replaces else _Kind.UPDATE


def _holds(properties: object, path: str) -> bool:
    """Tell whether `path` leads to a value; names with dots in them, as tags may have, are tried whole."""
    if not path:
        return True
    return any(_holds(inner, rest) for inner, rest in _steps(properties, path))


def _steps(value: object, path: str) -> Iterator[tuple[object, str]]:
    if isinstance(value, list):
        index = _STEP.match(path)
        if index is not None and int(index[1]) < len(value):
            yield value[int(index[1])], path[index.end() :].removeprefix(".")
    elif isinstance(value, dict):
        for key, inner in value.items():
            rest = path.removeprefix(key)
            if path.startswith(key) and (not rest or rest[0] in ".["):
                yield inner, rest.removeprefix(".")


def _property(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]
