"""The append-only record of documents, statements entered by hand and rulings."""
