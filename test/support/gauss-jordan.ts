/** The inverse of a small matrix by elimination. */

/** Gauss and Jordan, with the largest pivot. */
export function inverseOf(a: readonly (readonly number[])[]): number[][] {
  const m = a.length;
  const wide = a.map((row, i) => [...row, ...Array.from({ length: m }, (_, j) => (i === j ? 1 : 0))]);
  for (let c = 0; c < m; c++) {
    let best = c;
    for (let r = c; r < m; r++) if (Math.abs(wide[r]![c]!) > Math.abs(wide[best]![c]!)) best = r;
    [wide[c], wide[best]] = [wide[best]!, wide[c]!];
    const pivot = wide[c]![c]!;
    wide[c] = wide[c]!.map((x) => x / pivot);
    for (let r = 0; r < m; r++) {
      if (r === c) continue;
      const times = wide[r]![c]!;
      wide[r] = wide[r]!.map((x, j) => x - times * wide[c]![j]!);
    }
  }
  return wide.map((row) => row.slice(m));
}
