import { CONDITIONAL, decisionOf } from '../model/index.ts';
import { conditionEdges } from './answer-conditions.ts';
import { Question } from './decide.ts';
import { actionOf, frameOf, type Ground, identityOf, resourceOf } from './ground.ts';
import type { AccessDecision, CheckQuestion } from './questions.ts';

/** One decision. A few microseconds, and at once, but for CONDITIONAL answers, whose conditions are fetched from the store. */
export function check(ground: Ground, asked: CheckQuestion): AccessDecision | Promise<AccessDecision> {
  const { question, identity } = questionOf(ground, asked);
  const rank = question.decide(identity);
  const { version } = ground.snapshot;
  if (rank !== CONDITIONAL) return { decision: decisionOf(rank), conditions: NO_CONDITIONS, version };
  return conditionTexts(ground, conditionEdges(question, identity)).then((conditions) => ({
    decision: decisionOf(rank),
    conditions,
    version,
  }));
}

const NO_CONDITIONS: readonly string[] = Object.freeze([]);

export function questionOf(
  ground: Ground,
  asked: CheckQuestion,
): { readonly question: Question; readonly identity: number } {
  const frame = frameOf(ground, asked);
  const identity = identityOf(ground, asked.identity);
  const resource = resourceOf(ground, asked.resource);
  const question = new Question(frame, ground.work, ground.snapshot.terms.matcher(actionOf(asked.action)), resource);
  return { question, identity };
}

/** The conditions of edges, each text once, sorted. */
export async function conditionTexts(ground: Ground, edges: readonly number[]): Promise<readonly string[]> {
  const records = await ground.reader.edges(edges.map((edge) => ground.snapshot.edgeRef[edge]!));
  const texts = new Set(records.flatMap((record) => (record?.condition === undefined ? [] : [record.condition])));
  return [...texts].sort();
}
