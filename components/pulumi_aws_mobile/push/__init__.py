"""Messages to users' devices: push notifications, text messages and e-mail through SNS."""

from .args import PushNotificationsArgs
from .component import PushNotifications

__all__ = ["PushNotifications", "PushNotificationsArgs"]
