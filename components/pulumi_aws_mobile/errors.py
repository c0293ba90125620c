"""What a component says when its arguments cannot work."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the arguments of a component."""

    path: str
    """Where: the option's path inside the arguments, for example `replicas.reports.zone`."""
    got: str
    """What was found there, as the user wrote it."""
    allowed: str
    """What may stand there."""
    fix: str
    """What to change."""

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.path}: got {self.got}; allowed: {self.allowed}; {self.fix}"


class ArgsError(ValueError):
    """The arguments of a component are wrong; nothing was registered.

    Every problem is listed at once, in the order of the options.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        """Say that the arguments of `subject` have these problems."""
        self.subject = subject
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(f"{subject}: {count} {noun}{lines}")


class Problems:
    """Collects problems, so that all of them are reported at once."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[Problem] = []

    def add(self, path: str, got: object, allowed: str, fix: str) -> None:
        """Note that the option at `path` has the value `got`, which is not `allowed`."""
        self._found.append(Problem(path, show(got), allowed, fix))

    def add_output(self, path: str, allowed: str, fix: str) -> None:
        """Note that the option at `path` is an output, which is only known after something was created."""
        self._found.append(Problem(path, "an output of another resource", allowed, fix))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        self._found.extend(problems)

    def touches(self, path: str) -> bool:
        """Tell whether the option at `path`, or one inside it, has a problem already."""
        return any(p.path == path or p.path.startswith((f"{path}.", f"{path}[")) for p in self._found)

    def raise_for(self, subject: str) -> None:
        """Raise an `ArgsError` about `subject` if anything was noted."""
        if self._found:
            raise ArgsError(subject, self._found)

    def __iter__(self) -> Iterator[Problem]:
        """Go through the problems in the order in which they were found."""
        return iter(self._found)

    def __bool__(self) -> bool:
        """Tell whether anything was noted."""
        return bool(self._found)


def show(value: object) -> str:
    """Return `value` as a user would write it in YAML, short enough for one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, Mapping | Sequence):
        text = json.dumps(value, default=str)
    else:
        text = str(value)
    longest = 80
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that `word` was probably meant to be, if one is near enough."""
    by_lower = {name.lower(): name for name in known}
    matches = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[matches[0]] if matches else None
