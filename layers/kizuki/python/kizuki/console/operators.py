"""Who is asking: the claims of a Cognito access token that the authorizer has verified."""

from collections.abc import Mapping
from typing import Any

from kizuki.aws.config import ConfigStore, Site
from kizuki.errors import ForbiddenError, NotFoundError

ADMIN = "admin"
SITE_PREFIX = "site-"


class Operator:
    """A person of the CS team, allowed to see the sites their groups name."""

    def __init__(self, claims: Mapping[str, Any]) -> None:
        self.email: str | None = claims.get("email")
        """Only an ID token has it; the console sends the access token and reads its own ID token."""
        self.username: str | None = claims.get("username") or claims.get("cognito:username") or claims.get("sub")
        self.groups = _groups(claims.get("cognito:groups"))

    def may_see(self, site: str) -> bool:
        return ADMIN in self.groups or f"{SITE_PREFIX}{site}" in self.groups

    @property
    def is_admin(self) -> bool:
        return ADMIN in self.groups

    def enter_as_admin(self, site: str) -> str:
        """Return the site's id. Raises ForbiddenError for whoever is no administrator."""
        if not self.is_admin:
            raise ForbiddenError("admins_only", "only administrators may do this")
        return self.enter(site)

    def enter(self, site: str) -> str:
        """Return the site's id. Raises ForbiddenError, with the same words for a site that does not exist."""
        if not self.may_see(site):
            raise ForbiddenError("forbidden", f"you have no access to a site {site!r}")
        return site

    def sites(self, config: ConfigStore) -> list[Site]:
        if ADMIN in self.groups:
            return config.sites()
        ids = sorted(group.removeprefix(SITE_PREFIX) for group in self.groups if group.startswith(SITE_PREFIX))
        return [site for id_ in ids if (site := _known(config, id_)) is not None]


def _known(config: ConfigStore, id: str) -> Site | None:
    """Read a site; a group may outlive the site it names."""
    try:
        return config.site(id)
    except NotFoundError:
        return None


def _groups(claim: Any) -> frozenset[str]:
    """Read the groups: an HTTP API hands a list claim on as the text `[a b]`."""
    if isinstance(claim, str):
        return frozenset(claim.strip("[]").replace(",", " ").split())
    return frozenset(claim or ())
