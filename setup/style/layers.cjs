// Who may import whom, lowest first. A folder may import only folders to its left.
const layers = [
  ["native"],
  ["tensor"],
  ["device", "jit", "hub", "gguf"],
  ["nn", "optim", "data", "cluster", "tokenizer"],
  ["memory", "parallel", "checkpoint", "generate", "quantize"],
  ["lora"],
  ["models"],
  ["booster"],
  ["train"],
];
const forbidden = [];
for (const [i, row] of layers.entries())
  for (const name of row) {
    const allowed = layers
      .slice(0, i)
      .flat()
      .concat(name, "arguments", "files", "threads", "host", "report");
    forbidden.push({
      name: `layer-${name}`,
      severity: "error",
      from: { path: `^src/${name}/` },
      to: { path: "^src/", pathNot: `^src/(${allowed.join("|")})(/|\\.ts$)` },
    });
  }
forbidden.push(
  {
    name: "no-cycles", // of types only is fine: nothing is loaded
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "model-is-single-device",
    severity: "error",
    from: { path: "^src/models/" },
    to: { path: "^src/(parallel|cluster)/" },
  },
  {
    name: "arguments-stand-alone",
    severity: "error",
    from: { path: "^src/arguments/" },
    to: { path: "^src/", pathNot: "^src/arguments/" },
  },
  {
    name: "files-stand-on-arguments",
    severity: "error",
    from: { path: "^src/files/" },
    to: { path: "^src/", pathNot: "^src/(files|arguments)/" },
  },
  {
    name: "threads-stand-alone",
    severity: "error",
    from: { path: "^src/threads/" },
    to: { path: "^src/", pathNot: "^src/threads/" },
  },
  {
    name: "host-stands-on-arguments",
    severity: "error",
    from: { path: "^src/host/" },
    to: { path: "^src/", pathNot: "^src/(host|arguments)/" },
  },
  {
    name: "one-door-to-host",
    severity: "error",
    from: { path: "^(src|kernel)/", pathNot: "^src/host/" },
    to: { path: "^src/host/", pathNot: "^src/host/index\\.ts$" },
  },
  {
    name: "report-stands-on-host-and-files",
    severity: "error",
    from: { path: "^src/report/" },
    to: { path: "^src/", pathNot: "^src/(report|host|arguments|files)/" },
  },
  {
    name: "widgets-stand-on-report",
    severity: "error",
    from: { path: "^src/widgets/" },
    to: { path: "^src/", pathNot: "^src/(widgets/|arguments/|(host|report)/index\\.ts$)" },
  },
  {
    name: "plugins-do-not-meet",
    severity: "error",
    from: { path: "^src/booster/plugins/([^/]+)\\.ts$" },
    to: { path: "^src/booster/plugins/", pathNot: "^src/booster/plugins/$1\\.ts$" },
  },
  {
    name: "one-door-to-native",
    severity: "error",
    from: {
      path: "^(src|kernel)/",
      pathNot:
        "^src/((native|tensor|device|memory|jit|cluster)/|checkpoint/exchange-folders\\.ts$)",
    },
    to: { path: "^src/native/" },
  },
  {
    name: "src-knows-no-kernel",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "^kernel/" },
  },
  {
    name: "kernel-uses-public-api",
    severity: "error",
    from: { path: "^kernel/" },
    to: { path: "^src/", pathNot: "^src/((host|report)/index\\.ts$|arguments/|files/)" },
  },
  {
    name: "wire-stands-alone",
    severity: "error",
    from: { path: "^kernel/wire/" },
    to: { path: "^kernel/", pathNot: "^kernel/wire/" },
  },
  {
    name: "no-orphans",
    severity: "error",
    from: { orphan: true, path: "^(src|kernel)/", pathNot: "(\\.d\\.ts|main\\.ts)$" },
    to: {},
  },
  {
    name: "no-tests-in-product",
    severity: "error",
    from: { path: "^(src|kernel)/" },
    to: { path: "^test/" },
  },
);
module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "default"],
    },
  },
};
