"""The functions that Cognito calls: made before the user pool, which names them, and let in by it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.statements import StatementArgs

from . import environments as told
from . import statements as may
from .args import PreTokenVersion
from .captcha import KeptCaptcha, keep_captcha
from .environments import Environment
from .rules import CAPTCHA
from .settings import Challenge, EmailSender, Migration, TriggerSettings

_SOURCE = str(Path(__file__).parent / "functions")
_COGNITO = "cognito-idp.amazonaws.com"
_ARN_PARTS = 7
"""Those of a function's ARN; an alias or version is one more."""
_SECONDS = 5
"""Cognito waits no longer for a function.
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html"""
_MEMORY_MIB = 512
"""A cold start has to fit into these seconds too, and the processor's share grows with the memory."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the children of one identity."""

    identity: pulumi.Resource
    name: str
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]

    def function(
        self,
        role: str,
        description: str,
        environment: Environment,
        statements: list[StatementArgs],
        alarm_topic_arn: pulumi.Input[str] | None = None,
    ) -> Function:
        """Create one function from the module of `cognito_triggers` that is named like its role."""
        module = role.replace("-", "_")
        return Function(
            f"{self.name}-{role}",
            {
                "source": _SOURCE,
                "handler": f"cognito_triggers.{module}.handle",
                "description": description,
                "environment": environment,
                "statements": statements,
                "timeout_seconds": _SECONDS,
                "memory_mib": _MEMORY_MIB,
                "tags": dict(self.tags),
                **({"region": self.region} if self.region else {}),
                **({"alarm_topic_arn": alarm_topic_arn} if alarm_topic_arn is not None else {}),
            },
            pulumi.ResourceOptions(parent=self.identity),
        )


@dataclass(frozen=True, slots=True)
class Triggers:
    """The functions of one user pool."""

    _maker: _Maker
    _own: Mapping[str, Function]
    """The component's own, by what Cognito calls them for."""
    _hooks: Mapping[str, pulumi.Input[str]]
    """The user's, which Cognito calls itself."""
    _pre_token_version: PreTokenVersion

    def lambda_config(self) -> dict[str, Any] | None:
        """Return what the user pool is told to call; nothing where it calls nothing."""
        config: dict[str, Any] = {purpose: function.arn for purpose, function in self._own.items()}
        config |= {hook: arn for hook, arn in self._hooks.items() if hook != "pre_token_generation"}
        if "pre_token_generation" in self._hooks:
            arn = self._hooks["pre_token_generation"]
            version = self._pre_token_version.value
            config["pre_token_generation_config"] = {"lambda_arn": arn, "lambda_version": version}
        return config or None

    def permit(self, user_pool_arn: pulumi.Input[str]) -> None:
        """Let the user pool, and no other, call the functions."""
        for function in self._own.values():
            function.allow("user-pool", _COGNITO, user_pool_arn)
        for hook, arn in self._hooks.items():
            aws.lambda_.Permission(
                f"{self._maker.name}-{hook.replace('_', '-')}-permission",
                action="lambda:InvokeFunction",
                principal=_COGNITO,
                source_arn=user_pool_arn,
                region=self._maker.region,
                opts=pulumi.ResourceOptions(parent=self._maker.identity),
                **_called(arn),
            )


def create_triggers(  # noqa: PLR0913, PLR0917 - the surroundings of a group of children
    identity: pulumi.Resource,
    name: str,
    settings: TriggerSettings,
    region: str | None,
    tags: Mapping[str, pulumi.Input[str]],
    sender: EmailSender | None,
) -> Triggers:
    """Create the functions that the settings ask for, with the secret of the CAPTCHA."""
    maker = _Maker(identity, name, region, tags)
    captcha = keep_captcha(identity, name, settings, region, tags)
    own: dict[str, Function] = {}
    if settings.challenge is not None:
        own |= _challenge_functions(maker, settings.challenge, captcha, sender)
    hooks = dict(settings.hooks)
    if captcha is not None and captcha.settings.on_sign_up:
        own["pre_sign_up"] = _sign_up_function(maker, captcha, hooks.pop("pre_sign_up", None))
    if settings.migration is not None:
        own["user_migration"] = _migration_function(maker, settings.migration)
    return Triggers(maker, own, hooks, settings.pre_token_version)


def _challenge_functions(
    maker: _Maker, challenge: Challenge, captcha: KeptCaptcha | None, sender: EmailSender | None
) -> dict[str, Function]:
    """Create the three functions of a custom challenge; each is told, and may do, what its own part takes."""
    plan = told.plan(challenge)
    creates, verifies = {**plan, **told.functions(challenge)}, told.functions(challenge)
    creates_may, verifies_may = may.invoke(challenge.functions.values()), may.invoke(challenge.functions.values())
    if captcha is not None and CAPTCHA in challenge.steps:
        creates |= told.captcha(captcha.settings)
        verifies |= captcha.environment
        verifies_may += captcha.statements
    if challenge.email_code is not None and sender is not None:
        creates |= told.code_mail(challenge.email_code, sender)
        creates_may += may.send_email(sender)
    topic = challenge.alarm_topic_arn
    return {
        "define_auth_challenge": maker.function(
            "define-challenge", "Decides what a sign-in is asked next", plan, [], topic
        ),
        "create_auth_challenge": maker.function(
            "create-challenge", "Makes the challenges of a sign-in", creates, creates_may, topic
        ),
        "verify_auth_challenge_response": maker.function(
            "verify-challenge", "Checks the answers to the challenges of a sign-in", verifies, verifies_may, topic
        ),
    }


def _sign_up_function(maker: _Maker, captcha: KeptCaptcha, hook: pulumi.Input[str] | None) -> Function:
    environment = {**captcha.environment, **({} if hook is None else {"HOOK_ARN": hook})}
    statements = [*captcha.statements, *may.invoke([] if hook is None else [hook])]
    return maker.function("sign-up", "Asks for a solved CAPTCHA of whoever registers", environment, statements)


def _migration_function(maker: _Maker, migration: Migration) -> Function:
    opts = pulumi.InvokeOptions(parent=maker.identity)
    found = pulumi.Output.all(
        aws.get_partition_output(opts=opts).partition,
        aws.get_caller_identity_output(opts=opts).account_id,
        migration.user_pool_id,
    )
    statements = may.move_users(found.apply(lambda facts: _user_pool_arn(*facts)))
    description = "Brings users over from another user pool"
    return maker.function("migrate-user", description, told.migration(migration), statements)


def _user_pool_arn(partition: str, account: str, user_pool_id: str) -> str:
    region = user_pool_id.partition("_")[0]
    return f"arn:{partition}:cognito-idp:{region}:{account}:userpool/{user_pool_id}"


def _called(function_arn: pulumi.Input[str]) -> dict[str, Any]:
    """Return a function as its permission names it: an alias or version apart.

    The provider reads them back apart, and would replace a permission that has them in one with every update.
    https://github.com/hashicorp/terraform-provider-aws/issues/38558
    """
    if isinstance(function_arn, str):
        function, qualifier = _parts(function_arn)
        return {"function": function} | ({"qualifier": qualifier} if qualifier else {})
    parts = pulumi.Output.from_input(function_arn).apply(_parts)
    return {"function": parts.apply(lambda found: found[0]), "qualifier": parts.apply(lambda found: found[1])}


def _parts(function_arn: str) -> tuple[str, str | None]:
    parts = function_arn.split(":")
    return ":".join(parts[:_ARN_PARTS]), parts[_ARN_PARTS] if len(parts) > _ARN_PARTS else None
