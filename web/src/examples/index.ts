/** The saved questions, in groups. */
import { ACCESS } from './access.ts';
import { CHANGES } from './changes.ts';
import type { Example } from './example.ts';
import { LOOK_UP } from './look-up.ts';
import { PRIVILEGE } from './privilege.ts';
import { ROLES } from './roles.ts';

export type { Example, Subject } from './example.ts';

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

export const EXAMPLES: readonly ExampleGroup[] = [
  { title: 'Look up', examples: LOOK_UP },
  { title: 'Who can do what, and why', examples: ACCESS },
  { title: 'What would change it', examples: CHANGES },
  { title: 'Where the privilege is, and what is wrong', examples: PRIVILEGE },
  { title: 'Who belongs together, and which roles would do', examples: ROLES },
];
