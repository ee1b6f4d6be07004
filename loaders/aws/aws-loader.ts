import { basename } from 'node:path';
import { Problems } from '../../engine/model/index.ts';
import { filesInAll } from '../formats/files-in.ts';
import { parseJson } from '../formats/json-document.ts';
import { JsonScanner } from '../formats/json-scan.ts';
import { readLines } from '../formats/lines.ts';
import { shownPath } from '../formats/open-text.ts';
import { readWholeText } from '../formats/whole-text.ts';
import type { Loaded, Loader, LoadReport, LoadRequest } from '../loader.ts';
import { type AccountDetails, readAccountDetails } from './account-details.ts';
import { changesOf } from './account-graph.ts';
import { BucketReader, isResourcePolicyFile, LINES_ENDING } from './buckets/bucket-policies.ts';
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
  const { files, skipped } = await filesInAll(request.paths, { extensions: ['.json', LINES_ENDING] });
  const problems = new Problems();
  const report: LoadReport = { unresolved: [], skipped: [...skipped] };
  const pages: AccountDetails[] = [];
  const organization = new OrganizationReader();
  const centerReader = new CenterReader();
  const buckets = new BucketReader();
  for (const file of files) {
    if (plainName(file).endsWith(LINES_ENDING)) {
      for await (const line of linesOf(file, problems)) buckets.read(line);
      continue;
    }
    const root = await rootOf(file, problems);
    const name = plainName(file);
    if (isOrganizationFile(name)) organization.read(name, root);
    else if (isCenterFile(name)) centerReader.read(name, root);
    else if (isResourcePolicyFile(name)) for (const one of root.oneOrMore()) buckets.read(one);
    else pages.push(...root.oneOrMore().map(readAccountDetails));
  }
  const center = centerReader.done();
  const setRoles = center === undefined ? undefined : rolesOfSets(center, pages);
  const estate = estateOf(pages, {
    organization: organization.done(),
    madeUp: setRoles?.madeUp ?? [],
    buckets: buckets.done(),
    guardedKeys: buckets.keys(),
  });
  tellOrganization(estate, organization, report);
  for (const [service, count] of [...buckets.leftAside].sort())
    report.skipped.push({ where: `policies of resources of ${service} (${count})`, why: OTHER_SERVICES });
  const where = files.map(shownPath).join(', ');
  if (problems.total === 0 && estate.accounts.length === 0 && center === undefined) {
    const message = 'describes no user, group, role or policy of any account; check which account it was exported from';
    problems.add({ file: where, message });
  }
  if (problems.total === 0 && center !== undefined && center.store === undefined)
    problems.add({ file: where, message: NO_STORE });
  problems.throwIfAny();
  const owners = new Set([...estate.buckets.values()].map(({ account }) => account));
  const centerSource = request.source ?? `aws:${center?.store}`;
  const sourceOf = (account: string): string =>
    request.source ?? (estate.described.has(account) || owners.has(account) ? `aws:${account}` : centerSource);
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
  for (const account of [...owners].filter((owner) => !estate.described.has(owner)).sort())
    parts.push({ source: sourceOf(account), where: `account ${account}`, lacks: BUCKETS_ONLY });
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

const BUCKETS_ONLY = 'of it there are policies of buckets only, so nothing that an earlier load told is withdrawn';

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

const OTHER_SERVICES = 'only policies of S3 buckets are read; these may give more than is told, and deny what is told';

/** One value a line; what is no JSON is reported. */
async function* linesOf(file: string, problems: Problems): AsyncGenerator<JsonCursor> {
  const shown = shownPath(file);
  for await (const { first, lines } of readLines(file)) {
    for (const [at, text] of lines.entries()) {
      if (text.trim() === '') continue;
      const [fault] = new JsonScanner().scan(text);
      if (fault === undefined)
        yield new JsonCursor({ file: shown, text, problems, firstLine: first + at }, JSON.parse(text));
      else problems.add({ file: shown, line: first + at, message: `column ${fault.offset + 1}: ${fault.message}` });
    }
  }
}

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
