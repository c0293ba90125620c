"""An AWS on a laptop: handlers that make pulumi-aws resources with real API calls, answered by moto.

Two doors lead to them: `in_process`, through Pulumi's mocks interface, and `plugin`, for the real Pulumi engine.
"""
