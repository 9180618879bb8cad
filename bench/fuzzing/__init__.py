"""Inputs and hooks of the fuzzers."""
