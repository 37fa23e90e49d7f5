import { URI } from 'vscode-uri';

const NOWHERE = URI.parse('untitled:');

/** Never throws: what is not a URI is taken for an unsaved text, beside which there are no files. */
export function parseUri(uri: string): URI {
  try {
    // A share of another computer with the slashes of its path, as Java and Vim write it.
    return URI.parse(uri.replace(/^file:\/{4,}/, 'file://'));
  } catch {
    return NOWHERE;
  }
}

/** The one spelling of a URI: clients differ in what they encode (`c++`, `%2B`) and in the case of drives (`C:`, `c%3A`). */
export const canonical = (uri: string): string => parseUri(uri).toString();
