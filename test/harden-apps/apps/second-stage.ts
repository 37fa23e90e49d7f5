import type { App } from '../app.js';

/** Programs that are built in the image that they run in, and get a second stage when Harden is asked for it. */
export const SECOND_STAGE: readonly App[] = [
  {
    name: 'stage-go',
    what: 'a job in Go with a template, a time zone and certificates, in a stage of its own',
    multiStage: true,
    dockerfile:
      'FROM golang:1-bookworm\nWORKDIR /src\nCOPY go.mod main.go ./\nCOPY templates ./templates\nRUN go build -o /usr/local/bin/hello .\nCMD ["hello"]\n',
    files: {
      'go.mod': 'module example.org/hello\n\ngo 1.20\n',
      'main.go':
        'package main\n\nimport (\n\t"os"\n\t"time"\n)\n\nfunc main() {\n\ttext, err := os.ReadFile("templates/hello.txt")\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tzone, err := time.LoadLocation("Europe/Berlin")\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tif _, err := os.Stat("/etc/ssl/certs/ca-certificates.crt"); err != nil {\n\t\tpanic(err)\n\t}\n\tos.Stdout.WriteString(string(text) + time.Unix(0, 0).In(zone).String() + "\\n")\n}\n',
      'templates/hello.txt': 'Hello.\n',
    },
  },
  {
    name: 'stage-c',
    what: 'a job in C that knows a time zone, in a stage of its own',
    multiStage: true,
    dockerfile:
      'FROM gcc:12-bookworm\nENV TZ=Europe/Berlin\nCOPY hello.c /src/\nRUN gcc -O2 -o /usr/local/bin/hello /src/hello.c -lm\nCMD ["hello"]\n',
    files: {
      'hello.c':
        '#include <math.h>\n#include <stdio.h>\n#include <time.h>\nint main(int argc, char **argv) {\n  time_t zero = 0;\n  printf("%g %s", sqrt(argc * 4), asctime(localtime(&zero)));\n  return 0;\n}\n',
    },
  },
];
