"""Texts of chat messages: escaped for a format, within its limit."""

from collections.abc import Callable


def fitted(text: str, most: int, escape: Callable[[str], str] = str) -> str:
    """`text`, escaped character by character, in at most `most` UTF-16 code units; what is cut ends in "…".

    The unit is that of JavaScript's strings, in which chats count.
    """
    written: list[str] = []
    length, kept = 0, 0
    for character in text:
        piece = escape(character)
        length += len(piece.encode("utf-16-le", "surrogatepass")) // 2
        if length > most:
            return f"{''.join(written[:kept]).rstrip()}…"
        written.append(piece)
        if length < most:
            kept = len(written)
    return "".join(written)
