import type { FirstRole } from '../organization-management/create-organization';

export const DEMO_PASSWORD = 'Demo-2026';

export interface DemoPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly role: FirstRole;
}

/** One account for each role, printed when the demo starts. */
export const DEMO_ACCOUNTS: readonly DemoPerson[] = [
  { firstName: 'Ada', lastName: 'Lovelace', username: 'admin@example.com', role: 'Administrator' },
  { firstName: 'Grace', lastName: 'Hopper', username: 'manager@example.com', role: 'User Manager' },
  { firstName: 'Katherine', lastName: 'Johnson', username: 'supervisor@example.com', role: 'Supervisor' },
  { firstName: 'Alan', lastName: 'Turing', username: 'agent@example.com', role: 'Agent' },
];

const NAMES = [
  'Barbara Liskov',
  'Edsger Dijkstra',
  'Radia Perlman',
  'Donald Knuth',
  'Frances Allen',
  'Tony Hoare',
  'Margaret Hamilton',
  'Niklaus Wirth',
  'Adele Goldberg',
  'Leslie Lamport',
  'Jean Bartik',
  'Ken Thompson',
  'Shafi Goldwasser',
  'Dennis Ritchie',
  'Karen Spärck Jones',
  'Vint Cerf',
  'Sophie Wilson',
  'Bob Kahn',
  'Hedy Lamarr',
  'Claude Shannon',
  'Annie Easley',
  'Kurt Gödel',
  'Evelyn Boyd Granville',
  'Alonzo Church',
  'Mary Jackson',
  'John Backus',
  'Dorothy Vaughan',
  'Konrad Zuse',
  'Joan Clarke',
  'Maurice Wilkes',
  'Sister Mary Kenneth Keller',
  'Tim Berners-Lee',
  'Lynn Conway',
  'Butler Lampson',
  'Betty Holberton',
  'Alan Kay',
  'Kathleen Booth',
  'Ivan Sutherland',
  'Ida Rhodes',
  'Douglas Engelbart',
  'Ruzena Bajcsy',
  'Robin Milner',
  'Éva Tardos',
  'Peter Naur',
  'Irene Greif',
  'Ole-Johan Dahl',
  'Anita Borg',
  'Kristen Nygaard',
  'Susan Kare',
  'Whitfield Diffie',
  'Daphne Koller',
  'Martin Hellman',
  'Fei-Fei Li',
  'Ron Rivest',
  'Jelani Nelson',
  'Yukihiro Matsumoto',
];

/** Everybody else: mostly agents, as in a real call center. */
export const DEMO_COLLEAGUES: readonly DemoPerson[] = NAMES.map((name, index) => {
  const [firstName = '', ...rest] = name.split(' ');
  const lastName = rest.join(' ');
  const mailbox = `${firstName}.${lastName}`
    .normalize('NFKD')
    .replace(/[^A-Za-z.-]/g, '')
    .toLowerCase();
  const role = index % 14 === 0 ? 'User Manager' : index % 5 === 0 ? 'Supervisor' : 'Agent';
  return { firstName, lastName, username: `${mailbox}@example.com`, role };
});
