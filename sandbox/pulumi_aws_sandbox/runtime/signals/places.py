"""Where a name of AWS's leads in the sandbox: its Region, and the address on this machine that stands for it."""

import re
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.runtime import gateway, regions

_REGION = r"(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)"
_API = re.compile(rf"[\w-]+\.execute-api\.{_REGION}\.amazonaws\.com(?:\.cn)?")
_BALANCER = re.compile(
    rf"(?:dualstack\.)?[\w-]+\.(?:elb\.)?{_REGION}\.(?:elb\.amazonaws\.com|elasticbeanstalk\.com)(?:\.cn)?"
)
_ENDPOINTS = (_API, _BALANCER)
_MOST_STEPS = 8


def region_of(name: str) -> str | None:
    """Return the Region that a name of AWS's is in; `None` for any other."""
    bare = name.rstrip(".").lower()
    return next((found["region"] for each in _ENDPOINTS if (found := each.fullmatch(bare))), None)


def url_of(name: str) -> str:
    """Return the address on this machine that stands for a name; raise `LookupError` where nothing does.

    A name of a hosted zone leads to where Route 53 leads; an address that nobody answers at in a Region that is cut
    raises `ConnectionRefusedError`.
    """
    bare = name.rstrip(".").lower()
    for _ in range(_MOST_STEPS):
        region = region_of(bare)
        if region is not None:
            if regions.is_cut(region):
                message = f"the Region {region} is cut"
                raise ConnectionRefusedError(message)
            return _local(bare)
        # What a check sees may depend on what checks say: they are not asked again.
        from pulumi_aws_sandbox.runtime.signals import dns, health  # noqa: PLC0415 - they ask here

        bare = dns.answer(bare, "A", health.known()).target.rstrip(".").lower()
    message = f"{name} leads round in a circle"
    raise LookupError(message)


def _local(name: str) -> str:
    if not _API.fullmatch(name):
        return _balancer(name)
    # A Region's name of a custom domain leads to what is mapped there, any other to an API's own address.
    if name.startswith("d-"):
        return f"{gateway.base_url()}/{name}"
    return gateway.local_url(f"https://{name}")


def _balancer(name: str) -> str:
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - needs what this package offers

    environment = environment_at(name)
    if environment is None:
        message = f"nobody has the name {name}"
        raise LookupError(message)
    return beanstalk.balancer_url(environment.resources.load_balancer_arn)


def environment_at(name: str) -> Any:  # noqa: ANN401 - a record of an environment
    """Return the environment of Elastic Beanstalk with a name, its load balancer's or its own; `None` for any other."""
    from moto.elasticbeanstalk.models import eb_backends  # noqa: PLC0415 - moto loads only when something is deployed

    bare = name.rstrip(".").lower().removeprefix("dualstack.")
    backend: Any = eb_backends[ACCOUNT][region_of(bare) or ""]
    for each in backend.store.alive():
        endpoint = "" if each.resources is None else each.resources.endpoint
        if bare in {each.cname.lower(), endpoint.lower()}:
            return each
    return None
