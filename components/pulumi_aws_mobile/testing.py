"""Run a Pulumi program without an engine and read back exactly what it registered.

Pulumi's own mocks hand a test the inputs of a resource but not its options. `record` keeps both: parents, `protect`,
`retain_on_delete`, aliases, dependencies and secrets, as the engine would have received them.

What this does not prove: provider-side checks and defaults, diffs, and anything that only an engine does.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import pulumi
from google.protobuf import struct_pb2
from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime import rpc
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.settings import SETTINGS, reset_options
from pulumi.runtime.stack import run_in_stack

UNKNOWN = rpc.UNKNOWN
"""Stands in `Recorded.inputs` where a value is only known once AWS has answered."""

_STACK_TYPE = "pulumi:pulumi:Stack"
_QUIET_TURNS = 50
"""After so many turns of the loop without progress, waiting is left to Pulumi."""
_SIGNATURE = rpc._special_sig_key  # noqa: SLF001 - the wire format has no public name
_SECRET = rpc._special_secret_sig  # noqa: SLF001 - the wire format has no public name


class Secret:
    """A value that travels as a secret; compares equal to another `Secret` with the same value."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        """Mark `value` as secret."""
        self.value = value

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a secret with the same value."""
        return isinstance(other, Secret) and self.value == other.value

    def __hash__(self) -> int:
        """Hash by the value."""
        return hash(("secret", str(self.value)))

    def __repr__(self) -> str:
        """Never show the value."""
        return "Secret(…)"


@dataclass(frozen=True, eq=False)
class Recorded:
    """One registered resource, as the engine would have received it."""

    urn: str
    request: resource_pb2.RegisterResourceRequest = field(repr=False)
    reply: struct_pb2.Struct = field(repr=False)
    """The output properties that were answered."""
    id: str
    """The physical id; empty in a preview."""

    @property
    def type(self) -> str:
        """The type token, for example `aws:rds/instance:Instance`."""
        return self.request.type

    @property
    def name(self) -> str:
        """The logical name."""
        return self.request.name

    @property
    def parent(self) -> str:
        """The URN of the parent; empty for the stack itself."""
        return self.request.parent

    @property
    def custom(self) -> bool:
        """Whether a provider manages it; false for components."""
        return self.request.custom

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """The inputs by their names on the wire (camelCase), secrets as `Secret`, unknown values as `UNKNOWN`."""
        return _read_fields(self.request.object)

    @cached_property
    def outputs(self) -> dict[str, Any]:
        """The answered outputs, read like `inputs`."""
        return _read_fields(self.reply)

    @property
    def protect(self) -> bool:
        """Whether the option `protect` is on."""
        return self.request.protect

    @property
    def retain_on_delete(self) -> bool:
        """Whether the option `retain_on_delete` is on."""
        return self.request.retainOnDelete

    @property
    def ignore_changes(self) -> list[str]:
        """The properties whose changes are ignored."""
        return list(self.request.ignoreChanges)

    @property
    def additional_secret_outputs(self) -> list[str]:
        """The outputs that are kept secret besides those that are by themselves."""
        return list(self.request.additionalSecretOutputs)

    @property
    def dependencies(self) -> list[str]:
        """The URNs that it waits for."""
        return list(self.request.dependencies)

    @property
    def property_dependencies(self) -> dict[str, list[str]]:
        """The URNs that each input comes from; filled in a preview too."""
        return {key: list(value.urns) for key, value in self.request.propertyDependencies.items()}

    @property
    def aliases(self) -> list[str]:
        """The URNs, names or types under which the engine may find it too."""
        return [alias.urn or alias.spec.name or alias.spec.type for alias in self.request.aliases]


class Recording:
    """Everything a program registered, in order."""

    def __init__(self) -> None:
        """Start empty."""
        self.resources: list[Recorded] = []
        self.stack_outputs: dict[str, Any] = {}
        self.component_outputs: dict[str, dict[str, Any]] = {}
        """The registered outputs of components, by URN."""

    def __iter__(self) -> Iterator[Recorded]:
        """Go through the resources in the order of registration, components included."""
        return iter(self.resources)

    @property
    def urns(self) -> list[str]:
        """The URNs in the order of registration."""
        return [resource.urn for resource in self.resources]

    def of_type(self, type_: str) -> list[Recorded]:
        """Return the resources with the type token `type_`."""
        return [resource for resource in self.resources if resource.type == type_]

    def only(self, type_: str) -> Recorded:
        """Return the one resource with the type token `type_`; raise `LookupError` if there is not exactly one."""
        found = self.of_type(type_)
        if len(found) != 1:
            message = f"{len(found)} resources of type {type_}: {[resource.name for resource in found]}"
            raise LookupError(message)
        return found[0]

    def named(self, name: str) -> Recorded:
        """Return the one resource with the logical name `name`; raise `LookupError` if there is not exactly one."""
        found = [resource for resource in self.resources if resource.name == name]
        if len(found) != 1:
            names = sorted(resource.name for resource in self.resources)
            message = f'{len(found)} resources are named "{name}"; there are: {", ".join(names)}'
            raise LookupError(message)
        return found[0]

    def children(self, urn: str) -> list[Recorded]:
        """Return the resources whose parent is `urn`."""
        return [resource for resource in self.resources if resource.parent == urn]


class RecordingMonitor(pulumi_mocks.MockMonitor):
    """Pulumi's mock monitor, which also keeps every request; pass it to `pulumi.runtime.set_mocks`.

    In a preview it answers like an engine before anything exists: the inputs come back, the id and every other output
    are unknown. Outside a preview the mocks answer.
    """

    def __init__(
        self,
        mocks: pulumi_mocks.Mocks,
        *,
        preview: bool,
        on_resource: Callable[[Recorded], None] | None = None,
    ) -> None:
        """Answer with `mocks`; call `on_resource` after each answer."""
        super().__init__(mocks)
        self.recording = Recording()
        self._preview = preview
        self._on_resource = on_resource
        self._seen: set[str] = set()

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Return the URN that an engine would give: children of the stack do not carry its type."""
        if _STACK_TYPE in parent.split("::")[2:3]:
            parent = ""
        return super().make_urn(parent, type_, name)

    def RegisterResource(self, request: resource_pb2.RegisterResourceRequest) -> resource_pb2.RegisterResourceResponse:  # noqa: N802 - gRPC's name
        """Answer and keep one registration; refuse a URN that was registered before, as the engine does."""
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == _STACK_TYPE:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        if urn in self._seen:
            message = f"Duplicate resource URN '{urn}'; try giving it a unique name"
            raise ValueError(message)
        self._seen.add(urn)
        if not request.custom:
            reply = resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)
        elif self._preview:
            self.mocks.new_resource(_mock_args(request, {}))
            reply = resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)
        else:
            reply = super().RegisterResource(request)
        recorded = Recorded(urn, request, reply.object, reply.id)
        self.recording.resources.append(recorded)
        if self._on_resource is not None:
            self._on_resource(recorded)
        return reply

    def RegisterResourceOutputs(self, request: resource_pb2.RegisterResourceOutputsRequest) -> Any:  # noqa: ANN401, N802 - gRPC's name and type
        """Keep the outputs of the stack and of components."""
        outputs = _read_fields(request.outputs)
        if _STACK_TYPE in request.urn.split("::")[2].split("$")[-1]:
            self.recording.stack_outputs = outputs
        else:
            self.recording.component_outputs[request.urn] = outputs
        return super().RegisterResourceOutputs(request)


class PlainMocks(pulumi_mocks.Mocks):
    """Answers every resource with its inputs and an id made of its name; answers functions from `calls`."""

    def __init__(self, calls: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Answer the function with the token `k` with `calls[k]`."""
        self._calls = calls or {}

    def new_resource(self, args: pulumi_mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Return an id, an ARN and the inputs."""
        region = args.inputs.get("region", "eu-west-1")
        arn = f"arn:aws:{args.typ.split(':')[1].split('/')[0]}:{region}:123456789012:{args.name}"
        return f"{args.name}-id", {"arn": arn, **args.inputs}

    def call(self, args: pulumi_mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Return the prepared answer, or an empty one."""
        return dict(self._calls.get(args.token, {})), []


def record(  # noqa: PLR0913 - each is independent and has a default
    program: Callable[[], object],
    *,
    mocks: pulumi_mocks.Mocks | None = None,
    preview: bool = False,
    project: str = "project",
    stack: str = "stack",
    config: Mapping[str, str] | None = None,
    secret_keys: list[str] | None = None,
    on_resource: Callable[[Recorded], None] | None = None,
) -> Recording:
    """Run `program` to its end and return what it registered; raise what it raised.

    Each call has its own event loop and leaves no Pulumi state behind. `config` is the stack's configuration, as
    `{"project:key": "text or JSON"}`. With `preview=True` ids and outputs stay unknown, as in `pulumi preview`.
    """
    monitor = RecordingMonitor(mocks or PlainMocks(), preview=preview, on_resource=on_resource)
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_InlineExecutor())
    loop.set_exception_handler(_ignore)
    asyncio.set_event_loop(loop)
    try:
        reset_options()
        pulumi.runtime.set_all_config(dict(config or {}), secret_keys or [])
        settings = pulumi_mocks.MockSettings(
            monitor=monitor,
            monitor_features=set(monitor.GetDeploymentInfo(None).supportedFeatures),
            engine=pulumi_mocks.MockEngine(None),
            project=project,
            stack=stack,
            dry_run=preview,
            organization="organization",
            root_directory=".",
            callbacks=None,
        )
        pulumi_mocks.configure(settings)
        loop.run_until_complete(run_in_stack(lambda: _settled(program)))
    finally:
        _close(loop)
        reset_options()
        pulumi.runtime.set_all_config({}, [])
    return monitor.recording


class _InlineExecutor(ThreadPoolExecutor):
    """Runs the SDK's calls to the monitor where they are made: they do not block, and a thread each costs time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: ANN401 - the signature of Executor
        """Run `fn` now and return its result as a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - whoever awaits the future gets it
            future.set_exception(error)
        return future


def _ignore(_: asyncio.AbstractEventLoop, __: dict[str, Any]) -> None:
    """Keep quiet about outputs that failed with the program: its own error is raised, once."""


async def _settled(program: Callable[[], object]) -> None:
    """Run the program, drop what it returns, and go on until its outputs have settled.

    Pulumi waits by going through every open output each time that one of them is done. Here nothing blocks, so a few
    turns of the loop are enough for all of them.
    """
    program()
    waiting = cast("set[asyncio.Task[Any]]", SETTINGS.outputs)
    quiet = 0
    while waiting and quiet < _QUIET_TURNS:
        before = len(waiting)
        await asyncio.sleep(0)
        quiet = quiet + 1 if len(waiting) >= before else 0


def _close(loop: asyncio.AbstractEventLoop) -> None:
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()
    if pending:
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    asyncio.set_event_loop(None)
    loop.close()


def _mock_args(request: resource_pb2.RegisterResourceRequest, inputs: dict[str, Any]) -> pulumi_mocks.MockResourceArgs:
    return pulumi_mocks.MockResourceArgs(
        typ=request.type, name=request.name, inputs=inputs, provider=request.provider, custom=request.custom
    )


def _read_fields(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Read the fields by name: protobuf keeps them in no order of its own."""
    return {key: _read(struct.fields[key]) for key in sorted(struct.fields)}


def _read(value: struct_pb2.Value) -> Any:  # noqa: ANN401 - any JSON value, with secrets marked
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _SIGNATURE in fields and fields[_SIGNATURE].string_value == _SECRET:
            return Secret(_read(fields["value"]))
        return _read_fields(value.struct_value)
    if kind == "list_value":
        return [_read(item) for item in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "null_value":
        return None
    return value.bool_value if kind == "bool_value" else value.string_value
