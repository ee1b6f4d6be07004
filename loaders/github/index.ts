import { declaredLoader } from '../declared/declared-loader.ts';
import { github } from './description.ts';
import { openGithub } from './reader.ts';

/** GitHub, from saved answers of its API: docs/loaders/github.md. */
export const githubLoader = declaredLoader(github, openGithub);
