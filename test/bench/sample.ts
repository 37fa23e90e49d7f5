/** One stage of 17 lines, such as people write. Files of any length are made of it: the bench needs sizes nobody has lying around. */
const stage = (index: number): string => `# stage ${index}
FROM debian:12-slim AS s${index}
ARG V=1
ENV A${index}=1 B="two words"
WORKDIR /app${index}
RUN apt-get update && apt-get install -y curl ca-certificates \\
    git \\
    # the client library
    libpq5 \\
 && rm -rf /var/lib/apt/lists/*
COPY package.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
RUN echo ${index} > /x && make build
EXPOSE 8080

CMD ["node", "server.js"]
`;

export function fileOf(lines: number): string {
  let text = '';
  for (let index = 0; index * 17 + 17 <= lines; index++) text += stage(index);
  const missing = lines - (text.split('\n').length - 1);
  return text + Array.from({ length: missing }, (_, index) => `LABEL l${index}="value ${index}"\n`).join('');
}

const flawed = (index: number): string => `ADD file${index}.py /srv/
ENV NAME${index} value ${index}
RUN cd /srv && pip install package${index}
LABEL part${index}=x
RUN apt-get install curl libpq${index}
WORKDIR part${index}
`;

/** A file in which nearly every instruction has something to fix. */
export function flawedFileOf(lines: number): string {
  let text = 'FROM python:3.13-slim\n';
  for (let index = 0; text.split('\n').length - 1 + 6 <= lines; index++) text += flawed(index);
  const missing = lines - (text.split('\n').length - 1);
  return text + Array.from({ length: missing }, (_, index) => `LABEL l${index}="value ${index}"\n`).join('');
}
