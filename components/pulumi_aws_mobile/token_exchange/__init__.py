"""A short-lived token for the user who signed a request: from AWS credentials to a JWT that any server verifies."""

from .args import TokenExchangeArgs
from .component import TokenExchange

__all__ = ["TokenExchange", "TokenExchangeArgs"]
