"""Use cases of evaluation: measuring and fitting."""
