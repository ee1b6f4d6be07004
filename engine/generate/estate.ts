/** A made-up company of any size: told as facts, changes or lines, one after the other, in an order that never varies. */
import type { Change } from '../model/index.ts';
import { applications } from './applications.ts';
import { cloud } from './cloud.ts';
import { type Company, companyOf, type EstateOptions } from './company.ts';
import { changeOfFact, type Facts, lineOfFact } from './fact.ts';
import { folders } from './folders.ts';
import { infrastructure } from './infrastructure.ts';
import { jobs } from './jobs.ts';
import { orgGroups } from './org-groups.ts';
import { places } from './places.ts';
import { type Planted, plants } from './planted.ts';
import { platformAdmins } from './platform-admins.ts';
import { projects } from './projects.ts';
import { serviceAccounts } from './service-accounts.ts';
import { takeovers } from './takeovers.ts';
import { workforce } from './workforce.ts';

const PARTS: readonly ((company: Company) => Facts)[] = [
  orgGroups,
  places,
  folders,
  applications,
  jobs,
  infrastructure,
  cloud,
  platformAdmins,
  projects,
  workforce,
  serviceAccounts,
  takeovers,
  plantedFacts,
];

function* facts(options: EstateOptions): Facts {
  const company = companyOf(options);
  for (const part of PARTS) yield* part(company);
}

function* plantedFacts(company: Company): Facts {
  for (const plant of plants(company)) yield* plant.facts;
}

/**
 * The estate as changes, each with its source. The same options give the same changes in the same order.
 * Memory: the org chart and the list of applications, about 20 MB for a million people.
 *
 * @throws RangeError when an option is out of its range
 */
export function* generateEstate(options: EstateOptions): Generator<Change, void, undefined> {
  for (const fact of facts(options)) yield changeOfFact(fact);
}

/** The same estate as Graph JSON Lines, a line an item without its line end. @throws RangeError as above */
export function* generateLines(options: EstateOptions): Generator<string, void, undefined> {
  for (const fact of facts(options)) yield lineOfFact(fact);
}

/** The problems that were put into the estate of these options on purpose. @throws RangeError as above */
export function* plantedProblems(options: EstateOptions): Generator<Planted, void, undefined> {
  for (const { kind, ids } of plants(companyOf(options))) yield { kind, ids };
}
