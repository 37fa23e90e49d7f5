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
