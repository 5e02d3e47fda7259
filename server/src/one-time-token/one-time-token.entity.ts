import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** A link that was mailed: works once, for one purpose, and expires. ASVS 6.4.1. */
@Entity('one_time_token')
@Index('uq_one_time_token_hash', ['tokenHash'], { unique: true })
@Index('ix_one_time_token_user', ['userId', 'purpose'])
@Index('ix_one_time_token_expires', ['expiresAt'])
export class OneTimeToken {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  userId: number;

  @ManyToOne('User', { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_one_time_token_user' })
  user: object;

  @Column({ type: 'varchar', length: 30 })
  purpose: 'password_reset';

  /** SHA-256, hexadecimal. */
  @Column({ type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  usedAt: Date | null;
}
