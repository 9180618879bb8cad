"""Texts to vectors: one file for each way to run a model, and the preparation of the default model."""
