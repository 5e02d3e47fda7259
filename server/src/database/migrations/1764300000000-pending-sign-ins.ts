import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets whatever ends the sessions of a user end the sign-ins that are under way, too. As plain SQL, the
 * same on both engines: TypeORM would copy the whole table on SQLite.
 */
export class PendingSignIns1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE user ADD COLUMN sign_in_generation integer NOT NULL DEFAULT 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE user DROP COLUMN sign_in_generation');
  }
}
