import { finalServices } from '../facts/final-services.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { variablesOf } from '../facts/index.js';
import type { Applied } from '../fixes/index.js';
import { readStart } from '../start/index.js';
import { listed } from '../text/listed.js';

/** Below it only root may listen, where the kernel is not told otherwise. */
const FIRST_FREE_PORT = 1024;

/**
 * What to look at before the changed image is shipped, because no text tells: one sentence each. `facts` are those of the
 * file after the changes.
 */
export function notesOn(applied: readonly Applied[], facts: FileFacts): readonly string[] {
  const rules = new Set(applied.map(({ rule }) => rule));
  const notes: string[] = [];
  if (rules.has('final-stage-runs-as-root')) {
    const { final } = facts;
    const user = final && facts.lineage(final).findLast(({ instruction }) => instruction.keyword === 'USER');
    if (user) notes.push(...onUser(facts, final, user.instruction.arguments.text));
    const port = privilegedPort(facts);
    if (port !== undefined)
      notes.push(
        `In Docker and Podman, any user may listen on port ${port}. With the host’s network, or on a Kubernetes that forbids it, use a port from ${FIRST_FREE_PORT} up.`,
      );
  }
  if (rules.has('apt-get-install-recommends') || rules.has('dnf-installs-extras'))
    notes.push('If something is missing at run time, it was a recommended package. Install it explicitly.');
  return notes;
}

/** Whom it runs as, what that was concluded from, and what could not be known. */
function onUser(facts: FileFacts, final: Stage, user: string): readonly string[] {
  const { read } = readStart(facts, final);
  const looked = listed(['the Dockerfile', ...new Set(read)]);
  const notes = [
    `It runs as ${user} now, since ${looked} ${read.length > 0 ? 'show' : 'shows'} nothing that needs root. What the program itself reads and writes was not looked at: start it once, and give the user any other directory it writes to with chown.`,
  ];
  const isMounted = finalServices(facts).some(({ mounts }) => mounts.length > 0);
  if (facts.has(final, 'VOLUME') || isMounted)
    notes.push(
      'Volumes that exist already, and folders that are mounted, keep their owner: change it once, on the host.',
    );
  return notes;
}

function privilegedPort(facts: FileFacts): string | undefined {
  const { final } = facts;
  if (!final) return undefined;
  const variables = new Map([...variablesOf(final.exit.scope)].map(({ name, value }) => [name, value]));
  return facts
    .lineage(final)
    .flatMap(({ instruction }) => (instruction.keyword === 'EXPOSE' ? instruction.words : []))
    .map(({ text }) => text.replace(/^\$\{?(\w+)\}?/, (whole, name: string) => variables.get(name) ?? whole))
    .map(text => /^(\d+)(?:\/tcp)?$/i.exec(text)?.[1])
    .find(port => port !== undefined && Number(port) > 0 && Number(port) < FIRST_FREE_PORT);
}
