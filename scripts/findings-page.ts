/** docs/findings.md with its table of rules made from the rules themselves. */
import { FINDING_KINDS } from '../engine/findings/questions.ts';
import type { FindingRule } from '../engine/findings/rule.ts';
import { rulesOf } from '../engine/findings/rules/index.ts';

const BEGIN = '<!-- rules: made by `npm run docs:findings` -->';
const END = '<!-- end of rules -->';
const EFFECTS = { NOTHING_CHANGES: 'nobody gains or loses anything', ACCESS_ENDS: 'some lose, nobody gains' } as const;

/** @param page the page as it is. @throws Error where it has no place for the rules */
export function findingsPage(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/findings.md needs ${BEGIN} and ${END}`);
  const rules = rulesOf(FINDING_KINDS).map(textOf).join('\n');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${rules}\n${page.slice(end)}`;
}

const textOf = ({ kind, looksFor, severityIs, remedyIs, remedyEffect }: FindingRule): string =>
  `### \`${kind}\`

${sentence(looksFor)}

- Severity: ${sentence(severityIs)}
- Remedy: ${sentence(remedyIs)} Effect: ${EFFECTS[remedyEffect]}${remedyEffect === 'ACCESS_ENDS' ? ', unless the finding says that nobody loses anything either' : ''}.
`;

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
