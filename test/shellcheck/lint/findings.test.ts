import { beforeAll, describe, expect, test } from 'vitest';
import { lint, withFindings } from '../../../server/src/engine/lint.js';
import { verifyFix } from '../../../server/src/fixes/index.js';
import { readingOf } from '../../../server/src/profiles/rule-set.js';
import { DEFAULT_OPTIONS, type Finding, type Fix, type LintOptions } from '../../../server/src/profiles/types.js';
import { OFF_IN_DOCKERFILE } from '../../../server/src/shellcheck/index.js';
import { shellFindings } from '../../../server/src/shellcheck/lint/findings.js';
import { shellJobs } from '../../../server/src/shellcheck/lint/jobs.js';
import { lintJob } from '../../../server/src/shellcheck/worker/main.js';
import type { Program } from '../../../server/src/shellcheck/worker/program.js';
import { DEFAULT_SETTINGS, type ShellcheckSettings } from '../../../shared/src/settings.js';
import { mark, unmark } from '../../lib/markers.js';
import { startShipped } from '../lib/programs.js';

let program: Program;
beforeAll(async () => {
  program = await startShipped();
});

const OFF: readonly number[] = OFF_IN_DOCKERFILE.map(row => row.code);

/** ShellCheck's findings on a file, native ones known. */
async function found(
  text: string,
  partial: Partial<LintOptions> = {},
  settings: Partial<ShellcheckSettings> = {},
): Promise<readonly Finding[]> {
  const options = { ...DEFAULT_OPTIONS, ...partial };
  const result = lint(text, options);
  const findings: Finding[] = [];
  for (const job of shellJobs(result.facts, readingOf(options.profile))) {
    const { script, shell, assigned = [] } = job.request;
    const comments = (await lintJob(program, { script, shell, assigned })).filter(({ code }) => !OFF.includes(code));
    const all = { ...DEFAULT_SETTINGS.shellcheck, ...settings };
    findings.push(...shellFindings(job, comments, result.findings, options, all));
  }
  return withFindings(result, findings, options).findings.filter(finding => finding.rule.startsWith('SC'));
}

const rules = async (text: string, partial?: Partial<LintOptions>, settings?: Partial<ShellcheckSettings>) =>
  (await found(text, partial, settings)).map(finding => finding.rule);

/** The text with «…» around the findings with one code. */
async function marked(text: string, code: string): Promise<string> {
  const findings = await found(text);
  return mark(
    text,
    findings.filter(finding => finding.rule === code).map(finding => finding.span),
  );
}

/** The only fix of the first finding with a code. */
const fixFor = async (text: string, code: string): Promise<Fix | undefined> =>
  (await found(text)).find(finding => finding.rule === code)?.fixes[0];

/** The text after that fix; undefined when there is none or it does not hold. */
async function fixed(text: string, code: string): Promise<string | undefined> {
  const fix = await fixFor(text, code);
  if (!fix) return undefined;
  expect(['review', 'manual']).toContain(fix.safety);
  const verdict = verifyFix(lint(text).dockerfile, fix);
  return 'refusal' in verdict ? undefined : verdict.text;
}

describe('what is reported is what is wrong', () => {
  test.each([
    ['in a RUN', 'SC2086', 'FROM debian\nRUN ls «$X»\n'],
    ['after a flag', 'SC2086', 'FROM debian\nRUN --network=none ls «$X»\n'],
    ['over a continuation', 'SC2086', 'FROM debian\nRUN ls \\\n  «$X» \\\n  y\n'],
    ['at the end of a continued line', 'SC2086', 'FROM debian\nRUN ls «$X»\\\n  y\n'],
    ['cut by a continuation', 'SC2086', 'FROM debian\nRUN ls «$LO\\\nNG» y\n'],
    ['after comments', 'SC2086', 'FROM debian\nRUN ls \\\n  # why\n\n  # and why\n  «$X»\n'],
    ['after tabs', 'SC2086', 'FROM debian\nRUN\tls\t\\\n\t\t«$X»\n'],
    ['after an emoji', 'SC2086', 'FROM debian\nRUN echo "🐳" \\\n  «$X» "🐳" «$Y»\n'],
    ['with CRLF', 'SC2086', 'FROM debian\r\nRUN ls \\\r\n  «$X» && \\\r\n  ls «$Y»\r\n'],
    ['with another escape', 'SC2086', '# escape=`\nFROM debian\nRUN ls `\n  «$X»\n'],
    ['in a heredoc', 'SC2086', 'FROM debian\nRUN <<EOF\nls a\nls «$X»\nEOF\n'],
    ['in a heredoc with tabs taken away', 'SC2086', 'FROM debian\nRUN <<-EOF\n\tls\n\t\tls «$X»\n\tEOF\n'],
    ['in a heredoc with CRLF', 'SC2086', 'FROM debian\r\nRUN <<EOF\r\nls a\r\nls «$X»\r\nEOF\r\n'],
    ['in a heredoc for a shell', 'SC2086', "FROM debian\nRUN bash -e <<'EOF'\nls «$X»\nEOF\n"],
    ['in a heredoc before its shell', 'SC2086', "FROM debian\nRUN <<'EOF' bash\nls «$X»\nEOF\n"],
    ['after ONBUILD', 'SC2086', 'FROM debian\nONBUILD RUN ls \\\n  «$X»\n'],
    ['in CMD', 'SC2006', 'FROM debian\nCMD echo "«`id`»"\n'],
    ['in ENTRYPOINT', 'SC2006', 'FROM debian\nENTRYPOINT echo "«`id`»"\n'],
    ['in HEALTHCHECK', 'SC2006', 'FROM debian\nHEALTHCHECK --interval=5s CMD  echo "«`id`»"\n'],
    ['a syntax error', 'SC1073', 'FROM debian\nRUN echo «"»a\n'],
  ])('%s', async (_, code, expected) => {
    expect(await marked(unmark(expected).text, code)).toBe(expected);
  });
});

describe('what ShellCheck does not get', () => {
  test.each([
    ['the exec form', 'FROM debian\nRUN ["ls", "$X"]\nCMD ["ls", "$X"]\n'],
    ['PowerShell', 'FROM debian\nSHELL ["pwsh", "-c"]\nRUN ls $X\n'],
    ['Windows', '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:1809\nRUN dir $X\n'],
    ['another interpreter', 'FROM debian\nRUN <<EOF\n#!/usr/bin/env python3\nls $X\nEOF\n'],
    ['what another program reads', 'FROM python\nRUN python3 <<EOF\nprint $X\nEOF\n'],
    ['a shell that it does not know', 'FROM debian\nSHELL ["/bin/zsh", "-c"]\nRUN ls $X\n'],
    ['a body that the outer shell expands first', 'FROM debian\nRUN bash <<EOF\nls $X\nEOF\n'],
    ['PowerShell by name', 'FROM acme/iis\nRUN powershell.exe -Command "$cert = ls $X"\nRUN dir $X\n'],
    ['cmd by name', 'FROM acme/iis\nRUN cmd /c dir $X\n'],
    ['files', "FROM debian\nCOPY <<'EOF' /x.sh\nls $X\nEOF\n"],
  ])('%s', async (_, text) => {
    expect(await rules(text)).toEqual([]);
  });
});

describe('the dialect', () => {
  const LOCAL = 'f() { local x; x=1; echo "$x"; }; f';
  test.each([
    ['Debian’s sh is dash', 'FROM debian', LOCAL, []],
    ['Debian’s sh has no [[', 'FROM debian', '[[ a = b ]]', ['SC3010']],
    ['Alpine’s sh is BusyBox', 'FROM alpine', '[[ a = b ]] || source /x', []],
    ['Fedora’s sh is bash', 'FROM fedora', '[[ a = b ]] || source /x', []],
    ['all that sh may be has local', 'FROM acme/base', LOCAL, []],
    ['of an unknown image nothing is certain', 'FROM acme/base', '[ a == b ]', []],
    ['with apt it is dash', 'FROM acme/base\nRUN apt-get update', '[ a == b ]', ['SC3014']],
    ['with apt in a stage below', 'FROM acme/base AS a\nRUN apt-get update\nFROM a', '[ a == b ]', ['SC3014']],
    ['with apt, and a shell that has source', 'FROM acme/base\nRUN apt-get update', 'source /x; [ a == b ]', []],
    ['with apk it is BusyBox', 'FROM acme/base\nRUN apk add x', 'echo -e "a" > /x; a=(b)', ['SC3030']],
    ['with dnf it is bash', 'FROM acme/base\nRUN dnf -y install x', 'source /x; a=(b); echo "${a[@]}"', []],
    ['with both nobody knows', 'FROM acme/base\nRUN apk add x || apt-get -y install x', '[ a == b ]', []],
    ['SHELL with options', 'FROM alpine\nSHELL ["/bin/sh", "-eo", "pipefail", "-c"]', 'echo -e "a" > /x', []],
    ['SHELL with options, of dash', 'FROM debian\nSHELL ["/bin/sh", "-e", "-c"]', LOCAL, []],
    ['SHELL with options, of bash', 'FROM fedora\nSHELL ["/bin/sh", "-e", "-c"]', 'source /x', []],
    ['a shebang of sh', 'FROM alpine', '<<EOF\n#!/bin/sh\n[ a == b ]\nEOF', []],
    ['sh in another shell', 'FROM alpine\nSHELL ["/bin/bash", "-c"]', "sh <<'EOF'\na=(b)\nEOF", ['SC3030']],
    ['sh that is replaced', 'FROM debian\nRUN ln -sf /bin/bash /bin/sh', '[[ a = b ]]', []],
    ['sh that is replaced later', 'FROM debian', '[[ a = b ]]\nRUN ln -sf /bin/bash /bin/sh', ['SC3010']],
    [
      'BusyBox has more than ShellCheck knows',
      'FROM alpine',
      'rm -rf .[^.]*; [[ abc == a* ]]; read -t 1 x; echo "$x"',
      [],
    ],
    ['SHELL', 'FROM debian\nSHELL ["/bin/bash", "-c"]', '[[ a = b ]]', []],
    ['SHELL of a stage below', 'FROM debian AS a\nSHELL ["/bin/bash", "-c"]\nFROM a', '[[ a = b ]]', []],
    ['SHELL of another stage', 'FROM debian AS a\nSHELL ["/bin/bash", "-c"]\nFROM debian', '[[ a = b ]]', ['SC3010']],
    ['a pragma', '# hadolint shell=bash\nFROM debian', '[[ a = b ]]', []],
    ['a shebang', 'FROM debian', '<<EOF\n#!/bin/bash\n[[ a = b ]]\nEOF', []],
    ['a shell without SHELL', 'FROM debian', "bash <<'EOF'\n[[ a = b ]]\nEOF", []],
  ])('%s', async (_, head, script, expected) => {
    const codes = await rules(`${head}\nRUN ${script}\n`);
    expect(codes.filter(code => code.startsWith('SC3'))).toEqual(expected);
  });
});

describe('variables that are set', () => {
  test.each([
    ['ENV', 'FROM debian\nENV foo=1\nRUN echo "$foo"\n'],
    ['ARG', 'FROM debian\nARG foo\nRUN echo "$foo"\n'],
    ['ARG before FROM, taken over', 'ARG foo=1\nFROM debian\nARG foo\nRUN echo "$foo"\n'],
    ['ENV of the stage below', 'FROM debian AS a\nENV foo=1\nFROM a\nRUN echo "$foo"\n'],
    ['a proxy', 'FROM debian\nRUN echo "$http_proxy" "$no_proxy"\n'],
    ['after ONBUILD', 'FROM debian\nONBUILD ARG foo\nONBUILD RUN echo "$foo"\n'],
    ['by whoever starts the container', 'FROM debian\nCMD echo "$foo"\n'],
    ['words without spaces', 'FROM debian\nENV X=1\nRUN echo $X\n'],
  ])('%s', async (_, text) => {
    expect(await rules(text)).toEqual([]);
  });
  test.each([
    ['nowhere', 'FROM debian\nRUN echo "$foo"\n'],
    ['in another stage', 'FROM debian AS a\nENV foo=1\nFROM debian\nRUN echo "$foo"\n'],
    ['before FROM', 'ARG foo=1\nFROM debian\nRUN echo "$foo"\n'],
    ['later', 'FROM debian\nRUN echo "$foo"\nENV foo=1\n'],
    ['after ONBUILD only', 'FROM debian\nONBUILD ARG foo\nRUN echo "$foo"\n'],
  ])('but not %s', async (_, text) => {
    expect(await rules(text)).toEqual(['SC2154']);
  });
});

describe('fixes', () => {
  test.each([
    ['SC2086', 'FROM debian\nRUN ls $X\n', 'FROM debian\nRUN ls "$X"\n'],
    ['SC2086', 'FROM debian\nRUN ls $X\\\n  y\n', 'FROM debian\nRUN ls "$X"\\\n  y\n'],
    ['SC2086', 'FROM debian\r\nRUN a \\\r\n\t"🐳" $X\r\n', 'FROM debian\r\nRUN a \\\r\n\t"🐳" "$X"\r\n'],
    ['SC2086', 'FROM debian\nONBUILD RUN ls $X\n', 'FROM debian\nONBUILD RUN ls "$X"\n'],
    ['SC2086', 'FROM debian\nRUN <<-EOF\n\tls $X\n\tEOF\n', 'FROM debian\nRUN <<-EOF\n\tls "$X"\n\tEOF\n'],
    ['SC2006', 'FROM debian\nRUN X="`ls`"; echo "$X"\n', 'FROM debian\nRUN X="$(ls)"; echo "$X"\n'],
    ['SC2006', 'FROM debian\nCMD echo "`id`"\n', 'FROM debian\nCMD echo "$(id)"\n'],
  ])('%s: %j', async (code, before, after) => {
    expect(await fixed(before, code)).toBe(after);
  });
  test.each(['CMD', 'ENTRYPOINT', 'HEALTHCHECK CMD'])('never quote what %s may split on purpose', async keyword => {
    const text = `FROM debian\n${keyword} exec java $MODE\n`;
    expect(await rules(text)).toContain('SC2086');
    expect(await fixed(text, 'SC2086')).toBeUndefined();
  });
  test.each([
    ['manual', 'files="$(find . -type f)"; cat $files'],
    ['manual', 'while read paths; do rm $paths; done < list'],
    ['manual', 'for pair in "a 1" "b 2"; do set -- $pair; echo "$1"; done'],
    ['manual', './run $MODE'],
    ['manual', 'npm run build $MODE'],
    ['manual', '[ -n "$A" ] && ./run $MODE'],
    ['review', 'curl -O https://example.org/$VERSION.tgz'],
    ['review', 'apk add curl=$VERSION'],
    ['review', 'arch="$(dpkg --print-architecture)"; cp -r $arch /x'],
    ['review', 'for f in *.c; do cc $f; done'],
    ['review', `for f in $(git ls-files | awk '{ print $1 }'); do cc $f; done`],
    ['review', 'if [ ! -d $DATA ]; then mkdir /x; fi'],
    ['review', 'test -n $DATA'],
    ['review', 'date > $LOG'],
    ['review', 'ls $PWD'],
  ])('quoting is %s in: %s', async (safety, script) => {
    const fix = await fixFor(`FROM acme/base\nRUN ${script}\n`, 'SC2086');
    expect(fix?.safety).toBe(safety);
  });
  test.each([
    // In most Dockerfiles an unquoted variable is a list.
    'apk add $PHPIZE_DEPS',
    'buildDeps="gcc make"; apt-get purge -y $buildDeps',
    "buildDeps=' \\\n\tgcc \\\n\tmake \\\n'; true \\\n && apt-get install -y $buildDeps",
    'deps="$(scanelf -R /usr | sort -u)"; apk add $deps',
    'mark="$(apt-mark showmanual)"; [ -z "$mark" ] || apt-mark manual $mark > /dev/null',
    'deps=gcc; deps+=" make"; apk add $deps',
    'debs=*.deb; ls "$PWD" && dpkg -i /tmp/$debs',
    'while read deps; do apk add $deps; done < list',
    'pip3 --no-cache-dir install $WHEELS',
    './configure $CONFIG_ARGS',
    'npm test $ARGS',
    '[ -n "$A" ] && make $MAKEFLAGS',
  ])('a list that has to fall into words is not reported, and never quoted: %s', async script => {
    expect(await rules(`FROM acme/base\nRUN ${script}\n`)).not.toContain('SC2086');
    const text = `FROM acme/base\nRUN ${script}\n`;
    const shown = (await found(text, { profile: 'strict' })).filter(finding => finding.rule === 'SC2086');
    expect(shown.map(({ fixes }) => fixes)).toEqual([[]]);
    expect(await rules(text, { profile: 'hadolint' })).toContain('SC2086');
  });
  test.each(['CMD', 'ENTRYPOINT', 'HEALTHCHECK CMD'])('nor are the options of what %s starts', async keyword => {
    expect(await rules(`FROM debian\n${keyword} exec java $JAVA_OPTS\n`)).toEqual([]);
  });
  test('a ! that goes takes its space along', async () => {
    expect(await fixed('FROM debian\nRUN set -e; \\\n\t! grep -q x y; \\\n\tls\n', 'SC2251')).toBe(
      'FROM debian\nRUN set -e; \\\n\tgrep -q x y && exit 1; \\\n\tls\n',
    );
  });
  test.each([
    ['SC2086', 'ls $X', 'Put “$X” in double quotes'],
    ['SC2006', 'X="`ls`"; echo "$X"', 'Write $(…) instead of backticks'],
    ['SC2164', 'cd "$X"; ls', 'Add || exit'],
    ['SC2295', 'y="${PWD#$HOME}"; echo "$y"', 'Apply ShellCheck’s fix for SC2295'],
  ])('the title of %s in %s', async (code, script, title) => {
    const findings = await found(`FROM debian\nRUN ${script}\n`, { ignore: ['DL3003'] });
    expect(findings.find(one => one.rule === code)?.fixes.map(fix => fix.title)).toEqual([title]);
  });
  test.each([
    ['SC2251', 'set -e; if ls; then ! grep -q x y; fi'],
    ['SC2086', 'ls $*'],
    ['SC2006', 'X="`echo \\`id\\``"; echo "$X"'],
    ['SC2006', 'X="`echo \\$PWD`"; echo "$X"'],
    ['SC2086', 'echo `ls \\$X`'],
  ])('what would be wrong is not offered: %s in %s', async (code, script) => {
    expect(await rules(`FROM debian\nRUN ${script}\n`)).toContain(code);
    expect(await fixFor(`FROM debian\nRUN ${script}\n`, code)).toBeUndefined();
  });
  test.each([
    ['SC2164', 'review', 'cd "$X"; ls'],
    ['SC2164', 'manual', '[ -d /x ] && cd /x; ls'],
    ['SC2251', 'manual', 'set -e; ! grep -q x y; ls'],
    ['SC2295', 'manual', 'y="${PWD#$HOME}"; echo "$y"'],
  ])('%s is %s in: %s', async (code, safety, script) => {
    const text = `FROM debian\nRUN ${script}\n`;
    const finding = (await found(text, { ignore: ['DL3003'] })).find(one => one.rule === code);
    expect(finding?.fixes.map(fix => fix.safety)).toEqual([safety]);
  });
  test('never take a line’s end away', async () => {
    expect(await fixed('FROM debian\nRUN ls $LO\\\nNG y\n', 'SC2086')).toBe('FROM debian\nRUN ls "$LO\\\nNG" y\n');
    expect(await fixed('FROM debian\nRUN X="`\\\nls`"; echo "$X"\n', 'SC2006')).toBe(
      'FROM debian\nRUN X="$(\\\nls)"; echo "$X"\n',
    );
  });
});

describe('what is not so, or is meant, is not said in profile recommended', () => {
  test.each([
    ['SC1007', 'ARCH= LIBS= && ls "$ARCH" "$LIBS"'],
    ['SC2043', 'for key in 6A010C5166006599AA17F08146C2130DFD2497F5; do gpg --recv-keys "$key"; done'],
    ['SC2046', 'make -j $(nproc)'],
    ['SC2046', './configure $(test "$(uname -m)" != riscv64 && echo --with-lto)'],
    ['SC2046', 'apt-get install -y jq $(cat /packages)'],
    ['SC2046', 'apk add $([ "$(apk --print-arch)" != ppc64le ] && echo nss_wrapper)'],
    ['SC2154', "deps=' \\\n\ta \\\n\tb \\\n' \\\n\tset -x \\\n && apk add $deps"],
    ['SC303[67]', "/bin/echo -e 'a\\tb' > /x"],
  ])('%s in %s', async (code, script) => {
    expect(await rules(`FROM debian\nRUN ${script}\n`)).toEqual([]);
    for (const profile of ['strict', 'all', 'hadolint'] as const)
      expect((await rules(`FROM debian\nRUN ${script}\n`, { profile })).join()).toMatch(new RegExp(code));
  });
  test.each([
    ['SC1007', 'arch= amd64; echo "$arch"'],
    ['SC2043', 'for f in src; do rm "$f"; done'],
    ['SC2046', 'kill $(cat /run/x)'],
    ['SC2102', 'ls file[10-20]'],
    ['SC2154', 'deps=\'a b\' true && echo "$deps"'],
    ['SC3036', "echo -e 'a\\tb' > /x"],
  ])('but %s in %s', async (code, script) => {
    expect(await rules(`FROM debian\nRUN ${script}\n`)).toContain(code);
  });
});

describe('what is never so in a Dockerfile is not said in any profile of our own', () => {
  test.each([
    ['SC1010', 'mix do deps.get, deps.compile'],
    ['SC1010', 'echo done && ls'],
    ['SC1075', 'if a; then b; \\\nelse \\\n  if c; then d; fi; \\\nfi'],
    ['SC1105', '((ls; ls) | cat)'],
    ['SC2014', 'find . -name "*.whl" -exec pip install {}[all] \\;'],
    ['SC2102', 'pip install --no-cache-dir pywinrm[kerberos]'],
    ['SC2102', 'pip install file:///x#egg=y[a,bb]'],
    ['SC2102', 'echo deb [signed-by=/usr/share/keyrings/x.gpg] https://x main > /etc/apt/sources.list.d/x.list'],
    ['SC2154', 'eval "$(x)"; echo "$node_url"'],
    ['SC2154', '. ./APKBUILD; echo "$makedepends"'],
    ['SC2154', 'source ./env && echo "$made"'],
    ['SC2034', 'name=x; . ./use-name'],
    ['SC2034', 'set -a; name=x; ./use-name'],
    ['SC2164', 'apt-get update && cd /tmp'],
    ['SC2211', '/tmp/agent-*/install --yes'],
  ])('%s in %s', async (code, script) => {
    for (const profile of ['recommended', 'strict', 'all'] as const)
      expect(await rules(`FROM debian\nSHELL ["/bin/bash", "-c"]\nRUN ${script}\n`, { profile })).not.toContain(code);
  });
  test.each([
    ['SC2014', "find . -exec sh -c 'ls' $(basename {}) \\;"],
    ['SC2034', 'arch=x; ls'],
    ['SC2154', 'echo "$node_url"; eval "$(x)"'],
    ['SC2211', 'agent-* --yes'],
  ])('but %s in %s', async (code, script) => {
    expect(await rules(`FROM debian\nRUN ${script}\n`)).toContain(code);
  });
  test('what an unknown image sets is not known', async () => {
    expect(await rules('FROM acme/base\nRUN ls "$node_url"\n')).toEqual([]);
  });
  test('a missing keyword', async () => {
    expect(await rules('FROM debian\nRUN if a; then b; else if c; then d; fi\n')).toEqual(['SC1046']);
  });
});

test('a version that the shell takes for a file is called what it is', async () => {
  const messages = async (run: string) => (await found(`FROM debian:13\nRUN ${run}\n`)).map(({ message }) => message);
  const [first, second] = await messages('pip install a>=1 \\\n  b>=2');
  expect(first).toMatch(/^Quote this requirement/);
  expect(second).toBe(first);
  expect((await messages('date >a >b'))[0]).toContain('redirections');
});

describe('profile recommended: what is wrong is a warning or an error', () => {
  const severities = async (script: string, partial?: Partial<LintOptions>) =>
    (await found(`FROM debian\nARG V=1\nSHELL ["/bin/bash", "-c"]\nRUN ${script}\n`, partial)).map(
      ({ rule, severity }) => `${rule} ${severity}`,
    );
  test.each([
    ['pip install a>=1 b>=2', ['SC2261 error', 'SC2261 error']],
    ['x=$(y); rm $x', ['SC2086 hint']],
    ['rm $(x)', ['SC2046 hint']],
    ['export A=$(mktemp -d) && ls "$A"', ['SC2155 hint']],
    ["echo 'path,/opt/client_$V' | pecl install oci8", ['SC2016 warning']],
    ["curl -fsSO 'https://example.com/$V.tgz'", ['SC2016 warning']],
    ["echo 'memory_limit=${V}' > /x.ini", []],
    ["{ echo 'memory_limit=${V}'; echo 'post=${V}'; } > /x.ini", []],
    ["echo 'export PATH=$V:$PATH' | tee -a ~/.bashrc", []],
    ["sed -i 's:$:${V}:' /x", []],
    ["awk '{print $V}' /x", []],
    ["php -r 'echo $V;'", []],
    ["echo '$other' | x", []],
    ['mkdir -p -m 755 /etc/apt/keyrings', []],
    ['curl https://example.com/?a=b&c=d -o /x', ['SC1132 warning']],
    ['easy-add --file {{.app}}', []],
    // Docker takes what is between its own braces.
    ['echo ${V}}', ['SC1083 warning']],
    ['for try in 1 2 3; do x && break; done', []],
    ['echo "a\\nb" > /x', ['SC2028 warning']],
    ['tr -d "[\']" < /x', []],
  ])('%s', async (script, expected) => {
    expect(await severities(script)).toEqual(expected);
  });
  test('configuration and other profiles decide otherwise', async () => {
    const script = 'x=$(y); rm $x; mkdir -p -m 755 /a/b';
    const rules = { SC2086: { severity: 'error' as const }, SC2174: { severity: 'info' as const } };
    expect(await severities(script, { rules })).toEqual(['SC2086 error', 'SC2174 info']);
    expect(await severities(script, { profile: 'strict' })).toEqual(['SC2086 info', 'SC2174 warning']);
    expect(await severities(script, { profile: 'hadolint' })).toEqual(['SC2086 info', 'SC2174 warning']);
  });
});

describe('one problem is one finding', () => {
  test.each([
    ['an open quote', 'FROM debian\nRUN echo "a\n'],
    ['an open if', 'FROM debian\nRUN if true; then echo\n'],
    ['an open bracket', 'FROM debian\nRUN ( echo\n'],
    ['no space after [', 'FROM debian\nRUN if ["a" = b]; then echo; fi }\n'],
  ])('a syntax error: %s', async (_, text) => {
    const findings = await found(text);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.codes).toContain('SC1072');
    expect(findings[0]?.severity).toBe('error');
    expect(await rules(text.replace('RUN', '# hadolint ignore=SC1072\nRUN'))).toEqual([]);
    expect((await rules(text, { profile: 'hadolint' })).length).toBeGreaterThan(1);
  });
  test('cd is reported once, as a wish for WORKDIR', async () => {
    const text = 'FROM debian\nRUN cd /x; ls\n';
    expect(lint(text).findings.flatMap(finding => finding.codes)).toContain('DL3003');
    expect(await rules(text)).toEqual([]);
    expect(await rules(text, { ignore: ['DL3003'] })).toEqual(['SC2164']);
    expect(await rules(text, { profile: 'hadolint' })).toEqual(['SC2164']);
  });
  test.each([
    ['a list that is not JSON', 'RUN ["ls", $PWD]', 'invalid-json-form'],
    ['the same in CMD', "CMD ['ls', '-l']", 'invalid-json-form'],
    ['a redirection beside sudo', 'RUN sudo echo x > /etc/y', 'sudo-in-run'],
  ])('%s', async (_, instruction, native) => {
    const text = `FROM debian\n${instruction}\n`;
    expect(lint(text).findings.map(finding => finding.rule)).toContain(native);
    expect(await rules(text)).toEqual([]);
  });
  test('spaces of a continuation are nobody’s', async () => {
    expect(await rules('FROM debian\nRUN echo a \\\n      b\n')).toEqual([]);
    expect(await rules('FROM debian\nRUN echo a      b\n')).toEqual(['SC2291']);
  });
});

test('a shell with -e needs no `|| exit`', async () => {
  const run = 'RUN cd /x; ls\n';
  const off = { ignore: ['DL3003'] };
  expect(await rules(`FROM debian\n${run}`, off)).toEqual(['SC2164']);
  expect(await rules(`FROM debian\nSHELL ["/bin/sh", "-ec"]\n${run}`, off)).toEqual([]);
  expect(await rules(`FROM debian\nRUN bash -eu <<'EOF'\ncd /x; ls\nEOF\n`, off)).toEqual([]);
});

test('what was said of a script holds in its new place, and no longer under another shell', async () => {
  const run = (head: string) => lint(`${head}RUN cd /x; ls $X\n`, { ignore: ['DL3003'] });
  const options = { ...DEFAULT_OPTIONS, ignore: ['DL3003'] };
  const job = (result: ReturnType<typeof run>) => [...shellJobs(result.facts, 'own')][0];
  const first = job(run('FROM debian\n'));
  const { script = '', shell = 'dash', assigned = [] } = first?.request ?? {};
  const comments = await lintJob(program, { script, shell, assigned });
  const spans = (result: ReturnType<typeof run>) => {
    const one = job(result);
    const findings = one ? shellFindings(one, comments, result.findings, options) : [];
    return findings.map(({ rule, span, at }) => `${rule} ${result.dockerfile.text.slice(span.start, span.end)} ${at}`);
  };
  expect(spans(run('FROM debian\n'))).toEqual(['SC2164 cd /x 1', 'SC2086 $X 1']);
  expect(spans(run('FROM debian\nENV A=1\n'))).toEqual(['SC2164 cd /x 2', 'SC2086 $X 2']);
  expect(spans(run('FROM debian\nSHELL ["/bin/sh", "-ec"]\n'))).toEqual(['SC2086 $X 2']);
  expect(spans(run('FROM debian\n'))).toEqual(['SC2164 cd /x 1', 'SC2086 $X 1']);
});

describe('what is not to be reported', () => {
  const TEXT = 'FROM debian\nRUN ls $X $(id)\n';
  test('everything, unless said otherwise', async () => {
    expect(await rules(TEXT)).toEqual(['SC2086', 'SC2046']);
  });
  test.each([
    ['the least severity', { profile: 'strict' as const }, { severity: 'warning' as const }],
    ['excluded codes', {}, { exclude: ['SC2086'] }],
    ['excluded codes, in small letters', {}, { exclude: ['sc2086'] }],
    ['ignored codes', { ignore: ['SC2086'] }, {}],
    ['a level', { rules: { SC2086: { severity: 'off' as const } } }, {}],
  ])('%s', async (_, options, settings) => {
    expect(await rules(TEXT, options, settings)).toEqual(['SC2046']);
  });
  test.each([
    '# hadolint ignore=SC2086',
    '# dockwright ignore=SC2086',
    '# dockwright ignore=SC2086 -- words are wanted',
    '# shellcheck disable=SC2086',
    '# shellcheck shell=sh disable=SC2086,SC2034',
    '# shellcheck disable=2086',
  ])('%s', async comment => {
    expect(await rules(TEXT.replace('RUN', `${comment}\nRUN`))).toEqual(['SC2046']);
    expect(lint(TEXT.replace('RUN', `${comment}\nRUN`)).findings.map(finding => finding.rule)).not.toContain(
      'useless-ignore',
    );
  });
  test('ShellCheck’s directive between continued lines', async () => {
    expect(await rules('FROM debian\nRUN true && \\\n  # shellcheck disable=SC2086\n  ls $X\n')).toEqual([]);
  });
  test('ShellCheck’s directive in a heredoc counts for one command', async () => {
    expect(await rules('FROM debian\nRUN <<EOF\nls\n# shellcheck disable=SC2086\nls $X\nls $X\nEOF\n')).toEqual([
      'SC2086',
    ]);
  });
  test.each(['# dockwright ignore=shellcheck', '# shellcheck disable=all'])('all: %s', async comment => {
    expect(await rules(TEXT.replace('RUN', `${comment}\nRUN`))).toEqual([]);
  });
  test('a level of its own', async () => {
    const [first] = await found(TEXT, { rules: { SC2086: { severity: 'error' } } });
    expect(first?.severity).toBe('error');
  });
});

describe('profile hadolint reads as hadolint does', () => {
  const hadolint = (text: string) => rules(text, { profile: 'hadolint' });
  test('RUN only', async () => {
    expect(await hadolint('FROM debian\nCMD ls $X\nENTRYPOINT ls $X\nHEALTHCHECK CMD ls $X\n')).toEqual([]);
  });
  test('sh is sh, whatever the base image', async () => {
    for (const image of ['debian', 'alpine', 'fedora'])
      expect(await hadolint(`FROM ${image}\nRUN [[ -n "$X" ]]\n`)).toEqual(['SC3010']);
  });
  test('variables count from before the first FROM, and end at FROM', async () => {
    expect(await hadolint('ARG foo\nENV bar=1\nRUN echo "$foo$bar"\n')).toEqual([]);
    expect(await hadolint('ARG foo\nFROM debian\nRUN echo "$foo"\n')).toEqual(['SC2154']);
    expect(await hadolint('FROM debian AS a\nENV foo=1\nFROM b\nFROM a\nRUN echo "$foo"\n')).toEqual([]);
  });
  test('a stage is found by its name, with any tag', async () => {
    for (const image of ['a', 'a:latest', 'docker.io/a:1'])
      expect(await hadolint(`FROM debian AS a\nENV foo=1\nFROM ${image}\nRUN echo "$foo"\n`)).toEqual([]);
    expect(await hadolint('FROM debian AS a\nENV foo=1\nFROM A\nRUN echo "$foo"\n')).toEqual(['SC2154']);
  });
  test.each([
    ['/bin/bash -eo pipefail', []],
    ['/opt/bin/bash5', []],
    ['/bin/busybox', []],
    ['/usr/bin/env', []],
    ['/bin/sh -e', ['SC3010']],
    ['/bin/dash', ['SC3010']],
  ])('a shell goes by the beginning of its name: %s', async (shell, expected) => {
    expect(await hadolint(`FROM debian\nSHELL ["${shell}", "-c"]\nRUN [[ -n "$PWD" ]]\n`)).toEqual(expected);
  });
  test.each([
    ['#!/bin/bash', ['SC2086']],
    ['#!/usr/bin/env sh', ['SC2086']],
    ['#!/bin/dash', []],
    ['#!/usr/bin/bash', []],
    ['#!/usr/bin/env python3', []],
    ['\n#!/bin/python', []],
    [' # a comment', ['SC2086']],
  ])('a heredoc is read with few lines of its own: %s', async (first, expected) => {
    expect(await hadolint(`FROM debian\nRUN <<EOF\n${first}\nls $PWD\nEOF\n`)).toEqual(expected);
  });
  test('a heredoc before its shell is a script', async () => {
    expect(await hadolint('FROM debian\nRUN <<EOF bash\nls $PWD\nEOF\n')).toEqual(['SC2086']);
    expect(await hadolint('FROM debian\nRUN <<EOF python3\nls $PWD\nEOF\n')).toEqual([]);
  });
  test('spaces count without those that indent a line', async () => {
    const spaces = (line: string) => hadolint(`FROM debian\nRUN echo a${line}b\n`);
    expect(await spaces('    ')).toEqual(['SC2291']);
    expect(await spaces(' \\\n        ')).toEqual([]);
    expect(await spaces('   \\\n  ')).toEqual(['SC2291']);
  });
  test('ONBUILD knows nothing but ONBUILD', async () => {
    expect(
      await hadolint('FROM debian\nSHELL ["/bin/bash", "-c"]\nENV foo=1\nONBUILD RUN echo "$foo" $RANDOM\n'),
    ).toEqual(['SC2154', 'SC3028'].sort());
    expect(
      await hadolint('FROM debian\nONBUILD SHELL ["/bin/bash", "-c"]\nFROM debian\nONBUILD RUN echo $RANDOM\n'),
    ).toEqual([]);
  });
  test('a pragma before everything is for all stages, else for its own', async () => {
    expect(await hadolint('# hadolint shell=bash\nFROM a\nRUN [[ -n "$X" ]]\nFROM b\nRUN [[ -n "$X" ]]\n')).toEqual([]);
    expect(await hadolint('FROM a\n# hadolint shell=bash\nRUN [[ -n "$X" ]]\nFROM b\nRUN [[ -n "$X" ]]\n')).toEqual([
      'SC3010',
    ]);
  });
});

test('profile buildkit has no ShellCheck', async () => {
  expect(await rules('FROM debian\nRUN ls $X\n', { profile: 'buildkit' })).toEqual([]);
});

test('the same script in the same surroundings is the same request', () => {
  const text = (value: string, name = 'A', more = '') =>
    `FROM debian\nENV ${name}=${value}\nRUN ls $X\nRUN echo $A${more}\n`;
  const requests = (one: string) => [...shellJobs(lint(one).facts, 'own')].map(job => job.request);
  const [first, second] = requests(text('1'));
  expect(requests(text('22'))).toEqual([first, second]);
  for (const reading of ['own', 'hadolint'] as const) {
    const { facts } = lint(text('1'));
    const again = [...shellJobs(facts, reading)].map(job => job.request);
    for (const [index, job] of [...shellJobs(facts, reading)].entries()) expect(job.request).toBe(again[index]);
  }
});
