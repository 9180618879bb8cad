"""Preparation of the default model: from its package to a folder for ONNX Runtime, once a machine."""
