/** A small Compose project, which is started before and after Harden of its Compose file. */
export interface Stack {
  readonly name: string;
  /** What it is there to show. */
  readonly what: string;
  /** `compose.yaml`, Dockerfiles and what they copy. What begins with `#!` may be run. */
  readonly files: Readonly<Record<string, string>>;
  /** What is asked, in turn, of a service from within its network. */
  readonly asks?: readonly Question[];
  /** Services that do their work and end; what they print has to be the same. */
  readonly jobs?: readonly string[];
}

export interface Question {
  readonly service: string;
  readonly port: number;
  readonly path?: string;
}

/** A service in Python with a Dockerfile of its own, in a folder of that name. */
export function python(folder: string, app: string, more = ''): Record<string, string> {
  return {
    [`${folder}/Dockerfile`]: `FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY app.py .\n${more}CMD ["python", "app.py"]\n`,
    [`${folder}/app.py`]: app,
  };
}

/** The same in JavaScript. */
export function node(folder: string, app: string, more = ''): Record<string, string> {
  return {
    [`${folder}/Dockerfile`]: `FROM node:20-bookworm-slim\nWORKDIR /app\nCOPY app.js .\n${more}CMD ["node", "app.js"]\n`,
    [`${folder}/app.js`]: app,
  };
}

/** A shell script as a service. */
export function script(folder: string, text: string, more = ''): Record<string, string> {
  return {
    [`${folder}/Dockerfile`]: `FROM debian:bookworm-slim\n${more}COPY run.sh /usr/local/bin/run.sh\nENTRYPOINT ["run.sh"]\n`,
    [`${folder}/run.sh`]: `#!/bin/sh\nset -eu\n${text}`,
  };
}

/** Python that asks another service over HTTP. */
export const GET = `import urllib.request
def get(url):
    return urllib.request.urlopen(url, timeout=5).read().decode()
`;

/** Python that speaks with Redis in its own protocol, which is text. */
export const REDIS = `import socket
def redis(*words):
    with socket.create_connection(('redis', 6379), 5) as s:
        s.sendall(('*%d\\r\\n' % len(words) + ''.join('$%d\\r\\n%s\\r\\n' % (len(w), w) for w in words)).encode())
        return s.recv(4096).decode().strip()
`;
