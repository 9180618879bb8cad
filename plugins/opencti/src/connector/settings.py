"""Settings of the connector, read by the SDK of OpenCTI's connectors from the environment or from config.yml."""

from typing import Literal

from connectors_sdk import BaseConfigModel, BaseConnectorSettings, BaseInternalEnrichmentConnectorConfig
from pydantic import Field, HttpUrl, SecretStr


class InternalEnrichmentConnectorConfig(BaseInternalEnrichmentConnectorConfig):
    """Settings that every connector of this type has."""

    name: str = Field(description="The name of the connector.", default="Refrain")
    scope: list[str] = Field(
        description="The types of entities to enrich.", default=["Text", "Media-Content", "Narrative", "Report", "Note"]
    )


class RefrainConfig(BaseConfigModel):
    """Settings of this connector."""

    api_base_url: HttpUrl = Field(description="The address of the service.")
    api_key: SecretStr = Field(description="A key of the service with the scope check.")
    max_tlp_level: Literal["clear", "white", "green", "amber", "amber+strict", "red"] = Field(
        description="The highest TLP of entities whose text is sent to the service.", default="amber+strict"
    )
    record: bool = Field(description="Whether checks are stored in Refrain, and may raise flags there.", default=False)
    max_precedents: int = Field(description="How many precedents are returned for an entity.", default=5, ge=1, le=20)


class ConnectorSettings(BaseConnectorSettings):
    """All settings."""

    connector: InternalEnrichmentConnectorConfig = Field(default_factory=InternalEnrichmentConnectorConfig)
    refrain: RefrainConfig = Field(default_factory=RefrainConfig)
