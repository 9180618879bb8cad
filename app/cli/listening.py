"""The sockets that the service listens at, opened before anything else is done."""

import errno
import os
import socket
from collections.abc import Sequence

from app.cli.run import UsageError


def bind(host: str, port: int) -> list[socket.socket]:
    """Sockets bound to every address of `host`, at one port: with `port` 0 one that is free. They do not listen yet.

    Raises `UsageError` where that cannot be, with what to do.
    """
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise UsageError(
            f"the address {host!r} to listen at is not known here: set REFRAIN_HOST to an address of this machine, "
            "127.0.0.1 for this machine alone or 0.0.0.0 for all networks"
        ) from error
    bound: list[socket.socket] = []
    try:
        for family, _, _, _, address in dict.fromkeys(found):
            listener = socket.socket(family, socket.SOCK_STREAM)
            bound.append(listener)
            # A port whose last connections are just closing is free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((address[0], port or port_of(bound), *address[2:]))
    except OSError as error:
        close(bound)
        raise cannot_listen(host, port, error) from error
    return bound


def port_of(listeners: Sequence[socket.socket]) -> int:
    """The port that the first socket is bound to, or 0 where it is not bound yet."""
    return int(listeners[0].getsockname()[1])


def close(listeners: Sequence[socket.socket]) -> None:
    """Closes sockets."""
    for listener in listeners:
        listener.close()


def cannot_listen(host: str, port: int, error: OSError) -> UsageError:
    """The sentence about an address that cannot be listened at."""
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            f"port {port} of {host} is taken: another program listens there, perhaps another Refrain. Nothing was "
            f"changed. Stop that one, or choose another port: REFRAIN_PORT={port + 1 if port < 65_535 else 8_000}"
        )
    if error.errno == errno.EACCES:
        return UsageError(
            f"port {port} may not be opened by this user: choose one from 1024 up, such as REFRAIN_PORT=8000"
        )
    reason = os.strerror(error.errno) if error.errno else "no reason was given"
    return UsageError(f"cannot listen at {host}, port {port}: {reason}. Set REFRAIN_HOST and REFRAIN_PORT")
