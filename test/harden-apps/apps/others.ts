import type { App } from '../app.js';

/** Services and jobs in other languages and of other kinds that can run as another user. */
export const OTHERS: readonly App[] = [
  {
    name: 'cmake-recommended',
    what: 'CMake, whose compiler is only a recommended package',
    dockerfile:
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y cmake\nWORKDIR /src\nCOPY . .\nRUN cmake -S . -B /build && cmake --build /build && cp /build/hello /usr/local/bin/hello\nWORKDIR /\nCMD ["/usr/local/bin/hello"]\n',
    files: {
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.18)\nproject(hello C)\nadd_executable(hello hello.c)\n',
      'hello.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n',
    },
    source: 'hello.c',
  },
  {
    name: 'gcc-purged',
    what: 'a compiler that is removed in the RUN that installed it',
    dockerfile:
      'FROM debian:bookworm-slim\nCOPY hello.c /src/\nRUN apt-get update && apt-get install -y gcc && gcc -o /usr/local/bin/hello /src/hello.c && apt-get remove -y gcc && apt-get autoremove -y\nCMD ["hello"]\n',
    files: { 'hello.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' },
  },
  {
    name: 'busybox-httpd',
    what: 'static pages on Alpine',
    dockerfile: 'FROM alpine:3.22\nCOPY site /www\nCMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]\n',
    files: { 'site/index.html': 'hello\n', 'site/a.txt': 'a\n' },
    port: 8080,
    asks: ['/', '/a.txt'],
  },
  {
    name: 'scratch-static',
    what: 'a static program on scratch',
    dockerfile:
      'FROM gcc:12 AS build\nCOPY hello.c /\nRUN gcc -static -o /hello /hello.c\nFROM scratch\nCOPY --from=build /hello /hello\nENTRYPOINT ["/hello"]\n',
    files: { 'hello.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' },
  },
  {
    name: 'distroless-static',
    what: 'a static program on distroless',
    dockerfile:
      'FROM gcc:12 AS build\nCOPY hello.c /\nRUN gcc -static -o /hello /hello.c\nFROM gcr.io/distroless/static-debian12\nCOPY --from=build /hello /usr/local/bin/hello\nCMD ["/usr/local/bin/hello"]\n',
    files: { 'hello.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' },
  },
  {
    name: 'perl-job',
    what: 'a job in Perl that writes beside itself',
    dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /opt/job\nCOPY job.pl .\nCMD ["perl", "job.pl"]\n',
    files: { 'job.pl': 'open(my $f, ">", "result.txt") or die $!; print $f "42\\n"; close $f; print "done\\n";\n' },
    leaves: ['/opt/job/result.txt'],
  },
  {
    name: 'shell-job',
    what: 'a shell script that makes its own folder',
    dockerfile:
      'FROM debian:bookworm-slim\nCOPY report.sh /usr/local/bin/report.sh\nCMD ["/usr/local/bin/report.sh"]\n',
    files: {
      'report.sh':
        '#!/bin/sh\nset -e\nmkdir -p /var/lib/report/today\ndate > /var/lib/report/today/out.txt\necho done\n',
    },
    leaves: ['/var/lib/report/today/out.txt'],
  },
  {
    name: 'alpine-groupadd',
    what: 'groupadd, which Alpine does not have',
    dockerfile:
      'FROM alpine:3.22\nRUN groupadd web\nCOPY hello.sh /opt/hello/hello.sh\nCMD ["sh", "/opt/hello/hello.sh"]\n',
    files: { 'hello.sh': 'echo hello\n' },
    broken: 'Alpine has no groupadd',
  },
];
