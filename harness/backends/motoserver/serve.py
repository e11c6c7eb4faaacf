"""The server's process: tells its port on standard output, and ends when its parent does."""

import sys

from moto.server import ThreadedMotoServer
from werkzeug.serving import WSGIRequestHandler


def serve(host: str = "127.0.0.1", port: int = 0) -> None:
    """Answer until standard input ends."""
    # One connection for all calls, and no 40 ms for the acknowledgement of each answer's head.
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    WSGIRequestHandler.disable_nagle_algorithm = True
    server = ThreadedMotoServer(ip_address=host, port=port, verbose=False)
    server.start()
    _, free_port = server.get_host_and_port()
    sys.stdout.write(f"{free_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    serve()
