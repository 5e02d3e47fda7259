import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity';

/** A user's second factor (TOTP, RFC 6238). */
@Entity('user_totp')
export class UserTotp {
  @PrimaryColumn({ type: 'int' })
  userId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_user_totp_user' })
  user: Relation<User>;

  @Column({ type: 'varchar', length: 255 })
  sealedSecret: string;

  /** The newest 30-second step whose code was used: a code works once (RFC 6238, 5.2). */
  @Column({ type: 'int', nullable: true })
  lastUsedStep: number | null;

  /** Null until the first code proved that the user's app holds the secret. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  confirmedAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
