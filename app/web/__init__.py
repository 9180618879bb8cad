"""HTTP interface: the JSON API, the pages, and what both need."""
