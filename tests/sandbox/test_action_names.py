"""moto looks through the methods of a service once."""

import inspect
from typing import Any

import pytest

from pulumi_aws_sandbox.engine_api import Sandbox


def test_the_methods_of_a_service_are_looked_up_once(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    look: Any = inspect.getmembers

    def noted(*about: object, **more: object) -> object:
        looked.append(about[0])
        return look(*about, **more)

    sandbox.clients("iam").list_roles()
    monkeypatch.setattr(inspect, "getmembers", noted)
    sandbox.clients("iam").list_users()
    assert looked == []


def test_all_methods_of_a_service_are_found(sandbox: Sandbox) -> None:
    from moto.core import responses
    from moto.iam.responses import IamResponse

    assert sandbox
    names = responses.method_names_from_class(IamResponse)
    assert set(names) == {name for name, _ in inspect.getmembers(IamResponse, inspect.isfunction)}
