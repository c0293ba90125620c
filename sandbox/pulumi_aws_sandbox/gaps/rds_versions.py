"""Which minor version RDS picks where a program names a major one, or none.

The newest versions not deprecated on 2026-10-20, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
and the same pages of the other engines.
"""

_NEWEST = {
    "mysql": ("8.4.11", "8.0.46", "5.7.44"),
    "postgres": ("17.11", "18.6", "16.15", "15.19", "14.24", "13.23"),
    "mariadb": ("11.8.9", "11.4.13", "10.11.19", "10.6.28"),
}


def resolved(engine: str, version: str | None) -> str | None:
    """Return the full version that a prefix such as `8.4` stands for; the engine's default if there is none."""
    known = _NEWEST.get(engine, ())
    if version is None:
        return known[0] if known else None
    return next((each for each in known if each == version or each.startswith(f"{version}.")), version)
