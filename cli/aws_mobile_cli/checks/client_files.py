"""Checks of the client side: the files that apps load say what AWS says."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aws_mobile_cli.client_files.writing import write
from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.plan import plain
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recorded, Recording

from .check import Check, Clients, checks_of
from .system import System

check = checks_of(System.CLIENTS)
_BACKEND = "aws-mobile:index:MobileBackend"


def check_client_files(recording: Recording, clients: Clients) -> Iterator[Check]:
    """Check the files of each backend that tells apps where it is."""
    for backend in recording.of_type(_BACKEND):
        if "client" in recording.stack_outputs:
            claim = "has its client files for iOS, Android, Flutter and JavaScript"
            yield check(backend.name, claim, lambda b=backend: _files(b, plain(recording.stack_outputs), clients))


def _files(backend: Recorded, outputs: Any, clients: Clients) -> tuple[bool, str]:  # noqa: ANN401 - whatever the stack says
    with TemporaryDirectory() as folder:
        try:
            written = write(outputs, Path(folder), environment=backend.name)
        except (ArgsError, UsageError) as error:
            return False, str(error)
        said = json.loads((Path(folder) / "amplify_outputs.json").read_text(encoding="utf-8"))
    return True, f"{', '.join(written.files)}; AWS has their {', '.join(_named(said, clients)) or 'nothing'}"


def _named(said: Any, clients: Clients) -> Iterator[str]:  # noqa: ANN401 - the format's own document
    """Yield what the files name, each once AWS has said that it has it."""
    if auth := said.get("auth"):
        region, pool = auth["aws_region"], auth["user_pool_id"]
        app = auth["user_pool_client_id"]
        clients("cognito-idp", region).describe_user_pool_client(UserPoolId=pool, ClientId=app)
        yield "app client"
        if identity_pool := auth.get("identity_pool_id"):
            clients("cognito-identity", region).describe_identity_pool(IdentityPoolId=identity_pool)
            yield "identity pool"
    if storage := said.get("storage"):
        clients("s3", storage["aws_region"]).head_bucket(Bucket=storage["bucket_name"])
        yield "bucket"
