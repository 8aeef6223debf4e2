"""HTTP requests out: to addresses that anybody may reach, within a deadline, without following anybody anywhere."""

from kizuki.outbound.addresses import RefusedUrlError
from kizuki.outbound.post import Response, UnreachableError, post

__all__ = ["RefusedUrlError", "Response", "UnreachableError", "post"]
