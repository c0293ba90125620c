"""A function's environment variables, with secrets kept out of them."""

from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import ArgsError, Problem


def without_secrets(name: str, environment: Mapping[str, pulumi.Input[str]]) -> dict[str, pulumi.Input[str]]:
    """Return the variables of the function `name`; those that turn out to be secret fail with an `ArgsError`.

    Whether an output is secret is only known when it resolves, so this cannot be said together with the rest.
    """
    variables: dict[str, pulumi.Input[str]] = {}
    for variable, value in environment.items():
        checked: Any = value
        if isinstance(value, pulumi.Output):
            checked = pulumi.Output.from_input(_checked(name, variable, value))
        variables[variable] = checked
    return variables


async def _checked(name: str, variable: str, value: pulumi.Output[str]) -> pulumi.Output[str]:
    if await value.is_secret():
        problem = Problem(
            f"environment.{variable}",
            "a secret",
            "no secrets: whoever may look at the function reads them",
            "keep it in Secrets Manager, give the secret's ARN and a statement to read it",
        )
        subject = f'Function "{name}"'
        raise ArgsError(subject, [problem])
    return value
