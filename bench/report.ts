/** What was measured, on what: as JSON without a path or host name in it, and as tables. */
import { machine, today } from './machine.ts';
import type { StageResult } from './stages.ts';

export type Report = ReturnType<typeof reportOf>;

export function reportOf(users: number, seed: number, stages: readonly StageResult[]) {
  const graph = stages.map((stage) => stage.graph).find((one) => one !== undefined);
  return {
    measuredAt: today(),
    machine: machine(),
    estate: { users, seed, nodes: sum(graph?.nodeCounts), edges: sum(graph?.edgeCounts) },
    work: stages.flatMap((stage) => stage.work),
    timings: stages.flatMap((stage) => stage.timings),
    simulated: stages.flatMap((stage) => stage.simulated ?? []),
    memory: stages.flatMap((stage) => stage.memory),
  };
}

const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

export function printReport({ machine: kind, estate, work, timings, simulated, memory }: Report): void {
  const count = (value: number) => value.toLocaleString('en-US');
  console.log(`${kind.cores} cores of ${kind.processor}, ${kind.memory}, Node ${kind.node}, ${kind.platform}`);
  console.log(
    `${count(estate.users)} users, seed ${estate.seed}: ${count(estate.nodes)} nodes, ${count(estate.edges)} edges\n`,
  );
  for (const { name, seconds, items, rate, late } of work) {
    const each = rate === undefined ? '' : `${count(items!)} items, ${count(rate)} a second`;
    const held = late === undefined ? '' : `; the event loop was late by ${late} ms at most`;
    console.log(`${name.padEnd(28)}${`${seconds.toFixed(2)} s`.padStart(10)}   ${each}${held}`);
  }
  console.log(
    `\n${'question'.padEnd(34)}${'calls'.padStart(8)}${'median'.padStart(11)}${'p99'.padStart(11)}${'max'.padStart(11)}   answers`,
  );
  for (const { name, calls, median, p99, max, answers, results, aResult } of timings) {
    const told = Object.entries(answers).map(([answer, times]) => `${answer} ${count(times)}`);
    if (results !== undefined) told.push(`${count(results)} in all, ${aResult} ns each`);
    const times = [median, p99, max].map((time) => duration(time).padStart(11));
    console.log(`${name.padEnd(34)}${count(calls).padStart(8)}${times.join('')}   ${told.join(', ')}`);
  }
  for (const { seconds, identities, lost, complete, delay, checks } of simulated) {
    const reached = `${count(identities)} identities, ${count(lost)} accesses lost${complete ? '' : ', not complete'}`;
    console.log(`whatIf, all roles go: ${seconds.toFixed(2)} s, ${reached}; beside it ${count(checks)} checks`);
    console.log(`  the event loop was late by ${delay.median} ms median, ${delay.p99} ms p99, ${delay.max} ms max`);
  }
  console.log(`\n${'resident memory, MiB'.padEnd(34)}${'now'.padStart(8)}${'most'.padStart(11)}`);
  for (const { at, resident, most } of memory) {
    console.log(`${at.padEnd(34)}${count(resident).padStart(8)}${count(most).padStart(11)}`);
  }
}

/** Microseconds, as one reads them. */
export const duration = (microseconds: number): string =>
  microseconds < 1_000 ? `${microseconds.toFixed(1)} µs` : `${(microseconds / 1_000).toFixed(2)} ms`;
