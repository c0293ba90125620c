"""The code of the functions that Cognito calls: one module with a `handle` per function, and what they share.

Every function is deployed with the whole package and told by its environment what to do. Nothing here knows Pulumi.
"""
