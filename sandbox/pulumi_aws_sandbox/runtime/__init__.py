"""What runs in the sandbox once resources are deployed."""
