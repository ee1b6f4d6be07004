/** Offices: a group for each, what is in the building, and the desk that helps people there. */
import type { Company } from './company.ts';
import { edge, type Facts, grant, node, resource } from './fact.ts';
import { LOCATIONS } from './words.ts';

export const locationGroup = (location: number): string => `group:location/${LOCATIONS[location]!.code}`;
export const buildingId = (location: number): string => `building:${LOCATIONS[location]!.code}`;

const FACILITIES = ['Entrance', 'Car Park', 'Meeting Rooms', 'Printers', 'Guest Network', 'Archive Room'];

export function* places(company: Company): Facts {
  for (let location = 0; location < company.locations; location++) {
    const { city, country } = LOCATIONS[location]!;
    yield node('directory', 'Group', locationGroup(location), `${city} Office`, { country });
    yield resource('apps', 'building', buildingId(location), `${city} Building`);
    yield grant('apps', locationGroup(location), buildingId(location), ['enter', 'print', 'use'], {
      ...(location % 7 === 3 ? { condition: 'time between 06:00 and 22:00' } : {}),
    });
    for (const facility of FACILITIES) yield* inBuilding(location, facility);
  }
}

function* inBuilding(location: number, facility: string): Facts {
  const id = `${buildingId(location)}/${facility.toLowerCase().replace(' ', '-')}`;
  yield resource('apps', 'facility', id, facility);
  yield edge('apps', 'CONTAINS', buildingId(location), id);
}
