import { CONDITIONAL, decisionOf } from '../model/index.ts';
import { conditionEdges } from './answer-conditions.ts';
import { Question } from './decide.ts';
import { actionOf, frameOf, type Ground, identityOf, resourceOf } from './ground.ts';
import type { AccessDecision, CheckQuestion } from './questions.ts';

/** One decision. A few microseconds but for CONDITIONAL answers, whose conditions are fetched from the store. */
export async function check(ground: Ground, asked: CheckQuestion): Promise<AccessDecision> {
  const { question, identity } = questionOf(ground, asked);
  const rank = question.decide(identity);
  const conditions = rank === CONDITIONAL ? await conditionTexts(ground, conditionEdges(question, identity)) : [];
  return { decision: decisionOf(rank), conditions, version: ground.snapshot.version };
}

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
