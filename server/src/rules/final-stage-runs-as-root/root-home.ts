import { type Instruction, perInstruction } from '../../dockerfile/index.js';
import { transferOf, unquoted } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { expand, variablesOf } from '../../facts/index.js';
import type { Runtime } from '../../images/index.js';
import type { ShellCommand } from '../../shell/index.js';
import { hasFlag } from '../../shell/options.js';

/** `/root` or something below it, as a word or as an entry of a list like PATH. */
const IN_ROOT = /(?:^|[:=,"'\s])\/root(?:\/|$|[:,"'\s])/;

/** Most texts do not even have the letters. */
const namesRoot = (text: string): boolean => text.includes('/root') && IN_ROOT.test(text);

/** A value that may say so once quotes are off and variables expanded. */
const MAY_SAY_ROOT = /\$|r["'`\\]*o["'`\\]*o["'`\\]*t/;

/**
 * What the container's start takes from root's home, which no other user may enter (mode 0700 in every distribution);
 * undefined when there is no sign of it.
 */
export function takenFromRootHome(facts: FileFacts, stage: Stage): string | undefined {
  const { workdir } = stage.exit;
  if (workdir !== undefined && namesRoot(workdir)) return `its WORKDIR is ${workdir}`;
  const downloaded = byCorepack(facts, stage);
  if (downloaded !== undefined) return downloaded;
  for (const placed of facts.lineage(stage)) {
    const { instruction } = placed;
    switch (instruction.keyword) {
      case 'ENV':
        if (!MAY_SAY_ROOT.test(instruction.text)) break;
        for (const { key, value } of instruction.pairs) {
          if (value === undefined || !MAY_SAY_ROOT.test(value)) continue;
          const { scope } = facts.stateBefore(placed);
          const text = unquoted(expand(value, scope, instruction.escape).text);
          if (namesRoot(text) && !isBuildCache(key)) return `${key} names ${folderIn(text)}`;
        }
        break;
      case 'COPY':
      case 'ADD': {
        if (!MAY_SAY_ROOT.test(instruction.text)) break;
        const path = transferOf(instruction, facts.stateBefore(placed).scope)?.path;
        if (path !== undefined && namesRoot(path)) return `${instruction.keyword} puts files into ${path}`;
        break;
      }
      case 'CMD':
      case 'ENTRYPOINT': {
        const { text } = instruction.arguments;
        if (namesRoot(text)) return `${instruction.keyword} names ${folderIn(text)}`;
        if (/(?:^|[\s"'/])ollama(?=[\s"']|$)/.test(text) && !isPlaced(stage, /OLLAMA_MODELS/))
          return 'Ollama keeps its models in /root/.ollama, where people mount them';
        if (instruction.json === undefined && /(?:^|[\s="'])(?:~|\$HOME|\$\{HOME\})\//.test(text))
          return `${instruction.keyword} names a file in the home directory`;
        break;
      }
      case 'RUN': {
        if (facts.stateBefore(placed).user.isRoot === false) break;
        if (instruction.text.includes('--user'))
          for (const command of facts.at(placed).commands)
            if (command.base.startsWith('pip') && /^pip[\d.]*$/.test(command.base) && hasFlag(command, '--user'))
              return 'pip install --user puts packages into /root/.local';
        if (
          /~\/|\$\{?HOME\}?\//.test(instruction.text) &&
          facts.at(placed).commands.some(keepsAtHome) &&
          !isPlaced(stage, /^HOME$/)
        )
          return 'a RUN puts files into the home directory';
        const { keepers } = signsOf(instruction);
        const kept =
          keepers.length > 0
            ? keepers.find(
                ({ unless, unlessIn }) =>
                  !isPlaced(stage, unless) && (unlessIn === undefined || stage.image.runtime !== unlessIn),
              )
            : undefined;
        if (kept) return `${kept.what} into /root`;
        break;
      }
    }
  }
  return undefined;
}

/** Corepack downloads a package manager into the home directory, and again for another user when the container starts. */
function byCorepack(facts: FileFacts, stage: Stage): string | undefined {
  const lineage = facts.lineage(stage);
  const isUsed = lineage.some(({ instruction }) => instruction.keyword === 'RUN' && signsOf(instruction).usesCorepack);
  if (!isUsed || isPlaced(stage, /COREPACK_HOME/)) return undefined;
  return lineage.some(
    ({ instruction: { keyword, text } }) =>
      (keyword === 'CMD' || keyword === 'ENTRYPOINT') && /[\s"'](?:yarn|pnpm)[\s"']/.test(text),
  )
    ? 'corepack keeps the package manager that CMD starts in /root'
    : undefined;
}

interface Keeper {
  /** In the text of a RUN. */
  readonly sign: RegExp;
  /** What it does, with its place to be added. */
  readonly what: string;
  /** Options, in the same text, and variables that name another place. */
  readonly unless?: RegExp;
  /** Images of this language, which have no need of it. */
  readonly unlessIn?: Runtime;
}

/** A file in the home directory, but for those that only tools of the build or people read. */
const AT_HOME =
  /^(?:~|\$HOME|\$\{HOME\})\/(?!\.(?:cache|npm|bash\w*|profile|vimrc|zshrc|gnupg|m2|gradle|cargo|netrc|npmrc)\b)/;

function keepsAtHome({ base, args, redirects }: ShellCommand): boolean {
  if (redirects.some(({ operator, target }) => operator.includes('>') && target && AT_HOME.test(target.value)))
    return true;
  return /^(?:mkdir|cp|mv|ln|touch|tee|install|git)$/.test(base) && args.some(({ value }) => AT_HOME.test(value));
}

/** What the program needs and tools put into the home directory of whoever installs it, by their documentation. */
const KEEPERS: readonly Keeper[] = [
  { sign: /\bnltk\.download/, what: 'nltk downloads', unless: /NLTK_DATA|\s-d\s|download_dir/ },
  {
    sign: /\bfrom_pretrained\(|\bSentenceTransformer\(|\bsnapshot_download\(|\b(?:huggingface-cli|hf) download\b/,
    what: 'models are downloaded',
    unless: /HF_HOME|HF_HUB_CACHE|TRANSFORMERS_CACHE|SENTENCE_TRANSFORMERS_HOME|XDG_CACHE_HOME|cache_dir|local[-_]dir/,
  },
  {
    sign: /\btorch\.hub\b|\bwhisper\.load_model\(/,
    what: 'models are downloaded',
    unless: /TORCH_HOME|XDG_CACHE_HOME/,
  },
  {
    sign: /\bgit config\b[^;&|\n]*\s--global\b/,
    what: 'git config --global puts settings',
    unless: /GIT_CONFIG_GLOBAL/,
  },
  {
    sign: /\bnpm (?:i|install|add)\b[^;&|\n]*\spuppeteer(?![\w-])/,
    what: 'puppeteer puts its browser',
    unless: /PUPPETEER_(?:CACHE_DIR|SKIP\w*|EXECUTABLE_PATH)/,
  },
  {
    sign: /\buv (?:sync|venv|python install)\b/,
    what: 'uv may put a Python',
    unless: /UV_PYTHON(?:_INSTALL_DIR|_DOWNLOADS|_PREFERENCE)|UV_NO_MANAGED_PYTHON|UV_SYSTEM_PYTHON|python3/,
    unlessIn: 'python',
  },
  { sign: /\bbun\.sh\/install\b/, what: 'Bun’s installer puts it', unless: /BUN_INSTALL/ },
  { sign: /\bdeno\.land\/(?:x\/)?install\b/, what: 'Deno’s installer puts it', unless: /DENO_INSTALL/ },
  { sign: /\bplaywright install\b/, what: 'playwright puts browsers', unless: /PLAYWRIGHT_BROWSERS_PATH/ },
  { sign: /\bpuppeteer browsers install\b/, what: 'puppeteer puts browsers', unless: /PUPPETEER_CACHE_DIR/ },
  { sign: /\bcypress install\b/, what: 'cypress puts its browser', unless: /CYPRESS_CACHE_FOLDER/ },
  {
    sign: /\bpoetry install\b/,
    what: 'poetry puts packages',
    unless: /POETRY_VIRTUALENVS|POETRY_CACHE_DIR|virtualenvs\.|VIRTUAL_ENV/,
  },
  {
    sign: /\bpipenv (?:install|sync)\b/,
    what: 'pipenv puts packages',
    unless: /--system|PIPENV_VENV_IN_PROJECT|WORKON_HOME/,
  },
  { sign: /\bpipx install\b/, what: 'pipx puts programs', unless: /PIPX_HOME|--global/ },
  {
    sign: /\bansible-galaxy\b.*\binstall\b/,
    what: 'ansible-galaxy puts collections',
    unless: /\s-p\s|ANSIBLE_\w+_PATH/,
  },
  { sign: /\bvagrant plugin install\b/, what: 'vagrant puts plugins', unless: /VAGRANT_HOME/ },
  { sign: /\bhelm plugin install\b/, what: 'helm puts plugins', unless: /HELM_PLUGINS|HELM_DATA_HOME|XDG_DATA_HOME/ },
  {
    sign: /\bdotnet tool install\b(?=[^;&|\n]*\s(?:-g|--global)\b)/,
    what: 'dotnet puts tools',
    unless: /DOTNET_CLI_HOME/,
  },
  { sign: /\bcomposer global (?:require|install)\b/, what: 'composer puts packages', unless: /COMPOSER_HOME/ },
  { sign: /\bnvm-sh\/nvm\b/, what: 'nvm puts what it installs', unless: /NVM_DIR/ },
  { sign: /\bpyenv install\b/, what: 'pyenv puts what it installs', unless: /PYENV_ROOT/ },
  { sign: /\bsh\.rustup\.rs\b/, what: 'rustup puts the toolchain', unless: /CARGO_HOME/ },
  { sign: /\bget\.sdkman\.io\b/, what: 'sdkman puts what it installs', unless: /SDKMAN_DIR/ },
];

/** One pass over a text tells that there is none of them, which is nearly always so. */
const ANY_KEEPER = new RegExp(KEEPERS.map(({ sign }) => sign.source).join('|'));

/** What the text of a RUN shows. */
interface Signs {
  /** Tools that it does not tell to use another place. */
  readonly keepers: readonly Keeper[];
  readonly usesCorepack: boolean;
}

const NOTHING: Signs = { keepers: [], usesCorepack: false };

const signsOf = perInstruction(({ text }: Instruction): Signs => {
  const usesCorepack = text.includes('corepack') && /\bcorepack\b/.test(text);
  const keepers = ANY_KEEPER.test(text)
    ? KEEPERS.filter(({ sign, unless }) => sign.test(text) && !unless?.test(text))
    : NOTHING.keepers;
  return usesCorepack || keepers.length > 0 ? { keepers, usesCorepack } : NOTHING;
});

/** Whether a variable, set by the file or the image, or another RUN names another place. */
function isPlaced(stage: Stage, unless: RegExp | undefined): boolean {
  if (!unless) return false;
  for (const { name } of variablesOf(stage.exit.scope)) if (name === 'HOME' || unless.test(name)) return true;
  return stage.instructions.some(({ instruction }) => instruction.keyword === 'RUN' && unless.test(instruction.text));
}

/** Caches of build tools: what the program needs is not in them. */
const isBuildCache = (name: string): boolean =>
  /^(?:PIP|POETRY|UV|YARN|NPM|PNPM|GO|CARGO_HOME|COMPOSER|CCACHE|NUGET)\w*CACHE|CCACHE_DIR/i.test(name);

const folderIn = (text: string): string => /\/root(?:\/[^\s:,"'\]]*)?/.exec(text)?.[0] ?? '/root';
