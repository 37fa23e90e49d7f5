/** Older ones lack parts of the language that are used everywhere; this file itself has to run on them. */
const major = Number(process.versions.node.split('.')[0]);

if (major < 20) {
  process.stderr.write(`dockwright needs Node.js 20 or newer; this is ${process.versions.node}.\n`);
  process.exit(2);
}
