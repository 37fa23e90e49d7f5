import { describe, expect, test } from 'vitest';
import { staged } from './stage.js';

describe('a second stage for Rust', () => {
  const SOURCES = { 'Cargo.toml': '[package]\nname = "hello"\n', 'src/main.rs': 'fn main() {}\n' };
  const lock = (...crates: readonly string[]): string =>
    ['hello', ...crates].map(name => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join('\n');
  const rust = (
    base: string,
    crates: readonly string[] | undefined,
    rest = 'RUN cargo build --release\nCMD ["./target/release/hello"]',
    more: Readonly<Record<string, string>> = {},
  ): string =>
    staged({
      dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${rest}\n`,
      files: { ...SOURCES, ...(crates ? { 'Cargo.lock': lock(...crates) } : {}), ...more },
    });

  test('without dependencies needs the C library alone', () => {
    expect(rust('rust:1.98-slim-bookworm', undefined)).toBe(
      'FROM rust:1.98-slim-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /app/target/release/hello /app/target/release/hello\nCMD ["./target/release/hello"]\n',
    );
  });

  test.each([
    ['rust:1.98-bookworm', ['openssl-sys', 'serde'], 'debian:bookworm-slim', 'ca-certificates libssl3 tzdata'],
    ['rust:1.98-trixie', ['openssl-sys', 'libz-sys'], 'debian:trixie-slim', 'ca-certificates libssl3t64 tzdata zlib1g'],
    ['rust:1.98', ['openssl-sys', 'openssl-src'], 'debian:trixie-slim', 'ca-certificates tzdata'],
    ['rust:1.98', ['windows-sys', 'linux-raw-sys', 'ring'], 'debian:trixie-slim', 'ca-certificates tzdata'],
    ['rust:1.98-alpine3.23', ['serde'], 'alpine:3.23', 'ca-certificates tzdata'],
  ])('on %s with %j runs on %s', (base, crates, image, packages) => {
    const after = rust(base, crates);
    expect(after).toContain(`\nFROM ${image}\nRUN `);
    expect(after).toMatch(new RegExp(` ${packages}(?: &&|\\n)`));
  });

  test.each([
    ['cargo install', 'RUN cargo install --path .\nCMD ["hello"]', '/usr/local/cargo/bin/hello /usr/local/bin/hello'],
    [
      'another root',
      'RUN cargo install --path . --root /usr/local\nCMD ["hello"]',
      '/usr/local/bin/hello /usr/local/bin/hello',
    ],
    [
      'a target',
      'RUN cargo build --target x86_64-unknown-linux-gnu -r\nCMD ["target/x86_64-unknown-linux-gnu/release/hello"]',
      '/app/target/x86_64-unknown-linux-gnu/release/hello',
    ],
    [
      'a copy',
      'RUN cargo build --release && mv target/release/hello /usr/bin/\nCMD ["hello"]',
      '/usr/bin/hello /usr/bin/hello',
    ],
  ])('knows %s', (_, rest, copied) => {
    expect(rust('rust:1.98-slim', [], rest)).toContain(`\nCOPY --from=build ${copied}`);
  });

  test('takes no notice of a program that stands in for the real one', () => {
    const first = 'RUN mkdir -p src && echo "fn main() {}" > src/main.rs && cargo build --release && rm -rf src\n';
    const after = staged({
      dockerfile: `FROM rust:1.98-slim\nWORKDIR /app\nCOPY Cargo.toml Cargo.lock ./\n${first}COPY src ./src\nRUN touch src/main.rs && cargo build --release\nCMD ["./target/release/hello"]\n`,
      files: { ...SOURCES, 'Cargo.lock': lock() },
    });
    expect(after.match(/^COPY --from=.*$/gm)).toEqual([
      'COPY --from=build /app/target/release/hello /app/target/release/hello',
    ]);
  });

  test('keeps what the program may read', () => {
    const after = rust('rust:1.98', [], undefined, { 'Rocket.toml': '', 'static/a.css': '', 'tests/x.json': '{}' });
    expect(after.match(/^COPY --from=.*$/gm)).toEqual([
      'COPY --from=build /app/target/release/hello /app/target/release/hello',
      'COPY --from=build /app/Rocket.toml /app/Rocket.toml',
      'COPY --from=build /app/static /app/static',
    ]);
  });

  test.each([
    ['rust:1.98', ['openssl-sys'], /library of the crate openssl-sys/],
    ['rust:1.98-bookworm', ['pq-sys'], /library of the crate pq-sys/],
    ['rust:1.98-alpine3.23', ['openssl-sys'], /library of the crate openssl-sys/],
  ])('is refused on %s with %j', (base, crates, why) => {
    expect(rust(base, crates)).toMatch(why);
  });

  test('is refused where dependencies are not known, or a program is started', () => {
    const files = { 'Cargo.toml': '[package]\nname = "hello"\n\n[dependencies]\nserde = "1"\n' };
    expect(rust('rust:1.98', undefined, undefined, files)).toContain('without a Cargo.lock');
    expect(rust('rust:1.98', [], undefined, { 'src/run.rs': 'use std::process::{Command, Stdio};\n' })).toContain(
      'src/run.rs starts other programs',
    );
    expect(rust('rust:1.98', [], 'RUN cargo build --release\nCMD ["cargo", "run", "--release"]')).toContain(
      'make “cargo”',
    );
  });
});

describe('a second stage for C', () => {
  const c = (run: string, command = '["hello"]', files: Readonly<Record<string, string>> = {}): string =>
    staged({
      dockerfile: `FROM gcc:15\nWORKDIR /src\nCOPY . .\nRUN ${run}\nCMD ${command}\n`,
      files: { 'hello.c': 'int main(void) { return 0; }\n', ...files },
    });

  test('has the program', () => {
    expect(c('gcc -O2 -Wall -o /usr/local/bin/hello hello.c -lm -lpthread')).toBe(
      'FROM gcc:15 AS build\nWORKDIR /src\nCOPY . .\nRUN gcc -O2 -Wall -o /usr/local/bin/hello hello.c -lm -lpthread\n\nFROM debian:trixie-slim\nRUN apt-get update && apt-get install -y --no-install-recommends tzdata && rm -rf /var/lib/apt/lists/*\nWORKDIR /src\nCOPY --from=build /usr/local/bin/hello /usr/local/bin/hello\nCMD ["hello"]\n',
    );
    expect(c('cc hello.c', '["./a.out"]')).toContain('COPY --from=build /src/a.out /src/a.out\n');
    expect(c('gcc -c hello.c && gcc -o hello hello.o', '["./hello"]')).toContain('/src/hello /src/hello\n');
  });

  test.each([
    ['gcc -o hello hello.c -lssl', /linked with -lssl/],
    ['g++ -o hello hello.cc', /C\+\+ library/],
    ['gcc -fopenmp -o hello hello.c', /linked with -fopenmp/],
    ['gcc -o hello hello.c $LIBS', /what \$LIBS says/],
    ['make', /runs make/],
  ])('is refused for %s', (run, why) => {
    expect(c(run, '["./hello"]')).toMatch(why);
  });

  test('is refused where the program starts others', () => {
    expect(c('gcc -o hello hello.c', '["./hello"]', { 'x.h': 'int y = system("ls");\n' })).toContain('x.h starts');
  });
});

describe('a second stage for Java', () => {
  const java = (
    base: string,
    rest: string,
    files: Readonly<Record<string, string>> = { 'pom.xml': '<project/>' },
  ): string =>
    staged({
      dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${rest}\n`,
      files: { 'src/main/A.java': '', ...files },
    });
  const MAVEN = 'RUN mvn -B clean package -DskipTests\nENTRYPOINT ["java", "-jar", "/app/target/app-1.0.jar"]';
  const GRADLE = { 'build.gradle': 'plugins {}', gradlew: '#!/bin/sh\n' };

  test.each([
    ['maven:3.9-eclipse-temurin-21', 'eclipse-temurin:21-jre'],
    ['maven:3.9.9-eclipse-temurin-17-alpine', 'eclipse-temurin:17-jre-alpine'],
    ['maven:3.9-eclipse-temurin-21-noble', 'eclipse-temurin:21-jre-noble'],
    ['maven:3.8.5-openjdk-17', 'eclipse-temurin:17-jre'],
    ['maven:3.6.3-jdk-11', 'eclipse-temurin:11-jre'],
  ])('on %s runs on %s', (base, image) => {
    expect(java(base, MAVEN)).toContain(
      `\nFROM ${image}\nWORKDIR /app\nCOPY --from=build /app/target/app-1.0.jar /app/target/app-1.0.jar\nENTRYPOINT`,
    );
  });

  test('knows wrappers, globs, copies, modules and Quarkus', () => {
    const wrapper = 'RUN chmod +x gradlew && ./gradlew bootJar --no-daemon\n';
    const base = 'eclipse-temurin:21-jdk';
    expect(java(base, `${wrapper}CMD ["java", "-jar", "build/libs/app.jar"]`, GRADLE)).toContain(
      'FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app/build/libs/app.jar /app/build/libs/app.jar\n',
    );
    expect(java(base, `${wrapper}CMD java $JAVA_OPTS -jar build/libs/*.jar`, GRADLE)).toContain(
      'COPY --from=build /app/build/libs/*.jar /app/build/libs/\n',
    );
    expect(java(base, `${wrapper}RUN cp build/libs/*.jar app.jar\nCMD exec java -jar app.jar`, GRADLE)).toContain(
      'COPY --from=build /app/app.jar /app/app.jar\n',
    );
    expect(
      java('gradle:8-jdk21', 'RUN gradle :api:build\nCMD ["java", "-jar", "api/build/libs/api.jar"]', GRADLE),
    ).toContain('COPY --from=build /app/api/build/libs/api.jar /app/api/build/libs/api.jar\n');
    expect(
      java(base, 'RUN ./mvnw package\nCMD ["java", "-Xmx1g", "-jar", "target/quarkus-app/quarkus-run.jar"]'),
    ).toContain('COPY --from=build /app/target/quarkus-app /app/target/quarkus-app\n');
  });

  test.each([
    ['maven:3.9', MAVEN, {}, /which version of Java/],
    ['maven:3.9-amazoncorretto-21', MAVEN, {}, /Java of “corretto”/],
    [
      'eclipse-temurin:20-jdk',
      'RUN ./mvnw package\nCMD ["java", "-jar", "target/a.jar"]',
      {},
      /no image eclipse-temurin:20-jre/,
    ],
    [
      'maven:3.9-eclipse-temurin-21',
      'RUN mvn compile\nCMD ["java", "-jar", "target/a.jar"]',
      {},
      /is not seen to make/,
    ],
    ['maven:3.9-eclipse-temurin-21', 'RUN mvn package\nCMD ["mvn", "spring-boot:run"]', {}, /java -jar/],
    ['maven:3.9-eclipse-temurin-21', 'RUN mvn package\nCMD ["java", "-cp", "target/classes", "Main"]', {}, /java -jar/],
    ['maven:3.9-eclipse-temurin-21', MAVEN, { 'pom.xml': '<goal>copy-dependencies</goal>' }, /pom.xml puts libraries/],
    [
      'maven:3.9-eclipse-temurin-21',
      'RUN mvn package\nRUN apt-get update && apt-get install -y graphviz\nCMD ["java", "-jar", "target/a.jar"]',
      {},
      /installs graphviz/,
    ],
  ])('is refused on %s: %s %j', (base, rest, files, why) => {
    expect(java(base, rest, { 'pom.xml': '<project/>', ...files })).toMatch(why);
  });
});

describe('a second stage for .NET', () => {
  const net = (
    tag: string,
    rest = 'RUN dotnet publish -c Release -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "Web.dll"]',
    project = '<Project Sdk="Microsoft.NET.Sdk.Web"/>',
    more: Readonly<Record<string, string>> = {},
  ): string =>
    staged({
      dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:${tag}\nWORKDIR /src\nCOPY *.csproj ./\nRUN dotnet restore\nCOPY . .\n${rest}\n`,
      files: { 'Web.csproj': project, 'Program.cs': '', ...more },
    });

  test('has what was published', () => {
    expect(net('10.0')).toBe(
      'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY *.csproj ./\nRUN dotnet restore\nCOPY . .\nRUN dotnet publish -c Release -o /app\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /app /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "Web.dll"]\n',
    );
    expect(net('10.0.100-noble')).toContain('\nFROM mcr.microsoft.com/dotnet/aspnet:10.0-noble\n');
    expect(net('10.0', undefined, '<Project Sdk="Microsoft.NET.Sdk"/>')).toContain(
      '\nFROM mcr.microsoft.com/dotnet/runtime:10.0\n',
    );
  });

  test('keeps settings where the program starts in the folder of its sources', () => {
    const after = net('10.0', 'RUN dotnet publish -o out\nENTRYPOINT ["dotnet", "out/Web.dll"]', undefined, {
      'appsettings.json': '{}',
      'wwwroot/a.css': '',
      'Properties/launchSettings.json': '{}',
    });
    expect(after.match(/^COPY --from=.*$/gm)).toEqual([
      'COPY --from=build /src/out /src/out',
      'COPY --from=build /src/appsettings.json /src/appsettings.json',
      'COPY --from=build /src/wwwroot /src/wwwroot',
    ]);
  });

  test.each([
    ['10.0-alpine', undefined, /runtime for alpine differs/],
    ['10.0', 'RUN dotnet build\nCMD ["dotnet", "run"]', /a DLL with “dotnet”/],
    ['10.0', 'RUN dotnet build\nCMD ["dotnet", "bin/Web.dll"]', /no “dotnet publish -o”/],
    [
      '10.0',
      'RUN dotnet publish -r linux-x64 -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "Web.dll"]',
      /for one system/,
    ],
    [
      '10.0',
      'RUN dotnet publish -o /app\nHEALTHCHECK CMD curl localhost\nRUN dotnet ef database update\nENTRYPOINT ["./app/Web"]',
      /a DLL/,
    ],
  ])('is refused on %s: %s', (tag, rest, why) => {
    expect(net(tag, rest)).toMatch(why);
  });
});

describe('a second stage for a front end', () => {
  const web = (base: string, rest: string): string =>
    staged({
      dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n${rest}\n`,
      files: { 'package.json': '{}', 'src/a.ts': '', 'public/index.html': '' },
    });
  const SERVE = 'RUN npm run build\nRUN npm install -g serve\nEXPOSE 3000\nCMD ["serve", "-s", "dist", "-l", "3000"]';

  test('has the pages and their server', () => {
    expect(web('node:24', SERVE)).toBe(
      'FROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app/dist /app/dist\nRUN npm install -g serve\nEXPOSE 3000\nCMD ["serve", "-s", "dist", "-l", "3000"]\n',
    );
    const early = 'RUN npm install -g serve@14\nRUN npm run build\nCMD serve -s build';
    expect(web('node:24-alpine', early)).toContain(
      'RUN npm run build\n\nFROM node:24-alpine\nWORKDIR /app\nRUN npm install -g serve@14\nCOPY --from=build /app/build /app/build\nCMD serve -s build\n',
    );
  });

  test.each([
    ['RUN npm run build\nCMD ["node", "server.js"]', /a server of static pages/],
    ['RUN npm run build\nCMD ["npx", "serve", "-s", "build"]', /a server of static pages/],
    ['RUN npm run build && npm install -g serve\nCMD ["serve", "-s", "build"]', /both builds and prepares/],
    ['RUN npm run build\nRUN npm install -g serve\nCMD ["serve"]', /is not named/],
    ['RUN npm run build\nCMD ["serve", "-s", "build"]', /“serve” is not seen to be installed for all/],
  ])('is refused for %s', (rest, why) => {
    expect(web('node:24', rest)).toMatch(why);
  });
});
