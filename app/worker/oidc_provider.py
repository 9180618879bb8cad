"""OpenID Connect provider over HTTP: discovery, the code exchange, and ID tokens verified by joserfc."""

import base64
import ssl
import threading
import time
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpcore2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.domain.access.single_sign_on import ExternalIdentity, SingleSignOnFailed
from app.domain.core import strict_json
from app.domain.webhooks.ssrf import DestinationRefused, destination
from app.worker.webhook_sender import PinnedBackend

TIMEOUT_S: Final = 10.0
"""For one request in all, the answer included."""

_LONGEST_ANSWER: Final = 1_000_000
_METADATA_FOR_S: Final = 3_600.0
_KEYS_AGAIN_AFTER_S: Final = 60.0
"""Least time between two fetches of the keys: a token with an unknown key asks for them."""

_LEEWAY_S: Final = 60
_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""Signatures by a private key of the provider: neither `none` nor one by a shared secret."""


class OidcProvider:
    """`app.services.access.single_sign_on.IdentityProvider`: the authorization code flow with PKCE.

    Requests go to public addresses by https alone, checked as those of webhooks are; hosts that are named may be
    internal, and without TLS.
    """

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        named_hosts: Collection[str],
        clock: Callable[[], datetime],
    ):
        self.issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._named_hosts = frozenset(named_hosts)
        self._clock = clock
        self._guard = threading.Lock()
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def authorization_url(self, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        endpoint = self._endpoint("authorization_endpoint")
        try:
            destination(endpoint, self._named_hosts)
        except DestinationRefused as error:
            raise SingleSignOnFailed(f"the provider's authorization_endpoint {error}") from error
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    def identity(self, redirect_uri: str, code: str, nonce: str, verifier: str) -> ExternalIdentity:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self._client_id,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self._client_secret:
            pair = f"{quote(self._client_id, safe='')}:{quote(self._client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        answer = self._fetch(self._endpoint("token_endpoint"), "POST", headers, urlencode(form).encode())
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SingleSignOnFailed("the provider's answer has no ID token")
        return self._verified(token, nonce)

    def _verified(self, token: str, nonce: str) -> ExternalIdentity:
        claims = self._claims(token)
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock().timestamp()),
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            registry.validate(claims)
        except JoseError as error:
            raise SingleSignOnFailed(f"the ID token is refused: {error.error}") from error
        subject, audience = claims["sub"], claims["aud"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise SingleSignOnFailed("the ID token is refused: its subject is none")
        several = isinstance(audience, list) and len(audience) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._client_id:
            raise SingleSignOnFailed("the ID token is refused: it was made for another client")
        return ExternalIdentity(self.issuer, subject, claims)

    def _claims(self, token: str) -> dict[str, Any]:
        """Claims of a token with a good signature; with an unknown key the provider's keys are fetched once more."""
        try:
            try:
                return jwt.decode(token, self._key_set(), algorithms=_ALGORITHMS).claims
            except (JoseError, ValueError):
                return jwt.decode(token, self._key_set(fresh=True), algorithms=_ALGORITHMS).claims
        except (JoseError, ValueError, TypeError) as error:
            raise SingleSignOnFailed(f"the ID token is refused: {type(error).__name__}") from error

    def _key_set(self, *, fresh: bool = False) -> KeySet:
        now = time.monotonic()
        with self._guard:
            least = _KEYS_AGAIN_AFTER_S if fresh else _METADATA_FOR_S
            if self._keys is None or now - self._keys[0] > least:
                keys = self._fetch(self._endpoint("jwks_uri"), "GET", {}, None)
                try:
                    self._keys = (now, KeySet.import_key_set(keys))  # type: ignore[arg-type]
                except (JoseError, ValueError, TypeError, KeyError) as error:
                    raise SingleSignOnFailed("the provider's keys cannot be read") from error
            return self._keys[1]

    def _endpoint(self, name: str) -> str:
        now = time.monotonic()
        if self._metadata is None or now - self._metadata[0] > _METADATA_FOR_S:
            url = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            metadata = self._fetch(url, "GET", {}, None)
            if metadata.get("issuer") != self.issuer:
                raise SingleSignOnFailed("the provider calls itself by another name than REFRAIN_OIDC_ISSUER")
            self._metadata = (now, metadata)
        endpoint = self._metadata[1].get(name)
        if not isinstance(endpoint, str):
            raise SingleSignOnFailed(f"the provider names no {name}")
        return endpoint

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    def _fetch(self, url: str, method: str, headers: dict[str, str], body: bytes | None) -> dict[str, Any]:
        """JSON object at an address. Redirects are not followed."""
        try:
            to = destination(url, self._named_hosts)
            backend = PinnedBackend(to, time.monotonic() + TIMEOUT_S)
            sent = {"Accept": "application/json", "User-Agent": "Refrain", **headers}
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
                pool.stream(method, to.url, headers=list(sent.items()), content=body) as answer,
            ):
                content = bytearray()
                for chunk in answer.iter_stream():
                    content += chunk
                    if len(content) > _LONGEST_ANSWER:
                        raise SingleSignOnFailed("the provider's answer is too long")
                if answer.status != 200:
                    raise SingleSignOnFailed(f"the provider answers {answer.status}")
                found = strict_json.loads(bytes(content))
        except DestinationRefused as error:
            raise SingleSignOnFailed(f"an address of the provider {error}") from error
        except (httpcore2.TimeoutException, TimeoutError) as error:
            raise SingleSignOnFailed(f"the provider does not answer within {TIMEOUT_S:g} seconds") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError, ValueError) as error:
            raise SingleSignOnFailed(f"the provider cannot be reached: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise SingleSignOnFailed("the provider's answer is no JSON object")
        return found
