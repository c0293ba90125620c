"""What becomes of an app's events: checked, made private, put in their places and counted; deployed as it is."""
