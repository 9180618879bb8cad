"""Comparison of two texts by what is stored of each: token states, features of a pair, and the model that scores it."""
