/** `npm run bench` measures the product by itself; `npm run bench -- neo4j` measures it on a Neo4j server. */
if (process.argv[2] === 'neo4j') {
  const { runNeo4j } = await import('./neo4j/run.ts');
  await runNeo4j(process.argv.slice(3));
} else {
  await import('./run.ts');
}
