import { type Style, style } from './style.js';

/**
 * The Markdown of an explanation for a terminal: its marks are taken off, and what they mean is shown by colours where those
 * are wanted. It knows what explanations are made of: bold, code, blocks of code and links.
 */
export function forTerminal(markdown: string, color: boolean): string {
  const paint = (name: Style, text: string): string => (color ? style(name, text) : text);
  const parts = markdown.split(/^```\w*\n([\s\S]*?)\n```$/m);
  return parts.map((part, index) => (index % 2 === 1 ? block(part, paint) : inline(part, paint))).join('');
}

type Paint = (name: Style, text: string) => string;

const block = (code: string, paint: Paint): string =>
  code
    .split('\n')
    .map(line => `    ${paint('cyan', line)}`)
    .join('\n');

const inline = (text: string, paint: Paint): string =>
  text
    .replace(/\[([^\]]+)\]\((\S+?)\)/g, (_, label: string, url: string) => `${label} ${paint('dim', url)}`)
    .replace(/\*\*(.+?)\*\*/g, (_, bold: string) => paint('bold', bold))
    .replace(/`([^`\n]+)`/g, (_, code: string) => paint('cyan', code));
