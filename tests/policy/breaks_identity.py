"""Every way to break a rule about user pools, identity pools and the roles they hand out, with the whole message."""

from policy.breaks import Break
from policy.compliant_identity import POOLS, pool_trust
from policy.guard_stack import Change, Json, Ref, both, drop, put

ID = {f"{POOLS}:aud": Ref("identity-pool")}
SIGNED_IN = {"ForAnyValue:StringLike": {f"{POOLS}:amr": "authenticated"}}
AUD = (
    f"assumeRolePolicy: got Statement[0] that trusts every identity pool; allowed: the id of one in {POOLS}:aud; "
    "add it under StringEquals"
)
AMR = (
    "assumeRolePolicy: got Statement[0] that trusts guests and users alike; allowed: authenticated or unauthenticated "
    f"in {POOLS}:amr; add it under ForAnyValue:StringLike"
)
SMS = (
    "assumeRolePolicy: got Statement[0] that lets any user pool send; allowed: a condition on sts:ExternalId; demand "
    "the externalId that smsConfiguration names"
)
MODE = "allowed: ON or OPTIONAL; set it to OPTIONAL, so that users can add a second factor"
FACTOR = (
    "allowed: a second factor; enable it, or add smsConfiguration or emailMfaConfiguration; without a factor nobody "
    "can set MFA up"
)


def password(**changes: object) -> Change:
    """Change the password policy; none leaves an option out."""

    def change(specs: dict) -> None:
        policy = specs["user-pool"].properties["passwordPolicy"]
        policy.update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del policy[name]

    return change


def add_ons(mode: str, custom: str | None = "ENFORCED") -> Change:
    """Set the threat protection of both flows."""
    flows = {"advancedSecurityAdditionalFlows": {"customAuthMode": custom}} if custom else {}
    return put("user-pool", userPoolAddOns={"advancedSecurityMode": mode, **flows})


def recovery(*names: object) -> Change:
    """Set the ways to recover an account."""
    ways = [{"name": name, "priority": index + 1} for index, name in enumerate(names)]
    return put("user-pool", accountRecoverySetting={"recoveryMechanisms": ways})


def user_trust(amr: object = "authenticated", **statement: object) -> Change:
    """Set the trust of the role for users."""
    return put("user-role", assumeRolePolicy=Json((pool_trust(amr, **statement),)))


def sms_trust(**statement: object) -> Change:
    """Set the trust of the role for SMS."""
    own = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "cognito-idp.amazonaws.com"}}
    return put("sms-role", assumeRolePolicy=Json(({**own, **statement},)))


BREAKS = [
    Break(
        "cognito-mfa",
        "off",
        put("user-pool", mfaConfiguration="OFF"),
        "user-pool",
        f'mfaConfiguration: got "OFF"; {MODE}',
    ),
    Break(
        "cognito-mfa",
        "absent",
        drop("user-pool", "mfaConfiguration"),
        "user-pool",
        f"mfaConfiguration: got nothing; {MODE}",
    ),
    Break(
        "cognito-mfa",
        "off, so that no factor is missed",
        both(put("user-pool", mfaConfiguration="OFF"), drop("user-pool", "softwareTokenMfaConfiguration")),
        "user-pool",
        f'mfaConfiguration: got "OFF"; {MODE}',
    ),
    Break(
        "cognito-mfa",
        "no factor",
        drop("user-pool", "softwareTokenMfaConfiguration"),
        "user-pool",
        f"softwareTokenMfaConfiguration.enabled: got nothing; {FACTOR}",
    ),
    Break(
        "cognito-mfa",
        "a factor that is turned off",
        put("user-pool", mfaConfiguration="ON", softwareTokenMfaConfiguration={"enabled": False}),
        "user-pool",
        f"softwareTokenMfaConfiguration.enabled: got false; {FACTOR}",
    ),
    Break(
        "cognito-mfa",
        "wrong type",
        put("user-pool", softwareTokenMfaConfiguration=True),
        "user-pool",
        "softwareTokenMfaConfiguration: got true or false; allowed: an object; correct the value",
    ),
    Break(
        "cognito-password",
        "Cognito's own",
        drop("user-pool", "passwordPolicy"),
        "user-pool",
        (
            "passwordPolicy: got nothing; allowed: a policy with a minimumLength of 12 or more; give one; Cognito's "
            "own takes 8 characters"
        ),
    ),
    Break(
        "cognito-password",
        "short",
        password(minimumLength=11.0),
        "user-pool",
        (
            "passwordPolicy.minimumLength: got 11; allowed: 12 characters or more; raise it; a long password is worth "
            "more than a strange one"
        ),
    ),
    *(
        Break(
            "cognito-password",
            f"no {kind.lower()}",
            password(**{f"require{kind}": None}),
            "user-pool",
            f"passwordPolicy.require{kind}: got nothing; allowed: true; set it",
        )
        for kind in ("Lowercase", "Uppercase", "Numbers", "Symbols")
    ),
    Break(
        "cognito-password",
        "a temporary password that lasts",
        password(temporaryPasswordValidityDays=8),
        "user-pool",
        (
            "passwordPolicy.temporaryPasswordValidityDays: got 8; allowed: 7 days or fewer; lower it, or leave it out "
            "for 7 days"
        ),
    ),
    Break(
        "cognito-threat-standard",
        "a tier without it",
        put("user-pool", userPoolTier="ESSENTIALS"),
        "user-pool",
        'userPoolTier: got "ESSENTIALS"; allowed: PLUS; set it to PLUS, which is charged for each active user',
    ),
    Break(
        "cognito-threat-standard",
        "only watching",
        add_ons("AUDIT"),
        "user-pool",
        (
            'userPoolAddOns.advancedSecurityMode: got "AUDIT"; allowed: ENFORCED; set it, so that Cognito acts on '
            "sign-ins that look wrong"
        ),
    ),
    Break(
        "cognito-threat-standard",
        "absent",
        both(drop("user-pool", "userPoolAddOns"), drop("user-pool", "lambdaConfig")),
        "user-pool",
        (
            "userPoolAddOns.advancedSecurityMode: got nothing; allowed: ENFORCED; set it, so that Cognito acts on "
            "sign-ins that look wrong"
        ),
    ),
    Break(
        "cognito-threat-custom",
        "only the standard flow",
        add_ons("ENFORCED", None),
        "user-pool",
        (
            "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode: got nothing; allowed: ENFORCED; set it; "
            "the challenge functions bypass the standard flow"
        ),
    ),
    Break(
        "cognito-threat-custom",
        "only watching",
        add_ons("ENFORCED", "AUDIT"),
        "user-pool",
        (
            'userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode: got "AUDIT"; allowed: ENFORCED; set it; '
            "the challenge functions bypass the standard flow"
        ),
    ),
    Break(
        "cognito-delete-protect",
        "off",
        put("user-pool", deletionProtection="INACTIVE"),
        "user-pool",
        (
            'deletionProtection: got "INACTIVE"; allowed: ACTIVE; set it to ACTIVE; the users of a deleted pool cannot '
            "be had back"
        ),
    ),
    Break(
        "cognito-delete-protect",
        "absent",
        drop("user-pool", "deletionProtection"),
        "user-pool",
        (
            "deletionProtection: got nothing; allowed: ACTIVE; set it to ACTIVE; the users of a deleted pool cannot be "
            "had back"
        ),
    ),
    Break(
        "cognito-recovery",
        "by SMS only",
        recovery("verified_phone_number"),
        "user-pool",
        (
            'accountRecoverySetting.recoveryMechanisms: got "verified_phone_number"; allowed: another way than SMS; '
            "add verified_email with the first priority, or leave recovery to administrators (admin_only)"
        ),
    ),
    Break(
        "cognito-no-guest",
        "guests",
        put("identity-pool", allowUnauthenticatedIdentities=True),
        "identity-pool",
        (
            "allowUnauthenticatedIdentities: got true; allowed: false; turn it off; where guests are wanted, "
            "acknowledge this pool in excludeFor and say why"
        ),
    ),
    Break(
        "cognito-no-guest",
        "guests, as a text",
        put("identity-pool", allowUnauthenticatedIdentities="true"),
        "identity-pool",
        (
            "allowUnauthenticatedIdentities: got true; allowed: false; turn it off; where guests are wanted, "
            "acknowledge this pool in excludeFor and say why"
        ),
    ),
    Break(
        "cognito-no-classic",
        "on",
        put("identity-pool", allowClassicFlow=True),
        "identity-pool",
        (
            "allowClassicFlow: got true; allowed: false; turn it off and use the enhanced flow; in the classic one the "
            "app picks a role by itself"
        ),
    ),
    Break("cognito-role-trust", "any pool", user_trust(Condition=SIGNED_IN), "user-role", AUD),
    Break(
        "cognito-role-trust",
        "any pool, by a wildcard",
        user_trust(Condition={"StringLike": {f"{POOLS}:aud": "eu-west-1:*"}, **SIGNED_IN}),
        "user-role",
        AUD,
    ),
    Break(
        "cognito-role-trust",
        "any pool that does not say which it is",
        user_trust(Condition={"StringEqualsIfExists": ID, **SIGNED_IN}),
        "user-role",
        AUD,
    ),
    Break("cognito-role-trust", "any caller", user_trust(Condition={"StringEquals": ID}), "user-role", AMR),
    Break("cognito-role-trust", "any caller, by a wildcard", user_trust("*"), "user-role", AMR),
    Break(
        "cognito-role-trust",
        "any caller that does not say who it is",
        user_trust(Condition={"StringEquals": ID, "ForAllValues:StringLike": {f"{POOLS}:amr": "authenticated"}}),
        "user-role",
        AMR,
    ),
    Break(
        "cognito-role-trust",
        "guests and users",
        user_trust(["authenticated", "unauthenticated"]),
        "user-role",
        (
            "assumeRolePolicy: got Statement[0] that trusts guests and users alike; allowed: one of the two in "
            f"{POOLS}:amr; make a role for each"
        ),
    ),
    Break("cognito-role-trust", "SMS for any pool", sms_trust(), "sms-role", SMS),
    Break(
        "cognito-role-trust",
        "SMS for any id",
        sms_trust(Condition={"StringLike": {"sts:ExternalId": "*"}}),
        "sms-role",
        SMS,
    ),
]

KEEPS = {
    "MFA by SMS": both(
        drop("user-pool", "softwareTokenMfaConfiguration"),
        put("user-pool", mfaConfiguration="ON", smsConfiguration={"externalId": "shop"}),
    ),
    "MFA by e-mail, in Cognito's own words": both(
        drop("user-pool", "softwareTokenMfaConfiguration"), put("user-pool", emailMfaConfiguration={})
    ),
    "no challenge of one's own": both(drop("user-pool", "lambdaConfig"), add_ons("ENFORCED", None)),
    "another function of one's own": both(
        put("user-pool", lambdaConfig={"customMessage": Ref("handler", "arn")}), add_ons("ENFORCED", None)
    ),
    "recovery as Cognito does it": drop("user-pool", "accountRecoverySetting"),
    "recovery by administrators": recovery("admin_only"),
    "an identity pool that says nothing": drop("identity-pool", "allowUnauthenticatedIdentities", "allowClassicFlow"),
    "a guests' role": user_trust("unauthenticated"),
    "users of one provider": user_trust("graph.facebook.com"),
    "an identity pool in another partition": put(
        "user-role",
        assumeRolePolicy=Json(
            (
                pool_trust(
                    Principal={"Federated": "cognito-identity-us-gov.amazonaws.com"},
                    Condition={
                        "StringEquals": {"cognito-identity-us-gov.amazonaws.com:aud": Ref("identity-pool")},
                        "ForAnyValue:StringLike": {"cognito-identity-us-gov.amazonaws.com:amr": "authenticated"},
                    },
                ),
            )
        ),
    ),
    "a trust that denies": put(
        "user-role", assumeRolePolicy=Json((pool_trust(), {"Effect": "Deny", "Principal": {"Federated": POOLS}}))
    ),
}
