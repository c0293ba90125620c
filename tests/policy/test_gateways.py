"""Whose settings the settings of methods are, where names and ids are not all known yet."""

import pytest
from policy.breaks_api_stages import SETTINGS, STAGE
from policy.compliant_stack import broken
from policy.guard_stack import Change, Ref, add, both, put, remove
from policy.test_rules import judge

from aws_mobile_guard.run import Kind
from aws_mobile_guard.view import UNKNOWN_TEXT as LATER

LOGS = {"accessLogSettings": {"destinationArn": "arn:l"}, "xrayTracingEnabled": True}


def throttled(change: Change) -> list[tuple[str, Kind]]:
    found = [one for one in judge(broken(change), known=False) if one.rule == "api-throttle"]
    return [(one.urn.rpartition("::")[2], one.kind) for one in found]


@pytest.mark.parametrize(
    "settings",
    [
        {"restApi": Ref("api"), "stageName": "dark", "methodPath": LATER},
        {"restApi": Ref("plain-api"), "stageName": LATER, "methodPath": "*/*"},
        {"restApi": LATER, "stageName": "dark", "methodPath": "*/*"},
        {"restApi": Ref("api"), "stageName": "live", "methodPath": "notes/GET"},
    ],
    ids=["another stage", "another API", "another stage of some API", "one method"],
)
def test_settings_of_something_else_are_not_waited_for(settings: dict[str, object]) -> None:
    limits = {"throttlingRateLimit": 5, "throttlingBurstLimit": 5}
    change = both(remove("api-settings"), add("other", SETTINGS, **settings, settings=limits))
    assert throttled(change) == [("api-stage", Kind.VIOLATION)]


def test_a_stage_is_told_from_its_twin_of_another_api() -> None:
    twin = add("twin", STAGE, restApi=Ref("plain-api"), stageName="live", **LOGS)
    assert throttled(twin) == [("twin", Kind.VIOLATION)]


def test_settings_that_name_the_stage_by_its_output_belong_to_no_other() -> None:
    twin = add("twin", STAGE, restApi=Ref("api"), stageName="live", **LOGS)
    change = both(twin, put("api-settings", stageName=Ref("api-stage", "stageName")))
    assert throttled(change) == [("twin", Kind.VIOLATION)]
