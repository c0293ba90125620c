"""Reads the document of a contribution, from its file or as it was given."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pulumi
import yaml

from pulumi_aws_mobile.errors import Problems

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml: ten times slower
    from yaml import SafeLoader

_DATE, _MERGE, _TEXT = (f"tag:yaml.org,2002:{name}" for name in ("timestamp", "merge", "str"))
_MOST_VALUES = 1_000_000
LARGEST_MIB = 6
"""The largest document that API Gateway imports.
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""


def read_source(given: Mapping[str, Any], inline: object, where: str, problems: Problems) -> dict[str, Any] | None:
    """Return the document of a contribution with texts as keys; note why there is none."""
    if ("file" in given) == (inline is not None):
        allowed = "exactly one of file and document"
        got = "both" if "file" in given else None
        if not problems.touches(f"{where}.file"):
            problems.add(where, got, allowed, "remove one" if got else "give one")
        return None
    if inline is not None:
        return _checked(inline, f"{where}.document", problems)
    return _read_file(Path(given["file"]), f"{where}.file", problems)


def without_outputs(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a copy with a text in place of each output, which nobody knows yet."""
    if isinstance(value, Mapping):
        return {key: without_outputs(inner) for key, inner in value.items()}
    if isinstance(value, pulumi.Output):
        return "output"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_outputs(inner) for inner in value]
    return value


def _read_file(path: Path, where: str, problems: Problems) -> dict[str, Any] | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        allowed = "a file that can be read"
        fix = f"correct the path, which starts where the program runs: {error.strerror or error}"
        problems.add(where, str(path), allowed, fix)
        return None
    if len(content) > LARGEST_MIB * 1024**2:
        problems.add(where, f"{len(content)} bytes", f"at most {LARGEST_MIB} MiB", "split the contribution")
        return None
    try:
        loaded = json.loads(content) if path.suffix == ".json" else _read_yaml(content)
    except (ValueError, yaml.YAMLError) as error:
        problems.add(where, str(path), "YAML or JSON", f"correct it: {' '.join(str(error).split())}")
        return None
    return _checked(loaded, where, problems)


def _read_yaml(content: bytes) -> Any:  # noqa: ANN401 - whatever the file says
    """Return what a YAML file says, read as JSON would be: no dates, and no key twice, of which the last would win."""
    loader = SafeLoader(content)
    try:
        node = loader.get_single_node()
        _check_size(node)
        _check_keys(node)
        return loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def _check_size(root: yaml.Node | None) -> None:
    """Raise an error for aliases that lead back, or that make more values than any document needs."""
    sizes: dict[int, int] = {}
    open_: set[int] = set()

    def size(node: yaml.Node | None) -> int:
        if node is None or isinstance(node, yaml.ScalarNode):
            return 1
        if id(node) in open_:
            raise yaml.MarkedYAMLError(problem="an alias leads back to what it is in", problem_mark=node.start_mark)
        if id(node) not in sizes:
            open_.add(id(node))
            inner = [each for pair in node.value for each in pair] if isinstance(node, yaml.MappingNode) else node.value
            sizes[id(node)] = 1 + sum(map(size, inner))
            open_.remove(id(node))
        return sizes[id(node)]

    if size(root) > _MOST_VALUES:
        message = f"aliases make it more than {_MOST_VALUES} values long"
        raise yaml.YAMLError(message)


def _check_keys(node: yaml.Node | None) -> None:
    """Raise an error for a key that stands in a mapping twice; take dates as texts."""
    if isinstance(node, yaml.ScalarNode) and node.tag == _DATE:
        node.tag = _TEXT
    if isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            _check_keys(inner)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, inner in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                if key.value in seen:
                    message = f"the key {key.value} stands there twice"
                    raise yaml.MarkedYAMLError(problem=message, problem_mark=key.start_mark)
                seen.add(key.value)
            _check_keys(inner)


def _checked(loaded: object, where: str, problems: Problems) -> dict[str, Any] | None:
    if not isinstance(loaded, Mapping):
        problems.add(where, loaded, "an OpenAPI document", "begin it with openapi: 3.0.3")
        return None
    return _with_texts_as_keys(loaded)


def _with_texts_as_keys(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Return a copy whose keys are texts: YAML reads the status 200 as a number."""
    if isinstance(value, Mapping):
        return {str(key): _with_texts_as_keys(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_with_texts_as_keys(inner) for inner in value]
    return value
