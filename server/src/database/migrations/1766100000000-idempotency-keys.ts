import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { tableColumns } from './table-columns';

/** The keys with which mutations were carried out, and what to answer when one is repeated. */
export class IdempotencyKeys1766100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const column = tableColumns(queryRunner);
    await queryRunner.createTable(
      new Table({
        name: 'idempotency_key',
        engine: column.tableOptions,
        columns: [
          column.id(),
          column.integer('user_id'),
          column.varchar('key_hash', 64),
          column.varchar('input_hash', 64),
          column.text('answer'),
          column.datetime('created_at'),
        ],
        indices: [
          { name: 'uq_idempotency_key', columnNames: ['user_id', 'key_hash'], isUnique: true },
          { name: 'ix_idempotency_key_created', columnNames: ['created_at'] },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('idempotency_key');
  }
}
