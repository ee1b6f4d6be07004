/** Rows that go to the server in one parameter, and come back in one transaction where that is free to choose. */
export const ROWS_A_STATEMENT = 10_000;

/** A list in parts of at most some rows. */
export function* slices<T>(rows: readonly T[], size = ROWS_A_STATEMENT): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size)
    yield at === 0 && rows.length <= size ? rows : rows.slice(at, at + size);
}
