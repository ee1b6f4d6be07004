/** Cloud accounts: a set of roles each that people assume, and the bound of what programs there may do. */
import type { Company } from './company.ts';
import { edge, type Facts, grant, node, resource } from './fact.ts';
import { informationTechnology } from './folders.ts';
import { nth } from './org-chart.ts';
import { People } from './person.ts';
import { slug, TEAMS } from './words.ts';

const accountName = (account: number): string => slug(nth(TEAMS, account));
export const accountId = (account: number): string => `account:${accountName(account)}`;
export type AccountRole = 'admin' | 'boundary' | 'developer' | 'read-only';
export const accountRole = (account: number, role: AccountRole): string => `role:cloud/${accountName(account)}/${role}`;
/** The account that a project works in. */
export const accountOf = (company: Company, project: number): number => project % company.cloudAccounts;

const ROLES: readonly {
  readonly role: AccountRole;
  readonly actions: readonly string[];
  readonly except?: readonly string[];
}[] = [
  { role: 'read-only', actions: ['s3:Get*', 's3:List*'] },
  { role: 'developer', actions: ['s3:Get*', 's3:List*', 's3:PutObject'] },
  { role: 'admin', actions: ['*'], except: ['account:Close*', 'organizations:*'] },
  { role: 'boundary', actions: ['s3:*'], except: ['s3:DeleteBucket', 's3:PutBucketPolicy'] },
];

export function* cloud(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('cloud');
  yield resource('cloud', 'organization', 'cloud:', 'Cloud Organization');
  for (let account = 0; account < company.cloudAccounts; account++) {
    draw.at(account);
    const name = nth(TEAMS, account);
    yield resource('cloud', 'account', accountId(account), `Account ${name}`, undefined, {
      stage: account % 3 === 0 ? 'production' : 'test',
    });
    yield edge('cloud', 'CONTAINS', 'cloud:', accountId(account));
    for (const { role, actions, except } of ROLES) {
      yield node('cloud', 'Role', accountRole(account, role), `${name} ${role}`, { account: name });
      yield grant(
        'cloud',
        accountRole(account, role),
        accountId(account),
        actions,
        except && { exceptActions: except },
      );
    }
    const admins = `group:cloud/${accountName(account)}/admins`;
    yield node('directory', 'Group', admins, `Cloud Admins ${name}`);
    yield edge('cloud', 'CAN_ASSUME', admins, accountRole(account, 'admin'), {
      technique: 'assume-role',
      condition: 'mfa = true',
    });
    for (const user of draw.several(draw.between(2, 4), ...informationTechnology(company)))
      yield edge('directory', 'MEMBER_OF', people.id(user), admins);
  }
}
