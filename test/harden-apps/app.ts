/** A small application with its Dockerfile, which is built and started before and after Harden. */
export interface App {
  readonly name: string;
  /** What it is there to show. */
  readonly what: string;
  readonly dockerfile: string;
  /** The build context beside it. `{busybox}` is a static program; what begins with `#!` may be run. */
  readonly files: Readonly<Record<string, string>>;
  /** The modes of files that are not as usual. */
  readonly modes?: Readonly<Record<string, number>>;
  /** It listens on this port, and is asked for these paths in turn. Without it it does its work and ends. */
  readonly port?: number;
  readonly asks?: readonly string[];
  /** Arguments for the container. */
  readonly run?: readonly string[];
  /** A folder of the host, owned by root, that is mounted here. */
  readonly mount?: string;
  /** Files that it has to have written, outside of volumes. */
  readonly leaves?: readonly string[];
  /** Why it has to stay root. */
  readonly root?: string;
  /** A source file that is changed for the second build. */
  readonly source?: string;
  /** A second stage is asked for, and has to come. */
  readonly multiStage?: true;
  /** Why it does not build as it is. */
  readonly broken?: string;
}

/** A web server in Python that answers what `handle` returns for a path, and ends when it is asked to. */
export const pythonServer = (
  port: number | string,
  handle: string,
  before = '',
): string => `import http.server, os, signal, sys
${before}
def handle(path):
${handle.replace(/^/gm, '    ')}

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            status, body = 200, str(handle(self.path)).encode()
        except Exception as error:
            status, body = 500, repr(error).encode()
        self.send_response(status)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.HTTPServer(('0.0.0.0', ${port}), Handler).serve_forever()
`;

/** The same in JavaScript; `handle` is the body of a function of \`path\`. */
export const nodeServer = (port: number | string, handle: string): string => `const fs = require('fs');
const handle = path => {
  ${handle}
};
require('http')
  .createServer((request, response) => {
    try {
      response.end(String(handle(request.url)));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  })
  .listen(${port});
process.on('SIGTERM', () => process.exit(0));
`;
