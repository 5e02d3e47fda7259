import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * There is one permission more, and no one grants what they do not hold: so whoever decides about roles
 * gets it here.
 */
export class ManageOrganization1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE role SET permissions = REPLACE(permissions, '"manage_roles"', '"manage_roles","manage_organization"')
       WHERE permissions NOT LIKE '%"manage!_organization"%' ESCAPE '!'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE role SET permissions = REPLACE(permissions, ',"manage_organization"', '')`,
    );
  }
}
