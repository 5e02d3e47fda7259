import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tells counters of wrong passwords, which can be cleared, from those of codes, which cannot. What was counted so far
 * is of no kind, so that nobody clears it; it is forgotten within a day.
 */
export class CountedCredentials1765100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // In plain SQL: TypeORM would rebuild the table from what it looked like to an earlier migration of this run.
    await queryRunner.query(
      `ALTER TABLE sign_in_throttle ADD COLUMN purpose varchar(20) NOT NULL DEFAULT ''`,
    );
    await queryRunner.query('ALTER TABLE sign_in_throttle ADD COLUMN failed_at datetime(3) NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sign_in_throttle DROP COLUMN failed_at');
    await queryRunner.query('ALTER TABLE sign_in_throttle DROP COLUMN purpose');
  }
}
