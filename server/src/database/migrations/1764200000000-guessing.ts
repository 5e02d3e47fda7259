import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { tableColumns } from './table-columns';

/**
 * Lets administrators find and lift what blocks a user, and counts so that failures are forgotten one
 * by one. What was counted so far is worth a day at most, and goes.
 */
export class Guessing1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const column = tableColumns(queryRunner);
    await queryRunner.dropTable('sign_in_throttle');
    await queryRunner.createTable(
      new Table({
        name: 'sign_in_throttle',
        engine: column.tableOptions,
        columns: [
          column.varchar('throttle_key', 64, { isPrimary: true }),
          column.integer('user_id', { isNullable: true }),
          column.datetime('forgotten_at'),
          column.datetime('blocked_until', { isNullable: true }),
        ],
        indices: [
          { name: 'ix_sign_in_throttle_user', columnNames: ['user_id', 'blocked_until'] },
          { name: 'ix_sign_in_throttle_forgotten', columnNames: ['forgotten_at'] },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const column = tableColumns(queryRunner);
    await queryRunner.dropTable('sign_in_throttle');
    await queryRunner.createTable(
      new Table({
        name: 'sign_in_throttle',
        engine: column.tableOptions,
        columns: [
          column.varchar('throttle_key', 64, { isPrimary: true }),
          column.integer('failures'),
          column.datetime('last_failure_at'),
          column.datetime('blocked_until', { isNullable: true }),
        ],
        indices: [{ name: 'ix_sign_in_throttle_last_failure', columnNames: ['last_failure_at'] }],
      }),
    );
  }
}
