/** Lets the event loop turn once, so that long walks over the store do not stop a server. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
