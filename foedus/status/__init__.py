"""What binds whom, when (VCLT)."""
