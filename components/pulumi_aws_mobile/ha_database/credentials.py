"""Who keeps the master user's password, and its name."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .choices import DatabaseCredentials, DatabaseEngine
from .engines import ENGINES, GUESSED_USERNAMES

OWN_PASSWORD_FOR = {
    "replicas": "RDS makes no read replicas of an instance with a managed password",
    "cross_region_backups": "a managed password does not exist in the Region of the copy",
    "blue_green_updates": "RDS makes no blue/green deployments of an instance with a managed password",
}
"""The options that AWS does not combine with a managed password, and why."""


DEFAULT_DATABASE = "app"


def default_username(*, cluster: bool) -> str:
    """Return the master user's name where none is given."""
    return "appowner" if cluster else "app_owner"


def resolve_credentials(values: Mapping[str, Any], problems: Problems) -> DatabaseCredentials:
    """Return who keeps the password; note a managed one that another option rules out."""
    chosen: DatabaseCredentials | None = values.get("credentials")
    against = [option for option in OWN_PASSWORD_FOR if values.get(option)]
    if chosen is DatabaseCredentials.MANAGED and against:
        problems.add(
            "credentials",
            chosen.value,
            f"own, with {_listed(against)}: " + "; ".join(OWN_PASSWORD_FOR[option] for option in against),
            "remove credentials, or choose own",
        )
    resolved = chosen or (DatabaseCredentials.OWN if against else DatabaseCredentials.MANAGED)
    if "password_version" in values and resolved is DatabaseCredentials.MANAGED:
        problems.add(
            "password_version",
            values["password_version"],
            "nothing, with a managed password, which RDS rotates",
            'remove it, or set credentials to "own"',
        )
    return resolved


def resolve_names(
    values: Mapping[str, Any], engine: DatabaseEngine, problems: Problems, *, cluster: bool
) -> tuple[str | None, str | None]:
    """Return the names of the database and of its master user, none where a backup decides them."""
    if values.get("restore"):
        for option in ("database_name", "username"):
            if option in values:
                problems.add(option, values[option], "nothing, with restore: the backup has it", "remove it")
        return None, None
    database: str = values.get("database_name", DEFAULT_DATABASE)
    username: str = values.get("username", default_username(cluster=cluster))
    reserved = ENGINES[engine].reserved
    if database.lower() in reserved:
        problems.add("database_name", database, f"a name that {engine.value} does not reserve", "choose another name")
    if username.lower() in reserved | GUESSED_USERNAMES:
        problems.add(
            "username",
            username,
            f"a name that is neither guessed first nor reserved: not {_listed(sorted(reserved | GUESSED_USERNAMES))}",
            "choose another name",
        )
    elif cluster and re.search("_", username):
        problems.add("username", username, "letters and digits only, for a Multi-AZ cluster", "remove the underscores")
    return database, username


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]
