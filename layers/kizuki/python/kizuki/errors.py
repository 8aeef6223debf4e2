"""Every way of failing that callers can tell apart.

KizukiError
├── CallerError             the caller's fault: sending it again will not help
│   ├── MalformedError      400  not what the contract says
│   ├── UnauthorizedError   401  no key, or one we do not know
│   ├── ForbiddenError      403  a key or an operator without the right to this
│   ├── NotFoundError       404
│   ├── MethodError         405
│   └── TooLargeError       413  over a documented limit
├── ConflictError           409  what was read has moved: read again, then write
└── TryAgainError           503  ours or AWS's fault, and passing: nothing was accepted
"""

from typing import Any


class KizukiError(Exception):
    """Carry what an HTTP answer needs: a status, a stable code, words, and where in the request."""

    status = 500

    def __init__(self, code: str, message: str, *, path: str | None = None, limit: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
        self.limit = limit

    def document(self) -> dict[str, Any]:
        """Return the `error` object of docs/api.md."""
        fields = {"code": self.code, "message": self.message, "path": self.path, "limit": self.limit}
        return {name: value for name, value in fields.items() if value is not None}


class CallerError(KizukiError):
    status = 400


class MalformedError(CallerError):
    status = 400


class UnauthorizedError(CallerError):
    status = 401


class ForbiddenError(CallerError):
    status = 403


class NotFoundError(CallerError):
    status = 404


class MethodError(CallerError):
    status = 405


class TooLargeError(CallerError):
    status = 413


class ConflictError(KizukiError):
    status = 409


class TryAgainError(KizukiError):
    status = 503
