import { located, type Reporter } from './report.js';
import { xml } from './xml.js';

/** Checkstyle's XML, version 4.3; it knows no severity below info. Its readers group by source, so that is one name. */
export const checkstyleReporter: Reporter = files => {
  const body = files.map(file => {
    const errors = [
      ...(file.error === null
        ? []
        : [`    <error line="1" column="1" severity="error" message="${xml(file.error)}" source="dockwright"/>\n`]),
      ...located(file).map(({ finding, range: { start } }) => {
        const severity = finding.severity === 'hint' ? 'info' : finding.severity;
        const place = `line="${start.line + 1}" column="${start.character + 1}"`;
        return `    <error ${place} severity="${severity}" message="${xml(finding.message)}" source="${xml(finding.codes[0] ?? finding.rule)}"/>\n`;
      }),
    ];
    return `  <file name="${xml(file.path)}">\n${errors.join('')}  </file>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${body.join('')}</checkstyle>\n`;
};
