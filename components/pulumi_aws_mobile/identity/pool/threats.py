"""What threat protection does about the risk that it sees."""

from typing import Any

import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .settings import Email, Threats
from .user_pool import Pool

_ACTIONS = {
    "no_action": "NO_ACTION",
    "mfa_if_configured": "MFA_IF_CONFIGURED",
    "mfa_required": "MFA_REQUIRED",
    "block": "BLOCK",
}
_WATCHED = ["PASSWORD_CHANGE", "SIGN_IN", "SIGN_UP"]
_TOLD = {
    "block_email": ("A stopped sign-in to your account", "We stopped a sign-in to your account that was unlike yours."),
    "mfa_email": ("A sign-in to your account", "We asked for a second factor: a sign-in was unlike yours."),
    "no_action_email": ("A sign-in to your account", "Somebody signed in to your account unlike you usually do."),
}
"""Subject and first sentence of the e-mail for each answer to a risk."""
_ADVICE = "It came on {login-time} from {city}, {country}. If that was not you, change your password now."


def create_risk_configuration(scope: Scope, threats: Threats, email: Email | None, pool: Pool) -> None:
    """Create what is done at each level of risk, for all clients of the pool."""
    takeover: dict[str, Any] = {
        "actions": {
            f"{level}_action": {
                "event_action": _ACTIONS[action.value],
                "notify": threats.notify and level != "low",
            }
            for level, action in threats.actions.items()
        }
    }
    if threats.notify and email is not None:
        takeover["notify_configuration"] = {
            "source_arn": email.identity_arn,
            "from_": email.from_address,
            **({"reply_to": email.reply_to} if email.reply_to else {}),
            **{kind: _message(subject, sentence) for kind, (subject, sentence) in _TOLD.items()},
        }
    exceptions = {
        key: list(ranges)
        for key, ranges in (
            ("blocked_ip_range_lists", threats.blocked_ip_ranges),
            ("skipped_ip_range_lists", threats.trusted_ip_ranges),
        )
        if ranges
    }
    what: dict[str, Any] = {
        "account_takeover_risk_configuration": takeover,
        "compromised_credentials_risk_configuration": {
            "actions": {"event_action": "BLOCK" if threats.block_compromised_credentials else "NO_ACTION"},
            "event_filters": _WATCHED,
        },
        "risk_exception_configuration": exceptions or None,
    }
    aws.cognito.RiskConfiguration(
        scope.child("risk"), user_pool_id=pool.id, region=scope.region, opts=scope.options(), **what
    )


def _message(subject: str, sentence: str) -> dict[str, str]:
    text = f"{sentence} {_ADVICE}"
    return {"subject": subject, "text_body": text, "html_body": f"<p>{text}</p>"}
