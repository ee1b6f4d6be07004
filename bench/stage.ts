/**
 * One stage of the bench in a process of its own, so that the memory of one does not count for another. Started by run.ts
 * with the request as JSON; answers with one line of JSON on stdout.
 */
import { STAGES, type StageRequest, type StageResult } from './stages.ts';

const request = JSON.parse(process.argv[2]!) as StageRequest;
const result: StageResult = await STAGES[request.stage](request);
process.stdout.write(`${JSON.stringify(result)}\n`);
