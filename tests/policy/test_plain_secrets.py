"""What is taken for a secret, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_mobile_guard.plain_secrets import NAMES, is_arn, is_secret, is_secret_name

SECRETS = (
    *("DB_PASSWORD", "passwd", "AppSecret", "session_token", "CREDENTIALS", "apiKey", "API_KEY", "PRIVATE_KEY"),
    *("privatekey", "ACCESS_KEY", "accessKey", "signing_key", "SIGNINGKEY", "SECRET_NAMED_SO", "TOKEN_TYPES"),
)
ABOUT = (
    *("ARN", "ARNS", "NAME", "NAMES", "ID", "IDS", "PATH", "PARAMETER", "URL", "URLS", "URI", "ENDPOINT", "HOST"),
    *("TABLE", "BUCKET", "REGION", "VERSION", "STAGE", "TYPE", "USE", "LENGTH", "COUNT", "TTL", "EXPIRY", "SECONDS"),
    *("MINUTES", "HOURS", "DAYS", "ISSUER", "AUDIENCE", "JWKS", "PUBLIC_KEY", "PUBLICKEY", "PUBLIC_KEY_2"),
)


@pytest.mark.parametrize("name", SECRETS)
def test_a_name_of_a_secret(name: str) -> None:
    assert is_secret_name(name, NAMES)
    assert is_secret_name(name.swapcase(), NAMES)


@pytest.mark.parametrize("end", ABOUT)
def test_a_name_that_only_tells_of_a_secret(end: str) -> None:
    assert not is_secret_name(f"TOKEN_{end}", NAMES)
    assert not is_secret_name(f"token_{end.lower()}", NAMES)
    assert is_secret_name(f"TOKEN_{end}_NOW", NAMES)
    assert is_secret_name(f"TOKEN{end}" if end != "PUBLIC_KEY" else "TOKEN", NAMES)


@pytest.mark.parametrize("name", ["TABLE", "PASS", "KEY", "APIS", "ACCESS", "SIGNING", "MONKEY"])
def test_a_name_of_nothing_secret(name: str) -> None:
    assert not is_secret_name(name, NAMES)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABC_- 0123456789", max_size=30))
def test_a_value_is_secret_by_its_variables_name_unless_it_is_an_arn(value: str) -> None:
    assert is_secret(value, named=True)
    assert not is_secret(value, named=False)
    assert not is_secret(f"arn:aws:secretsmanager:{value}", named=True)
    assert not is_arn(f" arn:aws:s3:{value}")
    assert not is_arn(f"arn:aws{value}")
