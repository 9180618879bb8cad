"""What two texts say alike and what they say differently, phrase by phrase, in any two languages.

`Content` is what is kept of a text, `align` finds the phrases of two, `slots` those of one.
"""
