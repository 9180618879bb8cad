"""QR codes, made in this process: the secrets in them are sent to no other service."""

import segno


def qr_code(content: str) -> str:
    """A QR code as an address that holds the whole image (`data:`, SVG), dark on white whatever the page's colours."""
    code = segno.make(content, micro=False, error="m")
    return str(code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", omitsize=False))
