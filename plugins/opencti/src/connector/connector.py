"""The connector: asks Refrain about the text of an entity, and sends back the entity with its precedents."""

from typing import Any, Protocol

from connector.converter_to_stix import ConverterToStix
from refrain_client import Match, Refrain, RefrainError

_LONGEST_STATEMENT = 5_000
_LONGEST_DOCUMENT = 200_000
_TEXTS = {
    "text": ("value",),
    "media-content": ("content", "title"),
    "narrative": ("description", "name"),
    "report": ("description", "name"),
    "note": ("content",),
}
"""Where the text of an entity is, by its STIX type: the first property that has one."""
_DATES = {"media-content": "publication_date", "report": "published"}


class Settings(Protocol):
    """Settings of the connector."""

    max_tlp_level: str
    record: bool
    max_precedents: int


class RefrainConnector:
    """Internal enrichment connector. `helper` is pycti's `OpenCTIConnectorHelper`.

    It always sends back the entity that it was given, so that it can stand in a playbook.
    """

    def __init__(self, settings: Settings, helper: Any, refrain: Refrain):
        self.settings = settings
        self.helper = helper
        self.refrain = refrain

    def run(self) -> None:
        """Listens to the queue of this connector until it is stopped."""
        self.helper.listen(message_callback=self.process_message)

    def process_message(self, data: dict[str, Any]) -> str:
        """Enriches one entity; returns what was done, or why nothing was."""
        try:
            if not self._is_in_scope(data):
                if data.get("event_type"):
                    raise ValueError(f"{data['entity_id']} is not of a type in the scope of this connector")
                return self._send(data["stix_objects"])
            self._require_tlp(data["enrichment_entity"])
            return self._enrich(data)
        except (KeyError, ValueError, RefrainError) as error:
            log = self.helper.connector_logger
            log.error("[CONNECTOR] Not enriched", {"error_message": str(error)})  # noqa: TRY400 - it is OpenCTI's own
            return f"Not enriched: {error}"

    def _enrich(self, data: dict[str, Any]) -> str:
        entity = data["stix_entity"]
        text = _text_of(entity)
        matches = self._matches(text, entity.get(_DATES.get(entity["type"], ""))) if text else []
        if not matches:
            self._send(data["stix_objects"])
            return "Nothing like it is in the archive"
        convert = ConverterToStix(entity.get("object_marking_refs") or ())
        made: dict[str, dict[str, Any]] = {convert.author["id"]: convert.author}
        for match in matches[: self.settings.max_precedents]:
            note = convert.note(entity["id"], match)
            made[note["id"]] = note
            for reference in match.precedent.narratives:
                narrative = convert.narrative(reference.title)
                if narrative["id"] == entity["id"]:
                    continue
                relationship = convert.relationship(entity["id"], narrative["id"])
                made |= {narrative["id"]: narrative, relationship["id"]: relationship}
        known = {one["id"] for one in data["stix_objects"]}
        entities = data["stix_objects"] if entity["id"] in known else [entity, *data["stix_objects"]]
        return self._send([*entities, *(one for one in made.values() if one["id"] not in known)])

    def _matches(self, text: str, said_at: str | None) -> list[Match]:
        """The precedents of a text, the best first; of a long one, those of its claims."""
        asked = {"record": self.settings.record, "limit": self.settings.max_precedents}
        if len(text) <= _LONGEST_STATEMENT:
            return self.refrain.check(text, said_at=said_at, **asked).matches
        document = self.refrain.documents.check(text=text[:_LONGEST_DOCUMENT], published_at=said_at, **asked)
        matches = [match for statement in document.statements for match in statement.check.matches]
        return sorted(matches, key=lambda match: -match.score)

    def _is_in_scope(self, data: dict[str, Any]) -> bool:
        scopes = self.helper.connect_scope.lower().replace(" ", "").split(",")
        return data["entity_id"].split("--")[0].lower() in scopes

    def _require_tlp(self, entity: dict[str, Any]) -> None:
        """Raises `ValueError` where the text of an entity may not leave OpenCTI."""
        most = f"TLP:{self.settings.max_tlp_level.upper()}"
        for marking in entity.get("objectMarking") or ():
            if marking["definition_type"] == "TLP" and not self.helper.check_max_tlp(marking["definition"], most):
                raise ValueError(f"the entity is {marking['definition']}, and at most {most} is sent to Refrain")

    def _send(self, objects: list[dict[str, Any]]) -> str:
        sent = self.helper.send_stix2_bundle(self.helper.stix2_create_bundle(objects))
        return f"Sent {len(sent)} STIX bundle(s)"


def _text_of(entity: dict[str, Any]) -> str | None:
    texts = (entity.get(name) for name in _TEXTS.get(entity["type"], ()))
    return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), None)
