"""Finds a Pulumi project, reads its stack file and runs its program without the Pulumi CLI."""

import json
import os
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pulumi.runtime.mocks import Mocks

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recorded, Recording, record
from pulumi_aws_sandbox.errors import SandboxError, UnsupportedError
from pulumi_aws_sandbox.in_process import RefusedInputsError

from .exits import UsageError
from .stand_ins import stand_in

_DEFAULT_REGION = "us-east-1"


class _Loader(yaml.CSafeLoader):
    """Reads YAML as Pulumi does: a key that stands twice is an error."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            line = key_node.start_mark.line + 1
            message = f'line {line}: the key "{key}" stands there twice; remove one'
            raise yaml.YAMLError(message)
        seen.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class ProgramError(Exception):
    """The project's program raised something."""

    def __init__(self, error: Exception) -> None:
        """Say what it raised, with the traceback from the program on."""
        frames = traceback.extract_tb(error.__traceback__)
        start = next((i for i, frame in enumerate(frames) if frame.filename == "__main__.py"), 0)
        shown = "".join(traceback.format_list(frames[start:]))
        super().__init__(f"the program failed:\n{shown}{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Project:
    """A Pulumi project and one of its stacks."""

    folder: Path
    name: str
    stack: str
    config: Mapping[str, str]
    """The stack's configuration as Pulumi hands it to a program: `namespace:key` to text or JSON."""
    secret_keys: tuple[str, ...]
    """The keys whose values are secret and therefore replaced by a stand-in."""

    @property
    def region(self) -> str:
        """The provider's Region; the sandbox's own where the stack names none."""
        return self.config.get("aws:region", _DEFAULT_REGION)

    def run(self, mocks: Mocks, *, preview: bool, on_resource: Callable[[Recorded], None] | None = None) -> Recording:
        """Run the project's program to its end and return what it registered.

        Raise what a component or the sandbox said, and `ProgramError` for anything else that the program raised.
        """
        with _inside(self.folder):
            try:
                return record(
                    lambda: runpy.run_path("__main__.py", run_name="__main__"),
                    mocks=mocks,
                    preview=preview,
                    project=self.name,
                    stack=self.stack,
                    config=self.config,
                    secret_keys=list(self.secret_keys),
                    on_resource=on_resource,
                )
            except (ArgsError, RefusedInputsError, SandboxError, UnsupportedError):
                raise
            except Exception as error:
                raise ProgramError(error) from error


def open_project(folder: Path, stack: str) -> Project:
    """Return the project in `folder` or the nearest one above it; raise `UsageError` if it cannot run here."""
    start = folder.resolve()
    home = next((place for place in (start, *start.parents) if (place / "Pulumi.yaml").is_file()), None)
    if home is None:
        message = f"no Pulumi.yaml in {start} or above it; go to a Pulumi project or name one with --project"
        raise UsageError(message)
    project = _read(home / "Pulumi.yaml")
    name = project.get("name")
    runtime = project.get("runtime")
    language = runtime.get("name") if isinstance(runtime, Mapping) else runtime
    if not isinstance(name, str) or language != "python":
        message = f"{home / 'Pulumi.yaml'}: name and runtime must be given, and the runtime must be python"
        raise UsageError(message)
    if not (home / "__main__.py").is_file():
        message = f"{home} has no __main__.py; the sandbox runs programs that start there"
        raise UsageError(message)
    config, secret_keys = _configuration(home, project, name, stack)
    return Project(home, name, stack, config, tuple(secret_keys))


def _configuration(home: Path, project: Mapping[str, Any], name: str, stack: str) -> tuple[dict[str, str], list[str]]:
    stack_file = home / f"Pulumi.{stack}.yaml"
    stacks = sorted(path.name.removeprefix("Pulumi.").removesuffix(".yaml") for path in home.glob("Pulumi.*.yaml"))
    if stack_file.is_file():
        values = _read(stack_file).get("config") or {}
    elif stacks:
        message = f"there is no stack file {stack_file.name}; the stacks here are: {', '.join(stacks)}"
        raise UsageError(message)
    else:
        values = {}
    if not isinstance(values, Mapping):
        message = f"{stack_file.name}: config must be a mapping of keys to values"
        raise UsageError(message)
    config: dict[str, str] = {}
    secret_keys: list[str] = []
    for key, spec in (project.get("config") or {}).items():
        if isinstance(spec, Mapping) and ("value" in spec or "default" in spec):
            config[_qualified(key, name)] = _text(spec.get("value", spec.get("default")))
        elif not isinstance(spec, Mapping):
            config[_qualified(key, name)] = _text(spec)
    for key, value in values.items():
        shown, secret = _reveal(key, value)
        config[_qualified(key, name)] = _text(shown)
        if secret:
            secret_keys.append(_qualified(key, name))
    return config, secret_keys


def _reveal(name: str, value: object) -> tuple[object, bool]:
    """Return the value of this name with stand-ins for its secrets, and whether there were any."""
    if isinstance(value, Mapping):
        if set(value) == {"secure"}:
            return stand_in(name), True
        pairs = {key: _reveal(str(key), item) for key, item in value.items()}
        return {key: shown for key, (shown, _) in pairs.items()}, any(secret for _, secret in pairs.values())
    if isinstance(value, list):
        items = [_reveal(name, item) for item in value]
        return [shown for shown, _ in items], any(secret for _, secret in items)
    return value, False


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader with one more check
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = f"{path.name} is not valid YAML: {error}"
        raise UsageError(message) from error
    if not isinstance(content or {}, Mapping):
        message = f"{path.name} must be a mapping"
        raise UsageError(message)
    return content or {}


def _qualified(key: str, project: str) -> str:
    return key if ":" in key else f"{project}:{key}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Stand in the project's folder and import from it, as Pulumi's language host does."""
    before = Path.cwd()
    modules = set(sys.modules)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        os.chdir(before)
        for name in set(sys.modules) - modules:
            origin = getattr(sys.modules[name], "__file__", None)
            if origin and Path(origin).parent == folder:
                del sys.modules[name]
