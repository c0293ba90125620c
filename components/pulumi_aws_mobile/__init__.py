"""The AWS side of a mobile app as Pulumi components.

Import the components from here; each room (`network`, `ha_database`, `archive_bucket`) has its arguments' types.
"""

from .archive_bucket import ArchiveBucket, ArchiveBucketArgs
from .errors import ArgsError, Problem
from .ha_database import HAdatabase, HAdatabaseArgs
from .network import Network, NetworkArgs

__all__ = [
    "ArchiveBucket",
    "ArchiveBucketArgs",
    "ArgsError",
    "HAdatabase",
    "HAdatabaseArgs",
    "Network",
    "NetworkArgs",
    "Problem",
]
