"""The in-process door: Pulumi's mocks interface over the sandbox, for previews and for real deployments."""

import threading
from dataclasses import dataclass
from typing import Any

from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

from pulumi_aws_sandbox import catalog, functions, wire
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.handler import Properties

_PROVIDERS = "pulumi:providers:"


class RefusedInputsError(ValueError):
    """The provider refuses a resource's inputs before it asks AWS."""


@dataclass(frozen=True, slots=True)
class _Place:
    region: str
    account: str
    partition: str


class PreviewMocks(Mocks):
    """Answers a preview: functions are answered, nothing is created.

    Types that the sandbox cannot create are refused, unless all is wanted that a program says: `every_type`.
    """

    def __init__(
        self,
        region: str = "eu-west-1",
        account: str = "123456789012",
        partition: str = "aws",
        *,
        every_type: bool = False,
    ) -> None:
        """Preview in `region` of `account`."""
        self._place = _Place(region, account, partition)
        self._providers = Providers()
        self._every_type = every_type

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Return the inputs, with no id; refuse an unsupported type, if types are refused."""
        if args.typ.startswith(_PROVIDERS):
            return self._providers.add(args)
        if not self._every_type:
            catalog.require(args.typ)
        return None, args.inputs

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer a function."""
        place = self._place
        region = self._providers.region(args.provider) or place.region
        return functions.invoke(args.token, wire.plain(args.args), _Place(region, place.account, place.partition)), []


class DeployMocks(Mocks):
    """Answers a deployment: each resource is created in the sandbox's AWS, one at a time."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Create in `sandbox`."""
        self._sandbox = sandbox
        self.providers = Providers()
        """The explicit providers that were registered so far."""
        self._seen: dict[tuple[str, str], int] = {}
        # The program registers resources from several threads; moto's AWS is not made for that.
        self._lock = threading.Lock()

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Create the resource; raise `SandboxError` or `RefusedInputsError` with its name."""
        with self._lock:
            if args.typ.startswith(_PROVIDERS):
                return self.providers.add(args)
            return self._create(args)

    def _create(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        inputs = args.inputs
        region = self.providers.region(args.provider)
        if region and catalog.handler(args.typ).regional:
            inputs = {"region": region, **inputs}
        checked, failures = self._sandbox.check(args.typ, args.name, inputs, None, self._seed(args))
        if failures:
            raise RefusedInputsError("; ".join(reason for _, reason in failures))
        resource_id, outputs = self._sandbox.create(args.typ, checked, args.name)
        secret = self._sandbox.secret_outputs(args.typ, inputs)
        return resource_id, {key: wire.secret(value) if key in secret else value for key, value in outputs.items()}

    def _seed(self, args: MockResourceArgs) -> bytes:
        """Return what generated names are made from: the same for the same program, different for each resource."""
        key = (args.typ, args.name)
        self._seen[key] = self._seen.get(key, 0) + 1
        return f"{args.typ}::{args.name}::{self._seen[key]}".encode()

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer a function."""
        clients = self._sandbox.clients
        region = self.providers.region(args.provider) or clients.region
        place = _Place(region, clients.account, clients.partition)
        return functions.invoke(args.token, wire.plain(args.args), place, clients), []


class Providers:
    """The explicit providers of a program and their Regions."""

    def __init__(self) -> None:
        """Start with none."""
        self._regions: dict[str, str] = {}

    def add(self, args: MockResourceArgs) -> tuple[str, Properties]:
        """Keep a provider and return its id."""
        package = args.typ.removeprefix(_PROVIDERS)
        provider_id = f"{package}-{args.name}"
        region = wire.plain(args.inputs).get("region")
        if isinstance(region, str) and not wire.is_unknown(region):
            self._regions[provider_id] = region
        return provider_id, args.inputs

    def region(self, reference: str | None) -> str | None:
        """Return the Region of the provider that a resource refers to; `None` for the default one."""
        return self._regions.get(reference.rsplit("::", 1)[-1]) if reference else None
