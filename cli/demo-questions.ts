import { type EstateOptions, type PlantedKind, plantedProblems } from '../engine/index.ts';
import { DEFAULT_DATA } from './command.ts';

/** Three questions worth asking of a made-up company, as command lines with ids of it. */
export function demoQuestions(options: EstateOptions, data: string): string[] {
  const ids = new Map<PlantedKind, readonly string[]>();
  for (const problem of plantedProblems(options)) if (!ids.has(problem.kind)) ids.set(problem.kind, problem.ids);
  const [, reader, folder] = ids.get('REDUNDANT_GRANT')!;
  const [climber, , , region] = ids.get('ESCALATION_PATH')!;
  const store = data === DEFAULT_DATA ? '' : ` --data ${data}`;
  return [
    '',
    'Three questions to try, in another terminal:',
    '',
    'Why can this person read this folder?',
    `  npx grantlens why ${reader} read ${folder}${store}`,
    'Who can release payments?',
    `  npx grantlens who-can release app:payments/payments${store}`,
    'How could this person get at every machine of a region, though nobody granted it?',
    `  npx grantlens why ${climber} login ${region} --reach ESCALATION${store}`,
  ];
}
