import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const TABLE = 'audit_event';

const BY_ID: readonly (readonly [name: string, columns: string[]])[] = [
  ['ix_audit_event_organization', ['organization_id', 'id']],
  ['ix_audit_event_target', ['organization_id', 'target_type', 'target_id', 'id']],
  ['ix_audit_event_actor', ['organization_id', 'actor_user_id', 'id']],
];

const BY_TIME: typeof BY_ID = [
  ['ix_audit_event_time', ['organization_id', 'at', 'id']],
  ['ix_audit_event_about', ['organization_id', 'target_type', 'target_id', 'at', 'id']],
  ['ix_audit_event_by', ['organization_id', 'actor_user_id', 'at', 'id']],
  ['ix_audit_event_action', ['organization_id', 'action', 'at', 'id']],
  ['ix_audit_event_age', ['at']],
];

/** Lets the audit trail be read in the order of time, by every filter, and old events be found. */
export class AuditTrail1764400000000 implements MigrationInterface {
  up(queryRunner: QueryRunner): Promise<void> {
    return exchange(queryRunner, BY_ID, BY_TIME);
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return exchange(queryRunner, BY_TIME, BY_ID);
  }
}

/** First the new ones: MySQL keeps an index for as long as a foreign key has no other. */
async function exchange(queryRunner: QueryRunner, old: typeof BY_ID, fresh: typeof BY_ID): Promise<void> {
  for (const [name, columnNames] of fresh) {
    await queryRunner.createIndex(TABLE, new TableIndex({ name, columnNames }));
  }
  for (const [name] of old) await queryRunner.dropIndex(TABLE, name);
}
