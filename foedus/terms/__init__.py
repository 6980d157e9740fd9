"""The words of the field, as value types."""
