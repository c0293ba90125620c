"""The AWS side of a mobile app as Pulumi components.

Import the components from here; each room (`network`, `ha_database`, `archive_bucket`) has its arguments' types.
"""

from .analytics import Analytics, AnalyticsArgs
from .api import Api, ApiArgs
from .archive_bucket import ArchiveBucket, ArchiveBucketArgs
from .data_sync import DataSync, DataSyncArgs
from .dr_pair import DRPair, DRPairArgs
from .errors import ArgsError, Problem
from .function import Function, FunctionArgs
from .ha_database import HAdatabase, HAdatabaseArgs
from .identity import Identity, IdentityArgs
from .mobile_backend import MobileBackend, MobileBackendArgs
from .network import Network, NetworkArgs
from .observability import Observability, ObservabilityArgs
from .push import PushNotifications, PushNotificationsArgs
from .recovery_site import RecoverySite, RecoverySiteArgs
from .self_healing import SelfHealing, SelfHealingArgs
from .token_exchange import TokenExchange, TokenExchangeArgs
from .user_files import UserFiles, UserFilesArgs
from .web_tier import WebTier, WebTierArgs

__all__ = [
    "Analytics",
    "AnalyticsArgs",
    "Api",
    "ApiArgs",
    "ArchiveBucket",
    "ArchiveBucketArgs",
    "ArgsError",
    "DRPair",
    "DRPairArgs",
    "DataSync",
    "DataSyncArgs",
    "Function",
    "FunctionArgs",
    "HAdatabase",
    "HAdatabaseArgs",
    "Identity",
    "IdentityArgs",
    "MobileBackend",
    "MobileBackendArgs",
    "Network",
    "NetworkArgs",
    "Observability",
    "ObservabilityArgs",
    "Problem",
    "PushNotifications",
    "PushNotificationsArgs",
    "RecoverySite",
    "RecoverySiteArgs",
    "SelfHealing",
    "SelfHealingArgs",
    "TokenExchange",
    "TokenExchangeArgs",
    "UserFiles",
    "UserFilesArgs",
    "WebTier",
    "WebTierArgs",
]
