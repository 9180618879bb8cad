"""An OpenID Connect provider: a real HTTP server on this machine, which can misbehave in one way at a time."""

import base64
import contextlib
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
CLIENT, SECRET = "refrain", "a secret: of the client"


@dataclass
class Provider:
    """What it says: `claims` replace those of the token (None takes one out), `alg` and `key` sign it."""

    clock: object
    issuer: str = ""
    claims: dict = field(default_factory=dict)
    metadata: dict = field(default_factory=dict)
    alg: str = "RS256"
    key: object = field(default_factory=lambda: KEY)
    published: list = field(default_factory=lambda: [KEY])
    status: int = 200
    subject: str = "0001"
    asked: dict = field(default_factory=dict)
    """By code: what the authorization asked for."""
    requests: list = field(default_factory=list)

    def authorize(self, url):
        """What a browser gets whose user signs in there: the code."""
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        asked = {name: value for name, [value] in parse_qs(parts.query).items()}
        assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", CLIENT)
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.requests)}-{len(self.asked)}"
        self.asked[code] = asked
        return code, asked["state"]

    def token(self, form, authorization):
        """The answer of the token endpoint, or None where the request is refused. A code is good once."""
        asked = self.asked.pop(form.get("code"), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if pair != "refrain:a%20secret%3A%20of%20the%20client":
            return None
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(claims)}

    def signed(self, claims):
        if self.alg == "none":
            parts = ({"alg": "none"}, claims)
            encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
            return ".".join([*encoded, ""])
        key = self.key
        if self.alg == "HS256":  # signed with the public key, as if it were a shared secret
            key = OctKey.import_key(KEY.as_pem(private=False))
        return jwt.encode({"alg": self.alg, "kid": "first"}, claims, key, algorithms=[self.alg])


@contextlib.contextmanager
def providing(clock, **options):
    """A provider at 127.0.0.1 until the block ends."""
    provider = Provider(clock, **options)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            provider.requests.append(self.path)
            if self.path == "/.well-known/openid-configuration":
                base = provider.issuer
                endpoints = {
                    "issuer": base, "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token",
                    "jwks_uri": f"{base}/keys",
                }  # fmt: skip
                self.answer({**endpoints, **provider.metadata})
            elif self.path.startswith("/authorize?"):
                self.send_back(f"{provider.issuer}{self.path}")
            elif self.path == "/keys":
                self.answer(KeySet(provider.published).as_dict(private=False))
            else:
                self.answer({}, 404)

        def send_back(self, url):
            """Answers a real browser, whose user signs in at once."""
            code, state = provider.authorize(url)
            self.send_response(302)
            self.send_header(
                "location", f"{provider.asked[code]['redirect_uri']}?{urlencode({'code': code, 'state': state})}"
            )
            self.send_header("content-length", "0")
            self.end_headers()

        def do_POST(self):
            provider.requests.append(self.path)
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: value for name, [value] in parse_qs(sent).items()}
            answer = provider.token(form, self.headers.get("authorization", ""))
            self.answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def answer(self, content, status=200):
            body = json.dumps(content).encode()
            self.send_response(status if provider.status == 200 else provider.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    provider.issuer = provider.issuer or f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
