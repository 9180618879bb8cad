"""Rules of the desk: flags, notes, assignments and saved views."""
