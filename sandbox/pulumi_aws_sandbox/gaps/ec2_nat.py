"""NAT gateways that are pending for as long as `runtime.durations` says; moto's are available at once."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock, durations


def fill() -> None:
    """Let NAT gateways take their time."""
    from moto.ec2.models.nat_gateways import NatGateway  # noqa: PLC0415 - moto loads only when something is deployed

    gateways: Any = NatGateway
    gateways.state = property(_state, _set_state)
    replace(NatGateway, "__init__", _initialised)


def _initialised(original: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        self.pending_until = clock.now() + durations.of("nat_gateway")

    return init


def _state(self: Any) -> str:  # noqa: ANN401 - moto's own type
    pending = self.own_state == "available" and clock.now() < getattr(self, "pending_until", 0.0)
    return "pending" if pending else self.own_state


def _set_state(self: Any, state: str) -> None:  # noqa: ANN401 - moto's own type
    self.own_state = state
