import { buildOrganization, buildPerson, type BuiltOrganization, type Person } from '../builders';
import { startService, type TestService } from '../harness';
import { mutate } from '../user-mutations';
import { SENDER, startSink, type SmtpSink } from './smtp-sink';

const ORGANIZATION = 'Krüger & Söhne <GmbH>';
let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config, publicUrl: 'https://users.example.com' });
  organization = await buildOrganization(service, ORGANIZATION);
  administrator = await buildPerson(service, organization, 'administrator');
});

const PASSWORD = 'Pistols-1890';

function newUser(changed: Record<string, unknown> = {}) {
  return {
    firstName: 'Hedda',
    lastName: 'Gabler',
    username: 'hedda@example.com',
    password: PASSWORD,
    phone: '+47 22 00 00 00',
    roleId: organization.roles.agent,
    ...changed,
  };
}

const create = (changed: Record<string, unknown> = {}) =>
  mutate(service, administrator.token, 'createUser', newUser(changed));

test('a new user is invited by a mail with his name, his organization and a link, but without the password', async () => {
  const { problems } = await create();
  expect(problems).toEqual([]);
  const [mail] = await sink.received('hedda@example.com');
  expect(mail!.from).toBe(SENDER);
  expect(mail!.recipients).toEqual(['hedda@example.com']);
  expect(mail!.headers).toMatchObject({
    from: `Rolecall <${SENDER}>`,
    to: 'hedda@example.com',
    subject: `Your account at ${ORGANIZATION}`,
    'auto-submitted': 'auto-generated',
    'message-id': expect.stringMatching(/^<[0-9a-f]{32}@rolecall\.example>$/),
  });
  const link = 'https://users.example.com/sign-in?username=hedda%40example.com';
  expect(mail!.text).toContain('Hello Hedda Gabler,');
  expect(mail!.text).toContain(ORGANIZATION);
  expect(mail!.text).toContain(link);
  expect(mail!.html).toContain('Hello Hedda Gabler,');
  expect(mail!.html).toContain('Krüger &amp; Söhne &lt;GmbH&gt;');
  expect(mail!.html).toContain(`href="${link}"`);
  expect(mail!.html).not.toMatch(/<img|<script|src=|<link|@import/i);
  for (const content of [mail!.text, mail!.html, mail!.raw]) expect(content).not.toContain(PASSWORD);
});
