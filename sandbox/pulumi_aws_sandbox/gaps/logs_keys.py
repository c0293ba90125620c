"""Log groups whose key is given or taken away later."""

from typing import Any


def fill() -> None:
    """Add the two calls."""
    from moto.logs.responses import LogsResponse  # noqa: PLC0415 - moto loads only when something is deployed

    LogsResponse.associate_kms_key = lambda self: _set(self, self._get_param("kmsKeyId"))
    LogsResponse.disassociate_kms_key = lambda self: _set(self, None)


def _set(self: Any, key: str | None) -> str:  # noqa: ANN401 - moto's own types
    from moto.logs.exceptions import ResourceNotFoundException  # noqa: PLC0415 - moto loads only when deploying

    group = self.logs_backend.groups.get(self._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException
    group.kms_key_id = key
    return ""
