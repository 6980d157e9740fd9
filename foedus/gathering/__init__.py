"""How documents arrive: files, folders, addresses, archives."""
