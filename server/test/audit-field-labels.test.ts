import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOrganization, buildPerson } from './builders';
import { startService } from './harness';

// Read as text: the server and the client share no code.
const source = readFileSync(join(__dirname, '../../client/src/audit-events/describe-change.ts'), 'utf8');
const [, labels = ''] = /FIELD_LABELS.*?= \{(.*?)\n\};/s.exec(source) ?? [];
const labelled = [...labels.matchAll(/^ {2}(\w+):/gm)].map(([, field]) => field);

test('the page has a word for every field that an event of a user, a role or the organization can name', async () => {
  const service = await startService();
  const acme = await buildOrganization(service);
  const { token } = await buildPerson(service, acme, 'administrator');
  // Whatever is not null is named when something is added.
  const { data } = await service.graphql(
    `mutation ($roleId: ID!) {
      createUser(
        input: {
          firstName: "Zoe", lastName: "Sample", username: "zoe@example.com", password: "Correct-Horse"
          phone: "+1 202 555 0143", externalId: "hr-7", roleId: $roleId, forcePasswordReset: true, forceMfa: true
        }
      ) { userErrors { code } }
      createRole(input: { name: "Clerk", permissions: [VIEW_USERS], mfaRequired: true }) { userErrors { code } }
      updateOrganization(
        input: { name: "Acme Inc.", features: [TRAVEL_RULE], mfaRequired: true, phoneCountry: "DE" }
      ) { userErrors { code } }
    }`,
    { roleId: acme.roles.agent },
    { token },
  );
  const nothingWrong = { userErrors: [] };
  expect(data).toEqual({
    createUser: nothingWrong,
    createRole: nothingWrong,
    updateOrganization: nothingWrong,
  });
  const read = await service.graphql('{ auditLog { nodes { changes { field } } } }', {}, { token });
  type Event = { changes: { field: string }[] };
  const named = (read.data.auditLog.nodes as Event[]).flatMap(({ changes }) =>
    changes.map(({ field }) => field),
  );
  expect(named).toEqual(expect.arrayContaining(['externalId', 'permissions', 'phoneCountry']));
  expect([...new Set(named)].filter((field) => !labelled.includes(field))).toEqual([]);
});
