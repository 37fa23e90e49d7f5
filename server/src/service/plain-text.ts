/** Markdown of ours for editors that show none: without fences and emphasis, links written out. */
export function plainText(markdown: string): string {
  let isCode = false;
  return markdown
    .split('\n')
    .filter(line => {
      if (!line.startsWith('```')) return true;
      isCode = !isCode;
      return false;
    })
    .join('\n')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '$1: $2');
}
