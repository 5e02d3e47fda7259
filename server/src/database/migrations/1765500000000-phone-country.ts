import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations may say whose local phone numbers their users write. */
export class PhoneCountry1765500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // In plain SQL: TypeORM would rebuild the table from what it looked like to an earlier migration of this run.
    await queryRunner.query('ALTER TABLE organization ADD COLUMN phone_country varchar(2) NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE organization DROP COLUMN phone_country');
  }
}
