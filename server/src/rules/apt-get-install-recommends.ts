import type { Instruction } from '../dockerfile/index.js';
import { type FileFacts, packageActionsOf, type Stage } from '../facts/index.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule, type FixEdit, type Report } from './rule.js';
import { rootBase } from './support/base.js';
import { hasFlag } from './support/commands.js';
import { APT_WITHOUT_RECOMMENDS, mayBeConfigured } from './support/configured.js';
import { insert, insertAfter } from './support/edits.js';
import { hasPlainFlag, hasWord, plainCommands, wordAt } from './support/hadolint.js';
import { isOptionVariable, type PackageAction, packageActions } from './support/packages.js';
import { earlierRuns, type RunPlace, runsOf } from './support/runs.js';

/** They talk TLS but only recommend the certificates for it. */
const NEED_CERTIFICATES = new Set(['curl', 'wget', 'git']);

/** minideb’s own configuration switches them off (github.com/bitnami/minideb). */
const IMAGE_WITHOUT = /^bitnami(?:legacy|secure)?\//;

const withoutByImage = (stage: Stage | undefined): boolean => {
  const base = rootBase(stage);
  return base?.kind === 'image' && IMAGE_WITHOUT.test(base.reference.path);
};

/** Official images that bring ca-certificates along, in all variants or in those that are not slim. */
const WITH_CERTIFICATES =
  /^(?:library\/)?(?:buildpack-deps|eclipse-temurin|gcc|golang|gradle|maven|php|python|ruby|rust|tomcat|wordpress)$/;
const WITH_CERTIFICATES_UNLESS_SLIM = /^(?:library\/)?(?:node|perl)$/;

/** Where certificates may be missing they have to be named: naming what is there already costs nothing. */
function mayLackCertificates(stage: Stage | undefined): boolean {
  const base = rootBase(stage);
  const reference = base?.kind === 'image' ? base.reference : undefined;
  if (reference === undefined) return false;
  if (reference.registry !== undefined) return false;
  if (WITH_CERTIFICATES.test(reference.path)) return false;
  return !WITH_CERTIFICATES_UNLESS_SLIM.test(reference.path) || /slim/.test(reference.tag ?? '');
}

/** The options right behind the verb: what is added goes after them, where people look for it. */
function lastOption({ command, verb }: PackageAction): ShellWord {
  let last = verb;
  for (const word of command.args.slice(command.args.indexOf(verb) + 1)) {
    if (!/^(?:-[yq]+|--yes|--assume-yes|--quiet|--no-install-suggests|--fix-missing)$/.test(word.value)) break;
    last = word;
  }
  return last;
}

/** A package that has a line of its own is followed by another line. */
function separator({ text, escape }: Instruction, word: ShellWord): string {
  const indentation = text.slice(text.lastIndexOf('\n', word.span.start - 1) + 1, word.span.start);
  return word.span.start > indentation.length && indentation.trim() === '' ? ` ${escape}\n${indentation}` : ' ';
}

const isCertificates = ({ value }: ShellWord): boolean => /^ca-certificates(?:=|$)/.test(value);

/** Today because they are recommended; once this fix has been there, by name. */
const bringsCertificates = ({ manager, command, packages }: PackageAction): boolean =>
  (manager === 'apt-get' || manager === 'apt') &&
  !hasFlag(command, '--no-install-recommends') &&
  packages.some(word => NEED_CERTIFICATES.has(word.value));

function editsFor(file: FileFacts, run: RunPlace, action: PackageAction): FixEdit[] {
  const edits = [insertAfter(lastOption(action), '--no-install-recommends')];
  const { packages } = action;
  const wants = packages.findLast(word => NEED_CERTIFICATES.has(word.value));
  if (!wants || !mayLackCertificates(run.stage)) return edits;
  const here = packageActions(run.facts, 'install');
  const earlier = earlierRuns(file, run).flatMap(one => packageActions(one.facts, 'install'));
  const installed =
    [...earlier, ...here].some(other => other.packages.some(isCertificates)) ||
    [
      ...earlier,
      ...here.slice(
        0,
        here.findIndex(other => other.command === action.command),
      ),
    ].some(bringsCertificates);
  if (!installed) edits.push(insert(wants.span.end, `${separator(run.instruction, wants)}ca-certificates`));
  return edits;
}

export default defineRule({
  id: 'apt-get-install-recommends',
  codes: ['DL3015', 'DS-0029'],
  summary: '`apt-get install` without `--no-install-recommends` installs more than was asked for.',
  rationale:
    'Recommended packages are meant for desktops and servers that people log in to; in an image they often double the size of an installation and add programs that nobody asked for. What is really needed among them is better named, so that it can be seen.',
  category: 'size',
  practice: 'no-recommends',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && «apt-get install» -y curl\n',
        fixed: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && «apt-get -y install» \\\n    curl \\\n    jq\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get -y install --no-install-recommends \\\n    curl \\\n    ca-certificates \\\n    jq\n',
        why: 'The plain image has no certificates, and curl only recommends them.',
      },
      {
        code: 'FROM node:22-bookworm-slim\nRUN apt-get update && «apt-get install» -y git\n',
        fixed:
          'FROM node:22-bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates\n',
        why: 'The slim image has none either.',
      },
      {
        code: 'FROM debian:12\nRUN xargs -a packages.txt «apt-get install» -y\n',
        fixed: 'FROM debian:12\nRUN xargs -a packages.txt apt-get install -y --no-install-recommends\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt install» -y jq\n',
        fixed: 'FROM debian:12\nRUN apt install -y --no-install-recommends jq\n',
        why: 'apt installs as much.',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN «apt-get install» -y curl && apt-get install -y --no-install-recommends vim\nRUN «apt-get install» -y git\n',
        fixed:
          'FROM ubuntu:24.04\nRUN apt-get install -y --no-install-recommends curl ca-certificates && apt-get install -y --no-install-recommends vim\nRUN apt-get install -y --no-install-recommends git\n',
        why: 'What one command leaves out the other does not, and the certificates are there already.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN apt-get install -y curl --no-install-recommends\n',
        why: 'It may stand at the end.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=0 curl\n',
        why: 'The option does the same.',
      },
      {
        code: 'FROM debian:12\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/lean\nRUN apt-get install -y curl\n',
        why: 'It is configured.',
      },
      {
        code: 'FROM debian:12\nCOPY lean /etc/apt/apt.conf.d/99lean\nRUN apt-get install -y curl\n',
        why: 'What is copied there may configure it.',
      },
      { code: 'FROM debian:12\nRUN apt-get install -s curl > /dev/null\n', why: 'Only a simulation.' },
      { code: 'FROM debian:12\nRUN apt-get build-dep -y curl\n', why: 'Only what building needs.' },
      { code: 'FROM bitnami/minideb:bookworm\nRUN apt-get install -y curl\n', why: 'The image has them off.' },
      {
        code: 'FROM debian:12\nRUN apt-get install -y --install-recommends texlive\n',
        why: 'Somebody wants them.',
      },
      {
        code: 'FROM debian:12 AS build\nRUN apt-get install -y gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'The layers of a builder are thrown away.',
      },
    ],
  },
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      if (reading === 'hadolint') {
        for (const command of plainCommands(run.facts, 'apt-get')) {
          const verb = wordAt(command, 'install');
          if (!verb || hasPlainFlag(command, 'no-install-recommends')) continue;
          if (hasWord(command, 'APT::Install-Recommends=false')) continue;
          const action = packageActionsOf(command);
          report(run.placed, complaint(command, verb, action ? editsFor(facts, run, action) : []));
        }
        continue;
      }
      const actions = packageActions(run.facts, 'install').filter(
        action =>
          isAptGet(action) && action.verb.value === 'install' && !hasFlag(action.command, '--no-install-recommends'),
      );
      if (actions.length === 0) continue;
      const isConfigured =
        withoutByImage(run.stage) ||
        mayBeConfigured(facts, run, APT_WITHOUT_RECOMMENDS) ||
        !run.facts.stage.inFinalImage;
      for (const action of actions) {
        const { command, verb } = action;
        if (
          isConfigured ||
          // Nothing is installed: a simulation, or a download alone.
          hasFlag(command, 's', 'd', '--simulate', '--dry-run', '--just-print', '--print-uris', '--download-only') ||
          command.args.some(word => isOptionVariable(word) || /Install-Recommends/i.test(word.value)) ||
          (action.packages.every(word => /^[./].*\.deb$/.test(word.value)) && command.via !== 'xargs')
        )
          continue;
        report(run.placed, {
          ...complaint(command, verb, editsFor(facts, run, action)),
          ...(action.manager === 'apt-get' ? {} : { codes: [] }),
        });
      }
    }
  },
});

/** hadolint looks at apt-get alone; apt installs as much. */
const isAptGet = ({ manager }: PackageAction): boolean => manager === 'apt-get' || manager === 'apt';

const complaint = (command: ShellCommand, verb: ShellWord, edits: readonly FixEdit[]): Report => ({
  span: { start: command.span.start, end: verb.span.end },
  message: 'Add --no-install-recommends and name what you need: recommended packages make the image larger.',
  fixes:
    command.editable && edits.length > 0
      ? [
          {
            title: `Add --no-install-recommends${edits.length > 1 ? ' and ca-certificates' : ''}`,
            safety: 'review',
            edits,
          },
        ]
      : [],
});
