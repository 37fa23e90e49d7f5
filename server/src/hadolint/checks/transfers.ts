import { baseName, unquoted } from '../../facts/files/transfer.js';
import { useCopy, verdictOn } from '../../rules/add-instead-of-copy/use-copy.js';
import { staysInLayer, unpacks } from '../../rules/archive-copied-then-extracted/complaint.js';
import { hadolintScript } from '../script.js';
import type { HadolintCheck } from './check.js';

const isArchive = (path: string): boolean =>
  /\.(?:tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz)$/.test(path);

/** It does not look into ONBUILD, and knows archives and addresses by their text. */
export const DL3020: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const placed of facts.all('ADD')) {
      const { instruction } = placed;
      const sources = instruction.words.slice(0, -1).map(word => unquoted(word.text));
      if (sources.every(source => isArchive(source) || /^https?:\/\//.test(source))) continue;
      const verdict = verdictOn(facts, placed, instruction);
      if (verdict) report(placed, useCopy(instruction, verdict));
    }
  },
};

/** Of the last stage only: it loses what it knows at every FROM. Nothing is expanded, and an archive is known by its name. */
export const DL3010: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const instructions = facts.stages.at(-1)?.instructions ?? facts.preamble;
    const runs = instructions.filter(({ instruction }) => instruction.keyword === 'RUN');
    for (const placed of instructions) {
      const { keyword, words } = placed.instruction;
      if (keyword !== 'COPY' || placed.instruction.flag('from')) continue;
      const word = [...words.slice(-1), ...words.slice(0, -1)].find(({ text }) => isArchive(withoutQuotes(text)));
      if (!word) continue;
      const name = baseName(withoutQuotes(word.text));
      const isUnpacked = runs.some(
        run =>
          run.index > placed.index &&
          hadolintScript(facts.at(run)).commands.some(
            command => unpacks(command) && command.args.some(({ value }) => names(value, name)),
          ),
      );
      if (isUnpacked) report(placed, staysInLayer({ name, span: word.span }, []));
    }
  },
};

const withoutQuotes = (text: string): string => text.replace(/["']/g, '');

const names = (value: string, name: string): boolean =>
  (!value.startsWith('-') || value.includes('=')) && baseName(value) === name;
