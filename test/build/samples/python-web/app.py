import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from greetings import greeting


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(greeting("snake").encode())

    def log_message(self, *arguments):
        pass


HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
