"""Finds blocks of addresses that no environment uses yet, so that their networks can be joined later."""

import ipaddress
from collections.abc import Iterable

from aws_mobile_cli.exits import UsageError

_PRIVATE = tuple(ipaddress.IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def unused(like: str, taken: Iterable[str]) -> str:
    """Return the first block as large as `like` that overlaps none of `taken`, where possible near `like`."""
    wanted = ipaddress.IPv4Network(like)
    used = [ipaddress.IPv4Network(block) for block in taken]
    homes = sorted(
        (home for home in _PRIVATE if home.prefixlen <= wanted.prefixlen), key=lambda h: not h.overlaps(wanted)
    )
    for home in homes:
        for block in home.subnets(new_prefix=wanted.prefixlen):
            if not any(block.overlaps(other) for other in used):
                return str(block)
    message = f"no block of addresses as large as {like} is left beside those of the other stacks; name one by --cidr"
    raise UsageError(message)


def overlapping(option: str, block: str, taken: Iterable[str]) -> str | None:
    """Return the first of `taken` that overlaps the block which an option of the command line names."""
    try:
        own = ipaddress.IPv4Network(block)
    except ValueError as error:
        message = f'{option}: got "{block}"; allowed: a block of IPv4 addresses such as 10.2.0.0/16; {error}'
        raise UsageError(message) from error
    return next((other for other in taken if own.overlaps(ipaddress.IPv4Network(other))), None)
