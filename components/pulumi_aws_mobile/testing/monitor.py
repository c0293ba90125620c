"""The monitor that keeps every request, and the plainest mocks to answer with."""

from collections.abc import Callable, Mapping
from typing import Any

from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime.proto import resource_pb2

from .recording import Recorded, Recording, read_fields

_STACK_TYPE = "pulumi:pulumi:Stack"


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
        outputs = read_fields(request.outputs)
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


def _mock_args(request: resource_pb2.RegisterResourceRequest, inputs: dict[str, Any]) -> pulumi_mocks.MockResourceArgs:
    return pulumi_mocks.MockResourceArgs(
        typ=request.type, name=request.name, inputs=inputs, provider=request.provider, custom=request.custom
    )
