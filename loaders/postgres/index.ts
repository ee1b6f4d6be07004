import { declaredLoader } from '../declared/declared-loader.ts';
import { postgres } from './description.ts';
import { openPostgres } from './reader.ts';

/** Roles and privileges of a PostgreSQL server: docs/loaders/postgres.md. */
export const postgresLoader = declaredLoader(postgres, openPostgres);
