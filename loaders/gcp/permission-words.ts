/**
 * Deny policies write permissions with the name of the service, `storage.googleapis.com/buckets.delete`, where roles have a
 * word, `storage.buckets.delete`.
 */

/** Services whose word is not the first part of their name. Both are taken: a word that there is not denies nothing. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  cloudresourcemanager: ['resourcemanager'],
  sqladmin: ['cloudsql', 'sqladmin'],
  cloudbilling: ['billing', 'cloudbilling'],
};

const QUALIFIED = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)\/([A-Za-z0-9_*]+(?:\.[A-Za-z0-9_*]+)+)$/;

/** The permissions as roles name them, the name itself among them; undefined for a text that is no permission. */
export function wordsOf(permission: string): readonly string[] | undefined {
  const match = QUALIFIED.exec(permission);
  if (match === null) return undefined;
  const service = match[1]!.split('.')[0]!;
  return [...(WORDS[service] ?? [service]).map((word) => `${word}.${match[2]}`), permission];
}
