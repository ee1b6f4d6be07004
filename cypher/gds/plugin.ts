/** Whether the Graph Data Science plugin is there. */
import { statement } from '../statement.ts';

/** A row when there is the function that tells the version. To call it where it is not would be a syntax error. */
export const FIND_GDS = statement({
  name: 'gds.find',
  mode: 'read',
  parameters: {},
  text: "SHOW FUNCTIONS YIELD name WHERE name = 'gds.version' RETURN name",
});

export const GDS_VERSION = statement({
  name: 'gds.version',
  mode: 'read',
  parameters: {},
  text: 'RETURN gds.version() AS version',
});
