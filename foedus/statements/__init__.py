"""What was said, by whom, in which words."""
