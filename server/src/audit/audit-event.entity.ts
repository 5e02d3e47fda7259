import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Organization } from '../organizations/organization.entity';

/** What a field held before and after; never a secret, not even hashed. */
export interface FieldChange {
  readonly field: string;
  readonly before: AuditedValue;
  readonly after: AuditedValue;
}

export type AuditedValue = string | number | boolean | readonly string[] | null;

/**
 * The audit log, to which rows are only ever added: who did what to whom, when and from where. ASVS 16.2.1.
 * Sorted by time, not by id: each node of a database cluster assigns ids in steps of its own.
 */
@Entity('audit_event')
@Index('ix_audit_event_time', ['organizationId', 'at', 'id'])
@Index('ix_audit_event_about', ['organizationId', 'targetType', 'targetId', 'at', 'id'])
@Index('ix_audit_event_by', ['organizationId', 'actorUserId', 'at', 'id'])
@Index('ix_audit_event_action', ['organizationId', 'action', 'at', 'id'])
@Index('ix_audit_event_age', ['at'])
export class AuditEvent {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  organizationId: number;

  @ManyToOne(() => Organization, { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'fk_audit_event_organization' })
  organization: Relation<Organization>;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  @Column({ type: 'int', nullable: true })
  actorUserId: number | null;

  /** The name at that time: the audit log must read the same after a rename. */
  @Column({ type: 'varchar', length: 254 })
  actorName: string;

  @Column({ type: 'varchar', length: 60 })
  action: string;

  @Column({ type: 'varchar', length: 30 })
  targetType: string;

  @Column({ type: 'int', nullable: true })
  targetId: number | null;

  @Column({ type: 'varchar', length: 254 })
  targetName: string;

  /** The target's version after the change, where it has one. */
  @Column({ type: 'int', nullable: true })
  targetVersion: number | null;

  @Column({ type: 'simple-json' })
  changes: FieldChange[];

  @Column({ type: 'varchar', length: 45 })
  address: string;

  @Column({ type: 'varchar', length: 400 })
  userAgent: string;

  @Column({ type: 'varchar', length: 128 })
  requestId: string;
}
