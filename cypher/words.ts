/** The word of a label or relationship type in the name of a statement: `MEMBER_OF` is `member-of`, `ServiceAccount` `serviceaccount`. */
export const wordOf = (name: string): string => name.toLowerCase().replaceAll('_', '-');
