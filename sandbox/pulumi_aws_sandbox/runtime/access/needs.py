"""What a call needs permission for, and how its resources are named."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_aws_sandbox.runtime.access.calls import Call
from pulumi_aws_sandbox.runtime.access.policies import Document


@dataclass(frozen=True, slots=True)
class Access:
    """One action on one resource that a call needs, with what conditions may ask about it."""

    action: str
    resource: str | None = None
    facts: Mapping[str, str | list[str]] = field(default_factory=dict)
    policy: Document | None = None
    policy_must_allow: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A resource named by a parameter: its ARN, or what completes `arn`, whose `{name}` it is."""

    param: str
    arn: str = "{name}"

    def of(self, call: Call) -> str | None:
        """Return the ARN of the resource that a call names, or `None`."""
        name = call.text(self.param)
        return None if name is None else name if name.startswith("arn:") else arn(call, self.arn, name)


def arn(call: Call, template: str, name: str) -> str:
    """Complete an ARN of the Region and account of a call."""
    place = f"arn:{call.partition}:{call.prefix}:{call.region}:{call.account}:"
    text = template.format(name=name)
    return text if text.startswith("arn:") else place + text
