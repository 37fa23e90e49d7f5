import type { Scenario } from './scenario.js';

export const dockerignore: Scenario = {
  name: 'a copied secret: one click creates the .dockerignore, and the warning goes',
  folder: 'test/e2e/workspace-leaky',
  file: 'Dockerfile',
  play: async editor => {
    await editor.hasSquiggle('COPY . .');
    await editor.quickFix('. .', 'Create .dockerignore', 'menu');
    await editor.hasNoSquiggle('warning');
    const ignore = await editor.opensInExplorer('.dockerignore');
    for (const line of ['.git', '**/.env', '**/node_modules', '**/id_rsa*']) await ignore.has(line);
    await ignore.shows('no line that keeps out the certificate', text => !text.includes('.pem'));
    await ignore.screenshot('created');
  },
};
