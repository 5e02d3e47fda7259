import type { MigrationInterface, QueryRunner } from 'typeorm';

interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly username_key: string;
}

/**
 * Usernames compare by the ASCII form of their domain. Of two users who turn out to have one mailbox the one who has
 * that key keeps it; the other stays as they are, and is named to the operator, who gives them another username.
 */
export class AsciiDomains1765400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    let users = await nextUsers(queryRunner, 0);
    while (users.length > 0) {
      for (const user of users) await updateKey(queryRunner, user);
      users = await nextUsers(queryRunner, users.at(-1)!.id);
    }
  }

  // The keys of before differ only for domains with letters outside of ASCII, and are unique as well.
  async down(): Promise<void> {}
}

const BATCH = 1000;

async function nextUsers(queryRunner: QueryRunner, afterId: number): Promise<UserRow[]> {
  const sql = `SELECT id, username, username_key FROM user WHERE id > ? ORDER BY id LIMIT ${BATCH}`;
  return (await queryRunner.query(sql, [afterId])) as UserRow[];
}

async function updateKey(queryRunner: QueryRunner, user: UserRow): Promise<void> {
  const key = asciiKey(user);
  if (key === user.username_key) return;
  const holders = (await queryRunner.query('SELECT id FROM user WHERE username_key = ?', [key])) as unknown[];
  if (holders.length > 0) {
    console.warn(
      `The username of user_${user.id} names the same mailbox as that of another user: change one of them.`,
    );
    return;
  }
  await queryRunner.query('UPDATE user SET username_key = ? WHERE id = ?', [key, user.id]);
}

function asciiKey({ username, username_key }: UserRow): string {
  const address = `https://${username.slice(username.lastIndexOf('@') + 1)}`;
  if (!URL.canParse(address)) return username_key;
  return `${username_key.slice(0, username_key.lastIndexOf('@') + 1)}${new URL(address).hostname}`;
}
