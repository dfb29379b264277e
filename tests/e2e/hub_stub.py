"""A loop-back Hub for tests: tokens it knows, a switch for how it answers, and a list of everything it was asked.

POST /api/credentials/revoke kills what it holds and answers 202, whatever it is; GET /api/whoami-v2 answers 200 to a living token
and 401 to any other. `hub.answers` holds answers to be given first, `hub.mode` changes all of them.
"""
import http.server
import json
import socket
import struct
import threading
import time

WHOAMI = {
    "type": "user",
    "id": "1",
    "name": "secret-ann",
    "email": "ann@mail.example",
    "orgs": [{"type": "org", "name": "secret-acme"}],
    "auth": {"type": "access_token", "accessToken": {"displayName": "secret-laptop", "role": "write", "createdAt": "2024-01-01T00:00:00.000Z"}},
}


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Who goes away in the middle is what some answers provoke."""


class Hub:
    """Modes: normal, lazy (202, and yet alive), and those of misbehave()."""

    def __init__(self, redirect_to=None):
        self.alive, self.mode, self.answers, self.requests = set(), "normal", [], []
        self.redirect_to = redirect_to
        self.server = QuietServer(("127.0.0.1", 0), handler_of(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def asked(self, path):
        return [request for request in self.requests if request["path"] == path]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def handler_of(hub):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def give(self, status, body=b"", headers=(), content_type="application/json"):
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def raw(self, data):
            self.wfile.write(data)
            self.close_connection = True

        def record(self, body=b""):
            request = {"path": self.path, "method": self.command, "time": time.monotonic(), "body": body, "headers": dict(self.headers), "status": None}
            hub.requests.append(request)
            return request

        def do_GET(self):
            request = self.record()
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            mode = hub.answers.pop(0) if hub.answers else hub.mode
            request["status"] = mode
            if mode in ("normal", "lazy"):
                return self.give(200, json.dumps(WHOAMI).encode()) if token in hub.alive else self.give(401, b"Invalid user token.", [("X-Error-Message", f"bad {token}")])
            return self.misbehave(mode)

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.record(body)
            if hub.mode in ("normal", "403", "429", "garbage"):
                hub.alive -= set(json.loads(body)["credentials"])
            if hub.mode in ("redirect", "500", "slow", "reset"):
                return self.misbehave(hub.mode)
            return self.give(202)

        # As a proxy that wants to be paid.
        def do_CONNECT(self):
            self.record()
            self.give(401, b"Invalid user token.")

        def misbehave(self, mode):
            if mode == "alive":
                return self.give(200, json.dumps(WHOAMI).encode())
            if mode == "dead":
                return self.give(401, b"Invalid user token.")
            if mode == "403":
                return self.give(403, b'{"error":"This token was revoked by the organization administrator"}')
            if mode == "403-policy":
                return self.give(403, b'{"error":"Due to the organization token policy this is refused"}')
            if mode == "429":
                return self.give(429, b"slow down", [("Retry-After", "1"), ("RateLimit", '"api";r=0;t=1')])
            if mode == "429-long":
                return self.give(429, b"slow down", [("RateLimit", '"api";r=0;t=900')])
            if mode == "500":
                return self.give(500, b"oops")
            if mode == "redirect":
                return self.give(307, b"", [("Location", hub.redirect_to + self.path)])
            if mode == "slow":
                time.sleep(60)
                return None
            if mode == "garbage":
                return self.raw(b"\x00\xff401 nothing of HTTP\r\n\r\n")
            if mode == "truncated":
                return self.raw(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 500\r\n\r\nInvalid")
            if mode == "huge":
                self.give(200, b'{"type":"user","name":"' + b"x" * 3_000_000 + b'"}')
                return None
            if mode == "html":
                return self.give(200, b"<html>Log in to the wireless network</html>", content_type="text/html")
            assert mode == "reset", mode
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return None

    return Handler
