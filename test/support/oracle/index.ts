/** A second, obvious implementation of the access model. It shares nothing with the engine but the types of its records. */
export * from './actions.ts';
export * from './choke-edges.ts';
export * from './conditions.ts';
export { type Applying, type Asked, conveys, decide, isAllowing, stronger, weaker } from './decide.ts';
export * from './denials.ts';
export { fold, matches } from './glob.ts';
export * from './graph-of.ts';
export * from './lists.ts';
export { allowingWays, allPaths, idsOf, type PathsAsked, TooManyWays, type Way } from './paths.ts';
export { isDisabled, type OracleGraph, type World, worldAt } from './world.ts';
