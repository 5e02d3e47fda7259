import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Organization } from '../organizations/organization.entity';

export type MailState = 'queued' | 'sent' | 'failed';

export type MailKind =
  | 'invitation'
  | 'password_reset'
  | 'password_changed'
  | 'username_changed'
  | 'mfa_enabled'
  | 'mfa_removed'
  | 'mfa_reset';

/** The outbox: written in the transaction that causes the mail, sent later. */
@Entity('outgoing_mail')
@Index('ix_outgoing_mail_due', ['state', 'nextAttemptAt'])
@Index('ix_outgoing_mail_user', ['userId', 'kind', 'id'])
@Index('ix_outgoing_mail_created', ['createdAt'])
export class OutgoingMail {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  organizationId: number;

  @ManyToOne(() => Organization, { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'fk_outgoing_mail_organization' })
  organization: Relation<Organization>;

  @Column({ type: 'int' })
  userId: number;

  @ManyToOne('User', { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_outgoing_mail_user' })
  user: object;

  @Column({ type: 'varchar', length: 30 })
  kind: MailKind;

  @Column({ type: 'varchar', length: 254 })
  recipient: string;

  /** Subject and bodies, encrypted; emptied once the mail was sent or given up. See MailContent. */
  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'varchar', length: 10 })
  state: MailState;

  @Column({ type: 'int' })
  attempts: number;

  /** While the mail is claimed: when the claim expires, because its dispatcher must have been killed. */
  @Column({ type: 'datetime', precision: 3 })
  nextAttemptAt: Date;

  /** The claim of the dispatcher that is sending the mail now, otherwise null. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  claim: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  lastError: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  sentAt: Date | null;
}
