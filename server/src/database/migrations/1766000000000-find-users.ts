import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const INDEXES = [
  { name: 'uq_user_external_id', columnNames: ['organization_id', 'external_id'], isUnique: true },
  { name: 'ix_user_updated_at', columnNames: ['organization_id', 'updated_at', 'id'] },
];

/** Users may bear the id that another system knows them by, and are listed by the time of their last change. */
export class FindUsers1766000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // In plain SQL: TypeORM would rebuild the table from what it looked like to an earlier migration of this run.
    await queryRunner.query('ALTER TABLE user ADD COLUMN external_id varchar(191) NULL');
    for (const index of INDEXES) await queryRunner.createIndex('user', new TableIndex(index));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { name } of INDEXES) await queryRunner.dropIndex('user', name);
    await queryRunner.query('ALTER TABLE user DROP COLUMN external_id');
  }
}
