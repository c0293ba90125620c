"""An engine's side of the conversation with a plugin."""

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin import structs


class Engine:
    """Asks a provider as the engine does, with property maps as dicts."""

    def __init__(self, port: int) -> None:
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)

    def configure(self, **settings: object) -> None:
        self.stub.Configure(provider_pb2.ConfigureRequest(args=structs.write(settings), acceptSecrets=True))

    def check_config(self, **settings: object) -> list[tuple[str, str]]:
        response = self.stub.CheckConfig(provider_pb2.CheckRequest(news=structs.write(settings)))
        return [(failure.property, failure.reason) for failure in response.failures]

    def diff_config(self, old: Properties, new: Properties) -> provider_pb2.DiffResponse:
        return self.stub.DiffConfig(
            provider_pb2.DiffRequest(old_inputs=structs.write(old), news=structs.write(new), urn=urn("a:b:C"))
        )

    def check(
        self, token: str, inputs: Properties, olds: Properties | None = None, *, seed: bytes = b"seed"
    ) -> tuple[Properties, list[tuple[str, str]]]:
        request = provider_pb2.CheckRequest(
            urn=urn(token), news=structs.write(inputs), olds=structs.write(olds or {}), randomSeed=seed
        )
        response = self.stub.Check(request)
        return structs.read(response.inputs), [(failure.property, failure.reason) for failure in response.failures]

    def diff(
        self, token: str, old_inputs: Properties, old_outputs: Properties, new_inputs: Properties
    ) -> provider_pb2.DiffResponse:
        return self.stub.Diff(
            provider_pb2.DiffRequest(
                id="id",
                urn=urn(token),
                old_inputs=structs.write(old_inputs),
                olds=structs.write(old_outputs),
                news=structs.write(new_inputs),
            )
        )

    def create(self, token: str, inputs: Properties, *, preview: bool = False) -> tuple[str, Properties]:
        request = provider_pb2.CreateRequest(urn=urn(token), properties=structs.write(inputs), preview=preview)
        response = self.stub.Create(request)
        return response.id, structs.read(response.properties)

    def read(
        self, token: str, resource_id: str, inputs: Properties, outputs: Properties
    ) -> tuple[str, Properties, Properties]:
        response = self.stub.Read(
            provider_pb2.ReadRequest(
                id=resource_id, urn=urn(token), inputs=structs.write(inputs), properties=structs.write(outputs)
            )
        )
        return response.id, structs.read(response.inputs), structs.read(response.properties)

    def update(  # noqa: PLR0913 - what an engine sends
        self,
        token: str,
        resource_id: str,
        old_inputs: Properties,
        old_outputs: Properties,
        new_inputs: Properties,
        *,
        preview: bool = False,
    ) -> Properties:
        request = provider_pb2.UpdateRequest(
            id=resource_id,
            urn=urn(token),
            old_inputs=structs.write(old_inputs),
            olds=structs.write(old_outputs),
            news=structs.write(new_inputs),
            preview=preview,
        )
        return structs.read(self.stub.Update(request).properties)

    def delete(self, token: str, resource_id: str, outputs: Properties) -> None:
        request = provider_pb2.DeleteRequest(id=resource_id, urn=urn(token), properties=structs.write(outputs))
        self.stub.Delete(request)

    def invoke(self, token: str, args: Properties) -> Properties:
        response = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=structs.write(args)))
        return structs.read(getattr(response, "return"))

    def cancel(self) -> None:
        self.stub.Cancel(empty_pb2.Empty())

    def version(self) -> str:
        info: plugin_pb2.PluginInfo = self.stub.GetPluginInfo(empty_pb2.Empty())
        return info.version


def urn(token: str, name: str = "thing") -> str:
    return f"urn:pulumi:stack::project::aws-mobile:index:Parent${token}::{name}"
