"""What a user agent says of the device: the few families that rules and people ask for.

Order matters: Edge and Opera also claim to be Chrome, and Chrome claims to be Safari
(https://developer.mozilla.org/docs/Web/HTTP/Browser_detection_using_the_user_agent).
"""

from functools import lru_cache

BROWSERS = (
    ("Line/", "LINE"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@lru_cache(maxsize=1024)
def device(user_agent: str) -> dict[str, str]:
    """Return `type` (desktop, mobile, tablet), `browser` and `os`; `other` where the user agent does not say."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "other")
    if system == "iPadOS" or (system == "Android" and "Mobile" not in user_agent):
        form = "tablet"
    elif system in {"iOS", "Android"}:
        form = "mobile"
    else:
        form = "desktop"
    return {
        "type": form,
        "browser": next((name for mark, name in BROWSERS if mark in user_agent), "other"),
        "os": system,
    }
