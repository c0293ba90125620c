"""One MariaDB server with TLS for all tests of this folder, and the core API that uses it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pulumi_aws_sandbox.runtime.child_processes import Children
from pulumi_aws_sandbox.runtime.databases import certificates
from pulumi_aws_sandbox.runtime.databases.mariadb import ADDRESS, MariaDb
from tests.app.core_api import CoreApi, serving
from tests.app.migrating import migrate
from tests.app.tokens import Signer, published

PASSWORD = "canary-{pass}'word\"; -- \\"


@dataclass(frozen=True, slots=True)
class Server:
    """A database server and the environment properties by which the app finds a database on it."""

    maria: MariaDb
    children: Children

    def database(self) -> dict[str, str]:
        """Make a database and a user who may only come over TLS; return its environment properties."""
        name = f"core_{uuid.uuid4().hex[:12]}"
        escaped = PASSWORD.replace("\\", "\\\\").replace("'", "\\'")
        self.maria.execute(
            f"CREATE DATABASE {name}",
            f"CREATE USER '{name}'@'%' IDENTIFIED BY '{escaped}' REQUIRE SSL",
            f"GRANT ALL PRIVILEGES ON {name}.* TO '{name}'@'%'",
        )
        return {
            "RDS_HOSTNAME": ADDRESS,
            "RDS_PORT": str(self.maria.port),
            "RDS_DB_NAME": name,
            "RDS_USERNAME": name,
            "RDS_PASSWORD": PASSWORD,
            "RDS_CA_FILE": str(self.children.folder / "trusted.pem"),
        }


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """Give what starts processes, and end them all after the last test."""
    started = Children("core-api-tests-")
    started.folder.chmod(0o711)  # the database server may run as another user, whose own folder is below
    try:
        yield started
    finally:
        started.close()


@pytest.fixture(scope="session")
def server(children: Children) -> Server:
    """Start the database server."""
    made = certificates.make()
    (children.folder / "trusted.pem").write_bytes(made.authority)
    maria = MariaDb(children, 1, made)
    maria.start()
    return Server(maria, children)


@pytest.fixture(scope="session")
def signer() -> Signer:
    """Return who signs the tokens that the app trusts."""
    return Signer("key-1")


@pytest.fixture(scope="session")
def environment(server: Server, signer: Signer) -> dict[str, str]:
    """Return the environment properties of an app whose database is up to date."""
    properties = {
        **server.database(),
        **published(signer),
        "TOKEN_ISSUER": "https://exchange.example",
        "TOKEN_AUDIENCE": "core-api",
        "BASE_PATH": "/live",
        "INSTANCE_ID": "i-0123456789abcdef0",
    }
    assert migrate(properties).returncode == 0
    return properties


@pytest.fixture(scope="session")
def api(children: Children, environment: dict[str, str]) -> Iterator[CoreApi]:
    """Serve the app."""
    with serving(children, environment) as served:
        yield served
