"""What an ARN says, and the ARN of the same thing elsewhere. Pure."""


def region_of(arn: str) -> str:
    """Return the Region in an ARN."""
    return arn.split(":")[3]


def moved(arn: str, region: str) -> str:
    """Return the ARN of what has the same name in another Region."""
    parts = arn.split(":")
    return ":".join([*parts[:3], region, *parts[4:]])
