import { located, namesOf, type Reporter } from './report.js';
import { xml } from './xml.js';

/** JUnit's XML: a suite for each file, a failed test for each finding, and a passed one for a file without any. */
export const junitReporter: Reporter = files => {
  const suites = files.map(file => {
    const name = xml(file.path);
    if (file.error !== null) {
      const test = `    <testcase name="${name}" classname="dockwright">\n      <error message="${xml(file.error)}"/>\n    </testcase>\n`;
      return `  <testsuite name="${name}" tests="1" failures="0" errors="1">\n${test}  </testsuite>\n`;
    }
    const cases = located(file).map(({ finding, range: { start } }) => {
      const place = `${file.path}:${start.line + 1}:${start.character + 1}`;
      const failure = `      <failure type="${finding.severity}" message="${xml(finding.message)}">${xml(`${place} ${namesOf(finding)}`)}</failure>\n`;
      return `    <testcase name="${xml(`${namesOf(finding)} line ${start.line + 1}`)}" classname="${name}" file="${name}" line="${start.line + 1}">\n${failure}    </testcase>\n`;
    });
    const tests = cases.length > 0 ? cases : [`    <testcase name="${name}" classname="dockwright"/>\n`];
    return `  <testsuite name="${name}" tests="${tests.length}" failures="${cases.length}" errors="0">\n${tests.join('')}  </testsuite>\n`;
  });
  const findings = files.reduce((sum, file) => sum + file.findings.length, 0);
  const errors = files.filter(file => file.error !== null).length;
  const tests = files.reduce((sum, file) => sum + Math.max(1, file.findings.length), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dockwright" tests="${tests}" failures="${findings}" errors="${errors}">\n${suites.join('')}</testsuites>\n`;
};
