"""Physical names, for the few resources whose name AWS makes us choose."""

import hashlib

RDS_IDENTIFIER_LENGTH = 63
"""The longest DB instance, cluster, subnet group or snapshot identifier that RDS takes."""

_HASH_LENGTH = 7


def fit(name: str, longest: int) -> str:
    """Return `name`, or a stable abbreviation of it that is `longest` characters long and still unique.

    The abbreviation keeps the front of the name and ends in a hash of the whole, so that two long names that differ
    only at the end stay apart.
    """
    if len(name) <= longest:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
    return f"{name[: longest - _HASH_LENGTH - 1].rstrip('-')}-{digest}"
