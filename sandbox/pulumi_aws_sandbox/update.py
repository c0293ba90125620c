"""The in-process door for a second run: what `pulumi up` would do with a program whose resources exist already.

Resources that are the same are left alone, changed ones are updated by their handlers, new ones are created, and those
that the program no longer has are deleted by `delete_the_rest`. A replacement is refused: no test should meet one
unawares. `ignore_changes` counts as the first run said it: Pulumi's mocks do not hand on options.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

from pulumi_aws_sandbox import catalog, wire
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.in_process import DeployMocks, Providers, RefusedInputsError

_PROVIDERS = "pulumi:providers:"


class ReplacementError(ValueError):
    """An update would replace a resource."""


class ProtectedError(ValueError):
    """An update would delete a resource that is protected."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with one resource."""

    operation: Literal["create", "update", "delete", "retain"]
    type: str
    name: str
    changed: tuple[str, ...] = ()
    """The properties that differ, of an update."""


@dataclass(slots=True)
class _Known:
    recorded: Any
    inputs: Properties
    outputs: Properties
    met: bool = False


class UpdateMocks(Mocks):
    """Answers a program that is run again over the resources of `before`, the recording of its last run."""

    def __init__(self, sandbox: Sandbox, before: Iterable[Any], *, refresh: bool = False) -> None:
        """Update in `sandbox`; with `refresh`, what AWS says now counts as the old state, as `--refresh` does."""
        self._sandbox = sandbox
        self._deploy = DeployMocks(sandbox)
        self._refresh = refresh
        self._lock = threading.Lock()
        self.steps: list[Step] = []
        """What was done so far; resources that are the same are not in it."""
        self._known = self._read(before)

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Create, update or leave the resource; raise `ReplacementError`, `SandboxError` or `RefusedInputsError`."""
        waiting = [each for each in self._known.get((args.typ, args.name), []) if not each.met]
        if args.typ.startswith(_PROVIDERS) or not waiting:
            # The first one keeps the names that are generated from its place among those of its name.
            made = self._deploy.new_resource(args)
            if not args.typ.startswith(_PROVIDERS):
                self.steps.append(Step("create", args.typ, args.name))
            return made
        with self._lock:
            known = waiting[0]
            known.met = True
            return self._bring_up_to_date(args, known)

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer a function."""
        return self._deploy.call(args)

    def delete_the_rest(self) -> None:
        """Delete what the program has no more, the last first; raise `ProtectedError` for what is protected."""
        left = [each for group in self._known.values() for each in group if not each.met]
        order = {id(each.recorded): number for number, each in enumerate(self._in_order)}
        for each in sorted(left, key=lambda known: order[id(known.recorded)], reverse=True):
            request = each.recorded.request
            if request.protect:
                message = f'{request.type} "{request.name}" is protected: it is not deleted'
                raise ProtectedError(message)
            if request.retainOnDelete:
                self.steps.append(Step("retain", request.type, request.name))
                continue
            self._sandbox.delete(request.type, each.recorded.id, each.outputs, request.name)
            self.steps.append(Step("delete", request.type, request.name))

    def _read(self, before: Iterable[Any]) -> dict[tuple[str, str], list[_Known]]:
        found: dict[tuple[str, str], list[_Known]] = {}
        self._in_order: list[_Known] = []
        providers = Providers()
        for each in before:
            request = each.request
            if request.type.startswith(_PROVIDERS):
                inputs = rpc.deserialize_properties(request.object)
                providers.add(MockResourceArgs(typ=request.type, name=request.name, inputs=inputs))
            if not request.custom or request.type not in catalog.TYPES:
                continue
            group = found.setdefault((request.type, request.name), [])
            inputs = self._checked(request, providers, len(group) + 1)
            known = _Known(each, inputs, wire.plain(rpc.deserialize_properties(each.reply)))
            group.append(known)
            self._in_order.append(known)
        return found

    def _checked(self, request: Any, providers: Providers, number: int) -> Properties:  # noqa: ANN401 - Pulumi's own type
        """Return the inputs that a resource was made with: the same generated names come of the same program."""
        inputs = self._placed(request.type, rpc.deserialize_properties(request.object), providers, request.provider)
        seed = f"{request.type}::{request.name}::{number}".encode()
        checked, _ = self._sandbox.check(request.type, request.name, inputs, None, seed)
        return checked

    @staticmethod
    def _placed(token: str, inputs: Properties, providers: Providers, reference: str | None) -> Properties:
        region = providers.region(reference)
        return {"region": region, **inputs} if region and catalog.handler(token).regional else inputs

    def _bring_up_to_date(self, args: MockResourceArgs, known: _Known) -> tuple[str | None, dict[str, Any]]:
        token, name, resource_id = args.typ, args.name, known.recorded.id
        old, outputs = known.inputs, known.outputs
        if self._refresh:
            now = self._sandbox.read(token, resource_id, outputs, name)
            if now is None:
                self.steps.append(Step("create", token, name))
                return self._deploy.new_resource(args)
            outputs, old = now, self._sandbox.refreshed_inputs(token, old, now)
        inputs = self._placed(token, args.inputs, self._deploy.providers, args.provider)
        new, failures = self._sandbox.check(token, name, inputs, old, b"")
        if failures:
            raise RefusedInputsError("; ".join(reason for _, reason in failures))
        for path in known.recorded.request.ignoreChanges:
            _keep(new, old, path)
        diff = self._sandbox.diff(token, old, outputs, new)
        if diff.replaces:
            message = f'{token} "{name}" would be replaced, because of {", ".join(diff.replaces)}'
            raise ReplacementError(message)
        if diff.changed:
            self.steps.append(Step("update", token, name, tuple(diff.changed)))
            outputs = self._sandbox.update(token, resource_id, outputs, old, new, name)
        secret = self._sandbox.secret_outputs(token, inputs)
        return resource_id, {key: wire.secret(value) if key in secret else value for key, value in outputs.items()}


def _keep(new: Properties, old: Properties, path: str) -> None:
    """Have the old value of an ignored property, which may lie within another, stand in the new inputs."""
    first, _, rest = path.partition(".")
    if rest and isinstance(new.get(first), dict) and isinstance(old.get(first), dict):
        new[first] = dict(new[first])
        _keep(new[first], old[first], rest)
    elif first in old:
        new[first] = old[first]
    else:
        new.pop(first, None)
