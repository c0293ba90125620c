"""Providers that are served on this machine for one test."""

from collections.abc import Iterator

import pytest

from pulumi_aws_sandbox import aws
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.plugin.configuration import PACKAGES, Package, aws_problems
from pulumi_aws_sandbox.plugin.provider import Provider
from pulumi_aws_sandbox.plugin.server import start
from tests.sandbox.plugin.conversation import Engine


def serve(package: Package) -> Iterator[Engine]:
    """Serve `package` for a test."""
    server, port = start(Provider(package))
    engine = Engine(port)
    yield engine
    engine.channel.close()
    server.stop(None).wait()


@pytest.fixture
def connection() -> Iterator[aws.Connection]:
    with aws.in_process("eu-west-1") as connection:
        yield connection


@pytest.fixture
def sandbox(connection: aws.Connection) -> Sandbox:
    return Sandbox(connection)


@pytest.fixture
def unconfigured(sandbox: Sandbox) -> Iterator[Engine]:
    yield from serve(Package("aws", "pulumi-aws", aws_problems, lambda _: sandbox))


@pytest.fixture
def engine(unconfigured: Engine) -> Engine:
    unconfigured.configure(region="eu-west-1")
    return unconfigured


@pytest.fixture
def random_engine() -> Iterator[Engine]:
    for engine in serve(PACKAGES["random"]):
        engine.configure()
        yield engine
