import type { Database } from './database';
import { type SessionPool } from './mysql-pool';
import { transaction } from './transaction';

/** Milliseconds. Whoever asks waits no longer than a second for the whole answer. */
const PATIENCE = 800;

/** Changes nothing, but is refused where nothing can be written. */
const TRIAL_WRITE = {
  mysql: 'UPDATE organization SET name = name WHERE id = 0',
  // Unlike with MySQL this must touch a row to touch the file.
  sqlite: 'UPDATE migration SET name = name WHERE id = 1',
} as const;

const trials = new WeakMap<Database, Promise<unknown>>();

/**
 * Whether the database can be written to, now.
 * @throws Error when it cannot, or does not answer in time
 */
export async function checkReadiness(database: Database): Promise<void> {
  // Who asks again while an earlier question is still open does not add to the work that waits.
  const trial = trials.get(database) ?? tryToWrite(database);
  trials.set(database, trial);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer in time.')), PATIENCE);
  });
  try {
    await Promise.race([trial, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tryToWrite(database: Database): Promise<void> {
  return (database.engine === 'sqlite' ? writeToFile(database) : writeToServer(database)).finally(() =>
    trials.delete(database),
  );
}

async function writeToFile(database: Database): Promise<void> {
  await transaction(database, (tx) => tx.query(TRIAL_WRITE.sqlite));
}

async function writeToServer({ writer }: Database): Promise<void> {
  const { pool } = writer.driver as unknown as { readonly pool: SessionPool };
  const connection = await pool.acquire(true);
  try {
    await connection.query(TRIAL_WRITE.mysql);
  } finally {
    connection.release();
  }
}
