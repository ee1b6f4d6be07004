/** The names that an estate is made of: own short lists, no real persons or companies. */

/** First names; letters that ASCII lacks are folded for ids. */
export const FIRST_NAMES: readonly string[] =
  `Ada Aiko Alan Amara Amina Ana Anders Anika Anton Arjun Astrid Aylin Beatriz Bilal Bruno Camila Carlos Chen Chloé Clara
  Daniel Darius David Diego Dina Elena Eli Emma Emre Erik Esther Eva Farid Fatima Felix Fiona Freya Gabriel Grace Greta
  Hana Hassan Helena Hugo Ida Igor Ines Ingrid Isaac Ivan Jaime Jan Jasmin Jonas José Julia Kai Karim Kavya Keiko Kofi
  Lars Laura Leila Leo Lin Lucía Luis Magnus Malik Mara Marco Maria Marta Mateo Maya Mei Mila Mina Mohamed Nadia Naomi
  Nia Nina Noah Nora Olga Omar Oscar Paolo Petra Priya Quentin Rafael Rania Ravi Rosa Ruth Samir Sara Selma Simon Sofia
  Stefan Tariq Tessa Theo Tomás Uma Valentina Vera Victor Wei Yara Yuki Yusuf Zainab Zoë`.split(/\s+/);

export const LAST_NAMES: readonly string[] =
  `Abadi Achebe Adeyemi Ahmed Almeida Andersson Arslan Baker Banerjee Baptiste Bauer Becker Bennett Berg Bianchi Blanc
  Braun Carter Castro Chang Chavez Clarke Cohen Conti Costa Cruz Dahl Das Delgado Diallo Dubois Duarte Eriksen Estrada
  Farouk Fernández Fischer Fofana Fontaine Fujita García Gill Goldberg Gómez Grant Greco Gupta Haddad Hansen Hartmann Hayashi
  Hernández Hoffmann Holm Horvat Hughes Hussain Ibáñez Ito Ivanov Jansen Jensen Johansson Joshi Kamau Kaplan Karlsson Kaya
  Keller Khan Kim Klein Kovač Kowalski Kumar Lambert Laurent Lee Lehmann Lewis Lindberg Lopes Lund Marino Marsh Martin
  Mbeki Medina Mehta Mensah Meyer Moreau Moreno Morgan Müller Murphy Nakamura Navarro Ndiaye Nguyen Nilsson Novák Nowak
  Núñez Obi Okafor Olsen Osei Otieno Park Patel Pereira Petrov Pham Popescu Ramos Rao Reyes Ricci Rivera Romano Rossi Roy
  Saito Salazar Santos Sato Schmidt Schneider Sharma Silva Singh Sokolov Sørli Suzuki Tanaka Taylor Torres Tran Vargas Vogel
  Wagner Walker Wang Weber White Wright Yamada Yılmaz Young Zhang Zhao Ziegler`.split(/\s+/);

/** A department: its people's titles, the commonest first, and the kinds of application it keeps. */
export interface DepartmentWords {
  readonly name: string;
  readonly titles: readonly string[];
  readonly applications: readonly string[];
  /** Sensitivity of its documents, where they are sensitive. */
  readonly sensitivity?: number;
}

/** In the order of their size. */
export const DEPARTMENTS: readonly DepartmentWords[] = [
  department(
    'Operations',
    'Operator|Shift Supervisor|Dispatcher|Process Specialist|Site Coordinator',
    'Dispatch|Shift Board|Site Control|Work Orders|Field Desk',
  ),
  department(
    'Sales',
    'Account Executive|Sales Representative|Account Manager|Sales Engineer|Sales Analyst',
    'Customer Desk|Quotes|Pipeline|Price List|Partner Portal',
  ),
  department(
    'Customer Service',
    'Service Agent|Senior Service Agent|Complaints Specialist|Quality Coach',
    'Ticket Desk|Call Centre|Knowledge Base|Refunds',
  ),
  department(
    'Engineering',
    'Software Engineer|Senior Software Engineer|Test Engineer|Site Reliability Engineer|Architect|Product Designer',
    'Build Farm|Issue Tracker|Release Board|Code Review|Test Lab|Telemetry',
  ),
  department(
    'Logistics',
    'Warehouse Associate|Fleet Planner|Customs Specialist|Inventory Analyst',
    'Warehouse|Fleet|Customs|Stock Ledger',
  ),
  department(
    'Information Technology',
    'Support Engineer|System Administrator|Network Engineer|Database Administrator|Cloud Engineer',
    'Asset Register|Service Monitor|Backup Console|Patch Centre|Directory Console',
  ),
  department(
    'Finance',
    'Accountant|Payables Clerk|Controller|Treasury Analyst|Tax Specialist',
    'General Ledger|Invoicing|Treasury|Consolidation|Tax Desk|Asset Accounting',
    0.8,
  ),
  department(
    'Manufacturing',
    'Machine Operator|Production Planner|Maintenance Technician|Process Engineer',
    'Plant Control|Production Plan|Maintenance|Quality Gate',
  ),
  department(
    'Marketing',
    'Content Specialist|Campaign Manager|Brand Designer|Market Analyst',
    'Campaigns|Media Library|Web Shop|Audience',
  ),
  department(
    'Human Resources',
    'Recruiter|People Partner|Payroll Specialist|Learning Designer',
    'Payroll|Recruiting|People Records|Benefits',
    0.9,
  ),
  department('Procurement', 'Buyer|Category Specialist|Contract Analyst', 'Sourcing|Supplier Portal|Contracts'),
  department(
    'Research',
    'Scientist|Research Engineer|Data Scientist|Laboratory Technician',
    'Lab Notebook|Compute Grid|Patents|Samples',
    0.7,
  ),
  department('Quality', 'Quality Engineer|Inspector|Document Controller', 'Audit Trail|Inspections|Standards'),
  department('Legal', 'Counsel|Paralegal|Licence Specialist', 'Matter Files|Contract Archive|Licences', 0.85),
  department('Risk', 'Risk Analyst|Model Validator|Compliance Officer', 'Risk Register|Limits|Model Vault', 0.7),
  department(
    'Security',
    'Security Analyst|Incident Responder|Identity Engineer',
    'Incident Desk|Vault|Log Search',
    0.9,
  ),
  department('Facilities', 'Facility Coordinator|Technician|Receptionist', 'Room Booking|Building Control|Visitors'),
  department('Communications', 'Editor|Press Officer|Event Planner', 'Newsroom|Events|Press Archive'),
  department('Internal Audit', 'Auditor|Senior Auditor', 'Audit Files|Evidence Room', 0.8),
  department('Strategy', 'Strategy Analyst|Programme Lead', 'Portfolio|Scenario Model', 0.75),
];

/** Applications that everybody has. */
export const SHARED_APPLICATIONS: readonly string[] =
  'Intranet|Mail|Calendar|Team Chat|Expenses|Leave|Learning|Service Desk|People Search|Travel'.split('|');

export const MODULES: readonly string[] =
  'Orders|Customers|Reports|Settings|Cases|Assets|Plans|Agreements|Stock|Forecasts|Approvals|Archive|Messages|Rates'.split(
    '|',
  );

export const FUNCTIONS: readonly string[] = 'Search|Bulk Edit|Export|Approve|History|Import'.split('|');

export const DIVISIONS: readonly string[] =
  'Europe|Americas|Asia Pacific|Nordics|Middle East|Africa|Central|Online|Wholesale|Shared Services|North|South|East|West'.split(
    '|',
  );

export const UNITS: readonly string[] =
  'Planning|Delivery|Support|Analysis|Programme|Standards|Partners|Platform|Growth|Field|Control|Services|Insights|Projects'.split(
    '|',
  );

export const TEAMS: readonly string[] =
  'Alder|Ash|Aspen|Beech|Birch|Cedar|Cherry|Cypress|Elm|Fir|Hazel|Juniper|Larch|Linden|Maple|Oak|Olive|Pine|Poplar|Rowan|Spruce|Walnut|Willow|Yew'.split(
    '|',
  );

export const PROJECTS: readonly string[] =
  'Anchor|Aurora|Beacon|Bridge|Canyon|Comet|Compass|Coral|Delta|Dune|Eclipse|Ember|Falcon|Fjord|Galaxy|Glacier|Harbor|Horizon|Island|Jade|Lagoon|Lantern|Meadow|Meteor|Mosaic|Nimbus|Nova|Oasis|Orbit|Pebble|Prism|Quartz|Ridge|Saffron|Summit|Tide|Tundra|Vertex|Voyage|Zephyr'.split(
    '|',
  );

export const FOLDERS: readonly string[] =
  'reports|plans|minutes|budget|drafts|archive|templates|contracts|reviews|data|training|photos'.split('|');

/** City and country; the code is used in host names. */
export const LOCATIONS: readonly { readonly city: string; readonly country: string; readonly code: string }[] =
  `Amsterdam NL ams|Athens GR ath|Atlanta US atl|Auckland NZ akl|Bangalore IN blr|Barcelona ES bcn|Berlin DE ber|Bogotá CO bog
  |Boston US bos|Brussels BE bru|Bucharest RO buh|Budapest HU bud|Cairo EG cai|Chicago US chi|Copenhagen DK cph|Dallas US dfw
  |Dublin IE dub|Frankfurt DE fra|Hamburg DE ham|Helsinki FI hel|Istanbul TR ist|Jakarta ID jkt|Kraków PL krk|Lagos NG los
  |Lima PE lim|Lisbon PT lis|London GB lon|Lyon FR lys|Madrid ES mad|Manila PH mnl|Milan IT mil|Montréal CA yul|Munich DE muc
  |Nairobi KE nbo|Osaka JP osa|Oslo NO osl|Paris FR par|Prague CZ prg|Pune IN pnq|Rome IT rom|Santiago CL scl|Seattle US sea
  |Seoul KR sel|Singapore SG sin|Stockholm SE sto|Sydney AU syd|Tokyo JP tyo|Toronto CA yyz|Vienna AT vie|Warsaw PL waw|Zürich CH zrh`
    .split('|')
    .map((line) => {
      const [city, country, code] = line.trim().split(' ') as [string, string, string];
      return { city, country, code };
    });

/** Lower case ASCII words joined by hyphens, for ids. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ø/g, 'o')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

function department(name: string, titles: string, applications: string, sensitivity?: number): DepartmentWords {
  const words = { name, titles: titles.split('|'), applications: applications.split('|') };
  return sensitivity === undefined ? words : { ...words, sensitivity };
}
