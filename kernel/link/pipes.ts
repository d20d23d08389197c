// Descriptors that the kernel gives to a worker. All are pipes; `control` and `inspector` belong to its second thread.

export const FD = { control: 3, inspector: 4, fromKernel: 5, toKernel: 6 } as const;
