import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const INDEXES = [
  ['session', 'ix_session_expires', 'expires_at'],
  ['one_time_token', 'ix_one_time_token_expires', 'expires_at'],
  ['outgoing_mail', 'ix_outgoing_mail_created', 'created_at'],
] as const;

/** Finds what is old enough to be deleted. */
export class Retention1765300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name, column] of INDEXES) {
      await queryRunner.createIndex(table, new TableIndex({ name, columnNames: [column] }));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name] of INDEXES) await queryRunner.dropIndex(table, name);
  }
}
