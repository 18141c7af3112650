/** Processor time of this process in seconds: what work costs a core, whatever else the machine does meanwhile. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** How many items are done for each second of processor time. */
export function perCpuSecond<T>(items: readonly T[], work: (item: T) => unknown): number {
  const started = cpuSeconds()
  for (const item of items) work(item)
  return items.length / Math.max(1e-9, cpuSeconds() - started)
}
