import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { foreignKey, tableColumns } from './table-columns';

/** Organizations, their roles and users, what users sign in with, and the trail of changes. */
export class People1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createOrganization(queryRunner);
    await createRole(queryRunner);
    await createUser(queryRunner);
    await createUserSecrets(queryRunner);
    await createSession(queryRunner);
    await createAuditEvent(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'audit_event',
      'session',
      'user_totp',
      'user_credential',
      'user',
      'role',
      'organization',
    ]) {
      await queryRunner.dropTable(table);
    }
  }
}

async function createOrganization(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'organization',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.varchar('name', 200),
        column.text('features'),
        column.integer('administration_version'),
        column.datetime('created_at'),
        column.datetime('updated_at'),
      ],
    }),
  );
}

async function createRole(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'role',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.integer('organization_id'),
        column.varchar('name', 100),
        column.varchar('name_key', 191),
        column.text('permissions'),
        column.integer('version'),
        column.datetime('created_at'),
        column.datetime('updated_at'),
      ],
      indices: [{ name: 'uq_role_name', columnNames: ['organization_id', 'name_key'], isUnique: true }],
      foreignKeys: [foreignKey('fk_role_organization', 'organization_id', 'organization')],
    }),
  );
}

async function createUser(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  const sortable = [
    'first_name_key',
    'last_name_key',
    'username_sort_key',
    'phone_key',
    'enabled',
    'mfa_enabled',
    'created_at',
    'last_sign_in_at',
  ];
  await queryRunner.createTable(
    new Table({
      name: 'user',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.integer('organization_id'),
        column.integer('role_id'),
        column.varchar('first_name', 100),
        column.varchar('first_name_key', 191),
        column.varchar('last_name', 100),
        column.varchar('last_name_key', 191),
        column.varchar('username', 254),
        column.varchar('username_key', 254),
        column.varchar('username_sort_key', 254),
        column.varchar('phone', 40, { isNullable: true }),
        column.varchar('phone_key', 40),
        column.varchar('search_text', 640),
        column.boolean('enabled'),
        column.boolean('mfa_enabled'),
        column.boolean('mfa_required'),
        column.boolean('password_reset_required'),
        column.datetime('last_sign_in_at', { isNullable: true }),
        column.datetime('created_at'),
        column.datetime('updated_at'),
        column.integer('version'),
      ],
      indices: [
        { name: 'uq_user_username', columnNames: ['username_key'], isUnique: true },
        { name: 'ix_user_organization', columnNames: ['organization_id', 'id'] },
        { name: 'ix_user_role', columnNames: ['role_id', 'id'] },
        ...sortable.map((key) => ({ name: `ix_user_${key}`, columnNames: ['organization_id', key, 'id'] })),
      ],
      foreignKeys: [
        foreignKey('fk_user_organization', 'organization_id', 'organization'),
        foreignKey('fk_user_role', 'role_id', 'role'),
      ],
    }),
  );
}

async function createUserSecrets(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'user_credential',
      engine: column.tableOptions,
      columns: [
        column.integer('user_id', { isPrimary: true }),
        column.varchar('password_hash', 255),
        column.datetime('changed_at'),
      ],
      foreignKeys: [foreignKey('fk_user_credential_user', 'user_id', 'user', 'CASCADE')],
    }),
  );
  await queryRunner.createTable(
    new Table({
      name: 'user_totp',
      engine: column.tableOptions,
      columns: [
        column.integer('user_id', { isPrimary: true }),
        column.varchar('sealed_secret', 255),
        column.integer('last_used_step', { isNullable: true }),
        column.datetime('confirmed_at', { isNullable: true }),
        column.datetime('created_at'),
      ],
      foreignKeys: [foreignKey('fk_user_totp_user', 'user_id', 'user', 'CASCADE')],
    }),
  );
}

async function createSession(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'session',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.integer('user_id'),
        column.varchar('refresh_seed', 32),
        column.integer('refresh_generation'),
        column.datetime('refreshed_at'),
        column.datetime('created_at'),
        column.datetime('expires_at'),
        column.datetime('ended_at', { isNullable: true }),
        column.varchar('address', 45),
        column.varchar('user_agent', 400),
      ],
      indices: [{ name: 'ix_session_user', columnNames: ['user_id', 'ended_at'] }],
      foreignKeys: [foreignKey('fk_session_user', 'user_id', 'user', 'CASCADE')],
    }),
  );
}

async function createAuditEvent(queryRunner: QueryRunner): Promise<void> {
  const column = tableColumns(queryRunner);
  await queryRunner.createTable(
    new Table({
      name: 'audit_event',
      engine: column.tableOptions,
      columns: [
        column.id(),
        column.integer('organization_id'),
        column.datetime('at'),
        column.integer('actor_user_id', { isNullable: true }),
        column.varchar('actor_name', 254),
        column.varchar('action', 60),
        column.varchar('target_type', 30),
        column.integer('target_id', { isNullable: true }),
        column.varchar('target_name', 254),
        column.integer('target_version', { isNullable: true }),
        column.text('changes'),
        column.varchar('address', 45),
        column.varchar('user_agent', 400),
        column.varchar('request_id', 36),
      ],
      indices: [
        { name: 'ix_audit_event_organization', columnNames: ['organization_id', 'id'] },
        { name: 'ix_audit_event_target', columnNames: ['organization_id', 'target_type', 'target_id', 'id'] },
        { name: 'ix_audit_event_actor', columnNames: ['organization_id', 'actor_user_id', 'id'] },
      ],
      foreignKeys: [foreignKey('fk_audit_event_organization', 'organization_id', 'organization')],
    }),
  );
}
