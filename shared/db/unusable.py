"""What is wrong with a Postgres that cannot be used at the start, in words."""

import ssl

import asyncpg

UNUSABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What opening a connection raises. asyncpg's `ClientConfigurationError`, for options it cannot use, is among them."""


def why_unusable(error: BaseException) -> str:
    """What is wrong, and what to do: the end of a sentence that begins with the server. Never the error's own text."""
    match error:
        case asyncpg.InvalidAuthorizationSpecificationError():
            return "refuses the user or the password in it"
        case asyncpg.InvalidCatalogNameError():
            return "has no database of this name"
        case asyncpg.InsufficientPrivilegeError():
            return "does not let this user do what is needed: see deploy/roles/postgres.sql"
        case asyncpg.CannotConnectNowError():
            return "is starting or stopping: try again in a moment"
        case asyncpg.TooManyConnectionsError():
            return "has no connection left: raise its max_connections, or run fewer processes"
        case asyncpg.LockNotAvailableError():
            return (
                "has a table that somebody else holds (a dump, a long transaction): try again when it is over"
            )
        case asyncpg.UndefinedObjectError():
            return "knows an option of it by no such name: see what stands after the ?"
        case ssl.SSLCertVerificationError(
            verify_code=62 | 64
        ):  # OpenSSL's codes for another host, another address
            return "shows another host's certificate: name the host that it is for"
        case ssl.SSLCertVerificationError():
            return "shows a certificate that sslrootcert does not vouch for"
        case asyncpg.ClientConfigurationError():
            return (
                "cannot be asked with the options in it: sslmode is one of disable, allow, prefer, require,"
                " verify-ca, verify-full, and the last two need sslrootcert=FILE"
            )
        case FileNotFoundError() | PermissionError():
            return "cannot be asked: a certificate or key file that is named in it cannot be read"
    return f"cannot be used ({type(error).__name__}). Is it running?"
