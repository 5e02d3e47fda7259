import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Failed sign-ins by account and by address, in the database, so that every instance counts the same. */
@Entity('sign_in_throttle')
@Index('ix_sign_in_throttle_last_failure', ['lastFailureAt'])
export class SignInThrottle {
  /** SHA-256, hexadecimal, of what is counted: an account, an address, or both. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  throttleKey: string;

  @Column({ type: 'int' })
  failures: number;

  @Column({ type: 'datetime', precision: 3 })
  lastFailureAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  blockedUntil: Date | null;
}
