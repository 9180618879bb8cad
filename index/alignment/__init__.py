"""Phrase alignment of two texts, in any two languages: repeated, changed, added and removed phrases.

`Content` is what is kept of a text, `align` finds the phrases of two, `slots` those of one.
"""
