"""APIs of a Region that is cut: nobody answers, whatever is asked, until it is restored."""

import http.client

import pytest
from sandbox.access.world import REGION, Door
from sandbox.gateway.calling import Backend, deployed, proxied

from pulumi_aws_sandbox.runtime import regions


@pytest.mark.parametrize("size", [0, 10 * 1024 * 1024 + 1])
def test_the_gateway_hangs_up_and_answers_again_afterwards(aws: Door, backend: Backend, size: int) -> None:
    api = deployed(aws, {"/a": {"post": proxied(f"{backend.url}/a", "POST")}})
    with regions.lost(REGION), pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        api.call("POST", "/a", body=b"x" * size)
    assert backend.received == []
    assert api.call("POST", "/a").status == 200


def test_apis_of_another_region_go_on(aws: Door, backend: Backend) -> None:
    api = deployed(aws, {"/a": {"get": proxied(f"{backend.url}/a", "GET")}})
    with regions.lost("eu-central-1"):
        assert api.call("GET", "/a").status == 200
