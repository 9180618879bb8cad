"""Makes `answers.d.ts` from the OpenAPI document: `python client-js/make_types.py`, as `make fmt` does.

Only what the client's calls send and answer is in it, so that a new part of the service changes nothing here.
"""

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CALLS = {
    "/v1/checks": ("get", "post"),
    "/v1/checks/batch": ("post",),
    "/v1/documents": ("post",),
    "/v1/statements": ("get", "post"),
    "/v1/statements/{statement_id}": ("patch",),
    "/v1/statements/{statement_id}/relations": ("get",),
    "/v1/search": ("get",),
    "/v1/narratives": ("get", "post"),
    "/v1/narratives/{narrative_id}": ("patch",),
    "/v1/narratives/{narrative_id}/timeline": ("get",),
    "/v1/findings": ("get", "post"),
    "/v1/flags": ("get",),
    "/v1/flags/{flag_id}/reviews": ("post",),
    "/v1/me": ("get",),
    "/v1/overview": ("get",),
    "/v1/status": ("get",),
}
_HEAD = "// Made by make_types.py from the service's OpenAPI document: `make fmt` writes it anew.\n"
_PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_REFERENCE = re.compile(r"#/components/schemas/([\w.-]+)")


def made(document: dict[str, Any]) -> str:
    """The text of `answers.d.ts` for an OpenAPI document."""
    schemas = document["components"]["schemas"]
    operations = [document["paths"][path][method] for path, methods in CALLS.items() for method in methods]
    used = _reached({*_references(operations), "Problem"}, schemas)
    # What a request leaves out has a default, and problems tell what they have to; an answer has every field.
    partial = _reached({*_references([one.get("requestBody") for one in operations]), "Problem"}, schemas)
    queries = "".join(
        _interface(f"{operation['operationId'][:1].upper()}{operation['operationId'][1:]}Query", _query(operation))
        for operation in operations
        if any(one["in"] == "query" for one in operation.get("parameters", ()))
    )
    declared = [_declared(name, schemas[name], whole=name not in partial) for name in sorted(used)]
    return _HEAD + "".join(declared) + queries


def _reached(names: set[str], schemas: dict[str, Any]) -> set[str]:
    """These schemas and all that they refer to."""
    found, waiting = set(), names
    while waiting:
        found |= waiting
        waiting = {name for one in waiting for name in _references(schemas[one])} - found
    return found


def _references(part: Any) -> set[str]:
    return set(_REFERENCE.findall(json.dumps(part)))


def _query(operation: dict[str, Any]) -> dict[str, Any]:
    """The query parameters as the schema of an object."""
    asked = [one for one in operation["parameters"] if one["in"] == "query"]
    return {
        "properties": {one["name"]: {"description": one.get("description"), **one["schema"]} for one in asked},
        "required": [one["name"] for one in asked if one.get("required")],
    }


def _declared(name: str, schema: dict[str, Any], *, whole: bool) -> str:
    if "properties" in schema:
        return _interface(name, {**schema, "required": list(schema["properties"])} if whole else schema)
    return f"\n{_comment(schema, '')}export type {name} = {_type(schema)};\n"


def _interface(name: str, schema: dict[str, Any]) -> str:
    fields = "".join(
        f"{_comment(one, '  ')}  {_name(field)}{'' if field in schema.get('required', ()) else '?'}: {_type(one)};\n"
        for field, one in schema["properties"].items()
    )
    return f"\n{_comment(schema, '')}export interface {name} {{\n{fields}}}\n"


def _name(field: str) -> str:
    return field if field.isidentifier() else json.dumps(field)


def _comment(schema: dict[str, Any], indent: str) -> str:
    said = " ".join((schema.get("description") or "").split()).replace("*/", "* /")
    return f"{indent}/** {said} */\n" if said else ""


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if parts := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        return (" & " if "allOf" in schema else " | ").join(dict.fromkeys(map(_type, parts)))
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"[{', '.join(map(_type, schema['prefixItems']))}]"
        return f"Array<{_type(schema.get('items', {}))}>"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties", True)
        return f"Record<string, {_type(values) if isinstance(values, dict) else 'unknown'}>"
    return _PRIMITIVES.get(schema.get("type", ""), "unknown")


def _document() -> dict[str, Any]:
    from app.admin_wiring import now
    from app.main import create_app
    from app.settings import Settings
    from app.wiring import build

    with tempfile.TemporaryDirectory() as folder:
        built = build(Settings(data_dir=Path(folder), embedder="hashing"), clock=now)
        document: dict[str, Any] = create_app(built).openapi()
        built.store.close()
    return document


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    (HERE / "answers.d.ts").write_text(made(_document()), "utf-8")
