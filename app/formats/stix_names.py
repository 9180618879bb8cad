"""Names in STIX 2.1 bundles that are not of the standard: OpenCTI's extension and our own."""

from typing import Final

OPENCTI_EXTENSION: Final = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
"""Under which OpenCTI adds the object `narrative` (OpenCTI-Platform/opencti, `src/types/stix-2-1-extensions.ts`)."""
REFRAIN_EXTENSION: Final = "extension-definition--5c9a7a5e-1f0c-5d3b-8a54-3b8b7b6f0f21"
"""Our fields of notes, narratives and sightings. `kind` says what an object is:

`narrative`, `statement`, `finding`, `recurrence` (a sighting that repeats what a statement says), `check` (a flagged
text), `technique` (a link).
"""
SUBNARRATIVE_OF: Final = "subnarrative-of"
