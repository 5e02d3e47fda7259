import { readConfig } from '../../src/config/config';
import { ConfigurationError } from '../../src/config/configuration-error';
import { TEST_SECRET } from '../harness';

function read(SMTP_URL?: string, MAIL_FROM?: string) {
  try {
    return { ...readConfig({ SECRET: TEST_SECRET, SMTP_URL, MAIL_FROM }).mail, problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems };
    throw error;
  }
}

const FROM = 'no-reply@example.com';

test('without SMTP_URL mails become files, from Rolecall', () => {
  expect(read()).toEqual({
    smtp: null,
    from: { name: 'Rolecall', address: 'rolecall@localhost' },
    problems: [],
  });
});

test.each([
  ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false, auth: null }],
  ['smtp://127.0.0.1:2525/', { host: '127.0.0.1', port: 2525, secure: false, auth: null }],
  ['smtps://[::1]', { host: '::1', port: 465, secure: true, auth: null }],
  [
    'smtps://me%40example.com:p%3Aq%2Fr@mail.example.com',
    { host: 'mail.example.com', port: 465, secure: true, auth: { user: 'me@example.com', pass: 'p:q/r' } },
  ],
])('reads SMTP_URL %s', (url, server) => {
  expect(read(url, FROM)).toMatchObject({ smtp: server, problems: [] });
});

test.each([
  'mail.example.com',
  'http://mail.example.com',
  'smtp://',
  'smtp://:25',
  'smtp://user:hunter2@',
  'smtp://user@mail.example.com',
  'smtp://:hunter2@mail.example.com',
  'smtp://user:hunter2%zz@mail.example.com',
  'smtp://user:hunter2@mail.example.com:99999',
  'smtp://user:hunter2@mail.example.com:0',
  'smtp://user:hunter2@mail.example.com/path',
  'smtp://user:hunter2@mail.example.com?pool=true',
])('names SMTP_URL when it is %s, and tells no password', (url) => {
  const { problems } = read(url, FROM);
  expect(problems).toEqual([expect.stringMatching(/^SMTP_URL must look like /)]);
  expect(problems.join()).not.toContain('hunter2');
});

test.each([
  ['no-reply@example.com', { name: '', address: 'no-reply@example.com' }],
  ['<no-reply@example.com>', { name: '', address: 'no-reply@example.com' }],
  ['Acme, Inc. <no-reply@example.com>', { name: 'Acme, Inc.', address: 'no-reply@example.com' }],
  ['"Acme" <rolecall@mail>', { name: 'Acme', address: 'rolecall@mail' }],
])('reads MAIL_FROM %s', (text, from) => {
  expect(read('smtp://mail.example.com', text)).toMatchObject({ from, problems: [] });
});

test.each([
  'Rolecall',
  'Rolecall <>',
  'a@example.com, b@example.com',
  'A <a@example.com> <b@example.com>',
  'A <a@example.com>, B <b@example.com>',
  'Rolecall\r\nBcc: eve@example.com <a@example.com>',
  'a b@example.com',
])('names MAIL_FROM when it is %j', (text) => {
  expect(read('smtp://mail.example.com', text).problems).toEqual([expect.stringMatching(/^MAIL_FROM must /)]);
});

test('asks for MAIL_FROM with SMTP_URL, together with what else is wrong', () => {
  expect(read('x')).toMatchObject({
    problems: [expect.stringMatching(/^SMTP_URL/), expect.stringMatching(/^MAIL_FROM is required/)],
  });
});
