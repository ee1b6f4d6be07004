/** The part of docs/findings.md that lists the rules, from the rules themselves. */
import { FINDING_KINDS } from '../engine/findings/questions.ts';
import { rulesOf } from '../engine/findings/rules/index.ts';

const BEGIN = '<!-- rules: written by `npm run docs:findings` -->';
const END = '<!-- end of rules -->';

const EFFECTS = {
  NOTHING_CHANGES: 'nobody gains or loses anything',
  LISTS_SHRINK: 'nobody gains or loses an action',
  ACCESS_ENDS: 'access ends, nobody gains any',
};

/** The page with its list of rules as it should be. @throws Error when the page has no place for it */
export function findingsPage(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/findings.md has no place for the rules');
  const sections = rulesOf(FINDING_KINDS).map(
    ({ kind, looksFor, severityIs, remedyIs, remedyEffect }) =>
      `### ${kind}\n\n- Looks for ${looksFor}.\n- Severity: ${severityIs}.\n- Remedy: ${remedyIs}. What it does: ${EFFECTS[remedyEffect]}.`,
  );
  return `${page.slice(0, begin)}${BEGIN}\n\n${sections.join('\n\n')}\n\n${page.slice(end)}`;
}
