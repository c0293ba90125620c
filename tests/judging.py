"""What the policy pack says of what a program registered."""

from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import evaluate
from pulumi_aws_mobile.testing import Recording


def resource_inputs(recording: Recording) -> list[ResourceInput]:
    """Return the resources as the pack takes them."""
    return [
        ResourceInput(
            urn=one.urn,
            type=one.type,
            name=one.name,
            properties=one.inputs,
            outputs=one.outputs,
            property_dependencies=one.property_dependencies,
            protect=one.protect,
            id=one.id,
            provider_region="eu-west-1",
        )
        for one in recording
        if one.custom
    ]


def stopped_by(recording: Recording) -> set[str]:
    """Return the rules that would stop the deployment."""
    return {finding.rule for finding in evaluate(resource_inputs(recording), {}) if finding.stops}
