"""What each feature plan of Cognito has.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
"""

from .pool.args import UserPoolTier

DEFAULT_TIER = UserPoolTier.ESSENTIALS

_ORDER = (UserPoolTier.LITE, UserPoolTier.ESSENTIALS, UserPoolTier.PLUS)


def has(tier: UserPoolTier | None, least: UserPoolTier) -> bool:
    """Tell whether `tier` has what `least` has; of an adopted pool, whose tier is not known, everything is expected."""
    return tier is None or _ORDER.index(tier) >= _ORDER.index(least)


def without(tier: UserPoolTier | None, least: UserPoolTier, rest: str) -> tuple[str, str] | None:
    """Say what is allowed on a tier below `least`, which has `rest` only, and what to do; nothing for other tiers."""
    if tier is None or has(tier, least):
        return None
    enough = " or ".join(other.value for other in _ORDER[_ORDER.index(least) :])
    return f"{rest} in the tier {tier.value}", f"remove it, or set tier: {enough}"
