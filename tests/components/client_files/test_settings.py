"""What a deployment says is read; what the files' readers would fail on is refused."""

import pytest

from pulumi_aws_mobile.client_files import failover, resolve
from pulumi_aws_mobile.client_files.settings import Bucket, Push
from pulumi_aws_mobile.errors import ArgsError

from .building import BACKEND, BARE, SITE, changed, settings


def refusal(document: object, app: str | None = None) -> str:
    with pytest.raises(ArgsError) as refused:
        resolve("dev", document, app)
    return str(refused.value)


def test_a_backend_says_who_its_users_are() -> None:
    sign_in = settings().sign_in
    assert (sign_in.region, sign_in.app.key, sign_in.guests) == ("eu-west-1", "app", True)
    assert sign_in.groups == (("editors", 1), ("readers", None))


def test_numbers_may_arrive_as_pulumi_keeps_them() -> None:
    sign_in = settings(changed(BACKEND, "sign_in.password.min_length", 12.0)).sign_in
    assert sign_in.password is not None
    assert repr(sign_in.password.min_length) == "12"


def test_what_has_no_value_is_not_there() -> None:
    found = settings({**BARE, "api": None, "sign_in": {**BARE["sign_in"], "hosted_domain": None}})
    assert (found.api, found.sign_in.hosted_domain) == (None, None)


def test_lists_are_in_an_order_that_stays() -> None:
    swapped = changed(BACKEND, "sign_in.mfa_factors", ["totp", "sms", "email"])
    assert settings(swapped) == settings()


def test_the_app_client_is_chosen_where_there_are_several() -> None:
    apps = BACKEND["sign_in"]["apps"]
    several = changed(BACKEND, "sign_in.apps", {**apps, "web": {"id": "web1", "sign_in_flow": "USER_SRP_AUTH"}})
    assert resolve("dev", several, "web").sign_in.app.id == "web1"
    assert refusal(several) == (
        'client files of "dev": 1 problem\n'
        "  sign_in.apps: got several: app, web; allowed: one for each set of files; name one"
    )


def test_an_app_client_that_is_not_there_is_refused() -> None:
    assert refusal(BARE, "web") == (
        'client files of "dev": 1 problem\n  sign_in.apps: got "web"; allowed: app; choose one of these'
    )


def test_a_backend_of_servers_alone_is_refused() -> None:
    assert refusal(changed(BARE, "sign_in.apps", {})) == (
        'client files of "dev": 1 problem\n'
        "  sign_in.apps: got none; allowed: an app client that is no server's; "
        "give identity.clients one of the kind native or web"
    )


def test_what_is_no_backend_is_refused() -> None:
    assert refusal("[secret]") == (
        'client files of "dev": 1 problem\n'
        '  args: got "[secret]"; allowed: the options of ClientBackendArgs; give a mapping of options'
    )


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (
            "sign_in.mfa",
            "sometimes",
            'sign_in.mfa: got "sometimes"; allowed: off | optional | required; choose an allowed value',
        ),
        (
            "sign_in.username_attributes",
            ["username"],
            'sign_in.username_attributes[0]: got "username"; allowed: email | phone_number; choose an allowed value',
        ),
        (
            "sign_in.password.min_length",
            5,
            "sign_in.password.min_length: got 5; allowed: 6 to 99 characters; choose an allowed value",
        ),
        (
            "sign_in.apps.app.callback_urls",
            ["https://example.com/a,b"],
            (
                'sign_in.apps.app.callback_urls[0]: got "https://example.com/a,b"; allowed: a URL without commas, '
                "which the older formats put between URLs; choose an allowed value"
            ),
        ),
        (
            "sign_in.user_pool_id",
            "pool",
            (
                'sign_in.user_pool_id: got "pool"; allowed: the id of a user pool, for example eu-west-1_a1B2; '
                "choose an allowed value"
            ),
        ),
        (
            "api.url",
            "http://example.com/live",
            (
                'api.url: got "http://example.com/live"; allowed: an https URL, or an http one of this machine, '
                "without a slash at its end; choose an allowed value"
            ),
        ),
        (
            "analytics.service",
            "pinpoint",
            'analytics.service: got "pinpoint"; allowed: kinesis | firehose; choose an allowed value',
        ),
    ],
)
def test_what_readers_would_fail_on_is_refused(path: str, value: object, problem: str) -> None:
    assert refusal(changed(BACKEND, path, value)) == f'client files of "dev": 1 problem\n  {problem}'


@pytest.mark.parametrize("url", ["http://127.0.0.1:4566/restapis/a1/live/_user_request_", "http://localhost:8080"])
def test_an_api_of_a_sandbox_on_this_machine_is_taken(url: str) -> None:
    api = settings(changed(BACKEND, "api.url", url)).api
    assert api is not None
    assert api.url == url


def test_a_failover_keeps_the_users_and_takes_the_regions_own_api() -> None:
    primary = settings()
    there = failover(primary, SITE)
    assert there.sign_in == primary.sign_in
    assert there.api is not None
    assert (there.region, there.api.url) == ("eu-central-1", SITE["api"]["url"])
    assert (there.is_failover, there.user_data, there.push) == (True, True, Push(("news",), amplify=False))


def test_a_failover_has_the_copy_of_the_files_and_takes_no_events() -> None:
    there = failover(settings(), SITE)
    assert (there.user_files, there.user_files_copy) == (Bucket("shop-files-copy", "eu-central-1"), None)
    assert there.analytics is None


def test_a_copy_of_the_files_in_a_third_region_is_not_the_failovers() -> None:
    assert failover(settings(changed(BACKEND, "user_files_copy.region", "us-east-1")), SITE).user_files is None


def test_a_failover_to_the_same_region_is_refused() -> None:
    with pytest.raises(ArgsError) as refused:
        failover(settings(), changed(SITE, "region", "eu-west-1"))
    assert str(refused.value) == (
        'failover files of "dev": 1 problem\n'
        '  region: got "eu-west-1"; allowed: another Region than eu-west-1; deploy the stack again'
    )
