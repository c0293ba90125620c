"""Checks of the web tier: nobody gets round the API, versions roll while people call, what dies is replaced."""

import io
import os
import signal
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pulumi_aws_mobile.testing import Recorded, Recording
from pulumi_aws_sandbox.runtime import beanstalk

from .api_caller import ApiCaller
from .check import Check, Clients, checks_of
from .system import System

check, heals = checks_of(System.WEB_SERVERS), checks_of(System.HEALING)

_ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment"
_NEXT = "the-next-version"
_FOUND = 200
_PATIENCE_SECONDS = 20
_PAUSE_SECONDS = 0.05
_KEEPS_SERVING = {"Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"}


def check_web_tiers(recording: Recording, clients: Clients, user: ApiCaller) -> Iterator[Check]:
    """Check each environment behind the API that `user` may call, which is of this Region."""
    region = clients("sts").meta.region_name
    for environment in recording.of_type(_ENVIRONMENT):
        if environment.outputs.get("region", region) != region:
            continue
        settings = {(each["namespace"], each["name"]): each["value"] for each in environment.inputs["settings"]}
        yield check(environment.name, "is reached by way of the API alone", lambda e=environment: _private(e, clients))
        yield check(environment.name, "serves healthily", lambda e=environment: _healthy(e))
        policy = settings["aws:elasticbeanstalk:command", "DeploymentPolicy"]
        if policy in _KEEPS_SERVING:
            claim = f"takes a new version by {policy} while people call, and none of them notices"
            yield check(environment.name, claim, lambda e=environment: _roll(e, clients, user))
        yield heals(environment.name, "replaces an instance that dies", lambda e=environment: _heal(e, user))


def _private(environment: Recorded, clients: Clients) -> tuple[bool, str]:
    elb = clients("elbv2", environment.outputs.get("region"))
    arns = environment.outputs["loadBalancers"]
    found = elb.describe_load_balancers(LoadBalancerArns=arns)["LoadBalancers"][0]
    groups = clients("ec2", environment.outputs.get("region")).describe_security_groups(
        GroupIds=found["SecurityGroups"]
    )["SecurityGroups"]
    rules = [rule for group in groups for rule in group["IpPermissions"]]
    open_to = [found["CidrIp"] for rule in rules for found in rule["IpRanges"]]
    callers = sorted({pair["GroupId"] for rule in rules for pair in rule["UserIdGroupPairs"]})
    private = found["Scheme"] == "internal" and not open_to and bool(callers)
    return private, f"{found['Scheme']}, open to {', '.join([*open_to, *callers]) or 'nobody'}"


def _healthy(environment: Recorded) -> tuple[bool, str]:
    beanstalk.wake(str(environment.id))
    health = _wait_until_green(environment)
    zones = sorted({instance.zone for instance in health.instances})
    number = len(health.instances)
    seen = f"{health.color.value}: {number} instance{'s' * (number != 1)} in {', '.join(zones)}"
    return health.color == "Green", seen


def _roll(environment: Recorded, clients: Clients, user: ApiCaller) -> tuple[bool, str]:
    region = environment.outputs.get("region")
    api = clients("elasticbeanstalk", region)
    application = environment.inputs["application"]
    before = api.describe_environments(EnvironmentNames=[environment.outputs["name"]])["Environments"][0]
    _register_next(clients, region, application, before["VersionLabel"])
    with _calling(user) as answers:
        api.update_environment(EnvironmentName=environment.outputs["name"], VersionLabel=_NEXT)
        _wait_for(lambda: answers[-1:] == [(_FOUND, _NEXT)])
    failed = Counter(status for status, _ in answers if status != _FOUND)
    versions = list(dict.fromkeys(version for _, version in answers))
    complete = answers[-1:] == [(_FOUND, _NEXT)]
    return complete and not failed, f"{len(answers)} calls, {sum(failed.values())} failed; from {' to '.join(versions)}"


def _register_next(clients: Clients, region: str | None, application: str, label: str) -> None:
    """Make a version that differs from the one that runs in the version it tells."""
    api, s3 = clients("elasticbeanstalk", region), clients("s3", region)
    version = api.describe_application_versions(ApplicationName=application, VersionLabels=[label])
    source = version["ApplicationVersions"][0]["SourceBundle"]
    bundle = s3.get_object(Bucket=source["S3Bucket"], Key=source["S3Key"])["Body"].read()
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            if entry.filename != "VERSION":
                new.writestr(entry, old.read(entry))
        new.writestr("VERSION", f"{_NEXT}\n")
    key = f"{source['S3Key']}.next"
    s3.put_object(Bucket=source["S3Bucket"], Key=key, Body=changed.getvalue())
    api.create_application_version(
        ApplicationName=application, VersionLabel=_NEXT, SourceBundle={"S3Bucket": source["S3Bucket"], "S3Key": key}
    )


@contextmanager
def _calling(user: ApiCaller) -> Iterator[list[tuple[int, str]]]:
    """Call the API without a pause while the block runs; the list grows by status and version of each answer."""
    answers: list[tuple[int, str]] = []
    stop = threading.Event()

    def call() -> None:
        while not stop.is_set():
            try:
                reply = user.call("GET", "/about")
            except OSError as error:
                answers.append((0, str(error)))
            else:
                answers.append((reply.status, str(reply.said.get("version", reply))))

    thread = threading.Thread(target=call)
    thread.start()
    try:
        _wait_for(lambda: bool(answers))
        yield answers
    finally:
        stop.set()
        thread.join()


def _heal(environment: Recorded, user: ApiCaller) -> tuple[bool, str]:
    before = _wait_until_green(environment).instances
    lost = before[0]
    os.kill(lost.pid, signal.SIGKILL)
    gone = _wait_for(lambda: lost.id not in {each.id for each in _health(environment).instances})
    after = _wait_until_green(environment)
    back = gone and after.color == "Green" and len(after.instances) == len(before)
    reply = user.call("GET", "/about")
    new = sorted({each.id for each in after.instances} - {each.id for each in before})
    return back and reply.status == _FOUND, f"{lost.id} killed, {', '.join(new) or 'nothing'} in its place: {reply}"


def _wait_until_green(environment: Recorded) -> Any:  # noqa: ANN401 - the sandbox's own Health
    _wait_for(lambda: _health(environment).color == "Green")
    return _health(environment)


def _health(environment: Recorded) -> Any:  # noqa: ANN401 - the sandbox's own Health
    return beanstalk.health(str(environment.id))


def _wait_for(condition: Any) -> bool:  # noqa: ANN401 - a function without arguments
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(_PAUSE_SECONDS)
    return False
