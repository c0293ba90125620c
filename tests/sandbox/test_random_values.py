"""The random provider's values: of the asked shape, drawn once, secret where the real provider's are."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox

IDLE = Sandbox(server("http://127.0.0.1:1", "eu-west-1"))
PASSWORD = "random:index/randomPassword:RandomPassword"


@given(
    st.fixed_dictionaries(
        {
            "minLower": st.integers(0, 4),
            "minUpper": st.integers(0, 4),
            "minNumeric": st.integers(0, 4),
            "minSpecial": st.integers(0, 4),
        }
    ),
    st.integers(16, 40),
)
def test_a_password_has_its_length_and_its_minimums(minimums: dict[str, int], length: int) -> None:
    inputs = {"length": float(length), "overrideSpecial": "_-", **minimums}
    _, outputs = IDLE.create(PASSWORD, inputs)
    drawn = outputs["result"]
    assert len(drawn) == length
    assert set(drawn) <= set(string.ascii_letters + string.digits + "_-")
    for name, characters in {
        "minLower": string.ascii_lowercase,
        "minUpper": string.ascii_uppercase,
        "minNumeric": string.digits,
        "minSpecial": "_-",
    }.items():
        assert sum(each in characters for each in drawn) >= minimums[name]


def test_classes_that_are_off_do_not_occur() -> None:
    _, outputs = IDLE.create(PASSWORD, {"length": 200, "special": False, "upper": False})
    assert set(outputs["result"]) <= set(string.ascii_lowercase + string.digits)


def test_minimums_beyond_the_length_are_refused() -> None:
    _, failures = IDLE.check(PASSWORD, "p", {"length": 3, "minLower": 4}, None, b"seed")
    assert failures == [("length", f'{PASSWORD} "p": length must be at least 4, the sum of the minimums: got 3')]


def test_an_id_is_the_same_bytes_in_every_form() -> None:
    resource_id, outputs = IDLE.create("random:index/randomId:RandomId", {"byteLength": 4, "prefix": "p-"})
    drawn = bytes.fromhex(outputs["hex"].removeprefix("p-"))
    assert outputs["dec"] == f"p-{int.from_bytes(drawn)}"
    assert outputs["b64Std"] == f"p-{base64.b64encode(drawn).decode()}"
    assert resource_id == base64.urlsafe_b64encode(drawn).decode().rstrip("=")


@given(st.integers(-5, 5), st.integers(0, 5))
def test_an_integer_lies_between_its_bounds(low: int, more: int) -> None:
    inputs = {"min": low, "max": low + more}
    _, outputs = IDLE.create("random:index/randomInteger:RandomInteger", inputs)
    assert low <= outputs["result"] <= low + more


@pytest.mark.parametrize("kind", ["RandomId", "RandomPassword", "RandomString", "RandomUuid", "RandomPet"])
def test_new_keepers_draw_anew(kind: str) -> None:
    token = f"random:index/{kind[0].lower()}{kind[1:]}:{kind}"
    size = {"RandomId": {"byteLength": 8}, "RandomPassword": {"length": 8}, "RandomString": {"length": 8}}.get(kind, {})
    old, new = ({**size, "keepers": {"of": of}} for of in ("one", "two"))
    diff = IDLE.diff(token, old, {}, new)
    assert (diff.changed, diff.replaces) == (["keepers.of"], ["keepers.of"])


def test_a_value_is_read_back_as_it_was_drawn() -> None:
    token = "random:index/randomUuid:RandomUuid"
    resource_id, outputs = IDLE.create(token, {})
    assert IDLE.read(token, resource_id, outputs) == outputs


def test_only_passwords_are_secret() -> None:
    assert IDLE.secret_outputs(PASSWORD, {}) == {"result", "bcryptHash"}
    assert IDLE.secret_outputs("random:index/randomString:RandomString", {}) == frozenset()
