"""What each replica follows: the database, another replica that took over, or somebody else's instance. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems, closest

USER_KEY = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
INSTANCE_ARN = r"arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:db:[A-Za-z0-9-]+"


@dataclass(frozen=True, slots=True)
class Source:
    """What one replica follows; neither key nor ARN is the database itself."""

    key: str | None
    arn: pulumi.Input[str] | None
    elsewhere: bool
    """Whether it is in another Region than the replica."""


def source_of(replica: Mapping[str, Any], replicas: Mapping[str, Mapping[str, Any]], home: str | None) -> Source:
    """Return what a replica follows; `home` is the Region of the database."""
    region, given = replica.get("region", home), replica.get("source")
    if given is None:
        return Source(None, None, elsewhere=region != home)
    if not _is_key(given):
        # Of the same Region it could only be a replica's key; a known ARN there is refused.
        return Source(None, given, elsewhere=True)
    return Source(given, None, elsewhere=region != replicas.get(given, {}).get("region", home))


def check_sources(replicas: Mapping[str, Mapping[str, Any]], home: str | None, problems: Problems) -> None:
    """Note sources that are not there, that are replicas themselves, or that follow in the end what follows them."""
    circles: set[frozenset[str]] = set()
    for key, replica in replicas.items():
        path, given = f"replicas.{key}.source", replica.get("source")
        if given is None or problems.touches(path):
            continue
        if not _is_key(given):
            _check_arn(path, given, replica.get("region", home), problems)
        elif given not in replicas:
            near = closest(given, [other for other in replicas if other != key])
            fix = f'did you mean "{near}"?' if near else "name a replica that is promoted, or remove it"
            problems.add(path, given, "the key of another replica, or the ARN of an instance", fix)
        elif key in (circle := _followed(key, replicas)):
            if frozenset(circle) not in circles:
                circles.add(frozenset(circle))
                allowed = f"no circle: {' follows '.join([key, *circle])}"
                problems.add(path, given, allowed, "let one of them follow the database, as it did when it was made")
        else:
            _check_owner(path, given, replicas[given], problems)


def in_order(replicas: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys of the replicas, each after the one that it follows."""
    placed: dict[str, None] = {}
    for key in replicas:
        placed |= dict.fromkeys(reversed([key, *_followed(key, replicas)]))
    return tuple(placed)


def _followed(key: str, replicas: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the replicas that one follows, the nearest first, up to the database or to one that came before."""
    found: list[str] = []
    while _is_key(source := replicas[key].get("source")) and source in replicas and source not in found:
        found.append(source)
        key = source
    return found


def _check_arn(path: str, given: Any, region: str | None, problems: Problems) -> None:  # noqa: ANN401 - a text or an output
    if isinstance(given, str) and region is not None and given.split(":")[3] == region:
        fix = "name it by its key if it is a replica here, else remove it: a copy in one Region keeps its source's key"
        problems.add(path, given, "an instance in another Region", fix)


def _check_owner(path: str, given: str, source: Mapping[str, Any], problems: Problems) -> None:
    if not source.get("promoted"):
        fix = f"promote it, set replicas.{given}.promoted, and come back; until then follow the database"
        problems.add(path, given, "a replica that is promoted", fix)
    elif source.get("retention_days") == 0:
        fix = f"raise replicas.{given}.retention_days: RDS makes replicas only of instances with backups"
        problems.add(path, given, "a replica with backups of its own", fix)


def _is_key(given: object) -> bool:
    return isinstance(given, str) and not given.startswith("arn:")
