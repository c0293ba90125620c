"""Least privilege, measured: what the roles of a stack are granted, and what they make use of."""
