import { describe, expect, test } from 'vitest';
import { analyse, lint } from '../../server/src/engine/lint.js';
import { templateOf } from '../../server/src/engine/template.js';
import { fixText } from '../../server/src/fixes/index.js';
import { planHarden } from '../../server/src/harden/index.js';
import { optionsByName } from '../../server/src/profiles/by-name.js';
import { shellJobs } from '../../server/src/shellcheck/lint/jobs.js';
import { templateByName } from '../../server/src/templates/index.js';

const isTemplate = (text: string, name = 'Dockerfile'): boolean =>
  templateOf(analyse(text).facts, templateByName(name)) !== undefined;

const TEMPLATES: Readonly<Record<string, string>> = {
  'Jinja in FROM': 'FROM {{ image }}:{{ tag }}\n',
  'Jinja without spaces': 'FROM {{image}}\n',
  'a condition of Jinja': 'FROM debian:13\n{% if x %}\nRUN make\n{% endif %}\n',
  'a condition without spaces': 'FROM debian:13\n{%if x%}\nRUN make\n{%endif%}\n',
  'space control of Jinja': 'FROM debian:13\n{%- if x -%}\nRUN make\n{%- endif +%}\n',
  'a list of Jinja over several lines': "FROM debian:13\n{% set p = [\n  'gcc',\n  'make'\n] %}\nRUN make\n",
  'a comment of Jinja over several lines': 'FROM debian:13\n{# RUN make\nRUN test\n#}\n',
  'a comment of Jinja without spaces': 'FROM debian:13\n{#RUN make#}\n',
  'a macro of Jinja': '{{ docker.from("php", "8.4") }}\nRUN make\n',
  'a macro of Jinja in RUN': 'FROM debian:13\nRUN set -x \\\n    {{ php.base(version="8") }}\n',
  'a filter of Jinja in RUN': "FROM debian:13\nRUN pip install {{ packages | join(' ') }}\n",
  'a condition of Jinja in RUN': 'FROM debian:13\nRUN make && \\\n{% if x %}\n  make test\n{% endif %}\n',
  'Jinja in CMD': 'FROM debian:13\nCMD {{ cmd }}\n',
  'Jinja after ONBUILD': 'FROM debian:13\nONBUILD USER {{ user }}\n',
  'Jinja in COPY': 'FROM debian:13\nCOPY {{ name }}.tar /srv\n',
  'Jinja in the exec form of COPY': 'FROM debian:13\nCOPY ["{{ name }}", "/srv"]\n',
  'Jinja as a quoted value': 'FROM debian:13\nLABEL maintainer="{{ maintainer }}"\n',
  'Jinja as a value': 'FROM debian:13\nENV A={{ a }}\n',
  'a Go template': '{{- range .Stages }}\nFROM {{ .Image }}\n{{- end }}\n',
  'a comment of a Go template': '{{/* Made by make.\nDo not edit. */}}\nFROM debian:13\n',
  Mustache: 'FROM {{{image}}}\n{{#port}}\nEXPOSE {{port}}\n{{/port}}\n',
  Backstage: 'FROM debian:13\nCOPY ${{ values.name }} /srv\n',
  ERB: 'ARG RUBY=<%= Gem.ruby_version %>\nFROM ruby:$RUBY-slim\n',
  'a condition of ERB': 'FROM ruby:3.4\n<% if thruster? -%>\nCMD ["thrust"]\n<% else -%>\nCMD ["rails"]\n<% end -%>\n',
  'ERB in RUN': 'FROM debian:13\nRUN apt-get install -y <%= packages.join(" ") %>\n',
  'lines of Mako': 'FROM debian:13\n% if x:\nRUN make\n% endif\n',
  PHP: 'FROM debian:13\n<?php if ($x): ?>\nRUN make\n<?php endif ?>\n',
  FreeMarker: 'FROM debian:13\n<#if x>\nRUN make\n</#if>\n',
  Blade: 'FROM debian:13\n@if ($x)\nRUN make\n@endif\n',
  Terraform: 'FROM debian:13\n%{ if x ~}\nRUN make\n%{ endif ~}\n',
  percents: 'FROM php:8.4-%%VARIANT%%\n',
  'percents as an instruction': '%%FROM%%\nRUN make\n',
  'Maven in FROM': 'FROM ${docker.base.image}\n',
  'Maven in COPY': 'FROM debian:13\nCOPY ${pkg.name}.deb /tmp/\n',
  'Maven in a quoted label': 'FROM debian:13\nLABEL version="${project.version}"\n',
  'a development container': 'FROM mcr.microsoft.com/devcontainers/base:${templateOption:imageVariant}\n',
  autoconf: 'FROM @BASE_IMAGE@\n',
  'Maven between at signs': 'FROM debian:13\nCOPY target/@project.build.finalName@.jar /app.jar\n',
  m4: "define(`BASE', `debian:13')dnl\nFROM BASE\n",
  'm4 over several lines': "FROM debian:13\nifdef(`X',\n`RUN make',\n`RUN test')\n",
  'an include of m4': 'include(common.m4)\nRUN make\n',
  'the C preprocessor': 'FROM debian:13\n#include "common.docker"\nRUN make\n',
  'the C preprocessor at the end': 'FROM debian:13\nRUN make\n#include "common.docker"\n',
  Velocity: 'FROM debian:13\n#if($alpine)\nRUN make\n#end\n',
  'the format of Python': 'FROM {image}:{tag}\n',
  'the old format of Python': 'FROM %(image)s\n',
  underscores: 'FROM __BASE_IMAGE__\n',
};

const PLAIN: Readonly<Record<string, string>> = {
  'docker’s format': "RUN docker inspect --format '{{.State}}' x\n",
  'docker’s format with spaces': "RUN docker inspect --format '{{ json .State }}' x\n",
  'docker’s format between double quotes': 'RUN docker inspect -f "{{ range .Mounts }}{{ .Name }}{{ end }}" x\n',
  'docker’s format in an exec form': 'CMD ["docker", "inspect", "--format", "{{ .State }}", "x"]\n',
  'go list': "RUN cp -R $(go list -m -f='{{.Dir}}' example.com/x)/include /opt\n",
  'an argument without quotes': 'RUN easy-add --file {{.app}} --from https://example.com/{{.version}}/{{.app}}.tgz\n',
  awk: "RUN awk '{{print $1}}' x\n",
  'braces of bash': 'RUN mkdir -p /srv/{{a,b}/c,{d,e}/f}\n',
  'the length of a variable': 'RUN a=bc; echo ${#a}\n',
  'a suffix that is cut off': 'RUN a=b-c; echo ${a%%-*} ${a##*%}\n',
  'sed for braces': 'RUN sed -i -e "s/{{NAME}}/x/" -e s/{{OTHER}}/y/ f\n',
  'sed for at signs': "RUN sed -i 's/@NAME@/x/' f && sed -i s@OLD@NEW@ f\n",
  'sed for percents': "RUN sed -i 's/%%NAME%%/x/' f\n",
  'ERB that is written to a file': "RUN echo '<% x %>' > f\n",
  date: 'RUN date +%%Y%%m\n',
  'what curl writes': "RUN curl -s -o /dev/null -w '%{http_code}' https://example.com\n",
  'a scope of npm': 'RUN npm install -g @scope/pkg@1.0 @other/pkg@2\n',
  'a scope in COPY': 'COPY node_modules/@scope/pkg /app/node_modules/@scope/pkg\n',
  'the address of a person': 'LABEL maintainer="A <a@example.com>, B <b@example.com>"\n',
  'a maintainer': 'MAINTAINER someone <someone@example.com>\n',
  'a heredoc with Jinja': 'COPY <<EOF /etc/app.j2\n{% if x %}\n{{ y }}\n{% endif %}\nEOF\n',
  'a heredoc that is a script': "RUN <<EOF\ncat > f <<'X'\n{{ y }}\nX\nEOF\n",
  'a comment about a format': '#   $ docker image inspect --format "{{.RepoDigests}}" x\nRUN make\n',
  'a comment about a condition': '# if you need more, include "x" here\n# else leave it\nRUN make\n',
  'a format as a value': "ENV FORMAT='{{.Names}}'\n",
  'a usage label': 'LABEL usage="docker inspect --format {{.State}} x"\n',
  'a variable of PowerShell': 'RUN powershell -Command "Write-Host ${env:PATH}"\n',
  'Spring’s placeholders': "RUN echo 'port=${server.port}' > application.properties\n",
  'Python’s names': 'RUN rm -rf /app/__pycache__ && touch /app/__init__.py\nENV A=__PLACEHOLDER__\n',
  'names of m4 as words': 'RUN echo "define(x)" && include x\n',
};

describe('a template is known', () => {
  for (const [name, text] of Object.entries(TEMPLATES)) {
    test(`by its content: ${name}`, () => {
      expect(isTemplate(text)).toBe(true);
      expect(isTemplate(text.replaceAll('\n', '\r\n'))).toBe(true);
      expect(lint(text).findings.filter(finding => finding.severity === 'error')).toEqual([]);
      expect(fixText(text, {}, 'review').text).toBe(text);
      expect(planHarden(text, {}).refusal).toMatch(/template/);
    });
  }

  for (const ending of ['j2', 'jinja2', 'tmpl', 'tpl', 'template', 'gotmpl', 'hbs', 'liquid', 'mustache', 'in'])
    test(`by the ending .${ending}, and a tag`, () => {
      expect(isTemplate("FROM debian:13\nRUN pip install 'x=={{ version }}'\n", `Dockerfile.${ending}`)).toBe(true);
    });

  test('by other endings, and a tag of their kind', () => {
    const text = "FROM debian:13\nRUN echo '<%= x %>' '@X@' '%%X%%' '${a.b}'\n";
    for (const ending of ['erb', 'ejs', 'tt', 'in', 'template'])
      expect(isTemplate(text, `Dockerfile.${ending}`), ending).toBe(true);
    expect(isTemplate(text)).toBe(false);
  });

  test('by the name of its folder', () => {
    expect(isTemplate("FROM debian:13\nRUN echo '{{ x }}'\n", '/srv/{{cookiecutter.slug}}/Dockerfile')).toBe(true);
  });

  for (const name of [
    'Dockerfile.j2',
    'Dockerfile.erb',
    'Dockerfile.m4',
    'Dockerfile.vm',
    'Dockerfile.in',
    'sub/Dockerfile.template',
    'Dockerfile-alpine.template',
    'Dockerfile.template.amd64',
    'Dockerfile-template',
    'Dockerfile_tmpl',
    'template.Dockerfile',
    'C:\\work\\Containerfile.tmpl',
  ])
    test(`by its name alone: ${name}`, () => expect(isTemplate(PLAIN_TEXT, name)).toBe(true));

  for (const name of [
    'Dockerfile',
    'Dockerfile.dev',
    'Dockerfile.php',
    'template/Dockerfile',
    'template-service.Dockerfile',
    'in.Dockerfile',
    '{{ cookiecutter.slug }}/Dockerfile',
  ])
    test(`not by its name alone: ${name}`, () => expect(isTemplate(PLAIN_TEXT, name)).toBe(false));

  test('and no fix is made there unasked, though nothing else is a template', () => {
    const named = optionsByName('Dockerfile.template');
    const text = 'FROM debian:13\nmaintainer me\nRUN apt-get install curl\n';
    expect(fixText(text, {}, 'safe').text).not.toBe(text);
    expect(fixText(text, named, 'safe').text).toBe(text);
    const { findings } = lint(text, named);
    expect(findings.flatMap(({ fixes }) => fixes).filter(({ safety }) => safety !== 'manual')).toEqual([]);
  });
});

/** A comment may well speak of tags. */
const PLAIN_TEXT = '# The version: {{ version }}\nFROM debian:13\nRUN make\n';

describe('ShellCheck reads', () => {
  const read = (text: string, name = 'Dockerfile') => {
    const { facts, template } = lint(text, optionsByName(name));
    return [...shellJobs(facts, 'own', template)].map(({ request }) => request.script);
  };
  const text =
    'FROM debian:13\nRUN a {{ b }}\nRUN c \\\n  {% if d %}\n  && e\n{% endif %}\nRUN f\nONBUILD RUN g {{ h }}\n';

  test('what no tag is in', () => {
    expect(read(text)).toEqual(['f']);
    expect(read("FROM debian:13\nRUN echo '{{ x }}'\nRUN f\n", 'Dockerfile.j2')).toEqual(['f']);
  });

  test('all of a plain file, and of any file where hadolint is the standard', () => {
    expect(read("FROM debian:13\nRUN echo '{{ x }}'\nRUN f\n")).toEqual(["echo '{{ x }}'", 'f']);
    expect([...shellJobs(lint(text).facts, 'hadolint')].length).toBeGreaterThan(1);
  });
});

describe('a plain Dockerfile stays one', () => {
  for (const [name, text] of Object.entries(PLAIN))
    test(name, () => expect(isTemplate(`FROM debian:13\n${text}`)).toBe(false));
});
