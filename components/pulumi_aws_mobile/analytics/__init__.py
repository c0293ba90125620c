"""What an app's users do: events taken in, kept, asked about and shown."""

from .args import AnalyticsArgs, AnalyticsEventArgs, AnalyticsIdentifier, AnalyticsIngest, AnalyticsPrivacyArgs
from .component import Analytics

__all__ = [
    "Analytics",
    "AnalyticsArgs",
    "AnalyticsEventArgs",
    "AnalyticsIdentifier",
    "AnalyticsIngest",
    "AnalyticsPrivacyArgs",
]
