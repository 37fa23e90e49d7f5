/** Imported first, before anything that older ones cannot run. */
if (Number(process.versions.node.split('.')[0]) < 20)
  throw new Error(`dockwright needs Node.js 20 or newer; this is ${process.versions.node}.`);
