import { AsciiDomains1765400000000 } from '../src/database/migrations/1765400000000-ascii-domains';
import { buildOrganization, buildUser, rowIdOf, signIn } from './builders';
import { startService } from './harness';
import { rowsOf } from './stored-rows';

test('the keys of before get the ASCII form of their domain, and whom that would make two of is named', async () => {
  const service = await startService();
  const acme = await buildOrganization(service);
  const writer = service.app.database.writer;
  const ada = await buildUser(service, acme, { username: 'Ada@bücher.example' });
  const first = await buildUser(service, acme, { username: 'bob@xn--mnchen-3ya.example' });
  const second = await buildUser(service, acme, { username: 'bob@other.example' });
  const plain = await buildUser(service, acme, { username: 'eve@example.com' });
  // As an earlier version wrote them.
  const write = 'UPDATE user SET username = ?, username_key = ? WHERE id = ?';
  await writer.query(write, ['Ada@bücher.example', 'ada@bücher.example', rowIdOf(ada.id)]);
  await writer.query(write, ['bob@münchen.example', 'bob@münchen.example', rowIdOf(second.id)]);

  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const runner = writer.createQueryRunner();
  await new AsciiDomains1765400000000().up(runner);
  await runner.release();
  const keys = new Map((await rowsOf(service, 'user')).map(({ id, username_key }) => [id, username_key]));
  expect([ada, first, second, plain].map(({ id }) => keys.get(rowIdOf(id)))).toEqual([
    'ada@xn--bcher-kva.example',
    'bob@xn--mnchen-3ya.example',
    'bob@münchen.example',
    'eve@example.com',
  ]);
  expect(warn.mock.calls.flat()).toEqual([expect.stringContaining(`${second.id} `)]);
  await expect(signIn(service, { username: 'ada@BÜCHER.example' })).resolves.toBeDefined();
});
