"""What policies found, told in the forms that other tools read."""
