"""Engine parameters: those that force TLS and write the exported logs, and the user's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi_aws_mobile.errors import Problems

from .choices import DatabaseEngine
from .engines import ENGINES

_ON = frozenset({"1", "on"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One engine parameter and when it takes effect."""

    name: str
    value: str
    apply_method: str
    """`immediate`, or `pending-reboot`, which every parameter takes."""


def resolve_parameters(
    given: Mapping[str, str], engine: DatabaseEngine, log_exports: Sequence[str], problems: Problems
) -> tuple[Parameter, ...]:
    """Return all parameters by name; note one that would let connections without TLS in."""
    facts = ENGINES[engine]
    tls = given.get(facts.tls_parameter)
    if tls is not None and tls.lower() not in _ON:
        problems.add(
            f"parameters.{facts.tls_parameter}",
            tls,
            "1: every connection uses TLS",
            "remove it; clients need the CA bundle of RDS, not an exception",
        )
    values = {**(facts.log_parameters if log_exports else {}), **given, facts.tls_parameter: "1"}
    return tuple(
        Parameter(name, values[name], facts.tls_apply_method if name == facts.tls_parameter else "pending-reboot")
        for name in sorted(values)
    )


def resolve_logs(given: Sequence[str] | None, engine: DatabaseEngine, problems: Problems) -> tuple[str, ...]:
    """Return the logs to export, each once; note those that the engine does not have."""
    facts = ENGINES[engine]
    if given is None:
        return facts.default_logs
    for index, log in enumerate(given):
        if log not in facts.logs:
            problems.add(
                f"log_exports[{index}]", log, f"{' | '.join(facts.logs)}, for {engine.value}", "choose among these"
            )
    return tuple(dict.fromkeys(given))
