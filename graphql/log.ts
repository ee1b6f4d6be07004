/** Writes a line of the server's log. */
export type Log = (line: string) => void;

/** The log goes to stderr: stdout is for answers. */
export const stderrLog: Log = (line) => {
  process.stderr.write(`grantlens: ${line}\n`);
};
