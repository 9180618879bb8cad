"""File formats of statements, by the names that the command line takes."""

from enum import StrEnum


class Format(StrEnum):
    """File format of statements."""

    AUTO = "auto"
    JSONL = "jsonl"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"
    STIX = "stix"
    MISP = "misp"
    JSON = "json"
    SPREADSHEET = "spreadsheet"
    HTML = "html"
    WARC = "warc"
    FEED = "feed"
    EMAIL = "email"
    X = "x"
