export type { EstateOptions } from './company.ts';
export { REFERENCE as ESTATE_DAY } from './dates.ts';
export { generateEstate, generateLines, plantedProblems } from './estate.ts';
export type { Planted, PlantedKind } from './planted.ts';
