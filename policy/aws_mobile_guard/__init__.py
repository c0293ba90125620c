"""Rules for the AWS side of a mobile app: run in process, or as a CrossGuard policy pack.

Rules are plain Python and see plain data. `aws_mobile_guard.run.evaluate` runs them with no engine; this folder is also
a policy pack, for `pulumi preview --policy-pack`.
"""
