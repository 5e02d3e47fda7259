import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/**
 * Inserts one row in one statement. For a table with defaults TypeORM's own `insert` reads the row back,
 * even when every column was given.
 * @returns the id that the database gave it
 */
export async function insertRow<Row extends ObjectLiteral>(
  tx: EntityManager,
  table: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
): Promise<number> {
  const inserting = tx.createQueryBuilder().insert().into(table).values(row).updateEntity(false);
  // What the drivers answer: a row id with SQLite, a header with MySQL.
  const raw = (await inserting.execute()).raw as number | { readonly insertId: number };
  return typeof raw === 'number' ? raw : raw.insertId;
}
