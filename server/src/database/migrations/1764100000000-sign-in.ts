import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { foreignKey, tableColumns } from './table-columns';

/** Second factors, one-time links, outgoing mail and the guard against guessing. */
export class SignIn1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const column = tableColumns(queryRunner);
    await queryRunner.addColumn('organization', requirement(queryRunner));
    await queryRunner.addColumn('role', requirement(queryRunner));
    await queryRunner.createTable(
      new Table({
        name: 'recovery_code',
        engine: column.tableOptions,
        columns: [
          column.id(),
          column.integer('user_id'),
          column.varchar('code_hash', 64),
          column.datetime('used_at', { isNullable: true }),
          column.datetime('created_at'),
        ],
        indices: [{ name: 'ix_recovery_code_user', columnNames: ['user_id', 'code_hash'] }],
        foreignKeys: [foreignKey('fk_recovery_code_user', 'user_id', 'user', 'CASCADE')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'one_time_token',
        engine: column.tableOptions,
        columns: [
          column.id(),
          column.integer('user_id'),
          column.varchar('purpose', 30),
          column.varchar('token_hash', 64),
          column.datetime('created_at'),
          column.datetime('expires_at'),
          column.datetime('used_at', { isNullable: true }),
        ],
        indices: [
          { name: 'uq_one_time_token_hash', columnNames: ['token_hash'], isUnique: true },
          { name: 'ix_one_time_token_user', columnNames: ['user_id', 'purpose'] },
        ],
        foreignKeys: [foreignKey('fk_one_time_token_user', 'user_id', 'user', 'CASCADE')],
      }),
    );
    await createOutgoingMail(queryRunner);
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

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['sign_in_throttle', 'outgoing_mail', 'one_time_token', 'recovery_code']) {
      await queryRunner.dropTable(table);
    }
    await queryRunner.dropColumn('role', 'mfa_required');
    await queryRunner.dropColumn('organization', 'mfa_required');
  }
}

/** With a default for the rows that are there already. */
function requirement(queryRunner: QueryRunner): TableColumn {
  return new TableColumn({ ...tableColumns(queryRunner).boolean('mfa_required'), default: 0 });
}

async function createOutgoingMail(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'outgoing_mail',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.integer('organization_id'),
        column.integer('user_id'),
        column.varchar('kind', 30),
        column.varchar('recipient', 254),
        column.text('content'),
        column.varchar('state', 10),
        column.integer('attempts'),
        column.datetime('next_attempt_at'),
        column.varchar('claim', 36, { isNullable: true }),
        column.varchar('last_error', 500, { isNullable: true }),
        column.datetime('created_at'),
        column.datetime('sent_at', { isNullable: true }),
      ],
      indices: [
        { name: 'ix_outgoing_mail_due', columnNames: ['state', 'next_attempt_at'] },
        { name: 'ix_outgoing_mail_user', columnNames: ['user_id', 'kind', 'id'] },
      ],
      foreignKeys: [
        foreignKey('fk_outgoing_mail_organization', 'organization_id', 'organization'),
        foreignKey('fk_outgoing_mail_user', 'user_id', 'user', 'CASCADE'),
      ],
    }),
  );
}
