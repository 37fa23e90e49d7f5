import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        for folder in ("uploads", "log/access", os.environ["CACHE_DIR"]):
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / "one").write_text("written")
        self.send_response(200)
        self.end_headers()
        self.wfile.write((Path("uploads") / "one").read_bytes())

    def log_message(self, *arguments):
        pass


HTTPServer(("0.0.0.0", 18474), Handler).serve_forever()
