"""A web tier keeps the policy pack's rules, whatever valid options it has."""

from typing import Any

import pytest
from components.web_tier.building import CERTIFICATE, build
from components.web_tier.strategies import web_tier_args
from hypothesis import given, settings
from judging import stopped_by

Args = dict[str, Any]
HTTPS = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}
CHOSEN = {"eb-https", "eb-managed-updates", "eb-stream-logs"}
"""What a caller can ask for, and the rules then name: HTTP to the public, no updates, logs that are not kept long."""


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
@pytest.mark.parametrize("more", [{}, {"https": HTTPS}, {"https": HTTPS, "public": True}])
def test_nothing_stops_a_web_tier_by_default(source: str, more: Args, preview: bool) -> None:
    assert stopped_by(build({"source": source, "network": {}, **more}, preview=preview)) == set()


@settings(deadline=None, max_examples=10)
@given(web_tier_args())
def test_only_what_was_turned_off_stops_a_valid_web_tier(source: str, args: Args) -> None:
    assert stopped_by(build({"source": source, **args, "protect": True})) <= CHOSEN


@settings(deadline=None, max_examples=10)
@given(web_tier_args())
def test_only_what_was_turned_off_stops_its_preview(source: str, args: Args) -> None:
    assert stopped_by(build({"source": source, **args, "protect": True}, preview=True)) <= CHOSEN
