"""What both front doors ask of the sandbox: check, diff, create, read, update, delete and invoke.

Inputs may carry secret wrappers and unknown values; outputs never do, `secret_outputs` says which of them are secret.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox import archives, catalog, functions, wire
from pulumi_aws_sandbox.aws import aws_refusal
from pulumi_aws_sandbox.handler import AutoName, Clients, Handler, Properties

_HEX_DIGITS = 7
# Maps whose keys are the program's own: there, a key that the program did not set is drift.
_MAPS = frozenset({"tags", "dimensions"})


@dataclass(frozen=True, slots=True)
class Diff:
    """How new inputs differ from old ones."""

    changed: list[str] = field(default_factory=list)
    """The paths that differ, such as `tags.team` or `rules[0].id`, in order."""
    replaces: list[str] = field(default_factory=list)
    """Those of them that force a new resource."""
    delete_before_replace: bool = False
    """Whether the old one must be gone before the new one is made."""

    @property
    def properties(self) -> list[str]:
        """The top-level properties that differ."""
        return list(dict.fromkeys(_top(path) for path in self.changed))


class Sandbox:
    """The AWS and random providers over one sandboxed AWS."""

    def __init__(self, clients: Clients) -> None:
        """Work through `clients`."""
        self.clients = clients

    def check(
        self, token: str, name: str, inputs: Properties, old_inputs: Properties | None, seed: bytes
    ) -> tuple[Properties, list[tuple[str, str]]]:
        """Return the inputs with defaults and generated names, and the problems as (property, reason)."""
        handler = catalog.handler(token)
        checked = {key: value for key, value in inputs.items() if value is not None}
        failures = [
            (key, f'{token} "{name}": missing required property "{key}"')
            for key in sorted(handler.required)
            if key not in checked
        ]
        checked = {**handler.defaults, **checked}
        if handler.auto_name is not None and handler.auto_name.property not in checked:
            physical = (old_inputs or {}).get(handler.auto_name.property) or _auto_name(handler.auto_name, name, seed)
            checked[handler.auto_name.property] = physical
            if not wire.is_unknown(physical) and len(wire.plain(physical)) > handler.auto_name.longest:
                failures.append((handler.auto_name.property, _too_long(token, name, handler.auto_name)))
        for key, reason in handler.validate(wire.plain(checked)) if handler.validate else ():
            if not wire.is_unknown(checked.get(key)):  # a preview cannot judge what it does not know
                failures.append((key, f'{token} "{name}": {reason}'))
        return checked, failures

    def diff(self, token: str, old_inputs: Properties, old_outputs: Properties, new_inputs: Properties) -> Diff:
        """Compare inputs deeply and say what differs and what that replaces; unknown values count as different."""
        handler = catalog.handler(token)
        old, new = self._with_region(handler, old_inputs), self._with_region(handler, new_inputs)
        changed = [
            path
            for path in _differences("", wire.plain(old), wire.plain(new), handler.unordered)
            if _top(path) not in handler.write_only
        ]
        replace_on = handler.replace_on | ({"region"} if handler.regional else frozenset())
        replaces = [path for path in changed if handler.update is None or _matches(path, replace_on)]
        if handler.replaces is not None and changed:
            replaces += [
                path
                for path in handler.replaces(wire.plain(old_outputs), wire.plain(old), wire.plain(new))
                if path not in replaces
            ]
        return Diff(changed, replaces, bool(replaces) and handler.delete_before_replace)

    def create(self, token: str, inputs: Properties, name: str = "") -> tuple[str, Properties]:
        """Make the resource; return its id and its outputs."""
        handler = catalog.handler(token)
        with aws_refusal(token, name):
            resource_id, outputs = handler.create(self.clients, wire.plain(inputs))
        return resource_id, self._complete(handler, resource_id, outputs)

    def read(self, token: str, resource_id: str, outputs: Properties, name: str = "") -> Properties | None:
        """Return what exists now under the id; `None` if it is gone."""
        handler = catalog.handler(token)
        with aws_refusal(token, name):
            found = handler.read(self.clients, resource_id, wire.plain(outputs))
        return None if found is None else self._complete(handler, resource_id, found)

    def update(  # noqa: PLR0913, PLR0917 - what an engine hands a provider for an update
        self,
        token: str,
        resource_id: str,
        old_outputs: Properties,
        old_inputs: Properties,
        new_inputs: Properties,
        name: str = "",
    ) -> Properties:
        """Change the resource in place and return its outputs."""
        handler = catalog.handler(token)
        if handler.update is None:
            message = f'{token} "{name}" cannot be changed in place: every change replaces it'
            raise ValueError(message)
        with aws_refusal(token, name):
            outputs = handler.update(
                self.clients, resource_id, wire.plain(old_outputs), wire.plain(old_inputs), wire.plain(new_inputs)
            )
        return self._complete(handler, resource_id, outputs)

    def delete(self, token: str, resource_id: str, outputs: Properties, name: str = "") -> None:
        """Delete the resource; succeed if it is already gone."""
        with aws_refusal(token, name):
            catalog.handler(token).delete(self.clients, resource_id, wire.plain(outputs))

    def invoke(self, token: str, args: Properties) -> Properties:
        """Answer a function such as `aws:index/getAvailabilityZones:getAvailabilityZones`."""
        return functions.invoke(token, wire.plain(args), self.clients, self.clients)

    def secret_outputs(self, token: str, inputs: Properties) -> frozenset[str]:
        """Name the outputs to keep secret: those that always are, and those that echo a secret input."""
        echoed = {key for key, value in inputs.items() if wire.has_secret(value)}
        return catalog.handler(token).secret_outputs | echoed

    def refreshed_inputs(self, token: str, old_inputs: Properties, outputs: Properties) -> Properties:
        """Return `old_inputs` with what AWS says now, so that the next diff shows the drift.

        Only what the program had set is compared; a secret that did not drift keeps its wrapper.
        """
        unordered = catalog.handler(token).unordered
        refreshed = {}
        for key, old in old_inputs.items():
            was = wire.plain(old)
            now = _overlay(key, was, wire.plain(outputs.get(key, was)))
            drifted = any(_differences(key, was, now, unordered))
            refreshed[key] = (wire.secret(now) if wire.has_secret(old) else now) if drifted else old
        return refreshed

    def _with_region(self, handler: Handler, inputs: Properties) -> Properties:
        return {"region": self.clients.region, **inputs} if handler.regional else inputs

    def _complete(self, handler: Handler, resource_id: str, outputs: Properties) -> Properties:
        complete = {key: value for key, value in outputs.items() if value is not None}
        complete["id"] = resource_id
        if handler.regional:
            complete.setdefault("region", self.clients.region)
        return complete


def _auto_name(rule: AutoName, name: str, seed: bytes) -> str:
    stem = name.lower() if rule.lowercase else name
    return f"{rule.prefix}{stem}{rule.separator}{hashlib.sha256(seed).hexdigest()[:_HEX_DIGITS]}"


def _too_long(token: str, name: str, rule: AutoName) -> str:
    allowed = rule.longest - len(rule.prefix) - len(rule.separator) - _HEX_DIGITS
    return (
        f'{token} "{name}": the generated {rule.property} is too long: a resource name of this type has at most '
        f"{allowed} characters (it has {len(name)}); shorten it or set {rule.property}"
    )


def _differences(path: str, old: Any, new: Any, unordered: frozenset[str]) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if wire.is_unknown(new) or wire.is_unknown(old):
        yield path
    elif (wire.is_archive(old) and wire.is_archive(new)) or (wire.is_asset(old) and wire.is_asset(new)):
        # The same files may lie somewhere else on another machine.
        if not archives.same(old, new):
            yield path
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _differences_of_maps(path, old, new, unordered)
    elif isinstance(old, list) and isinstance(new, list):
        if _without_indexes(path) in unordered:
            old, new = sorted(old, key=_canonical), sorted(new, key=_canonical)
        if len(old) != len(new):
            yield path
        else:
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from _differences(f"{path}[{index}]", before, after, unordered)
    elif old != new:
        yield path


def _canonical(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the same text for values that are the same, however their keys are ordered and numbers written."""
    if isinstance(value, dict):
        return str(sorted((key, _canonical(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return str([_canonical(inner) for inner in value])
    whole = isinstance(value, float) and value.is_integer()
    return repr(int(value) if whole else value)


def _differences_of_maps(path: str, old: Properties, new: Properties, unordered: frozenset[str]) -> Iterator[str]:
    for key in dict.fromkeys([*old, *new]):
        inner = f"{path}.{key}" if path else key
        if key not in old or key not in new:
            yield inner
        else:
            yield from _differences(inner, old[key], new[key], unordered)


def _overlay(name: str, was: Any, now: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(was, dict) and isinstance(now, dict) and name not in _MAPS:
        return {key: _overlay(key, value, now[key]) for key, value in was.items() if key in now}
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        return [_overlay(name, before, after) for before, after in zip(was, now, strict=True)]
    return now


def _top(path: str) -> str:
    return path.split(".", 1)[0].split("[", 1)[0]


def _without_indexes(path: str) -> str:
    return ".".join(part.split("[", 1)[0] for part in path.split("."))


def _matches(path: str, names: Iterable[str]) -> bool:
    """Tell whether `path` is, lies in or holds one of `names`."""
    bare = _without_indexes(path)
    return any(bare == name or bare.startswith(f"{name}.") or name.startswith(f"{bare}.") for name in names)
