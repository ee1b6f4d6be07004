/**
 * What a list belongs to, where its objects do not say it: the path of the API it was read from, as the path of the file
 * (`repos/acme/app/collaborators.json`), or flat with the id behind (`repo-collaborators-1296269.json`).
 */
export type ContextKind =
  | 'repo-collaborators'
  | 'repo-teams'
  | 'repo-secrets'
  | 'team-members'
  | 'team-maintainers'
  | 'team-repositories'
  | 'org-members'
  | 'org-owners'
  | 'org-role-users'
  | 'org-role-teams'
  | 'org-secrets'
  | 'installation-repositories'
  | 'token-repositories'
  | 'secret-repositories';

export interface FileContext {
  readonly of: ContextKind;
  /** An id, a login, `OWNER/NAME` of a repository, `ORG/SLUG` of a team; undefined where the name has none. */
  readonly key: string | undefined;
}

const END = String.raw`\.json(?:\.gz|\.zst)?$`;
const NESTED: readonly (readonly [RegExp, ContextKind])[] = (
  [
    ['repos/([^/]+/[^/]+)/collaborators', 'repo-collaborators'],
    ['repos/([^/]+/[^/]+)/teams', 'repo-teams'],
    ['repos/([^/]+/[^/]+)/actions/secrets', 'repo-secrets'],
    ['orgs/([^/]+)/members', 'org-members'],
    ['orgs/([^/]+)/owners', 'org-owners'],
    ['orgs/([^/]+)/actions/secrets', 'org-secrets'],
    ['orgs/[^/]+/actions/secrets/([^/]+)/repositories', 'secret-repositories'],
    ['orgs/[^/]+/organization-roles/([^/]+)/users', 'org-role-users'],
    ['orgs/[^/]+/organization-roles/([^/]+)/teams', 'org-role-teams'],
    ['orgs/[^/]+/personal-access-tokens/([^/]+)/repositories', 'token-repositories'],
    ['installations/([^/]+)/repositories', 'installation-repositories'],
  ] as const
).map(([path, of]) => [new RegExp(`(?:^|/)${path}${END}`), of]);

const OF_TEAM = new RegExp(`(?:^|/)orgs/([^/]+)/teams/([^/]+)/(members|maintainers|repos)${END}`);
const FLAT = new RegExp(
  String.raw`(?:^|/)(repo-collaborators|repo-teams|repo-secrets|team-members|team-maintainers|team-repositories|org-members|org-owners|org-role-users|org-role-teams|org-secrets|(?:app)?install(?:ation)?-repositories|pat-repositories|selected-org-secrets)(?:[-.]([\w-]+))?${END}`,
);
const FLAT_KINDS: Readonly<Record<string, ContextKind>> = {
  'appinstall-repositories': 'installation-repositories',
  'install-repositories': 'installation-repositories',
  'appinstallation-repositories': 'installation-repositories',
  'pat-repositories': 'token-repositories',
  'selected-org-secrets': 'secret-repositories',
};

export function contextOf(path: string): FileContext | undefined {
  const team = OF_TEAM.exec(path);
  if (team !== null) {
    const of = team[3] === 'repos' ? 'team-repositories' : (`team-${team[3]}` as ContextKind);
    return { of, key: `${team[1]}/${team[2]}` };
  }
  for (const [pattern, of] of NESTED) {
    const match = pattern.exec(path);
    if (match !== null) return { of, key: match[1]! };
  }
  const flat = FLAT.exec(path);
  if (flat === null) return undefined;
  return { of: FLAT_KINDS[flat[1]!] ?? (flat[1] as ContextKind), key: flat[2] };
}
