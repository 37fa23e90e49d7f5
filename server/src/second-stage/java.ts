import { parseReference } from '../dockerfile/index.js';
import { baseName } from '../facts/files/transfer.js';
import type { Stage } from '../facts/index.js';
import { missingTag } from '../images/index.js';
import { contextTexts } from './context.js';
import { isBelow, movesIn, pathIn } from './paths.js';
import type { BuildCommand, Needed, Result, Runtime, Toolchain, Work } from './types.js';

export const JAVA: Toolchain = {
  isFor: ({ image }) => image.runtime === 'java' && image.isSdk,
  commands: new Set(['mvn', 'mvnw', 'gradle', 'gradlew', 'javac', 'jar']),
  isSource: path =>
    /(?:^|\/)(?:src|target|build|out|bin|\.mvn|\.gradle|gradle|buildSrc)(?:\/|$)|(?:^|\/)(?:pom\.xml|mvnw(?:\.cmd)?|gradlew(?:\.bat)?|(?:build|settings)\.gradle(?:\.kts)?|gradle\.properties|lombok\.config|checkstyle\.xml)$|\.iml$/.test(
      path,
    ),
  manifest: /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/,
  variables: /^(?:MAVEN_\w+|GRADLE_\w+)$/,
  startsOthers: {
    file: /\.(?:java|kt)$/,
    call: /\bProcessBuilder\b|\bgetRuntime\(\)\s*\.exec\b|\bToolProvider\b|"src\/main\//,
  },
  result: resultOf,
};

function resultOf(work: Work): Result | string {
  const { started, commands, stage, facts } = work;
  const { words, workdir } = started;
  const at = words.indexOf('-jar');
  const named = words[at + 1];
  if (words[0] !== 'java' || at < 0 || named === undefined)
    return 'the container does not start a JAR with “java -jar”';
  const path = pathIn(named, workdir);
  if (path === undefined || /[$`]/.test(path) || (started.isExec && /[*?[]/.test(path)))
    return `it is not known where ${named} is`;
  const builds = commands.flatMap(build => outputsOf(build));
  const isBuilt = (one: string): boolean =>
    builds.some(({ root, folder }) => isBelow(one, root) && folder.test(one.slice(root.length)));
  const move = movesIn(commands).findLast(({ to }) => to === path);
  if (!isBuilt(path) && !(move && isBuilt(move.from)))
    return `the build is not seen to make ${named}, which the container starts`;
  const manifests = contextTexts(facts, MANIFEST);
  if (!manifests.isWhole || manifests.texts.length === 0)
    return 'the manifests of the build could not be read, so the JAR may need others beside it';
  const apart = manifests.texts.find(({ text }) => APART.test(text));
  if (apart) return `${apart.path} puts libraries beside the JAR`;
  const quarkus = /^(.*\/quarkus-app)\/quarkus-run\.jar$/.exec(path)?.[1];
  if (quarkus === undefined && move === undefined && /quarkus-app/.test(path))
    return `it is not known what ${named} needs`;
  const needed: Needed =
    quarkus === undefined
      ? { from: path, to: /[*?[]/.test(baseName(path)) ? `${path.slice(0, path.lastIndexOf('/'))}/` : path }
      : { from: quarkus, to: quarkus };
  return { needed: [needed], runtime: () => jre(stage) };
}

const MANIFEST = /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/;
/** The JAR alone is not enough: what it needs is copied to a folder, or named by its manifest. */
const APART = /copy-dependencies|classpathPrefix|addClasspath|Class-Path|<layout>ZIP<|<packaging>war</;

interface Outputs {
  readonly root: string;
  readonly folder: RegExp;
}

function outputsOf({ command: { base, args }, workdir }: BuildCommand): readonly Outputs[] {
  if (workdir === undefined) return [];
  const goals = args.map(({ value }) => value);
  if (base === 'mvn' || base === 'mvnw') {
    if (goals.some(goal => /^(?:-f|--file)/.test(goal))) return [];
    const packs = goals.some(goal => /^(?:package|verify|install|deploy)$|:repackage$/.test(goal));
    return packs ? [{ root: workdir, folder: /^(?:\/[\w.-]+)*\/target\/(?:quarkus-app\/)?[\w.*?-]+\.jar$/ }] : [];
  }
  if (base === 'gradle' || base === 'gradlew') {
    const packs = goals.some(goal =>
      /^(?::?[\w-]+)*:?(?:build|assemble|bootJar|shadowJar|jar|fatJar|quarkusBuild)$/.test(goal),
    );
    return packs ? [{ root: workdir, folder: /^(?:\/[\w.-]+)*\/build\/(?:libs|quarkus-app)\/[\w.*?-]+\.jar$/ }] : [];
  }
  return [];
}

/** The JRE of the version that the tag says, made by the same people for the same system where they make one. */
function jre(stage: Stage): Runtime | string {
  const reference = stage.base.kind === 'image' && stage.base.certainty === 'known' ? stage.base.reference : undefined;
  const tag = reference?.tag ?? '';
  const other = /corretto|openj9|sapmachine|ibm|graal|semeru|liberica|microsoft|zulu|oracle|native|nanoserver/.exec(
    tag,
  );
  if (other) return `there is no smaller image with the Java of “${other[0]}” here`;
  const name = reference?.name ?? '';
  const version = (
    name === 'maven' || name === 'gradle' ? /(?:^|-)(?:eclipse-temurin|openjdk|jdk)-?(\d+)/ : /^(\d+)/
  ).exec(tag)?.[1];
  if (!JAVA_NAMES.has(name) || version === undefined)
    return 'the tag of its base image does not say which version of Java it is';
  const system = /(?:^|-)(alpine|noble|jammy|focal)(?:$|-)/.exec(tag)?.[1];
  const image = `eclipse-temurin:${version}-jre${system === undefined ? '' : `-${system}`}`;
  if (!LONG_TERM.has(version) || missingTag(parseReference(image))) return `there is no image ${image} for certain`;
  return { image, packages: [] };
}

const JAVA_NAMES = new Set(['maven', 'gradle', 'eclipse-temurin', 'openjdk']);
const LONG_TERM = new Set(['8', '11', '17', '21', '25']);
