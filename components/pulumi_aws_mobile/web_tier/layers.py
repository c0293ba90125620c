"""What an environment is told, layer upon layer: the web tier's own options, those of a clone's original, its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.args_reader import fields
from pulumi_aws_mobile.errors import Problems, closest

from .args import WebTierArgs
from .environment_args import WebTierEnvironmentArgs

SHARED = tuple(option for option in fields(WebTierEnvironmentArgs) if option in fields(WebTierArgs))
"""The options that stand for all environments and may differ in each."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The options of one environment, and where each was given."""

    values: Mapping[str, Any]
    paths: Mapping[str, str]
    """The path in the arguments of each option that was given, by its own dotted name."""

    def over(self, upper: Mapping[str, Any], prefix: str) -> "Layers":
        """Return the layers with one more on top, in which an option of a part replaces that option alone."""
        values, paths = dict(self.values), dict(self.paths)
        for option, value in upper.items():
            if isinstance(value, Mapping):
                values[option] = {**values.get(option, {}), **value}
                paths |= {f"{option}.{part}": f"{prefix}{option}.{part}" for part in value}
            else:
                values[option] = value
            paths[option] = f"{prefix}{option}"
        return Layers(values, paths)

    def part(self, option: str) -> Mapping[str, Any]:
        """Return the options of a part, such as `scaling`."""
        return self.values.get(option, {})

    def path(self, option: str) -> str:
        """Return where an option was given; where it was not, where it would be."""
        if option in self.paths:
            return self.paths[option]
        part, _, rest = option.rpartition(".")
        return f"{self.path(part)}.{rest}" if part else option


def environment_layers(given: Mapping[str, Any], default_key: str, problems: Problems) -> dict[str, Layers]:
    """Return the layers of each environment; note clones whose original is not there."""
    own = given.get("environments", {default_key: {}})
    if not own:
        problems.add("environments", {}, "one environment or more", "name one, or remove the option")
    base = Layers({}, {}).over({option: given[option] for option in SHARED if option in given}, "")
    return {key: _of(key, own, base, problems) for key in own}


def _of(key: str, own: Mapping[str, Any], base: Layers, problems: Problems) -> Layers:
    chain = [key]
    while (original := own[chain[-1]].get("clone_of")) is not None:
        where = f"environments.{chain[-1]}.clone_of"
        if original not in own:
            others = sorted(set(own) - {chain[-1]})
            near = closest(original, others)
            fix = f'did you mean "{near}"?' if near else "name another environment, or remove it"
            if not problems.touches(where):
                problems.add(where, original, " | ".join(others) or "nothing: there is no other environment", fix)
            break
        if original in chain:
            if not problems.touches(where):
                allowed = "an environment that is not, through others, a clone of this one"
                problems.add(where, original, allowed, "let one of them stand for itself")
            break
        chain.append(original)
    layers = base
    for each in reversed(chain):
        upper = {option: value for option, value in own[each].items() if option != "clone_of"}
        layers = layers.over(upper, f"environments.{each}.")
    return layers
