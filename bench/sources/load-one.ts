/** Walks the changes of one load and prints what that took, as one line of JSON: a process of its own, for its peak of memory. */
import { loaderFor } from '../../loaders/index.ts';

const [format, path] = process.argv.slice(2);
const start = performance.now();
const loaded = await loaderFor(format!).load({ paths: [path!], options: {} });
let nodes = 0;
let edges = 0;
for await (const { op } of loaded.changes) {
  if (op === 'PUT_NODE') nodes += 1;
  else edges += 1;
}
const seconds = (performance.now() - start) / 1_000;
const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ nodes, edges, seconds, processorSeconds: (user + system) / 1e6, mebibytes }));
