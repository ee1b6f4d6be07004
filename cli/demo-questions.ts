import { type Engine, type EstateOptions, type PlantedKind, plantedProblems } from '../engine/index.ts';

/**
 * Three questions worth asking of a made-up company, as command lines with ids of it; none where it is not what is loaded.
 *
 * @param store what to add to a command line to mean the store
 */
export async function demoQuestions(engine: Engine, options: EstateOptions, store: string): Promise<string[]> {
  const ids = new Map<PlantedKind, readonly string[]>();
  for (const problem of plantedProblems(options)) if (!ids.has(problem.kind)) ids.set(problem.kind, problem.ids);
  const [, reader, folder] = ids.get('REDUNDANT_GRANT')!;
  const [climber, , , region] = ids.get('ESCALATION_PATH')!;
  if (!(await areAllThere(engine, [reader!, folder!, climber!, region!, 'app:payments/payments']))) return [];
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

async function areAllThere(engine: Engine, ids: readonly string[]): Promise<boolean> {
  const view = await engine.view();
  try {
    return (await view.entities(ids)).every((entity) => entity !== undefined);
  } finally {
    view.release();
  }
}
