"""The checks that several rules share."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_aws_mobile.errors import Problems


def check_list(
    options: Mapping[str, Any], option: str, problems: Problems, *, prefix: str = "", empty: bool = False
) -> None:
    """Refuse a list that names something twice, or nothing where it has to name something."""
    listed: Sequence[Any] = options.get(option, (None,))
    if not listed and not empty:
        fix = "name a factor" if option.endswith("factors") else f"name one, or remove {option}"
        problems.add(f"{prefix}{option}", [], "at least one", fix)
    if len(set(listed)) < len(listed):
        problems.add(f"{prefix}{option}", list(listed), "each once", "remove what is there twice")


def check_tier(problems: Problems, path: str, got: object, lacking: tuple[str, str] | None) -> None:
    """Refuse what the tier is `lacking`."""
    if lacking is not None:
        problems.add(path, got, *lacking)
