"""The published keys of a user pool: moto signs for all pools with one key that everybody knows."""

import json
from typing import Any
from urllib.parse import urlsplit

from pulumi_aws_sandbox.runtime.user_pools import directory, keys

_PATH = "{0}/(?P<user_pool_id>[^/]+)/.well-known/jwks.json$"


def fill() -> None:
    """Publish each pool's own key."""
    from moto.cognitoidp import urls  # noqa: PLC0415 - moto loads only when something is deployed

    paths: dict[str, Any] = urls.url_paths
    paths[_PATH] = _published


def _published(request: Any, full_url: str, headers: Any) -> tuple[int, dict[str, str], bytes]:  # noqa: ANN401, ARG001 - moto's own types
    pool_id = urlsplit(full_url).path.split("/")[1]
    pool = directory.pool_by_id(pool_id)
    plain = {"Content-Type": "application/json"}
    if pool is None:
        return 404, plain, json.dumps({"message": f"User pool {pool_id} does not exist."}).encode()
    return 200, plain, json.dumps(keys.published(pool)).encode()
