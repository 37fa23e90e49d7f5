import { located, namesOf, type Reporter } from './report.js';
import { xml } from './xml.js';

/** Checkstyle's XML, version 4.3; it knows no severity below info. */
export const checkstyleReporter: Reporter = files => {
  const body = files.map(file => {
    const errors = [
      ...(file.error === null
        ? []
        : [`    <error line="1" column="1" severity="error" message="${xml(file.error)}" source="dockwright"/>\n`]),
      ...located(file).map(({ finding, range: { start } }) => {
        const severity = finding.severity === 'hint' ? 'info' : finding.severity;
        const place = `line="${start.line + 1}" column="${start.character + 1}"`;
        return `    <error ${place} severity="${severity}" message="${xml(finding.message)}" source="${xml(namesOf(finding))}"/>\n`;
      }),
    ];
    return `  <file name="${xml(file.path)}">\n${errors.join('')}  </file>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${body.join('')}</checkstyle>\n`;
};
