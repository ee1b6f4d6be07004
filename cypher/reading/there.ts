/** True for a fact that is there at version `$version`: it came before or with it, and no batch up to it removed it. */
export const thereAt = (fact: string): string =>
  `${fact}.since <= $version AND (${fact}.until IS NULL OR ${fact}.until > $version)`;
