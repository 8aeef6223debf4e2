"""A user pool on loopback: SRP, first password, refresh and revoke, as Cognito's JSON API speaks them.

SRP-6a with Cognito's group and key derivation (https://datatracker.ietf.org/doc/html/rfc5054,
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

POOL = "ap-northeast-1_Console01"
CLIENT = "console-client"
G = 2
# RFC 3526, 3072-bit MODP group.
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D"
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)


class RefusedError(Exception):
    """Answer 400 with this exception's name, as Cognito does."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class User:
    email: str
    password: str
    must_change: bool = False
    salt: int = field(default_factory=lambda: secrets.randbits(120))


class UserPool:
    """Operators who can sign in. `lifetime` is that of the access tokens issued from then on, in seconds."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.lifetime = 3600
        self.valid: set[str] = set()
        self._refresh: dict[str, User] = {}
        self._rounds: dict[str, tuple[User, int, int]] = {}
        self._sessions: dict[str, User] = {}

    def call(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        if operation == "InitiateAuth" and body["AuthFlow"] == "USER_SRP_AUTH":
            return self._start(body["AuthParameters"])
        if operation == "InitiateAuth":
            return self._renew(body["AuthParameters"]["REFRESH_TOKEN"])
        if operation == "RevokeToken":
            self._refresh.pop(body["Token"], None)
            return {}
        responses = body["ChallengeResponses"]
        if body["ChallengeName"] == "PASSWORD_VERIFIER":
            return self._verify(responses)
        user = self._sessions.pop(body["Session"])
        user.password, user.must_change = responses["NEW_PASSWORD"], False
        return self._signed_in(user)

    def sign_in(self, email: str) -> dict[str, Any]:
        """Issue tokens without the rounds of a sign-in; AuthenticationResult of Cognito."""
        result: dict[str, Any] = self._signed_in(self.users[email])["AuthenticationResult"]
        return result

    def expire_everything(self) -> None:
        self.valid.clear()
        self._refresh.clear()

    def _start(self, parameters: dict[str, str]) -> dict[str, Any]:
        user = self.users.get(parameters["USERNAME"].lower())
        if user is None:
            raise RefusedError("NotAuthorizedException")
        a, b = int(parameters["SRP_A"], 16), secrets.randbits(256)
        public = (_hash(_bytes(N) + bytes([G])) * _verifier(user) + pow(G, b, N)) % N
        block = base64.b64encode(secrets.token_bytes(64)).decode()
        self._rounds[block] = (user, a, b)
        return {
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": {
                "USERNAME": user.email,
                "USER_ID_FOR_SRP": user.email,
                "SALT": f"{user.salt:x}",
                "SRP_B": f"{public:x}",
                "SECRET_BLOCK": block,
            },
        }

    def _verify(self, responses: dict[str, str]) -> dict[str, Any]:
        block = responses["PASSWORD_CLAIM_SECRET_BLOCK"]
        user, a, b = self._rounds.pop(block)
        verifier = _verifier(user)
        public = (_hash(_bytes(N) + bytes([G])) * verifier + pow(G, b, N)) % N
        u = _hash(_bytes(a) + _bytes(public))
        shared = pow(a * pow(verifier, u, N), b, N)
        prk = hmac.digest(_bytes(u), _bytes(shared), "sha256")
        key = hmac.digest(prk, b"Caldera Derived Key\x01", "sha256")[:16]
        message = (_pool() + user.email).encode() + base64.b64decode(block) + responses["TIMESTAMP"].encode()
        claim = base64.b64decode(responses["PASSWORD_CLAIM_SIGNATURE"])
        if not hmac.compare_digest(hmac.digest(key, message, "sha256"), claim):
            raise RefusedError("NotAuthorizedException")
        if user.must_change:
            session = secrets.token_urlsafe()
            self._sessions[session] = user
            parameters = {"USER_ID_FOR_SRP": user.email, "userAttributes": "{}", "requiredAttributes": "[]"}
            return {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session, "ChallengeParameters": parameters}
        return self._signed_in(user)

    def _signed_in(self, user: User) -> dict[str, Any]:
        refresh = secrets.token_urlsafe()
        self._refresh[refresh] = user
        return {"AuthenticationResult": self._tokens(user) | {"RefreshToken": refresh}}

    def _renew(self, refresh: str) -> dict[str, Any]:
        if refresh not in self._refresh:
            raise RefusedError("NotAuthorizedException")
        return {"AuthenticationResult": self._tokens(self._refresh[refresh])}

    def _tokens(self, user: User) -> dict[str, Any]:
        access = self._token()
        self.valid.add(access)
        identity = self._token(email=user.email)
        return {"AccessToken": access, "IdToken": identity, "ExpiresIn": self.lifetime, "TokenType": "Bearer"}

    def _token(self, **more: str) -> str:
        now = int(time.time())
        claims = {"sub": "operator", "iat": now, "exp": now + self.lifetime, "jti": secrets.token_hex()} | more
        parts = [{"alg": "none"}, claims]
        return ".".join(
            [*(base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts), "signature"]
        )


def _pool() -> str:
    return POOL.split("_")[1]


def _verifier(user: User) -> int:
    identity = hashlib.sha256(f"{_pool()}{user.email}:{user.password}".encode()).digest()
    return pow(G, _hash(_bytes(user.salt) + identity), N)


def _bytes(number: int) -> bytes:
    """Return the number as two's complement: a leading zero keeps it positive."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest(), "big")
