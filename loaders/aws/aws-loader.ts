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
import type { IdentityCenter } from './identity-center/center.ts';
import { CenterReader, isCenterFile } from './identity-center/center-reader.ts';
import { drawCenter } from './identity-center/draw-center.ts';
import { type PermissionSetRoles, permissionSetRoles } from './identity-center/permission-set-roles.ts';
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
  const centerReader = new CenterReader();
  for (const file of files) {
    const root = await rootOf(file, problems);
    const name = plainName(file);
    if (isOrganizationFile(name)) organization.read(name, root);
    else if (isCenterFile(name)) centerReader.read(name, root);
    else pages.push(...root.oneOrMore().map(readAccountDetails));
  }
  const center = centerReader.done();
  const setRoles = center === undefined ? undefined : rolesOfSets(center, pages);
  const estate = estateOf(pages, { organization: organization.done(), madeUp: setRoles?.madeUp ?? [] });
  tellOrganization(estate, organization, report);
  const where = files.map(shownPath).join(', ');
  if (problems.total === 0 && estate.accounts.length === 0 && center === undefined) {
    const message = 'describes no user, group, role or policy of any account; check which account it was exported from';
    problems.add({ file: where, message });
  }
  if (problems.total === 0 && center !== undefined && center.store === undefined)
    problems.add({ file: where, message: NO_STORE });
  problems.throwIfAny();
  const centerSource = request.source ?? `aws:${center?.store}`;
  const sourceOf = (account: string): string =>
    request.source ?? (estate.described.has(account) ? `aws:${account}` : centerSource);
  const changes = changesOf(estate, sourceOf, problems, report, (draft, missed) => {
    if (center !== undefined) drawCenter(center, setRoles!, centerSource, draft, missed);
  });
  problems.throwIfAny();
  const described = [...estate.described].sort();
  const parts: Part[] = described.map((account) => ({
    source: sourceOf(account),
    where: `account ${account}`,
    ...(isWhole(pages, account, described.length) ? {} : { lacks: LAST_PAGE_MISSING }),
  }));
  if (center !== undefined) parts.push({ source: centerSource, where: 'Identity Center', ...lackOf(center) });
  for (const { where: part, lacks } of parts) if (lacks !== undefined) report.skipped.push({ where: part, why: lacks });
  const sources = [...new Set(parts.map(({ source }) => source))];
  const complete = sources.filter((source) =>
    parts.every((part) => part.source !== source || part.lacks === undefined),
  );
  return { source: sources.length === 1 ? sources[0]! : 'aws', complete, changes, report };
}

/** What one source vouches for, or a part of that. */
interface Part {
  readonly source: string;
  readonly where: string;
  /** Set where not all is there. */
  readonly lacks?: string;
}

const NO_STORE =
  'no file of Identity Center names the identity store; add sso-users.json, the output of "aws identitystore list-users"';

const lackOf = ({ missing }: IdentityCenter): { readonly lacks?: string } =>
  missing.length === 0
    ? {}
    : {
        lacks: `not all files are there, so nothing that an earlier load told is withdrawn; missing (${missing.length}): ${missing.slice(0, 10).join(', ')}`,
      };

function rolesOfSets(center: IdentityCenter, pages: readonly AccountDetails[]): PermissionSetRoles {
  const described = new Set(pages.flatMap(({ policies }) => policies.map(({ arn }) => arn)));
  return permissionSetRoles(
    center,
    pages.flatMap(({ roles }) => roles),
    described,
  );
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
