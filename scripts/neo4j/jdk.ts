import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The programs that provision and run a server. */
export interface Jdk {
  readonly java: string;
  readonly javac: string;
  readonly jar: string;
  readonly mvn: string;
  /** Vendor and full version: a class archive fits one build of Java only. */
  readonly build: string;
}

/** What is missing on this machine to run a server, or the programs that do it. Looks in `JAVA_HOME`, then on the path. */
export async function findJdk(): Promise<Jdk | { readonly missing: string }> {
  const home = process.env['JAVA_HOME'];
  const tool = (name: string) => (home ? join(home, 'bin', name) : name);
  const jdk = { java: tool('java'), javac: tool('javac'), jar: tool('jar'), mvn: 'mvn' };
  const [java, javac, mvn] = await Promise.all([
    said(jdk.java, '-XshowSettings:properties', '-version'),
    said(jdk.javac, '-version'),
    said(jdk.mvn, '-v'),
  ]);
  const major = /java\.specification\.version = (\d+)/.exec(java ?? '')?.[1];
  if (java === undefined) return { missing: 'no java' };
  if (major !== '17' && major !== '21') return { missing: `Java ${major ?? 'of unknown version'}, not 17 or 21` };
  if (javac === undefined) return { missing: 'no javac (a JDK, not a JRE, is needed)' };
  if (mvn === undefined) return { missing: 'no mvn (Maven)' };
  return { ...jdk, build: `${/java\.vm\.version = (\S+)/.exec(java)?.[1]} ${/os\.arch = (\S+)/.exec(java)?.[1]}` };
}

async function said(program: string, ...args: readonly string[]): Promise<string | undefined> {
  return run(program, args).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => undefined,
  );
}
