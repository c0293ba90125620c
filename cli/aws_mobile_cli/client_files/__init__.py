"""`aws-mobile clients`: the files by which apps find a deployment, in every format that Amplify's clients load."""

from .writing import Written, write

__all__ = ["Written", "write"]
