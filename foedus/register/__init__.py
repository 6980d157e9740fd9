"""What happened: acts, findings and claims reconciled from all statements."""
