"""The sandbox as Pulumi plugins: `aws` and `random` over gRPC, for the real engine.

`python -m pulumi_aws_sandbox.plugin.install DIR` writes the executables that the engine looks for on PATH.
"""
