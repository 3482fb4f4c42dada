"""Ports that stay free for their owner while it is down."""

from __future__ import annotations

import socket


def kept_port() -> int:
    """A port that the kernel gives to nobody else while this process lives.

    What is killed must find its port again. Meanwhile others try to connect to it, and the kernel
    might take it for the other end of a connection, even of one to itself. A socket that is bound
    to it and never listens prevents that; servers share the port by SO_REUSEADDR.
    """
    keeper = socket.socket()
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.bind(("127.0.0.1", 0))
    port = int(keeper.getsockname()[1])
    keeper.detach()  # open until the process ends
    return port
