"""Who must do what if ... (casus foederis)."""
