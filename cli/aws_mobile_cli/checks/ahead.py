"""Starts what checks will ask for while the first of them are made: by itself it would start when it is asked."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.runtime import beanstalk, functions

from .check import Clients

_ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"
_FUNCTION = "aws:lambda/function:Function"


@contextmanager
def started_ahead(recording: Recording, clients: Clients) -> Iterator[None]:
    """Load the functions' code and start the web servers of this Region in the background.

    The other Region's are left alone: whether they wait is what a check looks at.
    """
    region = clients("sts").meta.region_name
    warm = [
        lambda f=function: functions.warm(region, str(f.outputs["arn"])) for function in recording.of_type(_FUNCTION)
    ]
    wake = [
        lambda e=environment: beanstalk.wake(str(e.id))
        for environment in recording.of_type(_ENVIRONMENT)
        if environment.outputs.get("region", region) == region
    ]
    enough = threading.Event()
    threads = [threading.Thread(target=_start, args=(steps, enough), daemon=True) for steps in (warm, wake) if steps]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def _start(steps: Sequence[Callable[[], None]], enough: threading.Event) -> None:
    for step in steps:
        if enough.is_set():
            return
        # What cannot start is met again, and told of, by the check that needs it.
        with suppress(Exception):
            step()
