"""How a gap refuses a request as RDS would."""

from typing import NoReturn


def refuse(code: str, reason: str) -> NoReturn:
    """Answer the request with an error of RDS."""
    from moto.rds.exceptions import RDSClientError  # noqa: PLC0415 - moto loads only when something is deployed

    raise RDSClientError(code, reason)
