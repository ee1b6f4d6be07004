import { declaredLoader } from '../declared/declared-loader.ts';
import { openCollection } from './collection.ts';
import { sharphound } from './description.ts';

/** Active Directory as SharpHound collects it: docs/loaders/sharphound.md. */
export const sharphoundLoader = declaredLoader(sharphound, openCollection);
