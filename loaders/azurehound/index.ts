import { declaredLoader } from '../declared/declared-loader.ts';
import { openCollection } from './collection.ts';
import { azurehound } from './description.ts';

/** Entra ID and Azure as AzureHound collects them: docs/loaders/azurehound.md. */
export const azurehoundLoader = declaredLoader(azurehound, openCollection);
