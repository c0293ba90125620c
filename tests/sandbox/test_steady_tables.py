"""Several clients read and write at once, as an engine does."""

from collections import OrderedDict, defaultdict
from typing import Any

import pytest
from sandbox.situations import TRUST

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.engine_api import Sandbox


@pytest.fixture
def backend(sandbox: Sandbox) -> Any:  # noqa: ANN401 - moto's own type
    """Return what moto keeps of IAM."""
    from moto.iam.models import iam_backends

    assert sandbox
    return iam_backends[ACCOUNT]["aws"]


def test_a_role_is_found_while_another_is_made(sandbox: Sandbox, backend: Any) -> None:  # noqa: ANN401 - moto's own type
    iam = sandbox.clients("iam")
    for name in ("a", "b"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    looked = iter(backend.get_roles())
    assert next(looked).name == "a"
    iam.create_role(RoleName="c", AssumeRolePolicyDocument=TRUST)
    assert [role.name for role in looked] == ["b"]
    assert [role.name for role in backend.get_roles()] == ["a", "b", "c"]


@pytest.mark.parametrize("table", [{"a": 1}, OrderedDict(a=1), defaultdict(list, a=1)])
@pytest.mark.parametrize("look", [dict.__iter__, dict.keys, dict.values, dict.items])
def test_every_way_to_look_through_a_table_lets_others_write(backend: Any, table: dict, look: Any) -> None:  # noqa: ANN401 - moto's own type
    backend.table = table
    looked = iter(getattr(backend.table, look.__name__)())
    backend.table["b"] = 2
    next(looked)
    assert list(looked) == []
    assert dict(backend.table) == {"a": 1, "b": 2}
    assert isinstance(backend.table, type(table))


def test_a_table_with_a_default_keeps_it(backend: Any) -> None:  # noqa: ANN401 - moto's own type
    backend.table = defaultdict(list)
    backend.table["a"].append(1)
    assert backend.table == {"a": [1]}


def test_a_backend_that_starts_anew_keeps_its_tables_steady(sandbox: Sandbox, backend: Any) -> None:  # noqa: ANN401 - moto's own type
    sandbox.clients("iam").create_role(RoleName="a", AssumeRolePolicyDocument=TRUST)
    backend.reset()
    assert list(backend.get_roles()) == []
    assert type(backend.roles) is not dict
