"""What Foedus knows before it reads."""
