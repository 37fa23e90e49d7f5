import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HardenPlan } from '../../server/src/harden/index.js';
import { need, tail } from '../lib/execute.js';
import { planIn } from '../lib/plan-in.js';
import { contentsOf, differences } from './contents.js';
import type { Container, Engine, Image } from './engine.js';
import { DOWNSTREAM_BASE, type Sample } from './samples.js';

const SAMPLES_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'samples');

/** What was measured of one image. */
export interface Measured {
  readonly image: Image;
  readonly uid: number;
  readonly contents: ReadonlyMap<string, string>;
  /** What it printed, or what its port answered. */
  readonly answer: string;
}

export interface Row {
  readonly sample: Sample;
  /** Undefined where it cannot be built. */
  readonly before: Measured | undefined;
  readonly after: Measured;
}

/** Builds, runs and compares a sample before and after Harden. Throws with what is wrong. */
export async function checkSample(sample: Sample, engine: Engine): Promise<Row> {
  const context = mkdtempSync(join(tmpdir(), 'dockwright-sample-'));
  try {
    cpSync(join(SAMPLES_FOLDER, sample.name), context, { recursive: true });
    for (const [archive, folder] of Object.entries(sample.archives ?? {}))
      await need('tar', ['-czf', join(context, archive), '-C', context, folder]);
    const dockerfile = join(context, 'Dockerfile');
    const before = await tried(sample, engine, context, 'before');
    const plan = await harden(context, dockerfile);
    // In place, as the command does it: it is the same build context but for this file.
    writeFileSync(dockerfile, plan.after);
    const after = await measured(sample, engine, context, 'after').catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n\nThe Dockerfile:\n${plan.after}`);
    });
    compare(sample, before, after, plan);
    return { sample, before, after };
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

async function harden(context: string, dockerfile: string): Promise<HardenPlan> {
  const plan = await planIn(context);
  if (plan.refusal !== undefined) throw new Error(`Harden leaves it alone: ${plan.refusal}`);
  if (plan.after === readFileSync(dockerfile, 'utf8')) throw new Error('Harden changes nothing.');
  return plan;
}

async function tried(sample: Sample, engine: Engine, context: string, which: 'before'): Promise<Measured | undefined> {
  if (sample.broken === undefined) return measured(sample, engine, context, which);
  const { code } = await engine.build(
    context,
    join(context, 'Dockerfile'),
    `localhost/dockwright-${sample.name}:before`,
  );
  if (code === 0) throw new Error(`It should not build: ${sample.broken}.`);
  return undefined;
}

async function measured(sample: Sample, engine: Engine, context: string, which: string): Promise<Measured> {
  const tag = `localhost/dockwright-${sample.name}:${which}`;
  const made = [tag];
  const build = async (file: string, as: string): Promise<void> => {
    const { code, log } = await engine.build(context, join(context, file), as);
    if (code !== 0) throw new Error(`${which}: the build of ${file} failed\n${tail(log)}`);
  };
  try {
    let runs = tag;
    if (sample.downstream === undefined) await build('Dockerfile', tag);
    else {
      await build('Dockerfile', DOWNSTREAM_BASE);
      made.push(DOWNSTREAM_BASE);
      await build(sample.downstream, tag);
      runs = tag;
    }
    const container = await engine.container(runs);
    try {
      const image = await engine.inspect(runs);
      const uid = await container.uid();
      const contents = contentsOf(await container.root(), sample.contents);
      if (contents.size === 0) throw new Error(`${which}: there is nothing at ${sample.contents.join(', ')}`);
      const answer =
        sample.port === undefined
          ? await printed(container, image, which)
          : await served(container, image, sample.port, which);
      return { image, uid, contents, answer };
    } finally {
      await container.remove();
    }
  } finally {
    for (const one of made.reverse()) await engine.remove(one);
  }
}

async function printed(container: Container, image: Image, which: string): Promise<string> {
  const { code, stdout, log } = await container.run(image.command);
  if (code !== 0) throw new Error(`${which}: ${image.command.join(' ')} ended with ${code}\n${tail(log)}`);
  if (stdout === '') throw new Error(`${which}: ${image.command.join(' ')} printed nothing\n${tail(log)}`);
  return stdout;
}

/** The answer of a service; its HEALTHCHECK has to agree that it is well. */
async function served(container: Container, image: Image, port: number, which: string): Promise<string> {
  const service = await container.serve(port);
  let ended = false;
  void service.ended.then(() => {
    ended = true;
  });
  try {
    const answer = await ask(port, () => ended);
    if (answer === undefined)
      throw new Error(`${which}: nothing answers on port ${port}\n${tail((await service.stop()).log)}`);
    if (image.health) {
      const { code, log } = await container.run(image.health);
      if (code !== 0) throw new Error(`${which}: its HEALTHCHECK ended with ${code}\n${tail(log)}`);
    }
    return answer;
  } finally {
    await service.stop();
  }
}

async function ask(port: number, ended: () => boolean): Promise<string | undefined> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && !ended()) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) });
      return await response.text();
    } catch {
      await sleep(300);
    }
  }
  return undefined;
}

function compare(sample: Sample, before: Measured | undefined, after: Measured, plan: HardenPlan): void {
  const wrong: string[] = [];
  if (before) {
    wrong.push(...differences(before.contents, after.contents));
    if (before.answer !== after.answer)
      wrong.push(`it says ${JSON.stringify(after.answer)} instead of ${JSON.stringify(before.answer)}`);
  }
  if (sample.port !== undefined && after.image.health === undefined) wrong.push('it has no HEALTHCHECK');
  if (sample.staysRoot === undefined) {
    if (after.uid === 0) wrong.push('it runs as root');
  } else if (before && after.image.user !== before.image.user)
    wrong.push(`its user is ${after.image.user}, although ${sample.staysRoot}`);
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n\nThe Dockerfile:\n${plan.after}`);
}
