import { declaredLoader } from '../declared/declared-loader.ts';
import { posix } from './description.ts';
import { openMachine } from './reader.ts';

/** Accounts, groups and sudo of a machine: docs/loaders/posix.md. */
export const posixLoader = declaredLoader(posix, openMachine);
