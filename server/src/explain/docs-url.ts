/** Where the pages of docs/rules can be read. */
const BASE = 'https://github.com/dockwright/dockwright/blob/main/docs/rules';

/** The page that explains a rule; ShellCheck's codes have their own wiki. */
export function docsUrl(rule: string): string {
  return /^SC\d{4}$/.test(rule) ? `https://www.shellcheck.net/wiki/${rule}` : `${BASE}/${rule}.md`;
}
