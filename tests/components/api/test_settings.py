"""What an API is made of, and what is refused before anything is registered."""

from typing import Any

import pytest
from components.api.building import CORE, CORE_API, INTEGRATION, MOCK, TOKENS, Args, document, mock_api, operation
from components.api.refusals import CONTRIBUTIONS, OPERATIONS, OPTIONS, PATHS

from pulumi_aws_mobile.api.args import ExecutionLogs, QuotaPeriod
from pulumi_aws_mobile.api.settings import ApiSettings, resolve
from pulumi_aws_mobile.errors import ArgsError


def settle(args: Any, name: str = "api") -> ApiSettings:  # noqa: ANN401 - any options
    return resolve(name, args)


def refusals(args: Any, name: str = "api") -> list[str]:  # noqa: ANN401 - any options
    with pytest.raises(ArgsError) as refused:
        settle(args, name)
    return list(map(str, refused.value.problems))


@pytest.mark.parametrize(("args", "problem"), [*CONTRIBUTIONS, *OPERATIONS, *PATHS, *OPTIONS])
def test_what_cannot_work_is_refused(args: Args, problem: str) -> None:
    assert refusals(args) == [problem]


def test_all_problems_are_said_at_once() -> None:
    args = {
        "contributions": {
            "core": {"document": document({"/about/": {"get": operation(callers=["anyone", "guests"])}})},
            "notes": {"file": "nowhere.yaml", "target": "core_api"},
        },
        "stage_name": "",
    }
    with pytest.raises(ArgsError) as refused:
        settle(args)
    assert str(refused.value) == (
        'Api "api": 6 problems\n'
        '  stage_name: got ""; allowed: 1 to 128 letters, digits, hyphens and underscores; choose an allowed value\n'
        '  contributions.core.paths./about/: got "/about/"; allowed: no slash at the end: API Gateway has one resource '
        "for both; remove the slash\n"
        '  contributions.core.paths./about/.get.x-aws-mobile-callers: got ["anyone", "guests"]; allowed: anyone alone: '
        "a route is signed or it is not; remove anyone, or the others\n"
        "  contributions.core.paths./about/.get: got nothing; allowed: something that answers; give the contribution a "
        f"target, or the operation {INTEGRATION}\n"
        '  contributions.notes.target: got "core_api"; allowed: core_api only where it is given; give core_api beside '
        "the contributions, or choose another target\n"
        '  contributions.notes.file: got "nowhere.yaml"; allowed: a file that can be read; correct the path, which '
        "starts where the program runs: No such file or directory"
    )


@pytest.mark.parametrize("name", ["", "an api", "a" * 48, "-a"])
def test_a_name_of_which_no_resources_can_be_named_is_refused(name: str) -> None:
    assert refusals(mock_api(), name) == [
        (
            f'name: got "{name}"; allowed: 1 to 47 letters, digits, hyphens and underscores; rename the component: its '
            "resources are named after it"
        )
    ]


def test_something_else_than_options_is_refused() -> None:
    assert refusals("api") == [
        'args: got "api"; allowed: the options of ApiArgs; give a mapping of options',
        "contributions: got {}; allowed: one contribution or more; give one: an API without routes answers nothing",
    ]


def test_routes_are_for_everyone_signed_in_unless_the_contribution_or_the_operation_says_else() -> None:
    paths = {
        "/a": {"get": {**operation(), INTEGRATION: MOCK}},
        "/b": {"get": {**operation(callers=["guests"]), INTEGRATION: MOCK}},
    }
    told = {"contributions": {"core": {"document": document(paths), "callers": ["editors"]}}}
    untold = {"contributions": {"core": {"document": document(paths)}}}
    assert [[route.callers for route in settle(args).routes] for args in (untold, told)] == [
        [("signed_in",), ("guests",)],
        [("editors",), ("guests",)],
    ]


def test_a_documents_own_security_gives_way_to_the_callers() -> None:
    scheme = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
    described = document(
        {"/a": {"get": {**operation(), INTEGRATION: MOCK}}}, components=scheme, security=[{"token": []}]
    )
    (route,) = settle({"contributions": {"core": {"document": described}}}).routes
    assert (route.callers, "security" in route.operation) == (("signed_in",), False)


def test_defaults_are_filled_in() -> None:
    settings = settle(mock_api())
    assert (settings.stage_name, settings.requests_per_second, settings.burst) == ("live", 1000, 2000)
    assert (settings.execution_logs, settings.tracing, settings.account_log_role) == (ExecutionLogs.OFF, True, True)
    assert (settings.log_retention_days, settings.cors, settings.firewall, settings.domain) == (400, None, None, None)


def test_a_clients_burst_is_twice_its_rate() -> None:
    clients = {"a": {"requests_per_second": 3, "quota_requests": 5}, "b": {"requests_per_second": 3, "burst": 4}}
    settings = settle(mock_api(clients=clients))
    assert [client.burst for client in settings.clients.values()] == [6, 4]
    assert settings.clients["a"].quota_period is QuotaPeriod.MONTH


def test_features_come_in_the_order_of_their_keys() -> None:
    args = {"contributions": {"tokens": TOKENS, "core": CORE}, "core_api": CORE_API}
    assert list(settle(args).features) == ["core", "tokens"]
