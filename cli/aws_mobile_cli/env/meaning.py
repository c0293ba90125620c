"""What the options of a stack file mean, in the words of the components' own documentation."""

import ast
import functools
import inspect
import itertools
import json
import re
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, cast

_DEFAULT = re.compile(r"Defaults to (.+?)(?:\.(?=\s|$)|$)")
_SENTENCE = re.compile(r"(.+?[.;:])(?=\s|$)")
_LIBRARY = "pulumi_aws_mobile."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is documented of one option."""

    what: str = ""
    default: str = ""
    values: tuple[str, ...] = ()
    """Its possible values, where they are few."""

    def of(self, value: object) -> str:
        """Return what one of its values means; nothing if that is not documented."""
        return _members().get(frozenset(self.values), {}).get(str(value), "")


class Meanings:
    """The meanings of a project's options, from the schema of its stack files where it has one."""

    def __init__(self, home: Path) -> None:
        """Read the schema beside the stack files."""
        file = home / "Pulumi.schema.json"
        try:
            schema = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            schema = {}
        self._root = schema.get("properties", {}).get("config", {}) if isinstance(schema, dict) else {}

    def option(self, path: tuple[str, ...]) -> Meaning:
        """Return what is documented of the option at a path; nothing of one that the schema does not know."""
        schema: Any = self._root
        for step in path:
            inner = schema.get("properties", {}).get(step)
            schema = inner if inner is not None else schema.get("additionalProperties")
            if not isinstance(schema, dict):
                return Meaning()
        text = schema.get("description", "")
        first = _SENTENCE.match(text)
        default = _DEFAULT.search(text)
        values = tuple(str(value) for value in schema.get("enum", ()) if value is not None)
        return Meaning(first[1].rstrip(".;:") if first else text, default[1] if default else "", values)


@functools.cache
def _members() -> Mapping[frozenset[str], Mapping[str, str]]:
    """Return what the members of the library's closed sets mean, by the set of their values."""
    import pulumi_aws_mobile.mobile_backend  # noqa: F401, PLC0415 - loads the rooms, slow where nothing is compared

    found: dict[frozenset[str], Mapping[str, str]] = {}
    for name, module in list(sys.modules.items()):
        if name.startswith(_LIBRARY):
            for kind in vars(module).values():
                if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__ == name:
                    found[frozenset(str(member.value) for member in kind)] = _documented(kind)
    return found


def _documented(kind: type[Enum]) -> Mapping[str, str]:
    """Return the text after each member in the source of a closed set, by the member's value."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = cast("ast.ClassDef", definition).body
    texts = {}
    for member, literal in itertools.pairwise(body):
        match member, literal:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                first = _SENTENCE.match(" ".join(text.split()))
                texts[str(kind[name].value)] = first[1].rstrip(".;:") if first else " ".join(text.split())
    return texts
