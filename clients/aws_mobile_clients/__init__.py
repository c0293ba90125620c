"""What apps use: the client side of the components that have one."""
