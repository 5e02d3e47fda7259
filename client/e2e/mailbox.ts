import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMessage, type ReadMessage } from '../../server/test/mail/read-message';
import { eventually } from './eventually';

type MailKind = 'invitation' | 'password_reset';

/** The mails of one kind to someone, oldest first, once there are so many. */
export async function mailsTo(
  folder: string,
  recipient: string,
  kind: MailKind,
  count = 1,
): Promise<ReadMessage[]> {
  let found: ReadMessage[] = [];
  await eventually(async () => {
    found = readMails(folder, kind).filter(({ headers }) => headers.to?.includes(recipient));
    expect(found).toHaveLength(count);
  });
  return found;
}

/** The one address that the mail asks to open. */
export function linkIn({ text }: ReadMessage): string {
  const links = text.match(/^https?:\/\/\S+$/gm) ?? [];
  expect(links).toHaveLength(1);
  return links[0]!;
}

/** Oldest first, because their names begin with the time; none when the folder does not exist. */
function readMails(folder: string, kind: MailKind): ReadMessage[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names
    .filter((name) => name.includes(`-${kind}-`) && name.endsWith('.eml'))
    .map((name) => readMessage(readFileSync(join(folder, name), 'utf8')));
}
