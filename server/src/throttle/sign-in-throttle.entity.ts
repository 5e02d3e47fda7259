import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A counter of failed attempts. In the database, so that it counts those of all instances. */
@Entity('sign_in_throttle')
@Index('ix_sign_in_throttle_user', ['userId', 'blockedUntil'])
@Index('ix_sign_in_throttle_forgotten', ['expiresAt'])
export class SignInThrottle {
  /** HMAC of what is counted, because people also type passwords into the field of the username. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  throttleKey: string;

  /** The user of the account. No foreign key, which would lock the row of the user at every attempt. */
  @Column({ type: 'int', nullable: true })
  userId: number | null;

  /** Which credential was wrong, or what was asked for. Counters of passwords can be cleared. */
  @Column({ type: 'varchar', length: 20, default: '' })
  purpose: string;

  /** Moved by every failure, so that writing it takes the same time whether there is such a user or not. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  failedAt: Date | null;

  /** When the counter is back at zero. Every failure moves it later, so that it also tells how many there are. */
  @Column({ type: 'datetime', precision: 3, name: 'forgotten_at' })
  expiresAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  blockedUntil: Date | null;
}
