// What Vitest's report says of each suite.

/**
 * The counts of each suite in what Vitest's reporter `json` wrote, with the seconds that its files took beside others.
 * @param report what it wrote, undefined when it wrote nothing
 * @param {readonly string[]} suites
 * @param {number} exitCode of Vitest
 */
export function countsOf(report, suites, exitCode) {
  const counts = new Map(suites.map((name) => [name, countOf(report?.testResults ?? [], name)]));
  for (const count of counts.values()) {
    if (count.passed === 0) count.failed = Math.max(count.failed, 1); // it has not been run
  }
  // a crash or an unhandled error fails no test by itself
  const isSilent = exitCode !== 0 && [...counts.values()].every(({ failed }) => failed === 0);
  if (isSilent) counts.set("vitest", { passed: 0, failed: 1, skipped: 0, seconds: 0 });
  return counts;
}

/** A line a suite. */
export function suitesTable(counts) {
  const lines = [...counts].map(([name, { passed, failed, skipped, seconds }]) => {
    const tests = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    return `${name.padEnd(10)} ${String(Math.round(seconds)).padStart(5)} s beside others: ${tests}`;
  });
  return lines.join("\n");
}

function countOf(files, suite) {
  const count = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
  for (const file of files.filter(({ name }) => suiteOf(name) === suite)) {
    const statuses = file.assertionResults.map(({ status }) => status);
    for (const status of statuses) count[kindOf(status)] += 1;
    // a file that could not be read has no tests
    if (file.status === "failed" && !statuses.includes("failed")) count.failed += 1;
    count.seconds += (file.endTime - file.startTime) / 1000;
  }
  return count;
}

function suiteOf(file) {
  return /.*\/test\/([^/]+)\//.exec(file)?.[1];
}

function kindOf(status) {
  return status === "passed" || status === "failed" ? status : "skipped";
}
