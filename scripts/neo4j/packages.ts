/**
 * Which packages of Maven Central make a Neo4j server. Neo4j Community is GPLv3, and so is Graph Data Science: they are
 * fetched by whoever runs this, for tests and for trying out, and no part of them ships with Grantlens.
 */

export const NEO4J_VERSION = '5.26.30';
export const GDS_VERSION = '2.13.9';
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

const GDS = ['proc', 'opengds-extension'].map((artifact) => ({
  group: 'org.neo4j.gds',
  artifact,
  version: GDS_VERSION,
}));

/** Which packages: a version of the server, and with `gds` the Graph Data Science library that fits {@link NEO4J_VERSION}. */
export interface Packages {
  readonly gds: boolean;
  readonly version: string;
}

/** A Maven project that depends on them. */
export function pomOf({ gds, version }: Packages): string {
  const server = { group: 'org.neo4j', artifact: 'neo4j', version };
  const dependencies = [server, ...(gds ? GDS : [])].map(
    (one) =>
      `    <dependency><groupId>${one.group}</groupId><artifactId>${one.artifact}</artifactId><version>${one.version}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>grantlens</groupId>
  <artifactId>neo4j-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`;
}

/** Arguments of Maven that put all jars of the project in `pom` into the folder `into`. */
export const copyJars = (pom: string, into: string): readonly string[] => [
  '-q',
  '-B',
  '-f',
  pom,
  `${DEPENDENCY_PLUGIN}:copy-dependencies`,
  '-DincludeScope=runtime',
  `-DoutputDirectory=${into}`,
];

/** Whether a jar holds procedures: the server looks for them in its plugin folder only, what they need is on the class path. */
export const holdsProcedures = (jar: string): boolean =>
  /^(alpha-)?proc-/.test(jar) && jar.endsWith(`-${GDS_VERSION}.jar`);
