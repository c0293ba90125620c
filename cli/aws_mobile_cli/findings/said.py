"""One finding as every form tells it, whoever ran the rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from aws_mobile_guard.rule import Rule, StackRule
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Finding, Kind

BY_ID: Mapping[str, Rule | StackRule] = {rule.id: rule for rule in RULES}
"""The rules that this project has."""


class Standing(Enum):
    """What a finding means for a deployment."""

    MANDATORY = "mandatory"
    """It stops."""
    ADVISORY = "advisory"
    """It goes on."""
    UNDECIDED = "undecided"
    """It goes on, and the rule is asked again once the value is known."""
    ACKNOWLEDGED = "acknowledged"
    """It goes on: somebody has accepted it. The engine never hears of these."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a rule said about one resource."""

    rule: str
    standing: Standing
    urn: str
    """The resource; empty for what is about the whole stack."""
    message: str
    reason: str = ""
    """Why it was accepted, and until when; empty for what is not acknowledged."""

    @property
    def resource(self) -> str:
        """The resource's logical name; that of the stack where there is none."""
        return self.urn.rsplit("::", 1)[-1] or "the stack"

    @property
    def path(self) -> str:
        """The property that it is about, as far as the message says."""
        return self.message.partition(":")[0]

    def document(self) -> dict[str, str]:
        """Return it as JSON."""
        return {"rule": self.rule, "standing": self.standing.value, "urn": self.urn, "message": self.message}


def of_findings(findings: Iterable[Finding]) -> list[Said]:
    """Return what the rules said in process."""
    return [Said(one.rule, standing_of(one), one.urn, one.message, one.reason) for one in findings]


def standing_of(finding: Finding) -> Standing:
    """Return what a finding means for a deployment."""
    if finding.kind in {Kind.UNDECIDED, Kind.ACKNOWLEDGED}:
        return Standing(finding.kind.value)
    return Standing.MANDATORY if finding.stops else Standing.ADVISORY
