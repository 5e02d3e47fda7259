import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often somebody has guessed wrong, in the database, so that every instance counts the same. */
@Entity('sign_in_throttle')
@Index('ix_sign_in_throttle_user', ['userId', 'blockedUntil'])
@Index('ix_sign_in_throttle_forgotten', ['forgottenAt'])
export class SignInThrottle {
  /** HMAC of what is counted: people type passwords where usernames belong. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  throttleKey: string;

  /** Whose account it is about. No foreign key: it would lock the user's row with every guess. */
  @Column({ type: 'int', nullable: true })
  userId: number | null;

  /** When the last failure will be forgotten; each one moves it on. */
  @Column({ type: 'datetime', precision: 3 })
  forgottenAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  blockedUntil: Date | null;
}
