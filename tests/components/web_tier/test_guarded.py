"""A web tier keeps the policy pack's rules, whatever valid options it has."""

from typing import Any

import pytest
from components.web_tier.building import CERTIFICATE, build
from components.web_tier.strategies import web_tier_args
from hypothesis import given, settings

from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import evaluate

Args = dict[str, Any]
HTTPS = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}
CHOSEN = {"eb-https", "eb-managed-updates", "eb-stream-logs"}
"""What a caller can ask for, and the rules then name: HTTP to the public, no updates, logs that are not kept long."""


def stopped_by(args: Args, *, preview: bool = False) -> set[str]:
    """Return the rules that would stop the deployment of a web tier."""
    found = [
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
        for one in build(args, preview=preview)
        if one.custom
    ]
    return {finding.rule for finding in evaluate(found, {}) if finding.stops}


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
@pytest.mark.parametrize("more", [{}, {"https": HTTPS}, {"https": HTTPS, "public": True}])
def test_nothing_stops_a_web_tier_by_default(source: str, more: Args, preview: bool) -> None:
    assert stopped_by({"source": source, "network": {}, **more}, preview=preview) == set()


@settings(deadline=None, max_examples=10)
@given(web_tier_args())
def test_only_what_was_turned_off_stops_a_valid_web_tier(source: str, args: Args) -> None:
    assert stopped_by({"source": source, **args, "protect": True}) <= CHOSEN


@settings(deadline=None, max_examples=10)
@given(web_tier_args())
def test_only_what_was_turned_off_stops_its_preview(source: str, args: Args) -> None:
    assert stopped_by({"source": source, **args, "protect": True}, preview=True) <= CHOSEN
