"""One Pulumi provider: what the engine asks, handed to the sandbox. It knows the messages, but not how they travel."""

import importlib.metadata
import json
import threading

from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from pulumi_aws_sandbox import catalog, wire
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.errors import SandboxError
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin import differences, structs
from pulumi_aws_sandbox.plugin.configuration import Package
from pulumi_aws_sandbox.plugin.errors import CancelledError, ConfigurationError, HalfWayError

_EMPTY = empty_pb2.Empty()


class Provider:
    """Serves the resources and functions of one package.

    Each public method is the gRPC method of the same name; each returns its answer or raises.
    """

    def __init__(self, package: Package) -> None:
        """Serve `package`; the sandbox behind it is reached when the engine configures the provider."""
        self._package = package
        self._sandbox: Sandbox | None = None
        self._cancelled = threading.Event()

    # The plugin itself.

    def handshake(self, _: provider_pb2.ProviderHandshakeRequest) -> provider_pb2.ProviderHandshakeResponse:
        """Say what this provider understands: secrets yes, resource references and output values no."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def get_plugin_info(self, _: empty_pb2.Empty) -> plugin_pb2.PluginInfo:
        """Say which version of the provider this stands for: that of the installed SDK."""
        return plugin_pb2.PluginInfo(version=self._version)

    def get_schema(self, _: provider_pb2.GetSchemaRequest) -> provider_pb2.GetSchemaResponse:
        """Return the name and version alone: programs carry their SDK, which holds the rest."""
        schema = json.dumps({"name": self._package.name, "version": self._version})
        return provider_pb2.GetSchemaResponse(schema=schema)

    def attach(self, _: plugin_pb2.PluginAttach) -> empty_pb2.Empty:
        """Accept an engine that found this plugin running."""
        return _EMPTY

    def cancel(self, _: empty_pb2.Empty) -> empty_pb2.Empty:
        """Begin nothing new; what is under way finishes, so that the engine can record it."""
        self._cancelled.set()
        return _EMPTY

    # The provider's settings.

    def check_config(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        """Refuse settings that the sandbox cannot honour."""
        problems = self._package.problems(structs.read(request.news))
        return provider_pb2.CheckResponse(inputs=request.news, failures=_failures(problems))

    def diff_config(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        """Replace the provider, and so its resources, when it moves to another Region; nothing else matters."""
        old, new = (wire.plain(structs.read(inputs)) for inputs in (request.old_inputs, request.news))
        if old.get("region") == new.get("region"):
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
        some = provider_pb2.DiffResponse.DIFF_SOME
        return provider_pb2.DiffResponse(changes=some, diffs=["region"], replaces=["region"])

    def configure(self, request: provider_pb2.ConfigureRequest) -> provider_pb2.ConfigureResponse:
        """Connect to the sandbox."""
        self._sandbox = self._package.connect(wire.plain(structs.read(request.args)))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    # Resources.

    def check(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        """Fill in defaults and generated names, and say what is wrong with the inputs."""
        token, name = _identity(request.urn)
        old_inputs = structs.read(request.olds) or None
        # A resource that exists keeps its name whatever the seed is.
        seed = request.randomSeed or request.urn.encode()
        checked, problems = self._ready.check(token, name, structs.read(request.news), old_inputs, seed)
        return provider_pb2.CheckResponse(inputs=structs.write(checked), failures=_failures(problems))

    def diff(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        """Say what differs between two sets of inputs and what that replaces."""
        token, _ = _identity(request.urn)
        old_inputs, old_outputs = structs.read(request.old_inputs), structs.read(request.olds)
        new_inputs = structs.read(request.news)
        diff = self._ready.diff(token, old_inputs, old_outputs, new_inputs)
        diff = differences.without_adopted(diff, old_inputs, old_outputs, new_inputs)
        return differences.response(diff, old_inputs, new_inputs)

    def create(self, request: provider_pb2.CreateRequest) -> provider_pb2.CreateResponse:
        """Make a resource; in a preview only echo its inputs: to an engine, what is missing then is unknown."""
        token, name = _identity(request.urn)
        inputs = structs.read(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=self._answer(token, _kept(token, inputs), inputs))
        self._refuse_if_cancelled()
        resource_id, outputs = self._ready.create(token, inputs, name)
        return provider_pb2.CreateResponse(id=resource_id, properties=self._answer(token, outputs, inputs))

    def read(self, request: provider_pb2.ReadRequest) -> provider_pb2.ReadResponse:
        """Return what exists now, with the inputs that would describe it."""
        token, name = _identity(request.urn)
        old_inputs, old_outputs = structs.read(request.inputs), structs.read(request.properties)
        outputs = self._ready.read(token, request.id, old_outputs, name)
        if outputs is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=request.id,
            properties=self._answer(token, outputs, old_inputs, old_outputs),
            inputs=structs.write(self._inputs_now(token, old_inputs, outputs)),
        )

    def update(self, request: provider_pb2.UpdateRequest) -> provider_pb2.UpdateResponse:
        """Change a resource in place; if AWS stops half-way, say what the resource is now."""
        token, name = _identity(request.urn)
        old_inputs, old_outputs = structs.read(request.old_inputs), structs.read(request.olds)
        new_inputs = structs.read(request.news)
        if request.preview:
            outputs = {**old_outputs, **_kept(token, new_inputs)}
        else:
            self._refuse_if_cancelled()
            try:
                outputs = self._ready.update(token, request.id, old_outputs, old_inputs, new_inputs, name)
            except SandboxError as error:
                now = self._ready.read(token, request.id, old_outputs, name)
                if now is None:
                    raise
                raise HalfWayError(
                    str(error),
                    provider_pb2.ErrorResourceInitFailed(
                        id=request.id,
                        properties=self._answer(token, now, old_inputs, old_outputs, new_inputs),
                        inputs=structs.write(self._inputs_now(token, old_inputs, now)),
                        reasons=[str(error)],
                    ),
                ) from error
        return provider_pb2.UpdateResponse(properties=self._answer(token, outputs, new_inputs, old_inputs, old_outputs))

    def delete(self, request: provider_pb2.DeleteRequest) -> empty_pb2.Empty:
        """Delete a resource; one that is gone already counts as deleted."""
        token, name = _identity(request.urn)
        self._refuse_if_cancelled()
        self._ready.delete(token, request.id, structs.read(request.properties), name)
        return _EMPTY

    def invoke(self, request: provider_pb2.InvokeRequest) -> provider_pb2.InvokeResponse:
        """Answer a function, in a preview as well."""
        answer = self._ready.invoke(request.tok, structs.read(request.args))
        response = provider_pb2.InvokeResponse()
        # The field is called `return`, which Python reserves.
        getattr(response, "return").CopyFrom(structs.write(answer))
        return response

    # Shared by them.

    @property
    def _version(self) -> str:
        return importlib.metadata.version(self._package.distribution)

    @property
    def _ready(self) -> Sandbox:
        if self._sandbox is None:
            message = f"the provider {self._package.name} was asked before it was configured"
            raise ConfigurationError(message)
        return self._sandbox

    def _refuse_if_cancelled(self) -> None:
        if self._cancelled.is_set():
            message = "the update was cancelled; nothing new was begun"
            raise CancelledError(message)

    def _answer(self, token: str, outputs: Properties, inputs: Properties, *sources: Properties) -> structs.Struct:
        """Return outputs for the engine, secret where the type says so or where a secret of the sources shows."""
        names = self._ready.secret_outputs(token, inputs)
        return structs.write(structs.with_secrets(outputs, names, (inputs, *sources)))

    def _inputs_now(self, token: str, old_inputs: Properties, outputs: Properties) -> Properties:
        """Return the inputs that describe a resource now; for an import, those that the type always has."""
        if old_inputs:
            return self._ready.refreshed_inputs(token, old_inputs, outputs)
        handler = catalog.handler(token)
        always = {*handler.required, *handler.defaults, *([handler.auto_name.property] if handler.auto_name else [])}
        return {key: outputs[key] for key in sorted(always) if key in outputs}


def _identity(urn: str) -> tuple[str, str]:
    """Return the type token and the logical name in a URN; the name may hold colons."""
    _, _, types, name = urn.split("::", 3)
    return types.rsplit("$", 1)[-1], name


def _kept(token: str, inputs: Properties) -> Properties:
    """Return the inputs that come back as outputs; those that are only ever sent do not."""
    write_only = catalog.handler(token).write_only
    return {key: value for key, value in inputs.items() if key not in write_only}


def _failures(problems: list[tuple[str, str]]) -> list[provider_pb2.CheckFailure]:
    return [provider_pb2.CheckFailure(property=name, reason=reason) for name, reason in problems]
