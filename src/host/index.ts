// What library code and whoever runs it, the worker of a notebook or nobody, know of each other.
export {
  currentCell,
  type OpenEffect,
  openEffect,
  restoreWhenCutOff,
  tellIfCutOff,
  whenCutOff,
  wholly,
} from "./cut-off.js";
export {
  type CollectiveCall,
  type Comparison,
  type Connections,
  currentHost,
  type DisplayOptions,
  HOST_KEY,
  type Host,
  type HostComm,
  type HostCommOptions,
  type HostComms,
  type MimeBundle,
  type Restore,
  type RunDescription,
  type RunOutcome,
  type RunSample,
} from "./host.js";
