"""A Lambda function in Python: its code, its role, its log and who may call it."""

from .args import FunctionArgs
from .component import Function

__all__ = ["Function", "FunctionArgs"]
