import { declaredLoader } from '../declared/declared-loader.ts';
import { opengraph } from './description.ts';
import { openOpenGraph } from './reader.ts';

/** Graphs of any kinds, in the OpenGraph form: docs/loaders/opengraph.md. */
export const opengraphLoader = declaredLoader(opengraph, openOpenGraph);
