"""Prediction detection: future events that a text announces, and their time windows."""
