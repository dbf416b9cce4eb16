"""A wire between us and a database that can be cut, slowed, filled with rubbish, or kept silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable


class Wire:
    """Listens on a port of its own and hands on to `port`; `behave` gets the number of the connection, from 0, and says what happens to it.

    "through": all is handed on; "closed": closed at once; "silent": taken and never answered; a number: cut after so many bytes of answer;
    bytes: answered with these.
    """

    def __init__(self, port: int, behave: Callable[[int], str | int | bytes]) -> None:
        self.target, self.behave = port, behave
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.open: list[socket.socket] = []
        self.ended = False
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def close(self) -> None:
        """Stop listening and cut what is open."""
        self.ended = True
        with socket.socket() as last:
            last.connect(("127.0.0.1", self.port))
        self.thread.join()
        self.listening.close()
        for one in self.open:
            one.close()

    def _listen(self) -> None:
        number = 0
        while True:
            client, _ = self.listening.accept()
            if self.ended:
                client.close()
                return
            self._connected(client, self.behave(number))
            number += 1

    def _connected(self, client: socket.socket, how: str | int | bytes) -> None:
        self.open.append(client)
        if how == "closed":
            client.close()
        elif isinstance(how, bytes):
            client.sendall(how)
            client.close()
        elif how != "silent":
            server = socket.create_connection(("127.0.0.1", self.target))
            self.open.append(server)
            threading.Thread(target=_pass, args=(client, server, None), daemon=True).start()
            threading.Thread(target=_pass, args=(server, client, how if isinstance(how, int) else None), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket, most: int | None) -> None:
    passed = 0
    try:
        while piece := source.recv(4096):
            passed += len(piece)
            if most is not None and passed > most:
                break
            target.sendall(piece)
    except OSError:
        return
    finally:
        for one in (source, target):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
