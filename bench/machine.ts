/** The kind of machine that something was measured on: no path and no host name. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export const machine = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});

/** How many processes ran or waited on average over the last minute: what else was going on. */
export const load = (): number => Number(loadavg()[0]!.toFixed(2));

export const today = (): string => new Date().toISOString().slice(0, 10);
