import type { FileFacts } from '../facts/index.js';
import { variablesOf } from '../facts/index.js';
import type { Applied } from '../fixes/index.js';

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
    if (user)
      notes.push(
        `It runs as ${user.instruction.arguments.text} now and can write only to what belongs to this user: try it once, and give it any other directory it writes to with chown.`,
      );
    const port = privilegedPort(facts);
    if (port !== undefined)
      notes.push(
        `In Docker and Podman every user may listen on port ${port}; with the host’s network, or on a Kubernetes that forbids it, choose one from ${FIRST_FREE_PORT} on.`,
      );
  }
  if (rules.has('apt-get-install-recommends') || rules.has('dnf-installs-extras'))
    notes.push('If something is missing now, it was a recommended package: install it by its name.');
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
