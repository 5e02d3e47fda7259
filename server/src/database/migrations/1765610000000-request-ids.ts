import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests may bring the id that a client or a proxy gave them, which is longer than one of ours. */
export class RequestIds1765610000000 implements MigrationInterface {
  up(queryRunner: QueryRunner): Promise<void> {
    return setLength(queryRunner, 128);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('UPDATE audit_event SET request_id = SUBSTR(request_id, 1, 36)');
    await setLength(queryRunner, 36);
  }
}

async function setLength(queryRunner: QueryRunner, length: number): Promise<void> {
  if (queryRunner.dataSource.options.type !== 'better-sqlite3') {
    // TypeORM would drop the column, and add another.
    await queryRunner.query(`ALTER TABLE audit_event MODIFY request_id varchar(${length}) NOT NULL`);
    return;
  }
  // Read anew: TypeORM rebuilds the table, from what it looked like to an earlier migration of this run otherwise.
  const table = await queryRunner.getTable('audit_event');
  const column = table?.findColumnByName('request_id');
  if (!table || !column) throw new Error('The table of the audit log is missing.');
  const changed = column.clone();
  changed.length = String(length);
  await queryRunner.changeColumn(table, column, changed);
}
