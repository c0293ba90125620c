"""Names that all three languages can say, and those that a generator would change in silence. Pure."""

import re

OPERATION = re.compile(r"[a-z][A-Za-z0-9]{0,63}")
SCHEMA = re.compile(r"[A-Z][A-Za-z0-9]{0,63}")

RESERVED = frozenset(
    """
    actor any arguments as associatedtype async await boolean break case catch class companion const constructor
    continue debugger declare default defer deinit delete do else enum eval export extends extension fallthrough false
    fileprivate finally for fun func function get guard if implements import in init inout instanceof interface
    internal is let new nil nonisolated null number object of open operator override package private protocol public
    repeat require rethrows return self set some static string struct subscript super suspend switch symbol this throw
    throws true try type typealias typeof undefined val var void when where while with yield
    """.split()  # noqa: SIM905 - as a list it would be a page
)
"""Words that are taken in at least one of the languages."""

TYPES = frozenset(
    """
    Any Array Blob Boolean Byte Character Class Client Codable Configuration Data Date Decimal Dictionary Double Enum
    Error Exception File Float Function Int Integer List Long Map Number Object Optional Promise Protocol Record
    Request Response Result Self Set String Sync Transport Type UInt URL UUID Void
    """.split()  # noqa: SIM905 - as above
)
"""Types of the languages, or of what the packages have beside the generated client."""

HELPERS = frozenset(
    """
    Analytics AnalyticsConfig AnalyticsError Backend Device Flushed Message Platform Push PushError Recipient
    Registration Sent SignedOutError Teller
    """.split()  # noqa: SIM905 - as above
)
"""Types of the packages' helpers, which are exported beside the generated ones."""


def camel(name: str) -> str:
    """Return how the generators write the name of a field or a parameter: `created_at` is `createdAt`."""
    first, *rest = [part for part in re.split(r"[^A-Za-z0-9]+", name) if part] or [""]
    return first[:1].lower() + first[1:] + "".join(part[:1].upper() + part[1:] for part in rest)
