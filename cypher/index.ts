export * from './reading/index.ts';
export { type ParameterType, type Statement, type StatementMode, statement } from './statement.ts';
