"""Temporary credentials: what each access key that the sandbox gave out stands for.

They are kept on moto's own STS, so that they end with the AWS that gave them out.
"""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.access import principals
from pulumi_aws_sandbox.runtime.access.errors import refuse
from pulumi_aws_sandbox.runtime.access.policies import Decision, Document, Policies, Principal, Question, decide

DEFAULT_SECONDS = 3600
_KEY_LETTERS = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Session:
    """Temporary credentials and whose they are. Without a role and a user they are the operator's."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    expires_at: datetime
    principal: Principal
    user_id: str
    policies: tuple[Document, ...] | None = None
    context: Mapping[str, str | list[str]] = field(default_factory=dict)
    user_name: str | None = None

    @property
    def operator(self) -> bool:
        """Whether it may do all that the operator may."""
        return self.principal == principals.OPERATOR and self.policies is None

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return clock.today() >= self.expires_at

    def as_credentials(self) -> dict[str, Any]:
        """Return it as STS answers it."""
        return {
            "AccessKeyId": self.access_key_id,
            "SecretAccessKey": self.secret_access_key,
            "SessionToken": self.session_token,
            "Expiration": self.expires_at,
        }

    def standing(self) -> Policies:
        """Return the policies that bear on whatever it asks for, as they are now."""
        if self.user_name is not None:
            found = principals.policies_of_user(self.user_name)
        elif self.principal.role_arn is not None:
            found = principals.policies_of_role(self.principal.role_arn)
        else:
            found = Policies(identity=(_EVERYTHING,))
        return Policies(identity=found.identity, boundary=found.boundary, session=self.policies)


_EVERYTHING: Document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def find(access_key_id: str) -> Session | None:
    """Return the session of an access key, or `None` if the sandbox gave out no such key."""
    return _kept().get(access_key_id)


def begin(  # noqa: PLR0913 - what credentials are made of
    principal: Principal,
    user_id: str,
    *,
    seconds: int = DEFAULT_SECONDS,
    policies: tuple[Document, ...] | None = None,
    context: Mapping[str, str | list[str]] | None = None,
    user_name: str | None = None,
) -> Session:
    """Give out credentials; whoever calls has made sure that they are due."""
    session = Session(
        access_key_id="ASIA" + "".join(secrets.choice(_KEY_LETTERS) for _ in range(16)),
        secret_access_key=secrets.token_urlsafe(30),
        session_token=secrets.token_urlsafe(180),
        expires_at=clock.today() + timedelta(seconds=seconds),
        principal=principal,
        user_id=user_id,
        policies=policies,
        context={
            **(context or {}),
            "aws:MultiFactorAuthPresent": "false",
            "aws:TokenIssueTime": clock.today().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "aws:userid": user_id,
        },
        user_name=user_name,
    )
    _kept()[session.access_key_id] = session
    return session


def adopt(made: Any) -> None:  # noqa: ANN401 - moto's own types
    """Keep credentials of a role that moto made itself, for one of its services."""
    session = assume(made.role_arn, made.session_name)
    _kept().pop(session.access_key_id)
    _kept()[made.access_key_id] = replace(
        session,
        access_key_id=made.access_key_id,
        secret_access_key=made.secret_access_key,
        session_token=made.session_token,
        expires_at=made.expiration.replace(tzinfo=UTC),
    )


def assume(
    role_arn: str,
    session_name: str,
    *,
    seconds: int = DEFAULT_SECONDS,
    policies: tuple[Document, ...] | None = None,
    context: Mapping[str, str | list[str]] | None = None,
) -> Session:
    """Give out credentials of a role that trusts the caller, as `check_trust` has found."""
    found = principals.role(role_arn)
    partition, account = role_arn.split(":")[1], role_arn.split(":")[4]
    name = role_arn.rsplit("/", 1)[-1]
    arn = f"arn:{partition}:sts::{account}:assumed-role/{name}/{session_name}"
    tags = {f"aws:PrincipalTag/{tag['Key']}": tag["Value"] for tag in _tags(found)}
    return begin(
        Principal(arn=arn, account=account, role_arn=role_arn),
        f"{found.id if found else name}:{session_name}",
        seconds=seconds,
        policies=policies,
        context={**tags, **(context or {})},
    )


def assume_as_service(role_arn: str, service: str, session_name: str, *, seconds: int = DEFAULT_SECONDS) -> Session:
    """Give a service of AWS, such as `lambda.amazonaws.com`, the credentials of a role that trusts it."""
    check_trust(role_arn, "sts:AssumeRole", Principal(service=service))
    return assume(role_arn, session_name, seconds=seconds)


def check_trust(
    role_arn: str,
    action: str,
    caller: Principal,
    context: Mapping[str, str | list[str]] | None = None,
    standing: Policies | None = None,
) -> None:
    """Raise `RefusedError` unless a role lets a caller in; `standing` is what the caller's own policies say."""
    found = principals.role(role_arn)
    decision = Decision(allowed=False, reason=f"because no resource-based policy allows the {action} action")
    if found is not None:
        facts = {key.lower(): value for key, value in (context or {}).items()}
        question = Question(action, role_arn, facts, caller)
        own = standing or Policies()
        decision = decide(
            question,
            Policies(own.identity, own.boundary, own.session, principals.trust_of(found), resource_must_allow=True),
        )
    if not decision.allowed:
        who = caller.arn or caller.service or caller.federated or "anonymous"
        if caller.federated:
            refuse("AccessDenied", f"Not authorized to perform {action}")
        refuse(
            "AccessDenied",
            f"User: {who} is not authorized to perform: {action} on resource: {role_arn} {decision.reason}",
        )


def _tags(role: Any) -> list[dict[str, str]]:  # noqa: ANN401 - moto's own types
    tags = getattr(role, "tags", None) or []
    return list(tags.values()) if isinstance(tags, dict) else list(tags)


def _kept() -> dict[str, Session]:
    from moto.sts.models import sts_backends  # noqa: PLC0415 - moto loads only when something is deployed

    return sts_backends[ACCOUNT][PARTITION].__dict__.setdefault("sandbox_sessions", {})
