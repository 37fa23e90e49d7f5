import type { Stage } from '../facts/index.js';
import { contextTexts } from './context.js';
import { isBelow, pathIn } from './paths.js';
import type { BuildCommand, Result, Runtime, Toolchain, Work } from './types.js';

export const DOTNET: Toolchain = {
  isFor: ({ base }) => base.kind === 'image' && SDK.test(base.text),
  commands: new Set(['dotnet']),
  isSource: path =>
    /\.(?:cs|csproj|sln|slnx|fs|fsproj|vb|vbproj|razor|cshtml|resx|props|targets|user)$|(?:^|\/)(?:bin|obj|Properties)(?:\/|$)|(?:^|\/)(?:[Nn]u[Gg]et\.config|global\.json|packages\.lock\.json|\.config)(?:\/|$)/.test(
      path,
    ),
  manifest: /\.(?:cs|fs|vb)proj$/,
  variables: /^(?:NUGET_\w+|DOTNET_(?:CLI|NOLOGO|SKIP)\w*)$/,
  startsOthers: { file: /\.(?:cs|fs)$/, call: /\bProcessStartInfo\b|\bProcess\.Start\b/ },
  result: resultOf,
};

const SDK = /^mcr\.microsoft\.com\/dotnet\/(core\/)?sdk(?::(\S+?))?(?:@\S+)?$/;

function resultOf({ started: { words, workdir }, commands, stage, facts }: Work): Result | string {
  const [program, assembly = ''] = words;
  const path = pathIn(assembly, workdir);
  if (program !== 'dotnet' || !/^[^$]+\.dll$/.test(assembly) || path === undefined)
    return 'the container does not start a DLL with “dotnet”';
  const folders = commands.map(outputFolder).filter(folder => folder !== undefined);
  const folder = folders.find(one => isBelow(path, one));
  if (folder === undefined) return `no “dotnet publish -o” is seen to make ${assembly}, which the container starts`;
  if (
    commands.some(({ command }) =>
      command.args.some(({ value }) => /^(?:-r|--runtime|--self-contained|--sc|-a|--arch|--os)\b/.test(value)),
    )
  )
    return 'it is published for one system';
  return {
    needed: [{ from: folder, to: folder }],
    runtime: () => runtimeOf(stage, contextTexts(facts, DOTNET.manifest).texts),
  };
}

function outputFolder({ command, workdir }: BuildCommand): string | undefined {
  const words = command.args.map(({ value }) => value);
  if (command.base !== 'dotnet' || words[0] !== 'publish') return undefined;
  const at = words.findIndex(word => /^(?:-o|--output)$/.test(word));
  const output = at >= 0 ? words[at + 1] : words.map(word => /^(?:-o|--output)[=:](.+)$/.exec(word)?.[1]).find(Boolean);
  return output === undefined || /[$`]/.test(output) ? undefined : pathIn(output, workdir);
}

/** The runtime of the same version for the same system; that of ASP.NET holds the other one. */
function runtimeOf(stage: Stage, projects: readonly { readonly text: string }[]): Runtime | string {
  const { base } = stage;
  const [, core = '', tag = 'latest'] =
    (base.kind === 'image' && base.certainty === 'known' && SDK.exec(base.text)) || [];
  const [, version, system = ''] = /^(latest|\d+\.\d+)(?:\.\d+)?(-[a-z][\w.-]*)?$/.exec(tag) ?? [];
  if (version === undefined) return 'the tag of its base image does not say which version of .NET it is';
  // The SDK for Alpine brings the data of languages, its runtime leaves them out.
  if (/alpine|nanoserver|windows|preview|rc|aot|extra/.test(system))
    return `the runtime for ${system.slice(1)} differs in more than its size`;
  const isPlain =
    projects.length > 0 &&
    projects.every(({ text }) => /Sdk="Microsoft\.NET\.Sdk"/.test(text) && !/AspNetCore/.test(text));
  return {
    image: `mcr.microsoft.com/dotnet/${core}${isPlain ? 'runtime' : 'aspnet'}:${version}${system}`,
    packages: [],
  };
}
