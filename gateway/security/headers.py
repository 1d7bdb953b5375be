"""What every HTTP answer tells the browser: nothing leaves this page, and nobody frames it who was not named.

Who else may read an answer depends on what was asked for: `cross_origin.py`.
"""

from collections.abc import Iterable

SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",  # libraries place elements with style elements; they can load nothing
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def security_headers(*, embedders: Iterable[str], production: bool) -> list[tuple[str, str]]:
    """The headers. `embedders` are the origins whose pages may frame this one; the last header is for a service
    behind TLS only."""
    framed_by = " ".join(sorted(embedders)) or "'none'"
    headers = [
        ("content-security-policy", "; ".join((*SOURCES, f"frame-ancestors {framed_by}"))),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    if not embedders:
        headers.append(("x-frame-options", "DENY"))  # it cannot name origins
    if production:
        headers.append(("strict-transport-security", "max-age=31536000"))
    return headers
