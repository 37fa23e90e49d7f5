import { isFailing, located, namesOf, type Reporter } from './report.js';
import { xml } from './xml.js';

/**
 * JUnit's XML: a suite for each file with a test for each finding. The test of a finding that fails the run fails; that of
 * any other passes, and says it in its output. A file without findings is a passed test.
 */
export const junitReporter: Reporter = files => {
  let failures = 0;
  const suites = files.map(file => {
    const name = xml(file.path);
    if (file.error !== null) {
      const test = `    <testcase name="${name}" classname="dockwright" time="0">\n      <error message="${xml(file.error)}"/>\n    </testcase>\n`;
      return `  <testsuite name="${name}" tests="1" failures="0" errors="1" time="0">\n${test}  </testsuite>\n`;
    }
    let failed = 0;
    const cases = located(file).map(({ finding, range: { start } }) => {
      const place = `${file.path}:${start.line + 1}:${start.character + 1}`;
      const isFailure = isFailing(file, finding);
      if (isFailure) failed++;
      const said = isFailure
        ? `<failure type="${finding.severity}" message="${xml(finding.message)}">${xml(`${place} ${namesOf(finding)}`)}</failure>`
        : `<system-out>${xml(`${place} ${finding.severity}: ${finding.message}`)}</system-out>`;
      return `    <testcase name="${xml(`${namesOf(finding)} line ${start.line + 1}`)}" classname="${name}" file="${name}" time="0">\n      ${said}\n    </testcase>\n`;
    });
    failures += failed;
    const tests = cases.length > 0 ? cases : [`    <testcase name="${name}" classname="dockwright" time="0"/>\n`];
    return `  <testsuite name="${name}" tests="${tests.length}" failures="${failed}" errors="0" time="0">\n${tests.join('')}  </testsuite>\n`;
  });
  const errors = files.filter(file => file.error !== null).length;
  const tests = files.reduce((sum, file) => sum + Math.max(1, file.findings.length), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dockwright" tests="${tests}" failures="${failures}" errors="${errors}" time="0">\n${suites.join('')}</testsuites>\n`;
};
