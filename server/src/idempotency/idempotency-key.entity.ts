import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A number, a global id or nothing, by the name of the field: what an answer is made of again. */
export type KeptAnswer = Readonly<Record<string, number>>;

/** The key of a call that was carried out, written in the transaction of the call. */
@Entity('idempotency_key')
@Index('uq_idempotency_key', ['userId', 'keyHash'], { unique: true })
@Index('ix_idempotency_key_created', ['createdAt'])
export class IdempotencyKey {
  @PrimaryGeneratedColumn()
  id: number;

  /** Who called. No foreign key, which would lock the row of the user, whom the call may be about. */
  @Column({ type: 'int' })
  userId: number;

  /** HMAC of the key, which has one length then and no collation. */
  @Column({ type: 'varchar', length: 64 })
  keyHash: string;

  /** HMAC of the mutation and its input, because there may be a password in it. */
  @Column({ type: 'varchar', length: 64 })
  inputHash: string;

  @Column({ type: 'simple-json' })
  answer: KeptAnswer;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
