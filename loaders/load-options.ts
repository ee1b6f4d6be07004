/** Options that belong to one loader or another, as `load` and the file of `sync` take them. */
export interface LoadOption {
  readonly name: 'mapping' | 'namespace' | 'roles';
  /** True where the value is the path of a file. */
  readonly isPath: boolean;
  /** One line for `--help`, with the formats that take it. */
  readonly summary: string;
}

export const LOAD_OPTIONS: readonly LoadOption[] = Object.freeze([
  { name: 'mapping', isPath: true, summary: 'csv, opengraph: the file that says what becomes of columns and kinds' },
  {
    name: 'namespace',
    isPath: false,
    summary: 'kubernetes: where objects are that name no namespace (default: "default")',
  },
  {
    name: 'roles',
    isPath: true,
    summary: 'azurehound: role definitions of Azure, as `az role definition list` writes them',
  },
]);
