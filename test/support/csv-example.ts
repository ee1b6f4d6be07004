/** The worked example of docs/loaders/csv.md: its files by name, and the lines of the graph that it shows. */
export function exampleOf(page: string): {
  readonly files: Readonly<Record<string, string>>;
  readonly graph: readonly string[];
} {
  const files: Record<string, string> = {};
  for (const [, name, content] of page.matchAll(/^`([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)```$/gms)) files[name!] = content!;
  const graph = /^```json\n(.*?)\n```$/ms.exec(page)?.[1]?.split('\n') ?? [];
  return { files, graph };
}
