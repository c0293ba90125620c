"""What the parts of a backend are told, and what they would refuse."""

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_aws_mobile.errors import ArgsError, Problem, Problems

from .watching import telling


def part_of(objects: Mapping[str, Mapping[str, Any]], name: str, common: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of one part: its own, with the backend's Region, tags and topic of alarms."""
    own = telling(name, objects.get(name, {}), common.get("alarm_topic_arn"))
    tags = {**common["tags"], **mapping(own.get("tags"))}
    return {**own, **({"region": common["region"]} if common["region"] else {}), **({"tags": tags} if tags else {})}


def check(
    resolve_part: Callable[[str, Any], object], name: str, args: Mapping[str, Any], path: str, problems: Problems
) -> None:
    """Note what a part would refuse, at its place in the backend's arguments."""
    try:
        resolve_part(name, args)
    except ArgsError as error:
        for problem in error.problems:
            where = "name" if problem.path == "name" else f"{path}.{problem.path}"
            if not problems.touches(where):
                problems.extend([Problem(where, problem.got, problem.allowed, problem.fix)])


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def as_args(part: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a part's arguments, which were checked
    """Return the arguments of a part."""
    return part
