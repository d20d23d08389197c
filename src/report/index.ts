// Torch-free half of the package: importable from the kernel process and from any script.
export {
  currentHost,
  type DisplayOptions,
  HOST_KEY,
  type Host,
  type MimeBundle,
  type RunDescription,
} from "./host.js";
