import type { Stage } from '../facts/index.js';
import { APT_WITHOUT_RECOMMENDS, mayBeConfigured } from '../facts/packages/configured.js';
import {
  actionsIn,
  isOptionVariable,
  type PackageAction,
  packageActions,
  packageName,
} from '../facts/packages/in-run.js';
import { startsNothing } from '../facts/programs/start-commands.js';
import { rootBase } from '../facts/root-base.js';
import { runsOf } from '../facts/runs.js';
import { perScript } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import {
  type Installation,
  installation,
  installWithout,
  nameWhatIsNeeded,
} from './apt-get-install-recommends/complaint.js';
import { recommendsLittle } from './apt-get-install-recommends/little-recommended.js';
import { defineRule } from './rule.js';

/** minideb’s own configuration switches them off (github.com/bitnami/minideb). */
const IMAGE_WITHOUT = /^bitnami(?:legacy|secure)?\//;

const withoutByImage = (stage: Stage | undefined): boolean => {
  const base = rootBase(stage);
  return base?.kind === 'image' && IMAGE_WITHOUT.test(base.reference.path);
};

/** The installations of a script that bring recommended packages, unless that is configured otherwise. */
const fatteningIn = perScript((script): readonly Installation[] => {
  const { installs } = actionsIn(script);
  return installs.filter(isFattening).map(action => installation(action, installs));
});

const isFattening = (action: PackageAction): boolean => {
  const { command, verb, packages } = action;
  return (
    isAptGet(action) &&
    verb.value === 'install' &&
    !hasFlag(command, '--no-install-recommends') &&
    // Nothing is installed: a simulation, or a download alone.
    !hasFlag(command, 's', 'd', '--simulate', '--dry-run', '--just-print', '--print-uris', '--download-only') &&
    !command.args.some(word => isOptionVariable(word) || /Install-Recommends/i.test(word.value)) &&
    !(packages.every(word => /^[./].*\.deb$/.test(word.value)) && command.via !== 'xargs')
  );
};

export default defineRule({
  id: 'apt-get-install-recommends',
  codes: ['DL3015', 'DS-0029'],
  summary: '`apt-get install` without `--no-install-recommends` installs more than was asked for.',
  rationale:
    'Recommended packages are meant for desktops and servers that people log in to. In an image they often double the size of an installation and add programs that are not needed. List the ones you need explicitly.',
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
        code: 'FROM debian:12\nRUN apt-get update && «apt-get install» -y gcc cmake\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev cmake make\n',
        why: 'A compiler only recommends the headers of the C library, and CMake make.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && «apt-get install» -y gcc && make && apt-get purge -y --auto-remove gcc\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && make && apt-get purge -y --auto-remove gcc libc6-dev\n',
        why: 'What came along with the compiler went with it, and goes still.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && «apt-get install» -y composer meson\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends composer git unzip meson build-essential\n',
        why: 'Composer fetches and unpacks with them, and Meson calls a compiler.',
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
        why: 'It may be at the end.',
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
  stage: { words: ['apt'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      if (!run.facts.stage.inFinalImage) continue;
      const { script } = run.facts;
      const found = script ? fatteningIn(script) : [];
      if (found.length === 0) continue;
      if (withoutByImage(run.stage) || mayBeConfigured(facts, run, APT_WITHOUT_RECOMMENDS)) continue;
      const removesLater = packageActions(run.facts, 'remove').some(isAptGet);
      for (const one of found) {
        const { command, verb, manager } = one.action;
        // What is removed again does not make the image larger, and what hangs on a condition often is not in it.
        const minor =
          removesLater ||
          !command.top ||
          one.action.packages.every(word => recommendsLittle(packageName(word.value), run.stage)) ||
          (run.stage !== undefined && startsNothing(facts, run.stage));
        const complained = { ...nameWhatIsNeeded(command, verb, installWithout(facts, run, one)), minor };
        report(run.placed, manager === 'apt-get' ? complained : { ...complained, codes: [] });
      }
    }
  },
});

/** hadolint looks at apt-get alone; apt installs as much. */
const isAptGet = ({ manager }: PackageAction): boolean => manager === 'apt-get' || manager === 'apt';
