import { basename } from 'node:path';
import { Problems } from '../../engine/model/index.ts';
import { filesInAll } from '../formats/files-in.ts';
import { parseJson } from '../formats/json-document.ts';
import { shownPath } from '../formats/open-text.ts';
import { readWholeText } from '../formats/whole-text.ts';
import type { Loaded, Loader, LoadReport, LoadRequest } from '../loader.ts';
import { type AccountDetails, readAccountDetails } from './account-details.ts';
import { changesOf } from './account-graph.ts';
import { type Estate, estateOf } from './estate.ts';
import { JsonCursor } from './json-cursor.ts';
import { isOrganizationFile, OrganizationReader } from './organization.ts';

/** AWS IAM: the JSON of `aws iam get-account-authorization-details`, of one account or several, whole or in pages. */
export const awsLoader: Loader = {
  format: 'aws',
  summary: 'AWS IAM: JSON of "aws iam get-account-authorization-details", files or folders, one account or several',
  load,
};

async function load(request: LoadRequest): Promise<Loaded> {
  const { files, skipped } = await filesInAll(request.paths, { extensions: ['.json'] });
  const problems = new Problems();
  const report: LoadReport = { unresolved: [], skipped: [...skipped] };
  const pages: AccountDetails[] = [];
  const organization = new OrganizationReader();
  for (const file of files) {
    const root = await rootOf(file, problems);
    const name = plainName(file);
    if (isOrganizationFile(name)) organization.read(name, root);
    else pages.push(...root.oneOrMore().map(readAccountDetails));
  }
  const estate = estateOf(pages, organization.done());
  tellOrganization(estate, organization, report);
  if (problems.total === 0 && estate.accounts.length === 0) {
    const message = 'describes no user, group, role or policy of any account; check which account it was exported from';
    problems.add({ file: files.map(shownPath).join(', '), message });
  }
  problems.throwIfAny();
  const sourceOf = (account: string): string => request.source ?? `aws:${account}`;
  const sources = [...new Set(estate.accounts.map(sourceOf))];
  const changes = changesOf(estate, sourceOf, problems, report);
  problems.throwIfAny();
  const whole = estate.accounts.filter((account) => isWhole(pages, account, estate.accounts.length));
  for (const account of estate.accounts) {
    if (!whole.includes(account)) report.skipped.push({ where: `account ${account}`, why: LAST_PAGE_MISSING });
  }
  const complete = request.source === undefined || whole.length === estate.accounts.length ? whole.map(sourceOf) : [];
  return { source: sources.length === 1 ? sources[0]! : 'aws', complete: [...new Set(complete)], changes, report };
}

const LAST_PAGE_MISSING =
  'its last page is missing ("IsTruncated" is true on all that name it), so nothing that an earlier load told is withdrawn';

/** The name without the ending of a packed file. */
const plainName = (file: string): string => basename(shownPath(file)).replace(/\.(?:gz|zst)$/, '');

/** A file holds one page, or a list of them, or one answer about the organization. */
async function rootOf(file: string, problems: Problems): Promise<JsonCursor> {
  const text = await readWholeText(file);
  const shown = shownPath(file);
  return new JsonCursor({ file: shown, text, problems }, parseJson(text, shown));
}

function tellOrganization(estate: Estate, { leftAside }: OrganizationReader, report: LoadReport): void {
  for (const account of estate.accounts) {
    if (estate.organization?.isPlaced(account) !== false) continue;
    const why = 'no file says where in the organization it lies, so whatever its users and roles do is conditional';
    report.skipped.push({ where: `account ${account}`, why });
  }
  if (leftAside.size === 0) return;
  const why =
    'policies of the organization that are no service control policies; resource control policies are not read';
  report.skipped.push({ where: [...leftAside].sort().join(', '), why });
}

/** True when the last of the account's pages is there. A page says only that more follow, not of what. */
function isWhole(pages: readonly AccountDetails[], account: string, accounts: number): boolean {
  const mine = accounts === 1 ? pages : pages.filter((page) => namesAccount(page, account));
  return mine.some(({ last }) => last);
}

const namesAccount = ({ users, groups, roles, policies }: AccountDetails, account: string): boolean =>
  [users, groups, roles, policies].some((list) => list.some((one) => one.account === account));
