// Descriptors that the kernel gives to a worker. All are pipes; `control` and `inspector` belong to its second thread, `ends`,
// on which it hears that connections between ranks are given up, to a thread of the addon (native/comm/generation.cc).

export const FD = { control: 3, inspector: 4, fromKernel: 5, toKernel: 6, ends: 7 } as const;

/** A worker's first line to the debugger: from then on it reads commands. */
export const LISTENING = { method: "listening" } as const;
