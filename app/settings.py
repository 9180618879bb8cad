"""Settings from the environment, typed and described. An unknown name stops the start, as it is a misspelt setting."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.access.keys import DEFAULT_ORGANISATION
from app.domain.access.second_factor import SecondFactorPolicy
from index.embedders.model_folder import default_model_dir

_PREFIX = "REFRAIN_"
_LEAST_KEY = 32
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/?#*,@]+", re.IGNORECASE)


class UnusableSettings(Exception):
    """Unknown setting or invalid value; the message says which."""


class Settings(BaseSettings):
    """Read from `REFRAIN_…` environment variables."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    data_dir: Path = Field(Path("data"), description="Where the embedded database and the index snapshot are kept.")
    model_dir: Path = Field(
        default_factory=default_model_dir,
        description="Where prepared models are kept, shared by all data directories.",
    )
    database_url: str = Field("", description="sqlite:///FILE or postgresql://…; empty: a file in the data directory.")
    index_url: str = Field(
        "faiss:",
        description="The engine that finds candidates: faiss: in this process, pgvector: in the PostgreSQL that holds "
        "the archive, qdrant://HOST:PORT on a Qdrant server (qdrants:// with TLS), or exact:.",
    )
    qdrant_api_key: SecretStr = Field(SecretStr(""), description="Key of the Qdrant server; empty: it asks for none.")
    embedder: str = Field(
        "", description="A sentence-transformers name or path; empty: the multilingual model that comes with Refrain."
    )
    policy: str = Field(
        "",
        description="How candidates are scored: empty for the pair model where one ships for the embedder, and else as "
        "ranking; ranking for the model of whole rankings; dense for the one that counts vectors only; or the path of "
        "a file of refrain calibrate.",
    )
    host: str = Field("127.0.0.1", description="The address that `refrain serve` listens at.")
    port: int = Field(8000, ge=0, le=65_535, description="The port that `refrain serve` listens at.")
    processes: int = Field(1, ge=1, le=64, description="Processes of `refrain serve` that answer at the port together.")
    public_url: str = Field("", description="How readers reach this service, for links; empty: as the request came.")
    key_limit_per_hour: int = Field(0, ge=0, description="Requests an hour of a key that says nothing else; 0: any.")
    organisation_limit_per_hour: int = Field(
        0, ge=0, description="Requests an hour of all keys of an organisation that says nothing else; 0: any."
    )
    cors_origins: str = Field(
        "", description="Where pages that call the API from a browser are from, such as https://cms.example.org, …"
    )
    body_timeout_s: float = Field(30, gt=0, description="Seconds that a request may take to arrive.")
    request_timeout_s: float = Field(60, gt=0, description="Seconds after which a request is answered as too slow.")
    processor_budget_s: float = Field(
        20, gt=0, description="Seconds of processor time that a request may take; articles and batches thrice as many."
    )
    organisation_at_once: int = Field(
        0, ge=0, description="Requests of one organisation that are worked on at once; 0: half, two thirds of checks."
    )
    processors: int = Field(
        0, ge=0, description="Processors that this process may keep busy with checks; 0: those that it may run on."
    )
    bodies_bytes: int = Field(
        512 * 1024 * 1024, ge=1_024, description="How large all bodies in hand may be together, mostly on disk."
    )
    connections: int = Field(
        0, ge=0, description="Open connections of a process; 0: as many as its file descriptors allow, up to 2,000."
    )
    upload_bytes: int = Field(64 * 1024 * 1024, ge=1_024, description="How large an upload of many lines may be.")
    upload_lines: int = Field(100_000, ge=1, description="How many lines an upload may have.")
    upload_timeout_s: float = Field(600, gt=0, description="Seconds that an upload may take to arrive.")
    work_in_background: bool = Field(
        True, description="0: jobs and webhooks are left to `refrain work` processes on the same database."
    )
    webhook_allowed_hosts: str = Field(
        "", description="Hosts that webhooks may be at although they are internal, or without TLS: one.internal, …"
    )
    source_allowed_hosts: str = Field(
        "", description="Hosts of watched sources that may be internal, or without TLS: news.internal, …"
    )
    drain_s: float = Field(
        0, ge=0, description="Seconds after SIGTERM in which the service still answers, so that proxies can turn away."
    )
    log_format: Literal["", "text", "json"] = Field(
        "", description="How log lines are written: text or json; empty: text on a terminal, else json."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The lowest level of the service's own log lines."
    )
    metrics_token: str = Field(
        "", description="The bearer token that /metrics asks for; empty: only callers on this machine are answered."
    )
    otlp_endpoint: str = Field(
        "", description="Where traces are sent, an OpenTelemetry collector such as http://127.0.0.1:4318; empty: none."
    )
    require_second_factor: SecondFactorPolicy = Field(
        SecondFactorPolicy.NONE, description="Who needs a second factor beside a password: none, admins or all."
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Encrypts the secrets of second factors: 32 random characters or more; several, the newest first.",
    )
    oidc_issuer: str = Field(
        "", description="Issuer of the OpenID Connect provider that people may sign in with, as it names itself."
    )
    oidc_client_id: str = Field("", validate_default=True, description="Id of this service at the provider.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Its secret; empty: a public client.")
    oidc_organisation: str = Field(DEFAULT_ORGANISATION, description="Organisation of accounts that it makes.")
    oidc_role_claim: str = Field("groups", description="Claim of the ID token that has the groups of somebody.")
    oidc_admin_group: str = Field("", description="Group whose members are admins.")
    oidc_analyst_group: str = Field("", description="Group whose members are analysts; others are readers.")
    oidc_allowed_hosts: str = Field(
        "", description="Hosts of the provider that may be internal, or without TLS: id.internal, …"
    )
    translation_url: str = Field(
        "", description="Where a translation provider is asked, by the contract of docs/translation.md; empty: none."
    )
    translation_secret: SecretStr = Field(SecretStr(""), description="Bearer token that it is sent; empty: none.")
    translation_allowed_hosts: str = Field(
        "", description="Host of the translation provider, where it may be internal, or without TLS."
    )
    check_retention_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days that checks are kept where an organisation says nothing else; 0: for ever.",
    )
    prediction_horizon_days: int = Field(
        90,
        ge=1,
        le=36_500,
        description="Days after which a prediction that gives no date counts as one whose time has passed.",
    )
    url: str = Field("http://127.0.0.1:8000", description="The service that `refrain mcp` asks.")
    api_key: SecretStr = Field(
        SecretStr(""), description="The key with which `refrain mcp` asks it, over standard input and output."
    )
    demo: bool = Field(False, description="1: serve the sample archive, and print a key for it at the start.")

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in _listed(value):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is no origin: write scheme://host or scheme://host:port, each by name")
        return value

    @field_validator("secret_key")
    @classmethod
    def _are_long(cls, value: SecretStr) -> SecretStr:
        if any(len(key) < _LEAST_KEY for key in _listed(value.get_secret_value())):
            raise ValueError(f"needs at least {_LEAST_KEY} characters: `openssl rand -base64 32` prints some")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _goes_with_its_issuer(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer") and not value:
            raise ValueError("is needed with REFRAIN_OIDC_ISSUER: the id of this service at the provider")
        return value

    @property
    def listed_oidc_hosts(self) -> tuple[str, ...]:
        return _listed(self.oidc_allowed_hosts)

    @property
    def listed_translation_hosts(self) -> tuple[str, ...]:
        return _listed(self.translation_allowed_hosts)

    @property
    def listed_secret_keys(self) -> tuple[str, ...]:
        return _listed(self.secret_key.get_secret_value())

    @property
    def listed_cors_origins(self) -> tuple[str, ...]:
        return _listed(self.cors_origins)

    @property
    def listed_webhook_hosts(self) -> tuple[str, ...]:
        return _listed(self.webhook_allowed_hosts)

    @property
    def listed_source_hosts(self) -> tuple[str, ...]:
        return _listed(self.source_allowed_hosts)

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'refrain.sqlite3').resolve()}"

    @property
    def snapshot_path(self) -> Path:
        return self.data_dir / "index.snapshot"


def _listed(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment. Raises `UnusableSettings`."""
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in environment if name.upper().startswith(_PREFIX) and name.upper() not in known)
    if unknown:
        raise UnusableSettings(f"unknown setting {', '.join(unknown)}: there are {', '.join(sorted(known))}")
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"{_PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise UnusableSettings(faults) from error
