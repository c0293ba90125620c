"""Throttles of methods, and usage plans: keys, rates and quotas."""

import pytest
from sandbox.access.world import Door, Json
from sandbox.gateway.calling import Api, deployed, saying

from pulumi_aws_sandbox.runtime import clock

_KEYED = {"security": [{"key": []}]}
_SCHEMES = {"components": {"securitySchemes": {"key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}}}
_SLOW = (429, "TooManyRequestsException", {"message": "Too Many Requests"})
_FORBIDDEN = (403, "ForbiddenException", {"message": "Forbidden"})
_VALUE = "a-key-of-twenty-characters"


def _api(aws: Door) -> Api:
    return deployed(aws, {"/a": {"get": saying("1")}, "/b/{id}": {"get": saying("2")}})


def _throttle(api: Api, method: str, rate: str, burst: str) -> None:
    api.patch_stage(**{f"/{method}/throttling/rateLimit": rate, f"/{method}/throttling/burstLimit": burst})


def test_requests_beyond_the_burst_of_a_stage_are_too_many_until_time_passes(aws: Door) -> None:
    api = _api(aws)
    _throttle(api, "*/*", "0.001", "2")
    assert [api.call(path="/a").status for _ in range(2)] == [200, 200]
    assert api.call(path="/b/1").error == _SLOW
    with clock.later(1001):
        assert [api.call(path="/a").status for _ in range(2)] == [200, 429]


def test_a_method_may_have_a_limit_of_its_own(aws: Door) -> None:
    api = _api(aws)
    _throttle(api, "~1b~1{id}/GET", "0.001", "1")
    assert [api.call(path="/b/1").status, api.call(path="/b/2").status, api.call(path="/a").status] == [200, 429, 200]


def test_a_burst_of_nothing_closes_a_stage(aws: Door) -> None:
    api = _api(aws)
    _throttle(api, "*/*", "0", "0")
    assert api.call(path="/a").error == _SLOW


def test_without_limits_of_its_own_a_stage_has_those_of_the_account(aws: Door) -> None:
    api = _api(aws)
    _throttle(api, "*/*", "-1", "-1")
    assert api.call(path="/a").status == 200


def _planned(aws: Door, **plan: Json) -> tuple[Api, str]:
    api = deployed(aws, {"/a": {"get": saying("1", **_KEYED)}, "/open": {"get": saying("2")}}, **_SCHEMES)
    client = aws.operator("apigateway")
    key = client.create_api_key(name="partner", enabled=True, value=_VALUE)["id"]
    stages = [{"apiId": api.id, "stage": "live"}]
    made = client.create_usage_plan(name="partners", apiStages=stages, **plan)["id"]
    client.create_usage_plan_key(usagePlanId=made, keyId=key, keyType="API_KEY")
    return api, key


def test_a_method_may_want_a_key(aws: Door) -> None:
    api, _ = _planned(aws)
    assert api.call(path="/a", headers={"x-api-key": _VALUE}).status == 200
    assert api.call(path="/a").error == _FORBIDDEN
    assert api.call(path="/a", headers={"x-api-key": "another"}).error == _FORBIDDEN
    assert api.call(path="/open").status == 200


def test_a_disabled_key_opens_nothing(aws: Door) -> None:
    api, key = _planned(aws)
    operations = [{"op": "replace", "path": "/enabled", "value": "false"}]
    aws.operator("apigateway").update_api_key(apiKey=key, patchOperations=operations)
    assert api.call(path="/a", headers={"x-api-key": _VALUE}).error == _FORBIDDEN


def test_a_key_of_another_stage_opens_nothing(aws: Door) -> None:
    api, _ = _planned(aws)
    other = deployed(aws, {"/a": {"get": saying("1", **_KEYED)}}, **_SCHEMES)
    assert other.call(path="/a", headers={"x-api-key": _VALUE}).error == _FORBIDDEN
    assert api.call(path="/a", headers={"x-api-key": _VALUE}).status == 200


def test_a_plan_limits_each_of_its_keys(aws: Door) -> None:
    api, _ = _planned(aws, throttle={"rateLimit": 0.001, "burstLimit": 1})
    assert api.call(path="/a", headers={"x-api-key": _VALUE}).status == 200
    assert api.call(path="/a", headers={"x-api-key": _VALUE}).error == _SLOW


@pytest.mark.parametrize(("period", "seconds"), [("DAY", 86_400), ("WEEK", 7 * 86_400), ("MONTH", 32 * 86_400)])
def test_a_quota_lasts_for_its_period(aws: Door, period: str, seconds: int) -> None:
    api, _ = _planned(aws, quota={"limit": 2, "period": period})
    key = {"x-api-key": _VALUE}
    assert [api.call(path="/a", headers=key).status for _ in range(2)] == [200, 200]
    assert api.call(path="/a", headers=key).error == (429, "LimitExceededException", {"message": "Limit Exceeded"})
    with clock.later(seconds):
        assert api.call(path="/a", headers=key).status == 200
