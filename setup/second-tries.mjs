// A reporter of Vitest: names the tests that failed and passed when they were tried again, so that nobody overlooks them.
export default class SecondTries {
  onTestRunEnd(modules) {
    const names = modules.flatMap((module) =>
      [...module.children.allTests()]
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
    );
    for (const name of names) console.log(`passed only when tried again: ${name}`);
  }
}
