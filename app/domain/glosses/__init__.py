"""Rules of glosses: what a text says, in another language."""
